package dev.vat.cli;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.FilePlacement;
import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.CopyGoneException;
import dev.vat.lifecycle.CopyRecord;
import dev.vat.lifecycle.FileFinding;
import dev.vat.lifecycle.FolderLook;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.Repair;
import dev.vat.lifecycle.Selection;
import dev.vat.lifecycle.StoppedRun;
import dev.vat.lifecycle.Verification;
import dev.vat.lifecycle.VerificationPlan;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// One run of `vat verify` over some copies, one after the other: a drive is fastest that way.
final class VerifyRun {
  /// What was asked for.
  ///
  /// @param about says the same for two runs that are about the same
  record Wanted(
      Selection selection, boolean repair, boolean alsoChanged, boolean dryRun, String about) {}

  private final Invocation invocation;
  private final CurrentRepository context;
  private final List<CopyFolder> all;
  private final FileKinds kinds;
  private final Wanted wanted;
  private final VerifyReport report;
  private final Verification verification;
  private final VerifiedCopies manifest;

  /// @param all every folder of every project, for repairs
  VerifyRun(
      Invocation invocation,
      CurrentRepository context,
      ReachedDrives drives,
      List<CopyFolder> all,
      Wanted wanted) {
    this.invocation = invocation;
    this.context = context;
    this.all = all;
    this.kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
    this.wanted = wanted;
    this.report = new VerifyReport(invocation, context, wanted);
    this.verification = MhlFolder.verification(invocation);
    this.manifest = new VerifiedCopies(invocation, context, drives);
  }

  /// A copy that the manifest knows, on a drive that cannot be looked at.
  void unreachable(ProjectId project, String drive) {
    report.unreachable(project, drive);
  }

  /// A copy that the manifest knows, and that is not on its drive any more.
  void gone(ProjectId project, Located.Readable drive, String path) {
    report.gone(project, drive, path);
  }

