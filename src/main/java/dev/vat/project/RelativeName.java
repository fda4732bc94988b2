package dev.vat.project;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/// The name of a file below a project's folder: relative, `/` between folders, in Unicode NFC, the
/// same on every system.
///
/// A name that is one of these can be resolved below a folder and stays below it. What cannot
/// travel to some other system (a `:` to Windows, say) is still a name here: [TravelRules] speaks
/// of that.
///
/// @param value for example `audio/take 2.wav`; checked by the constructor
public record RelativeName(String value) implements Comparable<RelativeName> {
  private static final int MAX_BYTES = 1024;

  /// @throws HostileNameException when `value` could leave its folder, or is no file's name on any
  ///     system
  public RelativeName {
    if (!isPlain(value)) {
      String problem = problemOf(value);
      if (problem != null) {
        throw new HostileNameException(value, problem);
      }
      if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
        throw new IllegalArgumentException("name is not in NFC: " + value);
      }
    }
  }

  /// Reads a name that came from outside (an object's key, a folder listing, JSON), in any Unicode
  /// form.
  ///
  /// @throws HostileNameException when the name could leave its folder, or is no file's name on any
  ///     system
  public static RelativeName of(String raw) {
    // In ASCII there is nothing to normalize.
    return new RelativeName(isPlain(raw) ? raw : Normalizer.normalize(raw, Normalizer.Form.NFC));
  }

  /// The last part: `take 2.wav` of `audio/take 2.wav`.
  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(RelativeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  /// Control characters, and the two that no text of XML can hold, which is what checksum histories
  /// are written in.
  private static boolean cannotBeShown(int c) {
    return Character.isISOControl(c) || c == 0xFFFE || c == 0xFFFF;
  }

  /// Whether the name is one of those that are seen at once to be harmless, as most are: letters,
  /// digits and signs of ASCII without `\` and `:`, no part of which is empty or begins with a dot.
  /// Every file of every project comes by here.
  private static boolean isPlain(String value) {
    if (value.isEmpty() || value.length() > MAX_BYTES) {
      return false;
    }
    boolean partBegins = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c > '~' || c == '\\' || c == ':' || partBegins && (c == '/' || c == '.')) {
        return false;
      }
      partBegins = c == '/';
    }
    return !partBegins;
  }

  private static String problemOf(String value) {
    if (value.isEmpty()) {
      return "it is empty";
    }
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "it is longer than " + MAX_BYTES + " bytes";
    }
    if (value.indexOf('\\') >= 0) {
      return "it holds a backslash, which is a folder separator on Windows";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)
        || value.chars().anyMatch(RelativeName::cannotBeShown)) {
      return "it holds characters that cannot be shown";
    }
    for (String part : value.split("/", -1)) {
      if (part.isEmpty()) {
        return "it begins or ends with '/', or has two in a row";
      }
      if (part.equals(".") || part.equals("..")) {
        return "it holds '" + part + "', which leads to another folder";
      }
    }
    if (value.length() >= 2 && value.charAt(1) == ':' && Character.isLetter(value.charAt(0))) {
      return "it begins like a Windows drive";
    }
    return null;
  }
}
