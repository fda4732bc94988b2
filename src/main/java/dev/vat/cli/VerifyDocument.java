package dev.vat.cli;

import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.Repair;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.project.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What `vat verify --json` says (`vat.verify/1`), copy by copy.
final class VerifyDocument {
  private record Restored(String file, boolean restored, String from, String kept, String why) {}

  private record Copy(
      String project,
      String place,
      String drive,
      String path,
      String state,
      int filesRead,
      long bytesRead,
      int carriedOver,
      int notRead,
      int good,
      List<VerificationLines.Line> findings,
      List<Restored> repaired,
      Boolean fromDevice,
      boolean recorded,
      String verifiedAt,
      List<String> problems,
      List<String> remarks,
      String message) {}

  private record Document(String repo, boolean dryRun, List<Copy> copies) {}

  private final Repository repository;
  private final boolean dryRun;
  private final List<Copy> copies = new ArrayList<>();

  VerifyDocument(Repository repository, boolean dryRun) {
    this.repository = repository;
    this.dryRun = dryRun;
  }

  boolean isEmpty() {
    return copies.isEmpty();
  }

  Object body() {
    return new Document(repository.folderName(), dryRun, List.copyOf(copies));
  }

  /// A copy that had its turn.
  void add(CopyFolder copy, VerifyReport.Ended ended, String words) {
    VerificationReport found = ended.found();
    String state =
        ended.exit() == ExitCode.VERIFICATION_FAILED
            ? "bad"
            : found.first() ? "first" : found.unread() > 0 ? "partly_read" : "good";
    copies.add(
        new Copy(
            copy.project().value(),
            place(copy),
            drive(copy),
            copy.path(repository),
            state,
            found.read(),
            found.readBytes(),
            found.carriedOver(),
            found.unread(),
            found.good(),
            VerificationLines.lines(found),
            ended.repaired().stream().map(VerifyDocument::restored).toList(),
            found.pastCache(),
            !dryRun && found.notRecorded().isEmpty(),
            ended.verifiedAt().map(Instant::toString).orElse(null),
            found.historyProblems(),
            VerificationLines.remarks(found),
            words));
  }

  private static Restored restored(Repair.Result result) {
    return switch (result) {
      case Repair.Result.Done done ->
          new Restored(
              done.name().value(),
              true,
              done.from().toString(),
              done.aside().map(Object::toString).orElse(null),
              null);
      case Repair.Result.Not not -> new Restored(not.name().value(), false, null, null, not.why());
    };
  }

  /// A copy that was not read, and why.
  void add(CopyFolder copy, String state, String message) {
    add(copy.project().value(), place(copy), drive(copy), copy.path(repository), state, message);
  }

  /// The same for a copy that only the manifest knows.
  void add(String project, String place, String drive, String path, String state, String message) {
    copies.add(
        new Copy(
            project, place, drive, path, state, 0, 0, 0, 0, 0, List.of(), List.of(), null, false,
            null, List.of(), List.of(), message));
  }

  private static String place(CopyFolder copy) {
    return copy.kind() == CopyFolder.Kind.SSD ? "ssd" : "local";
  }

  /// The drive's name; null for a folder in the repository.
  static String drive(CopyFolder copy) {
    return copy.drive().map(drive -> drive.label().name()).orElse(null);
  }
}
