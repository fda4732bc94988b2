package dev.vat.project;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds what somebody may have meant, for "did you mean": by edit distance, capital letters or
/// not.
public final class Closest {
  private record Guess(String name, int distance) {}

  private Closest() {}

  /// A name is close when about a third of what was typed would have to be changed, or less, to
  /// make it the name or its beginning (people type beginnings).
  ///
  /// @return the closest of `known`, closest first, at most `most`; often empty
  public static List<String> of(String given, Collection<String> known, int most) {
    String typed = given.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, typed.length() / 3);
    return known.stream()
        .map(name -> new Guess(name, distance(typed, name.toLowerCase(Locale.ROOT))))
        .filter(guess -> guess.distance <= limit)
        .sorted(Comparator.comparingInt(Guess::distance).thenComparing(Guess::name))
        .limit(most)
        .map(Guess::name)
        .toList();
  }

  /// The edits from `typed` to `name`, or to whichever beginning of it is nearest: the least of the
  /// last row.
  private static int distance(String typed, String name) {
    int[] last = EditDistance.lastRow(typed, name);
    int beginning = Integer.MAX_VALUE - 1;
    for (int length = Math.max(1, typed.length() - 1); length < last.length; length++) {
      beginning = Math.min(beginning, last[length]);
    }
    return Math.min(last[last.length - 1], beginning);
  }
}
