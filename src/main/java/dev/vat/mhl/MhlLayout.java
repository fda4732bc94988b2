package dev.vat.mhl;

import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a history lies and what its files are called (ASC MHL 1.0, section 5).
public final class MhlLayout {
  /// The folder, directly in the one whose history it is.
  public static final String FOLDER = "ascmhl";

  static final String CHAIN = "ascmhl_chain.xml";

  private static final Pattern MANIFEST = Pattern.compile("(\\d{4,9})_.*\\.mhl");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// So that the whole name stays below the 255 bytes that file systems allow.
  private static final int LONGEST_FOLDER_NAME = 60;

  private MhlLayout() {}

  /// Whether a file belongs to a history instead of being recorded by one: it travels with its copy
  /// and does not count when contents are compared, counted or measured. Other files that somebody
  /// put into such a folder are files like all others.
  public static boolean isHistory(RelativeName name) {
    return FileKinds.isChecksum(name);
  }

  static Path folder(Path root) {
    return root.resolve(FOLDER);
  }

  /// @param folderName the name that the history's folder has or is going to have
  static String manifestName(int number, String folderName, Instant startedAt) {
    String shown =
        folderName.codePointCount(0, folderName.length()) <= LONGEST_FOLDER_NAME
            ? folderName
            : folderName.substring(0, folderName.offsetByCodePoints(0, LONGEST_FOLDER_NAME));
    return "%04d_%s_%s.mhl".formatted(number, shown, STAMP.format(startedAt));
  }

  /// The number that a manifest's name begins with; empty when it is no manifest's name.
  static OptionalInt number(String fileName) {
    Matcher manifest = MANIFEST.matcher(fileName);
    return manifest.matches()
        ? OptionalInt.of(Integer.parseInt(manifest.group(1)))
        : OptionalInt.empty();
  }
}
