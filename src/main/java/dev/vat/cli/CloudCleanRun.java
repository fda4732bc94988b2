package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.ProjectEntry;
import dev.vat.cloud.Condition;
import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.Orphan;
import dev.vat.lifecycle.OrphanSearch;
import dev.vat.lifecycle.SidecarRemoval;
import dev.vat.lifecycle.UnfinishedUploads;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.settings.Limits;
import dev.vat.state.BusyException;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks, plans, asks and cleans up: what `vat cloud clean` does.
final class CloudCleanRun implements AutoCloseable {
  private static final String NAME = "vat cloud clean";

  private final Invocation invocation;
  private final CurrentRepository context;
  private final ChangeOptions change;
  private final Console console;
  private final LeftoverPlaces places;
  private final LeftoverReport report;
  private final Catalog known;
  private final List<CopyFolder> folders;
  private final Set<String> uploading = new HashSet<>();
  private boolean allUploadsTold = true;
  private final List<ExitCode> codes = new ArrayList<>();

  private CloudCleanRun(
      Invocation invocation, CurrentRepository context, ChangeOptions change, LeftoverPlaces places)
      throws IOException {
    this.invocation = invocation;
    this.context = context;
    this.change = change;
    this.console = invocation.console();
    this.places = places;
    this.report =
        new LeftoverReport(
            console,
            PriceFiles.of(invocation).in(context.settings()),
            invocation.surroundings().clock().instant());
    this.known = KnownDrives.forLooking(invocation, context).file().read();
    this.folders =
        CopyFolder.all(
            context.repository(), ReachedDrives.look(invocation, context, known, true).readable());
  }

  static CloudCleanRun open(Invocation invocation, CurrentRepository context, ChangeOptions change)
      throws IOException {
    LeftoverPlaces places = LeftoverPlaces.open(invocation, context, change.dryRun);
    try {
      return new CloudCleanRun(invocation, context, change, places);
    } catch (IOException | RuntimeException e) {
      places.close();
      throw e;
    }
  }

  /// One thing to do.
  private sealed interface Step {
    LeftoverPlace place();

    record Abort(LeftoverPlace place, UnfinishedUploads.One upload) implements Step {}

    record Remove(LeftoverPlace place, Orphan orphan) implements Step {}
  }

  private record Document(String repo, boolean dryRun, String region, Leftovers leftovers) {}

