package dev.vat.cli;

import dev.vat.lifecycle.RestoreWish;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.SettingsException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat restore`: brings a project home from its nearest whole copy.
@Command(
    footer = {
      "",
      "From the copy on a connected drive, if it is whole, else from the archive in S3. Every file is",
      "proven by its checksum before it gets its name. What is here already and the same",
      "does not come again; light files in archived/ move back when they are proven equal; nothing is",
      "overwritten. Cut anywhere, the same command carries on. What is frozen has to be thawed first:",
      "--glacier tells what that costs and takes, asks, and remembers it; run it again when it is done.",
      "",
      "Examples:",
      "  vat restore b40                            home again",
      "  vat restore b40 --dry-run                  what that would download",
      "  vat restore b40 --glacier                  thaws it first, by the cheapest tier",
      "  vat restore --check-status                 how all thaws stand",
      "  vat restore b40 --to ssd                   a copy on the SSD again, from S3",
      "  vat restore b40 --light                    light files only, into archived/",
      "  vat restore b40 --file final/film.mp4 --to ~/Desktop"
    })
final class RestoreCommand implements VatCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "an id or its unambiguous beginning")
  private String project;

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      description = {
        "local (the default), ssd or a drive's name (a copy with checksums, from S3),",
        "or a folder: the project gets a folder in it"
      })
  private String to;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "only this file, or what is in this folder of the project; repeatable")
  private List<String> files = List.of();

  @Option(
      names = "--light",
      description = "only light files: transcripts, thumbnails, project files")
  private boolean light;

  @Option(
      names = "--from",
      paramLabel = "WHERE",
      description = "ssd (a connected drive), a drive's name, or s3; else the nearest whole copy")
  private String typedFrom;

  @Option(names = "--glacier", description = "thaw it first, where it is frozen")
  private boolean glacier;

  @Option(
      names = "--check-status",
      description = "only tell how the thaw stands; without a project, all thaws")
  private boolean checkStatus;

  @Option(names = "--wait", description = "with --glacier: stay until it is thawed, then go on")
  private boolean waits;

  @Mixin private ArchiveOption archive;
  @Mixin private ThawOptions thaw;
  @Mixin private ChangeOptions change;
  @Mixin private TransferOptions transfer;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What came is kept and not visible yet; run the same command again to carry on.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (light && !files.isEmpty()) {
      throw CommandFailure.usage(
          "--light and --file are two ways to say what is wanted", "give one of them");
    }
    if (project == null && !checkStatus) {
      throw CommandFailure.usage(
          "which project?", "name it (vat restore b40), or look how thaws stand (--check-status)");
    }
    if (waits && !glacier && !checkStatus) {
      throw CommandFailure.usage("--wait is for a thaw", "add --glacier, or --check-status");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    RestoreWish.Part part = RestoreTarget.part(light, files);
    RestoreFrom from = RestoreFrom.of(typedFrom);
    if (archive.name().isPresent() && from.isDrive()) {
      throw CommandFailure.usage(
          "--archive names an archive in S3, and --from " + typedFrom + " takes a drive's copy",
          "give one of them");
    }
    boolean ontoDrive =
        !checkStatus
            && to != null
            && RestoreDrive.of(invocation, context, to, change.dryRun).isPresent();
    if (ontoDrive && from.isDrive()) {
      throw CommandFailure.usage(
          "from one drive to another is a copy", "vat copy " + project + " --to DRIVE");
    }
    if (checkStatus
        || ontoDrive
        || from instanceof RestoreFrom.Cloud
        || archive.name().isPresent()) {
      return fromCloud(invocation, context, part);
    }
    return switch (fromDrive(invocation, context, from, part)) {
      case DriveRestoreRun.Ended.Done done -> done.exit();
      case DriveRestoreRun.Ended.NotFound _ -> fromCloud(invocation, context, part);
      case DriveRestoreRun.Ended.Damaged damaged -> {
        if (ArchivePlace.ifSet(context.settings()).isEmpty()) {
          throw besides(damaged, "S3, where an archive may be, is not set up here", null);
        }
        try {
          yield fromCloud(invocation, context, part);
        } catch (SettingsException notAsked) {
          throw besides(damaged, "S3 could not be asked: " + notAsked.message(), notAsked);
        } catch (CommandFailure failure) {
          if (failure.code().equals(ChosenArchive.NO_ARCHIVE)) {
            throw besides(damaged, failure.getMessage(), failure);
          }
          throw failure;
        }
      }
    };
  }

  /// The drives' copies are damaged, and S3 does not help.
  private static CommandFailure besides(
      DriveRestoreRun.Ended.Damaged damaged, String cloud, Throwable cause) {
    CommandFailure drive = damaged.failure();
    return new CommandFailure(
        drive.exit(), drive.code(), drive.getMessage() + ", and " + cloud, drive.hint(), cause);
  }

  private DriveRestoreRun.Ended fromDrive(
      Invocation invocation, CurrentRepository context, RestoreFrom from, RestoreWish.Part part)
      throws IOException {
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin(RestoreRun.NAME)) {
      return new DriveRestoreRun(invocation, context, change.dryRun, from)
          .of(project, to == null ? RestoreTarget.LOCAL : to, part);
    }
  }

  private ExitCode fromCloud(
      Invocation invocation, CurrentRepository context, RestoreWish.Part part) throws Exception {
    Optional<ExitCode> ended =
        needsNoThaw(invocation, context, part) ? Optional.empty() : thawed(invocation, context);
    if (ended.isPresent()) {
      return ended.get();
    }
    try (ArchiveAccess access = ArchiveAccess.open(invocation, context, transfer.limitRate());
        KeepAwake.Handle _ = invocation.services().keepAwake().begin(RestoreRun.NAME)) {
      return new RestoreRun(access, change.dryRun, wishes())
          .of(project, Optional.ofNullable(to), part);
    }
  }

  /// Of a part that lies beside the archive: a thaw would be paid for and not be read.
  private boolean needsNoThaw(
      Invocation invocation, CurrentRepository context, RestoreWish.Part part) throws IOException {
    if (checkStatus || !glacier || part instanceof RestoreWish.Part.Whole) {
      return false;
    }
    try (ArchiveAccess access = ArchiveAccess.open(invocation, context, transfer.limitRate())) {
      return new RestoreRun(access, true, wishes()).isReadable(project, part);
    }
  }

  private ThawRun.Wishes wishes() {
    return new ThawRun.Wishes(
        archive.name(),
        thaw.tier(),
        thaw.days(),
        to == null ? RestoreTarget.LOCAL : to,
        change.dryRun,
        change.yes);
  }

  /// @return how it ended, when there is nothing to restore yet
  private Optional<ExitCode> thawed(Invocation invocation, CurrentRepository context)
      throws Exception {
    if (!checkStatus && !glacier) {
      return Optional.empty();
    }
    boolean stays = waits && !change.dryRun;
    try (ThawRun run = ThawRun.open(invocation, context, change.dryRun || checkStatus)) {
      List<String> words = project == null ? List.of() : List.of(project);
      return checkStatus
          ? Optional.of(run.of(words, wishes(), true, stays))
          : run.readable(project, wishes(), stays);
    }
  }
}
