package dev.vat.cli;

/// Text from outside (file names, S3 metadata, other people's names, servers' messages), made safe
/// to print: it cannot move the cursor, change colours, retitle the window, or turn the reading
/// direction round to pass for another name.
final class Printable {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private Printable() {}

  /// The text on one line, with whatever a terminal could obey shown as its code, like `\u001b`.
  static String of(String fromOutside) {
    if (isAscii(fromOutside) || fromOutside.codePoints().allMatch(Printable::harmless)) {
      return fromOutside;
    }
    StringBuilder shown = new StringBuilder(fromOutside.length() + 10);
    fromOutside
        .codePoints()
        .forEach(
            point -> {
              if (harmless(point)) {
                shown.appendCodePoint(point);
              } else {
                shown.append(String.format("\\u%04x", point));
              }
            });
    return shown.toString();
  }

  /// The same for text that may have several lines.
  static String lines(String fromOutside) {
    return fromOutside
        .lines()
        .map(Printable::of)
        .reduce((above, below) -> above + "\n" + below)
        .orElse("");
  }

  /// The joiners stay: emoji and several scripts need them, and they reorder nothing.
  /// Most text, and quickly told.
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean harmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
      default -> true;
    };
  }
}
