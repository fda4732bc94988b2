package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.KnownDrive;
import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.DriveCopy;
import dev.vat.lifecycle.DriveCopyOutcome;
import dev.vat.lifecycle.DriveCopyPlan;
import dev.vat.lifecycle.Located;
import dev.vat.project.FileKinds;
import dev.vat.project.Project;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.ProjectPlace;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat copy`: a second copy of a project on a drive. Nothing is released by it.
@Command(
    footer = {
      "",
      "Copies from the project's folder here, or from another drive that is connected; each file is",
      "read back and compared, and its checksums are written beside it (ascmhl). What is on the",
      "drive already is compared and completed; nothing is overwritten.",
      "",
      "Examples:",
      "  vat copy b63 --to T8             a second copy",
      "  vat copy b40 b41 --to T8 -n      what that would come to",
      "Drives: vat drives, vat drives add PATH"
    })
final class CopyCommand implements VatCommand {
  private static final String LOCAL = "local";

  @Parameters(
      arity = "1..*",
      paramLabel = "PROJECT",
      description = "ids or their unambiguous beginnings")
  private List<String> projects;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DRIVE",
      description = "a drive's name, as vat drives shows")
  private String to;

  @Option(
      names = "--from",
      paramLabel = "PLACE",
      description = "local, or a drive's name; otherwise the one that has all files")
  private String from;

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and do nothing")
  private boolean dryRun;

  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was copied is kept and not visible as whole; run the same command again"
        + " to carry on.";
  }

  /// What all projects of one run have in common.
  private record Run(
      Invocation invocation, CurrentRepository context, KnownDrives known, DriveCopy copy) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    KnownDrives known = KnownDrives.of(invocation, context);
    Catalog catalog = known.file().read();
    ProjectListing here = new Projects(context.repository()).list();
    TreeSet<ProjectId> ids = new TreeSet<>(here.ids());
    ids.addAll(catalog.projects().keySet());
    List<ProjectId> chosen = new ArrayList<>();
    for (String word : projects) {
      chosen.add(ChosenProject.among(word, ids, context));
    }
    FileKinds kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
    Run run =
        new Run(
            invocation,
            context,
            known,
            new DriveCopy(
                TreeCopy.ofThisSystem(),
                kinds,
                MhlFolder.creator(invocation),
                invocation.surroundings().clock()));
    CopyReport report = new CopyReport(invocation.console(), dryRun);
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin("vat copy")) {
      for (ProjectId id : chosen.stream().distinct().toList()) {
        // Asked anew for each: what was connected a while ago may not be now.
        Located.Connected drive =
            DrivesAddCommand.connected(known.drives().named(to, known.file().read()));
        List<CopySource> sources = sources(run, id, here, drive, kinds);
        if (dryRun) {
          report.planned(id, run.copy.plan(id, sources, drive));
        } else {
          try (ProjectLock _ = context.lock(invocation, id, "vat copy")) {
            copyOne(run, id, sources, drive, report);
          }
        }
      }
    }
    return report.end(context.repository().folderName());
  }

  private static void copyOne(
      Run run, ProjectId id, List<CopySource> sources, Located.Connected drive, CopyReport report)
      throws IOException {
    DriveCopyPlan plan = run.copy.plan(id, sources, drive);
    report.planned(id, plan);
    switch (plan) {
      case DriveCopyPlan.Refused _ -> {}
      case DriveCopyPlan.Ready ready -> {
        Instant begun = run.invocation.surroundings().clock().instant();
        DriveCopyOutcome outcome = run.copy.run(ready, run.invocation.console().progress());
        CopiedFiles.remember(run.invocation, run.context, outcome.copied().files(), begun);
        if (outcome.copy().isPresent()) {
          Instant now = run.invocation.surroundings().clock().instant();
          KnownDrives.update(
              run.invocation,
              run.context,
              "vat copy",
              before ->
                  before
                      .withDrive(seen(before, drive.drive(), now))
                      .withCopy(id, outcome.copy().get()));
        }
        report.copied(ready, outcome);
      }
    }
  }

  /// One project was looked at, not the drive: when that was seen stays.
  private static KnownDrive seen(Catalog before, KnownDrive drive, Instant now) {
    KnownDrive known = before.drives().get(drive.id());
    return known == null || known.lastSeenAt().isEmpty()
        ? drive.seen(now)
        : drive.seen(known.lastSeenAt().get());
  }

  /// Every whole folder of the project that can be reached, the one here first.
  private List<CopySource> sources(
      Run run, ProjectId id, ProjectListing here, Located.Connected target, FileKinds kinds)
      throws IOException {
    List<CopySource> sources = new ArrayList<>();
    if (from == null || from.equals(LOCAL)) {
      for (Path folder : flat(here, id)) {
        sources.add(CopySource.at(LOCAL, folder, false, kinds));
      }
    }
    if (LOCAL.equals(from)) {
      return sources;
    }
    Catalog catalog = run.known.file().read();
    List<Located.Connected> drives = new ArrayList<>();
    if (from == null) {
      for (KnownDrive drive : catalog.drives().values()) {
        if (run.known.drives().located(drive, catalog) instanceof Located.Connected there) {
          drives.add(there);
        }
      }
    } else {
      drives.add(DrivesAddCommand.connected(run.known.drives().named(from, catalog)));
    }
    for (Located.Connected drive : drives) {
      boolean isTarget = drive.drive().id().equals(target.drive().id());
      if (!isTarget
          && new RangeFolders(drive.base()).of(id) instanceof RangeChoice.Holds(Path folder)) {
        sources.add(CopySource.at(drive.drive().name(), folder, true, kinds));
      }
    }
    return sources;
  }

  private static List<Path> flat(ProjectListing here, ProjectId id) {
    return here.find(id).stream()
        .map(Project::places)
        .flatMap(List::stream)
        .filter(place -> place instanceof ProjectPlace.Flat)
        .map(ProjectPlace::folder)
        .toList();
  }
}
