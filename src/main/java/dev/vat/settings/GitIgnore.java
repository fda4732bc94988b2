package dev.vat.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Completes a `.gitignore` with what must never be committed: secrets, `vat`'s own state, and the
/// shared video files.
public final class GitIgnore {
  private static final List<String> WANTED =
      List.of(
          ".video-tools.env",
          ".vat/",
          ".vat-kept/",
          ".vat-releasing/",
          "projects.json",
          "s3-staging/",
          "**/s3-staging/");
  private static final String HEADING = "# Video Asset Tools";

  private GitIgnore() {}

  /// The lines that are not there yet. A line counts also with another `/` at its beginning or end
  /// (`/.vat`), and does not count when a later `!` line takes it back.
  public static List<String> missing(String existing) {
    List<String> lines = lines(existing);
    return WANTED.stream().filter(wanted -> !ignored(wanted, lines)).toList();
  }

  /// The text with the missing lines added at its end, once; the very same text when none is
  /// missing. What is there stays as it is, and the line ends are those of the text.
  ///
  /// @param existing the file's text; empty when there is no file
  public static String completed(String existing) {
    List<String> missing = missing(existing);
    if (missing.isEmpty()) {
      return existing;
    }
    String end = existing.contains("\r\n") ? "\r\n" : "\n";
    StringBuilder out = new StringBuilder(existing);
    if (!existing.isEmpty()) {
      out.append(existing.endsWith("\n") ? "" : end).append(end);
    }
    List<String> added = new ArrayList<>(missing);
    if (!lines(existing).contains(HEADING)) {
      added.addFirst(HEADING);
    }
    added.forEach(line -> out.append(line).append(end));
    return out.toString();
  }

  private static List<String> lines(String text) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return Arrays.stream(content.split("\\r?\\n", -1)).map(String::stripTrailing).toList();
  }

  private static boolean ignored(String wanted, List<String> lines) {
    boolean ignored = false;
    for (String line : lines) {
      boolean negated = line.startsWith("!");
      if (equivalent(wanted, negated ? line.substring(1) : line)) {
        ignored = !negated;
      }
    }
    return ignored;
  }

  private static boolean equivalent(String wanted, String line) {
    // The two forms for staging folders are wanted beside each other, so there "**/" matters.
    String anywhere = "**/";
    boolean staging = wanted.endsWith("s3-staging/");
    String name = !staging && line.startsWith(anywhere) ? line.substring(3) : line;
    return bare(name).equals(bare(wanted))
        // "projects.json/" would ignore a folder only.
        && (wanted.endsWith("/") || !name.endsWith("/"));
  }

  private static String bare(String pattern) {
    String name = pattern.startsWith("/") ? pattern.substring(1) : pattern;
    return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
