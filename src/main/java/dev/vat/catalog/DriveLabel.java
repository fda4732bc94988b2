package dev.vat.catalog;

import java.text.Normalizer;
import java.time.Instant;

/// What a drive says of itself: the content of its id file.
///
/// @param name for people, in NFC: `T7`
/// @param createdAt when `vat` first wrote to the drive
public record DriveLabel(DriveId id, String name, Instant createdAt) {
  private static final int LONGEST_NAME = 60;

  /// @throws IllegalArgumentException when the name is none
  public DriveLabel {
    name = Normalizer.normalize(name, Normalizer.Form.NFC).strip();
    if (!isName(name)) {
      throw new IllegalArgumentException("not a drive's name: " + name);
    }
  }

  /// Whether a drive can be called that: 1 to 60 characters, none of which moves a terminal's
  /// cursor, and not like an option.
  public static boolean isName(String text) {
    return !text.isBlank()
        && !text.startsWith("-")
        && text.codePointCount(0, text.length()) <= LONGEST_NAME
        && text.codePoints().noneMatch(DriveLabel::isUnfit);
  }

  private static boolean isUnfit(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /// The same drive under another name.
  public DriveLabel named(String newName) {
    return new DriveLabel(id, newName, createdAt);
  }
}
