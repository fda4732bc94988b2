package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.SsdCopy;
import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.Selection;
import dev.vat.mhl.MhlLayout;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat verify`: reads copies again and proves them by their checksum histories.
@Command(
    footer = {
      "",
      "Reads every file of the copies on the SSDs, and of folders here that have a checksum history,",
      "past the system's memory where that is possible, and adds what it found to the history. A",
      "copy without a history gets one. Stopped, the same command goes on where it was.",
      "Exit code 6 when something is damaged, changed or missing.",
      "",
      "Examples:",
      "  vat verify                       every copy",
      "  vat verify b40                   one project's copies",
      "  vat verify --older-than 90days   files not read for so long",
      "  vat verify --sample 5%%           a share of each copy, what was read longest ago first",
      "  vat verify --place s3            the archives in S3, by S3's checksums; --full reads them",
      "  vat verify b40 --repair          brings back what is damaged, from another copy"
    })
final class VerifyCommand implements VatCommand {
  /// Where to look.
  enum Place {
    local,
    ssd,
    s3
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "only this one; inside its folder, it is meant when none is named")
  private String typed;

  @Option(
      names = "--place",
      paramLabel = "PLACE",
      description = "only copies there: ${COMPLETION-CANDIDATES}")
  private Place place;

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      converter = SampleConverter.class,
      description = "only so much of each copy (5%%), what was read longest ago first")
  private Double sample;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      converter = AgeConverter.class,
      description = "only files that were not found good for so long: 90days, 6months")
  private Duration olderThan;

  @Option(
      names = "--repair",
      description =
          "bring damaged and missing files back from another copy, proven by the history; what is"
              + " replaced is put aside. Reads only what was found bad before, if there is any")
  private boolean repair;

  @Option(
      names = "--also-changed",
      description = "with --repair: also files that somebody seems to have edited")
  private boolean alsoChanged;

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and write nothing (with --repair files are read)")
  private boolean dryRun;

  @Option(
      names = "--full",
      description = "with --place s3: download all of each archive and prove every file in it")
  private boolean full;

  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (alsoChanged && !repair) {
      throw CommandFailure.usage(
          "--also-changed goes with --repair", "vat verify PROJECT --repair --also-changed");
    }
    if (full && place != Place.s3) {
      throw CommandFailure.usage(
          "--full goes with --place s3; elsewhere all of a file is read anyway",
          "vat verify PROJECT --place s3 --full");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    if (place == Place.s3) {
      return inCloud(invocation, context);
    }
    Catalog known = KnownDrives.of(invocation, context).file().read();
    ReachedDrives drives = ReachedDrives.look(invocation, context, known, dryRun);
    List<CopyFolder> all = CopyFolder.all(context.repository(), drives.readable());
    Optional<ProjectId> project = project(invocation, context, known, all);
    if (place != Place.local) {
      drives.tell(invocation.console());
    }
    List<CopyFolder> chosen =
        all.stream()
            .filter(copy -> project.isEmpty() || copy.project().equals(project.get()))
            .filter(this::isMeant)
            .toList();
    VerifyRun run =
        new VerifyRun(
            invocation,
            context,
            drives,
            all,
            new VerifyRun.Wanted(
                selection(invocation), repair, alsoChanged, dryRun, about(project)));
    if (place != Place.local) {
      absent(known, project, drives, all, run);
    }
    return run.run(chosen);
  }

  private ExitCode inCloud(Invocation invocation, CurrentRepository context) throws IOException {
    if (repair || sample != null || olderThan != null) {
      throw CommandFailure.usage(
          "--repair, --sample and --older-than do not go with --place s3",
          "vat verify PROJECT --place s3");
    }
    Optional<String> project =
        typed != null
            ? Optional.of(typed)
            : new Projects(context.repository())
                .containing(invocation.surroundings().folder())
                .map(ProjectId::value);
    try (CloudVerifyRun run = CloudVerifyRun.open(invocation, context, full, dryRun)) {
      return run.of(project);
    }
  }

  private boolean isMeant(CopyFolder copy) {
    return copy.kind() == CopyFolder.Kind.SSD
        ? place != Place.local
        : place != Place.ssd
            && Files.isDirectory(
                copy.folder().resolve(MhlLayout.FOLDER), LinkOption.NOFOLLOW_LINKS);
  }

  private Optional<ProjectId> project(
      Invocation invocation, CurrentRepository context, Catalog known, Collection<CopyFolder> all)
      throws IOException {
    if (typed == null) {
      return new Projects(context.repository()).containing(invocation.surroundings().folder());
    }
    TreeSet<ProjectId> ids = new TreeSet<>(known.projects().keySet());
    all.forEach(copy -> ids.add(copy.project()));
    return Optional.of(ChosenProject.among(typed, ids, context));
  }

  private Selection selection(Invocation invocation) {
    Instant now = invocation.surroundings().clock().instant();
    return new Selection(
        sample == null ? 1 : sample, Optional.ofNullable(olderThan).map(now::minus), false);
  }

  /// Two runs that are about the same say the same.
  private String about(Optional<ProjectId> project) {
    return "project %s, place %s, sample %s, older than %s, repair %s %s"
        .formatted(
            project.map(ProjectId::value).orElse("-"),
            place,
            sample,
            olderThan,
            repair,
            alsoChanged);
  }

  /// Copies that the manifest knows and that are not there, or cannot be reached.
  private static void absent(
      Catalog known,
      Optional<ProjectId> project,
      ReachedDrives drives,
      List<CopyFolder> all,
      VerifyRun run) {
    known.projects().values().stream()
        .filter(entry -> project.isEmpty() || entry.id().equals(project.get()))
        .forEach(
            entry -> {
              for (SsdCopy copy : entry.ssd()) {
                Optional<Located.Readable> drive =
                    drives.readable().stream()
                        .filter(
                            one ->
                                copy.drive().isPresent()
                                    ? ReachedDrives.idOf(one).equals(copy.drive())
                                    : drives.isPrimary(one))
                        .findFirst();
                if (drive.isEmpty()) {
                  run.unreachable(
                      entry.id(),
                      copy.drive()
                          .map(id -> known.drives().get(id))
                          .map(one -> one.name())
                          .orElse("the SSD"));
                } else if (all.stream()
                    .noneMatch(
                        one -> one.project().equals(entry.id()) && one.drive().equals(drive))) {
                  run.gone(entry.id(), drive.get(), copy.path());
                }
              }
            });
  }

  @Override
  public String whenStopped() {
    return "Stopped. What was read so far is remembered; the same command goes on from there.";
  }
}
