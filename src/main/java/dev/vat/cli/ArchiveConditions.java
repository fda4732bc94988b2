package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.report.ConditionWords;
import dev.vat.staging.StagedPlace;
import dev.vat.state.State;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether the archive bucket's server honours the conditions without which a backup could
/// overwrite what somebody else stores (design, section 7.4). Amazon S3 does; another server is
/// tried out once, and what was found is remembered for 30 days.
final class ArchiveConditions {
  private static final Set<Condition> NEEDED =
      EnumSet.of(
          Condition.PUT_IF_ABSENT,
          Condition.PUT_IF_UNCHANGED,
          Condition.COMPLETE_IF_ABSENT,
          Condition.COMPLETE_IF_UNCHANGED);

  private ArchiveConditions() {}

  /// @throws CommandFailure (usage) when something is missing
  static void require(ArchiveAccess access, State state) throws IOException {
    require(access, state, NEEDED, "an archive could overwrite another one unseen");
  }

  /// The same for other needs.
  ///
  /// @param danger what could happen without them
  static void require(ArchiveAccess access, State state, Set<Condition> needed, String danger)
      throws IOException {
    ObjectStore store = access.store();
    if (store.endpoint().isEmpty()) {
      return;
    }
    String server = store.endpoint().map(URI::toString).orElseThrow();
    Optional<Set<Condition>> known =
        state.serverConditions().missing(server, store.bucket()).map(ArchiveConditions::named);
    if (known.isPresent() && lacking(known.get(), needed).isEmpty()) {
      return;
    }
    // What was missing is tried again before it stops anybody: servers are updated.
    Set<Condition> found =
        store.missingConditions(StagedPlace.probeFolder(access.place().prefix()));
    state
        .serverConditions()
        .remember(
            server,
            store.bucket(),
            found.stream().map(Condition::word).collect(Collectors.toSet()));
    store.takeRemarks().forEach(remark -> access.invocation().console().note(Printable.of(remark)));
    if (!lacking(found, needed).isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "conditions_missing",
          "the S3 server "
              + Printable.of(server)
              + " lacks "
              + lacking(found, needed).stream()
                  .sorted()
                  .map(ConditionWords::of)
                  .collect(Collectors.joining("; "))
              + ". So "
              + danger
              + ". Nothing was changed",
          "use another server, or a newer version of it (vat doctor tries it out again)");
    }
  }

  private static Set<Condition> lacking(Set<Condition> missing, Set<Condition> needed) {
    return missing.stream().filter(needed::contains).collect(Collectors.toSet());
  }

  private static Set<Condition> named(Collection<String> words) {
    return words.stream()
        .flatMap(word -> Condition.named(word).stream())
        .collect(Collectors.toSet());
  }
}
