package dev.vat.cli;

import dev.vat.index.Feeding;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.project.FileKinds;
import dev.vat.settings.Limits;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// Brings what `vat find` searches up to date after a look at all places.
final class FoundTexts {
  private FoundTexts() {}

  /// The manifest is written: an index that cannot be is a remark, and no failure.
  static Feeding.Fed update(
      Invocation invocation, CurrentRepository context, PlacesLook.Seen look, Instant now) {
    try {
      return new Feeding(
              context.stateFolder(),
              new FileKinds(new Limits(context.settings()).heavyFileBytes()),
              invocation.console().progress())
          .feed(look.folders(), look.drives(), now);
    } catch (IOException fault) {
      return new Feeding.Fed(
          0, 0, 0, 0, List.of("vat find is not up to date: " + fault.getMessage()));
    }
  }
}
