package dev.vat.settings;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Guesses which setting a wrong key was meant to be.
final class KeyGuess {
  private record Guess(String key, int edits) {}

  private KeyGuess() {}

  /// `; did you mean SSD_BASE?`, or nothing when no key is near.
  static String didYouMean(String key) {
    return nearest(key).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static Optional<String> nearest(String key) {
    String typed = key.toUpperCase(Locale.ROOT);
    int limit = Math.max(1, typed.length() / 4);
    return Setting.keys().stream()
        .map(known -> new Guess(known, edits(typed, known)))
        .filter(guess -> guess.edits <= limit)
        .min(Comparator.comparingInt(Guess::edits))
        .map(Guess::key);
  }

  /// Letters to insert, remove or replace (Levenshtein).
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[row.length - 1];
  }
}