  ExitCode run(List<CopyFolder> chosen) throws IOException {
    Map<CopyFolder, VerificationPlan> plans = new LinkedHashMap<>();
    long bytes = 0;
    int files = 0;
    StoppedRun earlier = StoppedRun.open(journals().resolve("run.tsv"), wanted.about(), now());
    for (CopyFolder copy : chosen) {
      Optional<VerificationPlan> plan =
          earlier.finished(copy.folder()).isPresent() ? Optional.empty() : glance(copy);
      bytes += plan.map(VerificationPlan::bytes).orElse(0L);
      files += plan.map(one -> one.toRead().size()).orElse(0);
      if (wanted.dryRun() && !wanted.repair() && plan.isPresent()) {
        plans.put(copy, plan.get());
      }
    }
    report.heading(chosen.size(), files, bytes);
    if (wanted.dryRun() && !wanted.repair()) {
      plans.forEach(report::planned);
      return report.end();
    }
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat verify");
        Progress.Task task = invocation.console().progress().begin("verifying", bytes)) {
      for (CopyFolder copy : chosen) {
        Optional<StoppedRun.Finished> finished = earlier.finished(copy.folder());
        if (finished.isPresent()) {
          report.finishedBefore(copy, finished.get());
        } else {
          one(copy, earlier, task);
        }
      }
    }
    if (!wanted.dryRun()) {
      if (!report.somethingWasAway()) {
        earlier.end();
      }
      if (!manifest.write()) {
        report.manifestBusy();
      }
    }
    return report.end();
  }

  /// What there is to read, as far as it can be told now; what fails is told when its turn comes.
  private Optional<VerificationPlan> glance(CopyFolder copy) {
    try {
      return Optional.of(plan(copy, FolderLook.of(copy.folder())));
    } catch (IOException later) {
      return Optional.empty();
    }
  }

  private VerificationPlan plan(CopyFolder copy, FolderLook look) {
    VerificationPlan plan = of(copy, VerificationPlan.of(look, wanted.selection()));
    return wanted.repair() && plan.hasKnownTrouble()
        ? of(copy, VerificationPlan.of(look, Selection.suspects()))
        : plan;
  }

  private VerificationPlan of(CopyFolder copy, VerificationPlan plan) {
    return copy.kind() == CopyFolder.Kind.ARCHIVED ? plan.ofLightFiles(kinds) : plan;
  }

  private void one(CopyFolder copy, StoppedRun earlier, Progress.Task task) throws IOException {
    if (copy.drive().isPresent() && !Files.isDirectory(copy.drive().get().base())) {
      unreachable(copy.project(), copy.drive().get().label().name());
      return;
    }
    VerifyReport.Ended ended;
    try {
      if (wanted.dryRun()) {
        ended = inTurn(copy, task);
      } else {
        try (ProjectLock _ = context.lock(invocation, copy.project(), "vat verify")) {
          CopyRecord.settle(copy.folder());
          ended = inTurn(copy, task);
        }
      }
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException fault) {
      boolean away = fault instanceof CopyGoneException || !Files.isDirectory(copy.folder());
      CommandFailure failure =
          away && !(fault instanceof CopyGoneException)
              ? new CommandFailure(
                  ExitCode.UNAVAILABLE,
                  "copy_gone",
                  copy.folder() + " is not there any more: was its drive unplugged?",
                  "connect it, then run the same command again to carry on",
                  fault)
              : Faults.of(fault);
      report.failed(copy, failure);
      return;
    }
    String words = report.ended(copy, ended);
    if (!wanted.dryRun()) {
      earlier.add(copy.folder(), new StoppedRun.Finished(now(), ended.exit().number(), words));
    }
  }

  private VerifyReport.Ended inTurn(CopyFolder copy, Progress.Task task) throws IOException {
    FolderLook look = FolderLook.of(copy.folder());
    VerificationPlan plan = plan(copy, look);
    VerificationReport found =
        wanted.dryRun()
            ? verification.check(plan, task)
            : verification.run(plan, Optional.of(journal(copy)), task);
    List<Repair.Step> steps = new ArrayList<>();
    if (wanted.repair()) {
      List<Path> others = others(copy);
      for (FileFinding finding : found.findings()) {
        if (Repair.concerns(finding, wanted.alsoChanged())) {
          steps.add(Repair.plan(finding, look, others));
        }
      }
    }
    List<Repair.Result> repaired = wanted.dryRun() ? List.of() : repair(copy, look, steps);
    Set<RelativeName> brought = new TreeSet<>();
    repaired.forEach(
        result -> {
          if (result instanceof Repair.Result.Done done) {
            brought.add(done.name());
          }
        });
    boolean bad =
        found.findings().stream()
            .anyMatch(finding -> finding.verdict().isBad() && !brought.contains(finding.name()));
    Optional<Instant> verifiedAt = found.verifiedAt();
    if (!brought.isEmpty()) {
      look = FolderLook.of(copy.folder());
      VerificationReport again =
          verification.run(
              of(copy, VerificationPlan.only(look, brought)),
              Optional.empty(),
              Progress.none().begin("", -1));
      bad |= again.isBad();
      verifiedAt = again.verifiedAt();
    }
    if (!wanted.dryRun()) {
      manifest.note(copy, look.files().values(), bad, verifiedAt);
    }
    return new VerifyReport.Ended(found, steps, repaired, bad, verifiedAt);
  }

  private List<Repair.Result> repair(CopyFolder copy, FolderLook look, List<Repair.Step> steps)
      throws IOException {
    Repair repair =
        new Repair(
            new DeviceDigests(), FilePlacement.ofThisSystem(), new CopyAside(context, copy, now()));
    List<Repair.Result> results = new ArrayList<>();
    for (Repair.Step step : steps) {
      results.add(repair.apply(look, step, invocation.console().progress()));
    }
    return results;
  }

  /// Where a good file may be had: in the project's other folders, and then where files of any of
  /// its folders were put aside.
  private List<Path> others(CopyFolder copy) throws IOException {
    List<CopyFolder> folders =
        new ArrayList<>(all.stream().filter(one -> one.project().equals(copy.project())).toList());
    List<Path> others =
        new ArrayList<>(
            folders.stream()
                .map(CopyFolder::folder)
                .filter(folder -> !folder.equals(copy.folder()))
                .toList());
    Path active = context.repository().root().resolve(copy.project().value());
    if (folders.stream().noneMatch(one -> one.folder().equals(active))) {
      // It may have been archived since.
      folders.add(new CopyFolder(copy.project(), CopyFolder.Kind.FLAT, active, Optional.empty()));
    }
    for (CopyFolder folder : folders) {
      others.addAll(new CopyAside(context, folder, now()).earlier());
    }
    return others;
  }

  private Path journals() {
    return context.stateFolder().resolve("verifying");
  }

  private Path journal(CopyFolder copy) {
    byte[] folder = copy.folder().toString().getBytes(StandardCharsets.UTF_8);
    return journals().resolve(UUID.nameUUIDFromBytes(folder) + ".tsv");
  }

  private Instant now() {
    return invocation.surroundings().clock().instant();
  }
}
