package dev.vat.mhl;

import java.util.Locale;

/// One digest of a file's whole content.
///
/// @param format how it was computed
/// @param text lower-case hexadecimal, or C4's base 58
public record Digest(HashFormat format, String text) {
  /// @throws IllegalArgumentException when `text` is no digest of that format
  public Digest {
    if (!format.accepts(text)) {
      throw new IllegalArgumentException("not a digest in " + format.element() + ": " + text);
    }
  }

  /// Reads a digest as any tool may have written it: spaces around it, and upper case where it is
  /// hexadecimal.
  ///
  /// @throws IllegalArgumentException when it is no digest of that format
  public static Digest read(HashFormat format, String raw) {
    String text = raw.strip();
    return new Digest(format, format == HashFormat.C4 ? text : text.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return format.element() + ":" + text;
  }
}
