package dev.vat.cli;

import dev.vat.cloud.StoreException;
import dev.vat.lifecycle.RecoveryPage;
import java.io.IOException;
import java.util.Locale;

/// The page that tells how to get everything back without vat, kept in the archive place.
///
/// @param key where it lies
/// @param state for programs: `stored`, `replaced`, `current`, `newer`, `not_ours`, `denied`; of a
///     dry run `missing` and `older` instead of the first two
record RecoveryNote(String key, String state) {
  /// Looks, and stores it where it is missing or older.
  ///
  /// @param dryRun whether only to look
  static RecoveryNote of(ArchiveAccess access, boolean dryRun) throws IOException {
    String prefix = access.place().prefix();
    String key = RecoveryPage.key(prefix);
    Console console = access.invocation().console();
    RecoveryPage page = RecoveryPage.shipped();
    try {
      RecoveryPage.State found =
          dryRun ? page.look(access.store(), prefix) : page.store(access.store(), prefix);
      String address = Printable.of(access.address(key));
      switch (found) {
        case MISSING, OLDER ->
            console.line(
                "How to get everything back without vat "
                    + (dryRun ? "would be kept in " : "is kept in ")
                    + address
                    + ".");
        case NOT_OURS ->
            console.note(
                address
                    + " is not the page that vat keeps there (or somebody edited it): it was left as"
                    + " it is.");
        case CURRENT, NEWER -> {}
      }
      return new RecoveryNote(key, dryRun ? word(found) : done(found));
    } catch (StoreException.AccessDenied denied) {
      console.note(
          "The page that tells how to get everything back without vat could not be kept in the"
              + " bucket: "
              + Printable.of(denied.getMessage()));
      return new RecoveryNote(key, "denied");
    }
  }

  private static String word(RecoveryPage.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String done(RecoveryPage.State found) {
    return switch (found) {
      case MISSING -> "stored";
      case OLDER -> "replaced";
      case CURRENT, NEWER, NOT_OURS -> word(found);
    };
  }
}
