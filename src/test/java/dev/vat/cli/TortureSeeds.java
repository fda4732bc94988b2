package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

/// The seeds of tests that kill processes at random moments: ten in every run, 200 with the profile
/// `torture`, and those of `-Dvat.torture=FROM-TO` where it is given.
final class TortureSeeds {
  private TortureSeeds() {}

  /// One seed's trial.
  interface Trial {
    /// Fails with the seed in its message where anything is lost.
    ///
    /// @return whether a process was killed before its end
    boolean isCut(int seed) throws Exception;
  }

  static List<Integer> all() {
    String[] range = System.getProperty("vat.torture", "1-10").split("-");
    return IntStream.rangeClosed(Integer.parseInt(range[0]), Integer.parseInt(range[1]))
        .boxed()
        .toList();
  }

  /// Tries each. A third of them at least has to be of a process that was killed: else the moments
  /// are all too late, and nothing was tried.
  static void each(Trial trial) throws Exception {
    int cuts = 0;
    for (int seed : all()) {
      cuts += trial.isCut(seed) ? 1 : 0;
    }
    assertThat(cuts).as("seeds of which a process was killed").isGreaterThan(all().size() / 3);
  }
}
