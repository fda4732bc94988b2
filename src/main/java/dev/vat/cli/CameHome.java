package dev.vat.cli;

import dev.vat.disk.FilePlacement;
import dev.vat.lifecycle.LeftHistories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What is done once a whole project is home, wherever it came from.
final class CameHome {
  private CameHome() {}

  /// Checksum histories do not stay behind in `archived/`. That they do is no failure: the project
  /// is home.
  static void histories(
      Invocation invocation, CurrentRepository context, Path home, List<Path> lightFolders) {
    try {
      List<Path> aside =
          new LeftHistories(context.repository().root(), FilePlacement.ofThisSystem())
              .settle(home, lightFolders, invocation.surroundings().clock().instant());
      if (!aside.isEmpty()) {
        invocation
            .console()
            .note(
                "A checksum history of its light files was left in archived/, and the project has"
                    + " one of its own: it is kept in .vat-kept/ (vat kept list).");
      }
    } catch (IOException fault) {
      invocation
          .console()
          .note(
              Printable.of(
                  "A checksum history stays in archived/: " + Faults.of(fault).getMessage()));
    }
  }
}
