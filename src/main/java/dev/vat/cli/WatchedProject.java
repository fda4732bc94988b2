package dev.vat.cli;

import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.project.ContentHash;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.staging.Applied;
import dev.vat.staging.LocalSnapshot;
import dev.vat.staging.Outcome;
import dev.vat.staging.Planner;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagedFolders.Staged;
import dev.vat.staging.Staging;
import dev.vat.staging.StagingParts;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import dev.vat.staging.Step;
import dev.vat.state.Base;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What a watch does with one project, each time under its lock: the same `up` and `down` as the
/// commands do, for some files.
final class WatchedProject {
  private final Invocation invocation;
  private final CollabAccess access;
  private final ProjectId id;
  private final WatchReport report;
  private final Transfers transfers;

  /// What stands between a watch and its transfers: the wish to stop.
  interface Transfers {
    /// @return empty when none is to begin any more; else to be closed when it is over
    Optional<Handle> begin();

    /// A transfer under way.
    interface Handle extends AutoCloseable {
      @Override
      void close();
    }
  }

  WatchedProject(
      Invocation invocation,
      CollabAccess access,
      ProjectId id,
      WatchReport report,
      Transfers transfers) {
    this.invocation = invocation;
    this.access = access;
    this.id = id;
    this.report = report;
    this.transfers = transfers;
  }

  /// What came of it.
  ///
  /// @param dealtWith the files about which nothing more is to be done while they stay as they are
  /// @param remarks what is to be said as long as it holds
  /// @param fault what kept some from being done; to be tried again
  record Result(Collection<Staged> dealtWith, List<String> remarks, Optional<IOException> fault) {}

  /// Sends what is new or changed among these files. S3 is asked only when one of them is not known
  /// to be what was agreed on.
  ///
  /// @throws dev.vat.state.BusyException when another command has the project
  /// @throws CommandFailure when the project's folder is none that can be shared, or the server
  ///     lacks conditions
  Result send(List<Staged> files) throws IOException {
    try (ProjectLock _ = access.lock(id, "vat watch");
        State state = access.state()) {
      StagingParts parts = access.parts(id, state);
      Map<RelativeName, Staged> unsent = unsent(files, parts);
      List<Staged> dealtWith = new ArrayList<>(files);
      dealtWith.removeAll(unsent.values());
      if (unsent.isEmpty()) {
        return new Result(dealtWith, List.of(), Optional.empty());
      }
      ServerDemand.ofUp(false, false).met(access, state, false, OptionalLong.empty());
      Staging staging = new Staging(parts);
      StagingView view = staging.look(unsent::containsKey, true);
      List<Step> steps =
          new Planner(parts.user(), Map.of(), view.names()).up(view.files().values(), false);
      Optional<Applied> applied =
          apply(
              steps,
              // What was removed here since it was half sent is given up, as `up` does.
              () ->
                  staging.up(
                      view,
                      steps,
                      name -> unsent.containsKey(name) || !view.local().names().contains(name),
                      this::tell));
      return applied
          .map(done -> result(done, view, unsent, dealtWith))
          .orElseGet(() -> new Result(dealtWith, List.of(), Optional.empty()));
    }
  }

  /// What differs here from what was agreed on, or cannot be told without reading it: of the rest
  /// there is nothing to send, whatever S3 holds.
  private Map<RelativeName, Staged> unsent(List<Staged> files, StagingParts parts)
      throws IOException {
    Map<Path, ContentHash> known =
        parts.state().hashes().trusted(files.stream().map(Staged::stamp).toList());
    Map<RelativeName, Base> bases =
        parts.state().bases().of(parts.place().placeId(), parts.place().project());
    Map<RelativeName, Staged> unsent = new TreeMap<>();
    for (Staged file : files) {
      ContentHash content = known.get(file.stamp().path());
      Base base = bases.get(file.name());
      if (content == null || base == null || !base.md5().equals(content.md5())) {
        unsent.put(file.name(), file);
      }
    }
    return unsent;
  }

  private Result result(
      Applied applied, StagingView view, Map<RelativeName, Staged> unsent, List<Staged> dealtWith) {
    List<String> remarks = remarks(view);
    Optional<IOException> fault = applied.notesProblem();
    for (Outcome outcome : applied.outcomes()) {
      boolean done =
          switch (outcome) {
            case Outcome.Uploaded _,
                Outcome.InSync _,
                Outcome.Left _,
                Outcome.Undecided _,
                Outcome.Downloaded _,
                Outcome.KeptMine _,
                Outcome.KeptTheirs _,
                Outcome.KeptBoth _ ->
                true;
            // Looked at again, it is a conflict or in sync.
            case Outcome.Overtaken _, Outcome.Failed _, Outcome.GivenUp _ -> false;
          };
      if (done && unsent.containsKey(outcome.name())) {
        dealtWith.add(unsent.get(outcome.name()));
      }
      if (outcome instanceof Outcome.Failed failed) {
        fault = fault.filter(WatchedProject::isLine).or(() -> Optional.of(failed.cause()));
        noted(failed).ifPresent(remarks::add);
      }
    }
    for (Staged file : unsent.values()) {
      if (isLeftForGood(view, file.name())) {
        dealtWith.add(file);
      }
    }
    return new Result(dealtWith, remarks, fault);
  }

  /// Whether all of S3 fails in this way, and not one file.
  static boolean isLine(IOException fault) {
    return fault instanceof StoreException store && store.endsEverything();
  }

