package dev.vat.cli;

/// How wide text is on a terminal.
final class Columns {
  private Columns() {}

  /// Columns that the text takes: 2 for East Asian wide characters and emoji, 0 for what combines
  /// with its neighbour. An estimate after Unicode's East Asian Width (UAX 11), coarse by block.
  static int of(String text) {
    return isAscii(text) ? text.length() : text.codePoints().map(Columns::of).sum();
  }

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

  /// The text, with blanks behind it up to that width.
  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /// The text, cut with `…` (or `~`) in its middle when it is wider than that: the ends of a file's
  /// name tell more than its middle.
  static String fit(String text, int columns, boolean unicode) {
    if (of(text) <= columns) {
      return text;
    }
    String mark = unicode ? "…" : "~";
    if (columns <= 1) {
      return columns == 1 ? mark : "";
    }
    int[] points = text.codePoints().toArray();
    int head = (columns - 1 + 1) / 2;
    int tail = columns - 1 - head;
    int from = 0;
    for (int used = 0; from < points.length && used + of(points[from]) <= head; from++) {
      used += of(points[from]);
    }
    int to = points.length;
    for (int used = 0; to > from && used + of(points[to - 1]) <= tail; to--) {
      used += of(points[to - 1]);
    }
    return new String(points, 0, from) + mark + new String(points, to, points.length - to);
  }

  private static int of(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.CONTROL ->
          0;
      default -> wide(point) ? 2 : 1;
    };
  }

  private static boolean wide(int point) {
    return (point >= 0x1100 && point <= 0x115f)
        || (point >= 0x2e80 && point <= 0xa4cf)
        || (point >= 0xac00 && point <= 0xd7a3)
        || (point >= 0xf900 && point <= 0xfaff)
        || (point >= 0xfe30 && point <= 0xfe6f)
        || (point >= 0xff00 && point <= 0xff60)
        || (point >= 0xffe0 && point <= 0xffe6)
        || (point >= 0x1f300 && point <= 0x1faff)
        || (point >= 0x20000 && point <= 0x3fffd)
        || point == 0x2705;
  }
}
