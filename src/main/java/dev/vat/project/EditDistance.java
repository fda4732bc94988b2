package dev.vat.project;

/// The number of letters to insert, remove, replace, or swap with their neighbour, to make one text
/// of another (optimal string alignment).
final class EditDistance {
  private EditDistance() {}

  /// @return at index n the distance from the whole of `from` to the first n letters of `to`
  static int[] lastRow(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(previous[j], row[j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = previous;
      previous = row;
    }
    return previous;
  }
}
