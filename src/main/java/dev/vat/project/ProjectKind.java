package dev.vat.project;

import java.util.regex.Pattern;

/// How a project's id is built (design, section 2).
public enum ProjectKind {
  /// A letter, two or three digits, `-`, a name: `b63-flivideo`.
  MODERN,
  /// Digits first: `006-ac-carnivore-90`.
  LEGACY,
  /// Anything else: `boy-baker`. Such a folder is a project only by what it holds.
  NAMED;

  private static final Pattern MODERN_ID = Pattern.compile("[A-Za-z][0-9]{2,3}-.+");
  private static final Pattern LEGACY_ID = Pattern.compile("[0-9]+-.+");
  private static final Pattern RANGE =
      Pattern.compile("([A-Za-z])[0-9]{2,3}-\\1[0-9]{2,3}|-?[0-9]+-[0-9]+");

  /// The kind that the id's form tells. The name of a range folder (`b00-b49`) is no project's id
  /// by its form, so it is [#NAMED].
  public static ProjectKind of(ProjectId id) {
    String value = id.value();
    if (isRangeFolder(value)) {
      return NAMED;
    }
    if (MODERN_ID.matcher(value).matches()) {
      return MODERN;
    }
    return LEGACY_ID.matcher(value).matches() ? LEGACY : NAMED;
  }

  /// Whether a folder with this name holds projects of a range: `b00-b49`, `a01-a49`, `-01-25`.
  public static boolean isRangeFolder(String name) {
    return RANGE.matcher(name).matches();
  }
}