  ExitCode run() throws IOException {
    console.line(
        console.style().sign(Symbol.CLEANUP)
            + " What lies unused in S3"
            + (change.dryRun ? " (dry run: nothing is changed)" : ""));
    List<Step> steps = new ArrayList<>();
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin(NAME)) {
      for (LeftoverPlace place : places.all()) {
        steps.addAll(uploads(place));
      }
      Instant now = invocation.surroundings().clock().instant();
      if (places.archive().isPresent()) {
        steps.addAll(orphans(places.archive().get(), places.all().getFirst(), now));
      }
      report.listed();
      if (!change.dryRun && !steps.isEmpty() && confirmed(steps)) {
        requireConditions(steps);
        for (Step step : steps) {
          apply(step, now);
        }
      }
    }
    console.document(
        "vat.cloud-clean/1",
        new Document(
            places
                .archive()
                .map(ArchiveAccess::repo)
                .or(() -> places.shared().map(access -> access.collab().repoName()))
                .orElseThrow(),
            change.dryRun,
            PriceFiles.region(context.settings()).orElse(null),
            report.leftovers()));
    return ExitCode.worst(codes);
  }

  private List<Step> uploads(LeftoverPlace place) throws IOException {
    UnfinishedUploads found =
        place.look(
            Optional.empty(),
            console.progress(),
            remark -> {
              allUploadsTold = false;
              codes.add(ExitCode.PARTLY);
              report.remark(remark);
            });
    List<Step> steps = new ArrayList<>();
    for (UnfinishedUploads.One one : found.uploads()) {
      uploading.add(one.upload().key());
      if (one.ours() && place.project().apply(one.upload().key()).isPresent()) {
        steps.add(new Step.Abort(place, one));
        report.upload(place, one, "abort", LeftoverWords.OURS);
      } else {
        report.upload(place, one, "stay", LeftoverWords.OTHERS);
      }
    }
    allUploadsTold &= found.more() == 0;
    report.more(found.more(), new OrphanSearch.Found(List.of(), 0, 0));
    return steps;
  }

  private List<Step> orphans(ArchiveAccess access, LeftoverPlace place, Instant now)
      throws IOException {
    Set<ProjectId> projects = new TreeSet<>(known.projects().keySet());
    folders.forEach(folder -> projects.add(folder.project()));
    OrphanSearch.Found found =
        new OrphanSearch(
                access.store(), access.place().prefix(), access.repo(), projects, place::isIgnored)
            .run(console.progress());
    SidecarRemoval removal = new SidecarRemoval(access.store(), access.repo());
    List<Step> steps = new ArrayList<>();
    for (Orphan orphan : found.orphans()) {
      Optional<String> stays =
          orphan.isSidecar()
              ? staysBecause(removal, orphan, now)
              : Optional.of(LeftoverWords.of(orphan));
      if (stays.isEmpty()) {
        steps.add(new Step.Remove(place, orphan));
        report.orphan(place, orphan, "remove", "is to be removed");
      } else {
        report.orphan(place, orphan, "stay", stays.get());
      }
    }
    report.more(0, found);
    return steps;
  }

  private Optional<String> staysBecause(SidecarRemoval removal, Orphan sidecar, Instant now)
      throws IOException {
    return allUploadsTold
        ? removal.staysBecause(sidecar, circumstances(sidecar, now))
        : Optional.of(
            "not every unfinished upload is known, so its archive may just be coming back");
  }

  private SidecarRemoval.Circumstances circumstances(Orphan sidecar, Instant now) {
    ProjectId project = sidecar.project().orElseThrow();
    List<Path> readable =
        folders.stream()
            .filter(folder -> folder.project().equals(project))
            .map(CopyFolder::folder)
            .toList();
    return new SidecarRemoval.Circumstances(
        now,
        seen(project, sidecar),
        uploading,
        readable,
        new Limits(context.settings()).minCopies());
  }

  /// When the manifest last saw the archive of it.
  private Optional<Instant> seen(ProjectId project, Orphan sidecar) {
    String bucket = places.archive().orElseThrow().place().bucket();
    return Optional.ofNullable(known.projects().get(project))
        .map(ProjectEntry::cloud)
        .orElse(List.of())
        .stream()
        .filter(copy -> copy.bucket().equals(Optional.of(bucket)))
        .filter(copy -> sidecar.isOf(copy.key()))
        .flatMap(copy -> copy.seenAt().stream())
        .max(Instant::compareTo);
  }

  private boolean confirmed(List<Step> steps) throws IOException {
    long aborts = steps.stream().filter(Step.Abort.class::isInstance).count();
    long bytes = 0;
    for (Step step : steps) {
      bytes +=
          switch (step) {
            case Step.Abort abort -> abort.upload().bytes().orElse(0);
            case Step.Remove remove -> remove.orphan().object().sizeBytes();
          };
    }
    boolean yes =
        console
            .questions(change.yes)
            .confirm(
                "Abort "
                    + Counts.of(aborts, "upload")
                    + " and remove "
                    + Counts.of(steps.size() - aborts, "object")
                    + " ("
                    + Sizes.of(bytes)
                    + " together)?");
    if (!yes) {
      console.line("Nothing was changed.");
    }
    return yes;
  }

  private void requireConditions(List<Step> steps) throws IOException {
    if (steps.stream().anyMatch(Step.Remove.class::isInstance)) {
      ArchiveConditions.require(
          places.archive().orElseThrow(),
          places.state(),
          Set.of(Condition.DELETE_IF_UNCHANGED),
          "something that somebody stores in this moment could be removed unseen");
    }
  }

  /// What is the matter with one keeps no other one back.
  private void apply(Step step, Instant now) throws IOException {
    try {
      switch (step) {
        case Step.Abort abort -> abort(abort);
        case Step.Remove remove -> remove(remove.orphan(), now);
      }
    } catch (IOException fault) {
      if (Faults.concernsAll(fault)) {
        throw fault;
      }
      CommandFailure failure = Faults.of(fault);
      codes.add(failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit());
      switch (step) {
        case Step.Abort(LeftoverPlace _, UnfinishedUploads.One one) ->
            report.done(one.upload(), Symbol.FAILED, "failed", failure.getMessage());
        case Step.Remove(LeftoverPlace _, Orphan orphan) ->
            report.done(orphan, Symbol.FAILED, "failed", failure.getMessage());
      }
    }
  }

  private void abort(Step.Abort step) throws IOException {
    UnfinishedUploads.One one = step.upload();
    ProjectId project = step.place().project().apply(one.upload().key()).orElseThrow();
    try (ProjectLock _ = context.lock(invocation, project, NAME)) {
      if (step.place().own().abort(one.upload())) {
        report.done(one.upload(), Symbol.DONE, "aborted", "aborted; S3 keeps its parts no longer");
      } else {
        report.done(one.upload(), Symbol.SAME, "finished", "was finished meanwhile");
      }
    } catch (BusyException running) {
      report.done(
          one.upload(),
          Symbol.SAME,
          "stays",
          "stays: vat is at work on " + project + " (" + running.getMessage() + ")");
    }
  }

  private void remove(Orphan orphan, Instant now) throws IOException {
    ArchiveAccess access = places.archive().orElseThrow();
    SidecarRemoval removal = new SidecarRemoval(access.store(), access.repo());
    try (ProjectLock _ = access.lock(orphan.project().orElseThrow(), NAME)) {
      Optional<String> stays = removal.staysBecause(orphan, circumstances(orphan, now));
      SidecarRemoval.Outcome outcome =
          stays.isPresent()
              ? new SidecarRemoval.Outcome.Stayed(stays.get())
              : removal.remove(orphan);
      switch (outcome) {
        case SidecarRemoval.Outcome.Stayed(String why) ->
            report.done(orphan, Symbol.SAME, "stays", "stays: " + why);
        case SidecarRemoval.Outcome.Gone(boolean archiveBack) ->
            report.done(
                orphan,
                Symbol.DONE,
                "removed",
                archiveBack
                    ? "removed; its archive came back in this moment, and vat backup makes it again"
                    : "removed");
      }
    } catch (BusyException running) {
      report.done(orphan, Symbol.SAME, "stays", "stays: " + running.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    places.close();
  }
}
