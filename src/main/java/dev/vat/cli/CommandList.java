package dev.vat.cli;

import dev.vat.cli.CommandEntry.Group;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every command there is, in the order of the main help. To add one: write its class and add a
/// line here.
record CommandList(List<CommandEntry> all) {
  static CommandList standard() {
    return new CommandList(
        List.of(
            entry(
                Group.DAILY,
                "up",
                "send what is new or changed to S3",
                UpCommand::new,
                "s3-sync-up"),
            entry(
                Group.DAILY,
                "down",
                "get what is new or changed in S3",
                DownCommand::new,
                "s3-sync-down"),
            entry(
                Group.DAILY,
                "status",
                "how this computer and S3 stand",
                StatusCommand::new,
                "s3-sync-status"),
            entry(
                Group.DAILY,
                "cleanup",
                "remove shared files from S3",
                CleanupCommand::new,
                "s3-sync-cleanup"),
            entry(
                Group.DAILY,
                "watch",
                "send what is dropped, tell what came, until Ctrl-C",
                WatchCommand::new),
            entry(Group.DAILY, "share", "a link to watch a shared file", ShareCommand::new),
            entry(
                Group.DAILY,
                "manifest",
                "look what is where, and write projects.json",
                ManifestCommand::new,
                "generate-manifest"),
            entry(Group.DAILY, "list", "every project, and where its copies are", ListCommand::new),
            entry(Group.MORE, "copy", "a second copy of a project, on a drive", CopyCommand::new),
            entry(
                Group.MORE, "drives", "the SSDs: free space, what is on them", DrivesCommand::new),
            entry(
                Group.DAILY,
                "show",
                "one project: copies, files, what comes next",
                ShowCommand::new),
            entry(
                Group.DAILY,
                "find",
                "a word in names and transcripts, unplugged drives too",
                FindCommand::new),
            entry(
                Group.DAILY,
                "archive",
                "to the SSD, proven; then make room here",
                ArchiveCommand::new,
                "archive-project"),
            entry(
                Group.DAILY,
                "restore",
                "a project home again, from a drive or S3",
                RestoreCommand::new,
                "restore-from-s3"),
            entry(
                Group.MORE,
                "light",
                "light files from the SSD to archived/",
                LightCommand::new,
                "sync-from-ssd"),
            entry(
                Group.DAILY,
                "backup",
                "whole projects to S3, one archive each",
                BackupCommand::new,
                "backup-to-s3"),
            entry(
                Group.DAILY,
                "verify",
                "read copies again and prove them; --repair",
                VerifyCommand::new),
            entry(
                Group.MORE,
                "freeze",
                "archives in S3 to Glacier, where they cost least",
                FreezeCommand::new,
                "archive-to-glacier"),
            entry(
                Group.MORE,
                "thaw",
                "make frozen archives readable; how thaws stand",
                ThawCommand::new),
            entry(Group.START, "init", "set up this folder (asks you)", InitCommand::new),
            entry(
                Group.START,
                "config",
                "your settings, and where each comes from",
                ConfigCommand::new),
            entry(
                Group.START,
                "doctor",
                "what is wrong here, and what to do about it",
                DoctorCommand::new),
            entry(Group.START, "demo", "see it all work, on this computer", DemoCommand::new),
            entry(
                Group.MORE,
                "estimate",
                "what the cloud costs: three ways, a forecast, sharing",
                EstimateCommand::new,
                "estimate-storage-costs"),
            entry(
                Group.MORE,
                "mhl",
                "checksum histories (ASC MHL) of any folder: check, create",
                MhlCommand::new),
            entry(
                Group.MORE,
                "cloud",
                "the buckets: setup, life cycle rules, who may do what",
                CloudCommand::new),
            entry(
                Group.MORE, "kept", "what lost a decision: list, restore, empty", KeptCommand::new),
            entry(
                Group.MORE,
                "sandbox",
                "an S3 server on this computer, to try things",
                SandboxCommand::new)));
  }

  /// The command of that name or alias.
  Optional<CommandEntry> named(String typed) {
    return all.stream().filter(entry -> entry.answersTo(typed)).findFirst();
  }

  /// Every name and alias that works.
  List<String> names() {
    return all.stream()
        .flatMap(entry -> Stream.concat(Stream.of(entry.name()), entry.aliases().stream()))
        .toList();
  }

  private static CommandEntry entry(
      Group group, String name, String summary, Supplier<?> factory, String... olderNames) {
    return new CommandEntry(group, name, summary, List.of(olderNames), factory);
  }
}