  private static Optional<String> noted(Outcome.Failed failed) {
    return isLine(failed.cause())
        ? Optional.empty()
        : Optional.of(
            Printable.of(failed.name().value())
                + " failed: "
                + Printable.of(Faults.of(failed.cause()).getMessage()));
  }

  private static boolean isLeftForGood(StagingView view, RelativeName name) {
    return view.local().leftOut().stream()
        .anyMatch(out -> !out.temporary() && out.scope().covers(name));
  }

  private static List<String> remarks(StagingView view) {
    List<String> remarks = new ArrayList<>();
    for (LocalSnapshot.LeftOut out : view.local().leftOut()) {
      if (!out.temporary()) {
        remarks.add(Printable.of(out.shown()) + " is left alone: " + Printable.of(out.why()));
      }
    }
    for (LocalSnapshot.Warning warning : view.local().warnings()) {
      String about = warning.name().map(name -> Printable.of(name.value()) + ": ").orElse("");
      remarks.add(about + Printable.of(warning.what()));
    }
    return remarks;
  }

  /// Tells what teammates put there, and fetches it when that is wanted.
  ///
  /// @param names with the versions that are new
  /// @param listed the project's objects, when S3 was just asked
  /// @param tell whether it is told; it was, when fetching is tried again
  /// @throws dev.vat.state.BusyException when another command has the project, before anything was
  ///     told
  Result receive(
      Map<RelativeName, ETag> names,
      Optional<List<ObjectSummary>> listed,
      boolean tell,
      boolean pull)
      throws IOException {
    try (ProjectLock _ = pull ? access.lock(id, "vat watch --pull") : null;
        State state = access.state()) {
      StagingParts parts = access.parts(id, state);
      Staging staging = new Staging(parts);
      StagingView view =
          listed.isPresent()
              ? staging.look(names::containsKey, true, listed.get())
              : staging.look(names::containsKey, true);
      List<StagedFile> news =
          view.files().values().stream().filter(WatchedProject::isFromTeam).toList();
      if (tell) {
        report.news(id, news, pull);
        view.files().values().stream()
            .filter(file -> file.standing() == Standing.CONFLICT)
            .forEach(file -> report.conflict(id, file));
      }
      if (!pull || news.isEmpty()) {
        return new Result(List.of(), List.of(), Optional.empty());
      }
      return fetch(staging, view, new Planner(parts.user(), Map.of(), view.names()).down(news));
    }
  }

  /// @return also when it could not even begin: what is to be fetched was told already
  private Result fetch(Staging staging, StagingView view, List<Step> steps) {
    try {
      Optional<Applied> applied = apply(steps, () -> staging.down(view, steps, this::tell));
      return new Result(List.of(), failures(applied), applied.flatMap(WatchedProject::fault));
    } catch (IOException fault) {
      return new Result(List.of(), List.of(), Optional.of(fault));
    }
  }

  /// What this computer does not have and nobody removed from it.
  private static boolean isFromTeam(StagedFile file) {
    return switch (file.standing()) {
      case ONLY_THERE, CHANGED_THERE -> true;
      case REMOVED_HERE -> !file.base().map(Base::md5).equals(file.remote().orElseThrow().md5());
      case IN_SYNC, ONLY_HERE, CHANGED_HERE, CONFLICT, CHANGED_HERE_REMOVED_THERE, REMOVED_THERE ->
          false;
    };
  }

  private static List<String> failures(Optional<Applied> applied) {
    return applied.stream()
        .flatMap(done -> done.outcomes().stream())
        .filter(Outcome.Failed.class::isInstance)
        .map(Outcome.Failed.class::cast)
        .flatMap(failed -> noted(failed).stream())
        .toList();
  }

  private static Optional<IOException> fault(Applied applied) {
    List<IOException> faults =
        applied.outcomes().stream()
            .filter(Outcome.Failed.class::isInstance)
            .map(outcome -> ((Outcome.Failed) outcome).cause())
            .toList();
    return faults.stream()
        .filter(WatchedProject::isLine)
        .findFirst()
        .or(() -> faults.stream().findFirst());
  }

  private interface Applying {
    Applied run() throws IOException;
  }

  /// @return empty when the watch is to stop
  private Optional<Applied> apply(List<Step> steps, Applying applying) throws IOException {
    boolean moves =
        steps.stream().anyMatch(s -> s instanceof Step.Upload || s instanceof Step.Download);
    if (!moves) {
      return Optional.of(applying.run());
    }
    Optional<Transfers.Handle> begun = transfers.begin();
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    try (Transfers.Handle _ = begun.get();
        KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat watch")) {
      return Optional.of(applying.run());
    }
  }

  private void tell(Outcome outcome) {
    switch (outcome) {
      case Outcome.Uploaded uploaded ->
          report.uploaded(id, uploaded.file(), uploaded.changedSince());
      case Outcome.Downloaded downloaded ->
          report.downloaded(id, downloaded.file(), downloaded.putAside().isPresent());
      case Outcome.Undecided undecided -> report.conflict(id, undecided.file());
      // Failures are told by whoever knows whether they were told already; of the rest there is
      // nothing to tell, or it cannot come without a decision.
      case Outcome.InSync _,
          Outcome.Left _,
          Outcome.Overtaken _,
          Outcome.KeptMine _,
          Outcome.KeptTheirs _,
          Outcome.KeptBoth _,
          Outcome.Failed _,
          Outcome.GivenUp _ -> {}
    }
  }
}
