package dev.vat.cli;

import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cost.FreezeCost;
import dev.vat.lifecycle.ArchiveFacts;
import dev.vat.lifecycle.ArchiveKeys;
import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.CutClassChanges;
import dev.vat.lifecycle.FreezeStep;
import dev.vat.lifecycle.Freezing;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.state.BusyException;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// Looks, plans, asks and freezes: what `vat freeze` does once its words are understood.
final class FreezeRun implements AutoCloseable {
  private static final String NAME = "vat freeze";

  private final ArchiveAccess access;
  private final State state;
  private final FreezeCost.Target to;
  private final ChangeOptions change;
  private final Console console;

  private FreezeRun(ArchiveAccess access, State state, FreezeCost.Target to, ChangeOptions change) {
    this.access = access;
    this.state = state;
    this.to = to;
    this.change = change;
    this.console = access.invocation().console();
  }

  static FreezeRun open(
      Invocation invocation, CurrentRepository context, FreezeCost.Target to, ChangeOptions change)
      throws IOException {
    ArchiveAccess access = ArchiveAccess.open(invocation, context, OptionalLong.empty());
    try {
      State state = change.dryRun ? access.stateForLooking() : access.state();
      return new FreezeRun(access, state, to, change);
    } catch (IOException | RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /// @param words projects, when no age is given
  ExitCode of(List<String> words, Optional<Duration> olderThan) throws IOException {
    if (!change.dryRun) {
      abortCut();
    }
    ArchiveListing listing = ArchiveListing.of(access.store(), access.place().prefix());
    FreezeReport report =
        new FreezeReport(
            console,
            access,
            to,
            change.dryRun,
            PriceFiles.of(access.invocation()).in(access.context().settings()));
    List<FreezeStep> steps =
        olderThan.isPresent() ? old(listing, olderThan.get()) : named(listing, words, report);
    List<FreezeStep.Move> moves = report.planned(steps);
    if (!moves.isEmpty()) {
      oldVersions().ifPresent(console::warning);
    }
    if (change.dryRun || moves.isEmpty() || !confirmed(moves)) {
      return report.unchanged();
    }
    try (KeepAwake.Handle _ = access.invocation().services().keepAwake().begin(NAME)) {
      for (FreezeStep.Move move : moves) {
        freeze(move, report);
      }
    }
    return report.end();
  }

  /// A copy of a key onto itself leaves the old version in its class, where the bucket keeps
  /// versions, and then nothing of what the plan promises is saved before that goes.
  private Optional<String> oldVersions() throws IOException {
    String stays =
        "leaves its old version, which goes on costing as before until a life cycle rule for older"
            + " versions, or somebody, removes it: nothing is saved until then. The rule of vat"
            + " cloud setup freezes without leaving one.";
    try {
      return switch (access.store().settings().versioning()) {
        case OFF -> Optional.empty();
        case ON -> Optional.of("This bucket keeps versions. What is frozen " + stays);
        case SUSPENDED ->
            Optional.of(
                "This bucket kept versions once. What came in that time and is frozen " + stays);
      };
    } catch (StoreException.Unsupported none) {
      return Optional.empty();
    } catch (StoreException.AccessDenied denied) {
      return Optional.of(
          "Whether this bucket keeps versions cannot be told (s3:GetBucketVersioning is not"
              + " allowed). Where it does, what is frozen "
              + stays);
    }
  }

  private List<FreezeStep> named(ArchiveListing listing, List<String> words, FreezeReport report)
      throws IOException {
    TreeSet<ProjectId> ids = new TreeSet<>(listing.archives().keySet());
    ids.addAll(new Projects(access.context().repository()).list().ids());
    ids.addAll(
        KnownDrives.forLooking(access.invocation(), access.context())
            .file()
            .read()
            .projects()
            .keySet());
    List<ProjectId> chosen = new ArrayList<>();
    for (String word : words) {
      chosen.add(ChosenProject.among(word, ids, access.context()));
    }
    List<FreezeStep> steps = new ArrayList<>();
    for (ProjectId id : chosen.stream().distinct().toList()) {
      List<FreezeStep> its = steps(listing, id);
      if (its.isEmpty()) {
        report.notThere(id);
      }
      steps.addAll(its);
    }
    return steps;
  }

  /// By the time in S3; what is frozen already, or another repository's, is not told of.
  private List<FreezeStep> old(ArchiveListing listing, Duration age) throws IOException {
    Instant before = access.invocation().surroundings().clock().instant().minus(age);
    List<FreezeStep> steps = new ArrayList<>();
    for (List<ArchiveListing.Found> all : listing.archives().values()) {
      for (ArchiveListing.Found found : all) {
        boolean due =
            found
                .archive()
                .filter(object -> object.thaw().isReadable())
                .filter(object -> object.lastModified().isBefore(before))
                .isPresent();
        if (due) {
          step(found).filter(step -> !isOfNoConcern(step)).ifPresent(steps::add);
        }
      }
    }
    return steps;
  }

  private static boolean isOfNoConcern(FreezeStep step) {
    return step instanceof FreezeStep.Stay stay
        && switch (stay.why()) {
          case NOT_OURS, UNSAID, ALREADY -> true;
          case FROZEN_ELSEWHERE, TOO_SMALL -> false;
        };
  }

  private List<FreezeStep> steps(ArchiveListing listing, ProjectId id) throws IOException {
    List<FreezeStep> steps = new ArrayList<>();
    for (ArchiveListing.Found found : listing.of(id)) {
      step(found).ifPresent(steps::add);
    }
    return steps;
  }

  private Optional<FreezeStep> step(ArchiveListing.Found found) throws IOException {
    if (found.archive().isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectFacts> facts = access.store().head(found.archive().get().key());
    return facts.map(
        there ->
            Freezing.plan(
                new CloudArchive(found.keys().project(), there, found.toc().isPresent()),
                access.repo(),
                new StorageClass(to.name())));
  }

  private boolean confirmed(List<FreezeStep.Move> moves) throws IOException {
    String back =
        switch (to) {
          case DEEP_ARCHIVE -> "Getting it back takes 12 to 48 hours and costs extra.";
          case GLACIER -> "Getting it back takes minutes to 12 hours and costs extra.";
          case GLACIER_IR -> "Reading it costs extra.";
        };
    boolean yes =
        console
            .questions(change.yes)
            .confirm("Freeze " + FreezeReport.amount(moves) + " (" + to + ")? " + back);
    if (!yes) {
      console.line("Nothing was changed.");
    }
    return yes;
  }

  private void freeze(FreezeStep.Move move, FreezeReport report) throws IOException {
    ProjectId project = move.archive().project();
    try (ProjectLock _ = access.lock(project, NAME)) {
      Freezing freezing =
          new Freezing(
              access.store(),
              access.placeId(),
              state.classChanges(),
              access.invocation().surroundings().clock());
      Freezing.Outcome outcome = freezing.apply(move, console.progress());
      report.done(move, outcome);
      switch (outcome) {
        case Freezing.Outcome.Frozen frozen -> remember(move, frozen.now());
        case Freezing.Outcome.FrozenAlready frozen -> remember(move, frozen.now());
        case Freezing.Outcome.Changed _ -> {}
      }
    } catch (IOException e) {
      report.failed(move, e);
      if (Faults.concernsAll(e)) {
        throw e;
      }
    }
  }

  private void remember(FreezeStep.Move move, ObjectFacts facts) throws IOException {
    ProjectId project = move.archive().project();
    CloudCopy copy = copy(facts, move.archive().object().lastModified());
    KnownDrives.update(
        access.invocation(), access.context(), NAME, before -> before.withCloud(project, copy));
  }

  /// What is known right after it was moved.
  ///
  /// @param before when it had last been written: by its upload, for all that S3 tells
  private CloudCopy copy(ObjectFacts facts, Instant before) {
    ObjectSummary object = facts.summary();
    Optional<CloudCopy.Content> content =
        ArchiveFacts.of(facts.metadata())
            .filter(told -> told.files().isPresent() && told.bytes().isPresent())
            .map(told -> new CloudCopy.Content(told.files().getAsLong(), told.bytes().getAsLong()));
    boolean frozen = object.storageClass().isFrozenClass();
    return new CloudCopy(
        Optional.of(access.place().bucket()),
        object.key(),
        frozen,
        Optional.of(object.storageClass().word()),
        OptionalLong.of(object.sizeBytes()),
        content,
        Optional.of(object.etag().value()),
        Optional.of(before),
        Optional.of(object.lastModified()),
        Optional.of(access.invocation().surroundings().clock().instant()),
        Optional.empty(),
        Optional.of(CloudThaw.of(CloudThaw.State.NONE, Optional.empty())));
  }

  /// What runs of this computer that were cut left open in S3.
  private void abortCut() throws IOException {
    for (String key : state.classChanges().keys(access.placeId())) {
      Optional<ArchiveKeys.Named> named = ArchiveKeys.parse(access.place().prefix(), key);
      if (named.isEmpty()) {
        continue;
      }
      try (ProjectLock _ = access.lock(named.get().keys().project(), NAME)) {
        int aborted =
            new CutClassChanges(access.store(), access.placeId(), state.classChanges())
                .abortOf(key);
        if (aborted > 0) {
          console.note(
              "An earlier run was cut while "
                  + Printable.of(key)
                  + " was copied inside S3; what it left there is removed.");
        }
      } catch (BusyException running) {
        // It is not cut: it runs.
        continue;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (ArchiveAccess _ = access) {
      state.close();
    }
  }
}
