package dev.vat.cli;

import java.nio.file.Path;
import java.util.SplittableRandom;

/// One seed's trial of a command that is killed at a random moment of what it says to a sandbox.
///
/// @param home below which the people's computers are; trials share it, and the sandbox
record SandboxTrial(
    GatedSandbox sandbox, Path home, int seed, SplittableRandom random, KilledProgram program) {
  /// What the command is run on in one trial, made before anything is watched.
  interface Scene {
    /// Runs it to its end and fails with the seed in its message where that is not as it has to be.
    void finish() throws Exception;

    /// Runs it, kills it, looks at what it left, and runs it to its end.
    ///
    /// @param moments how many a whole run has
    /// @return whether it was killed before its end
    boolean isCutAndGoesOn(int moments) throws Exception;
  }

  /// Makes a trial's scene.
  interface Stage {
    Scene of(SandboxTrial trial) throws Exception;
  }

  private static SandboxTrial of(GatedSandbox sandbox, Path home, int seed) {
    return new SandboxTrial(
        sandbox,
        home,
        seed,
        new SplittableRandom(seed),
        new KilledProgram(sandbox.gate(), home.resolve("output.txt")));
  }

  /// Tries each seed on one sandbox, after a whole run that tells how many moments there are.
  static void each(Path home, Stage stage) throws Exception {
    try (GatedSandbox sandbox = GatedSandbox.in(home.resolve("s3"))) {
      SandboxTrial first = of(sandbox, home, 0);
      Scene whole = stage.of(first);
      int moments = first.program().momentsOf(whole::finish);
      TortureSeeds.each(seed -> stage.of(of(sandbox, home, seed)).isCutAndGoesOn(moments));
    }
  }
}
