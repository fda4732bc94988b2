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
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which conditions a command's writes need of the server (design, section 7.4), and whether the
/// user goes on where some are missing.
///
/// Amazon S3 itself honours them all and is not asked. Another server is tried out once before the
/// first write, and what was found is remembered for 30 days.
///
/// @param needed without which the command does not begin
/// @param rare what few of its runs need, which ask for it then ([#requireRare])
/// @param without whether `--without-conditions` was given
record ServerDemand(Set<Condition> needed, Set<Condition> rare, boolean without) {
  ServerDemand {
    needed = Set.copyOf(needed);
    rare = Set.copyOf(rare);
  }

  /// Nothing is written to S3.
  static ServerDemand none() {
    return new ServerDemand(Set.of(), Set.of(), false);
  }

  /// Files are put or completed, and the team's notes are put.
  ///
  /// @param putsAside whether what loses a decision is going to be copied; else it is rare
  static ServerDemand ofUp(boolean without, boolean putsAside) {
    Set<Condition> copies = Set.of(Condition.COPY_IF_ABSENT);
    Set<Condition> needed =
        EnumSet.complementOf(EnumSet.of(Condition.COPY_IF_ABSENT, Condition.DELETE_IF_UNCHANGED));
    if (putsAside) {
      needed.addAll(copies);
    }
    return new ServerDemand(needed, copies, without);
  }

  /// Files are removed, and the team's notes are put.
  static ServerDemand ofCleanup(boolean without) {
    return new ServerDemand(
        Set.of(Condition.DELETE_IF_UNCHANGED, Condition.PUT_IF_ABSENT, Condition.PUT_IF_UNCHANGED),
        Set.of(),
        without);
  }

  /// Whether there is anything to check.
  boolean asks() {
    return !needed.isEmpty();
  }

  /// What came of the check.
  ///
  /// @param access as it was, or one whose writes do without what the server lacks
  /// @param lacking what a rare need of the command would find missing
  record Met(CollabAccess access, Set<Condition> lacking) {}

  /// Checks the server.
  ///
  /// @param dry whether nothing may be written, not even to try it out
  /// @param limitRate for the store of an access that is opened anew
  /// @throws CommandFailure (usage) when something is missing and the user did not say to go on
  Met met(CollabAccess access, State state, boolean dry, OptionalLong limitRate)
      throws IOException {
    Console console = access.invocation().console();
    Optional<Set<Condition>> missing = missing(access, state, dry);
    if (missing.isEmpty()) {
      console.note(
          "Whether the S3 server honours the conditions that keep teammates from overwriting each"
              + " other is not known yet; a run that is not dry finds it out first.");
      return new Met(access, Set.of());
    }
    Set<Condition> lacking = both(missing.get(), used());
    if (!without) {
      requireNone(access.store(), both(lacking, needed));
      return new Met(access, lacking);
    }
    if (lacking.isEmpty()) {
      console.note("The server honours all conditions; --without-conditions was not needed.");
      return new Met(access, lacking);
    }
    console.warning(
        "the S3 server lacks "
            + told(lacking)
            + ". vat looks right before and right after each write instead. What it cannot promise:"
            + " a file that a teammate uploads in the moment between the look and the write is"
            + " overwritten, and nobody sees it.");
    return new Met(access.without(missing.get(), limitRate), Set.of());
  }

  /// To be asked before a rare need.
  ///
  /// @param lacking as [Met] says
  /// @throws CommandFailure (usage) when something is missing for it
  void requireRare(ObjectStore store, Set<Condition> lacking) {
    requireNone(store, both(lacking, rare));
  }

  private Set<Condition> used() {
    return Stream.concat(needed.stream(), rare.stream()).collect(Collectors.toSet());
  }

  private static Set<Condition> both(Set<Condition> some, Set<Condition> others) {
    return some.stream().filter(others::contains).collect(Collectors.toSet());
  }

  private static void requireNone(ObjectStore store, Set<Condition> lacking) {
    if (!lacking.isEmpty()) {
      throw refusal(store, lacking);
    }
  }

  /// @return empty when it is not known and may not be tried out
  private Optional<Set<Condition>> missing(CollabAccess access, State state, boolean dry)
      throws IOException {
    ObjectStore store = access.store();
    if (store.endpoint().isEmpty()) {
      return Optional.of(Set.of());
    }
    URI server = store.endpoint().get();
    Optional<Set<Condition>> known =
        state
            .serverConditions()
            .missing(server.toString(), store.bucket())
            .map(ServerDemand::named);
    if (dry || known.isPresent() && (without || both(known.get(), needed).isEmpty())) {
      return known;
    }
    // What was missing is tried again before it stops anybody: servers are updated.
    Set<Condition> found =
        store.missingConditions(StagedPlace.probeFolder(access.collab().repositoryPrefix()));
    state
        .serverConditions()
        .remember(
            server.toString(),
            store.bucket(),
            found.stream().map(Condition::word).collect(Collectors.toSet()));
    store.takeRemarks().forEach(remark -> access.invocation().console().note(Printable.of(remark)));
    return Optional.of(found);
  }

  private static Set<Condition> named(Collection<String> words) {
    return words.stream()
        .flatMap(word -> Condition.named(word).stream())
        .collect(Collectors.toSet());
  }

  private static CommandFailure refusal(ObjectStore store, Set<Condition> lacking) {
    return new CommandFailure(
        ExitCode.USAGE,
        "conditions_missing",
        "the S3 server "
            + Printable.of(store.endpoint().map(URI::toString).orElse("of this bucket"))
            + " lacks "
            + told(lacking)
            + ". So "
            + dangers(lacking)
            + ". Nothing was changed",
        "use another server, or a newer version of it (vat doctor tries it out again); or work one"
            + " person at a time and add --without-conditions, which looks right before each write"
            + " instead");
  }

  private static String told(Set<Condition> conditions) {
    return conditions.stream().sorted().map(ConditionWords::of).collect(Collectors.joining("; "));
  }

  private static String dangers(Set<Condition> conditions) {
    return conditions.stream()
        .sorted()
        .map(ConditionWords::danger)
        .distinct()
        .collect(Collectors.joining(", and "));
  }
}
