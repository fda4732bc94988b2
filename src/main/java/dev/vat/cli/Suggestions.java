package dev.vat.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// "Did you mean": the known word that is nearest to what was typed.
final class Suggestions {
  private Suggestions() {}

  /// Empty when nothing is near enough to be worth saying: more than a third of the letters differ.
  static Optional<String> closest(String typed, Collection<String> known) {
    String wanted = typed.toLowerCase(Locale.ROOT);
    int tolerated = Math.max(1, wanted.length() / 3);
    return known.stream()
        .map(word -> new Candidate(word, distance(wanted, word.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance <= tolerated)
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word)
        .or(() -> beginning(wanted, known));
  }

  private static Optional<String> beginning(String wanted, Collection<String> known) {
    return wanted.length() < 2
        ? Optional.empty()
        : known.stream()
            .filter(word -> word.toLowerCase(Locale.ROOT).startsWith(wanted))
            .min(Comparator.naturalOrder());
  }

  private record Candidate(String word, int distance) {}

  /// Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      int[] reused = beforeLast;
      beforeLast = last;
      last = row;
      row = reused;
    }
    return last[b.length()];
  }
}
