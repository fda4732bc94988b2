package dev.vat.cli;

import dev.vat.disk.DeviceDigests;
import dev.vat.lifecycle.FolderLook;
import dev.vat.lifecycle.Verification;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.mhl.Creator;
import dev.vat.mhl.GenerationFacts;
import dev.vat.mhl.MhlHistory;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// The folder that an `mhl` command is about, and how its result is told.
final class MhlFolder {
  private record Generations(int count, String lastCreatedAt, String lastTool) {}

  private record Document(
      String action,
      boolean dryRun,
      String folder,
      Generations history,
      boolean recorded,
      int filesRead,
      long bytesRead,
      int good,
      List<VerificationLines.Line> findings,
      boolean fromDevice,
      String verifiedAt,
      List<String> problems,
      List<String> remarks) {}

  private final Invocation invocation;
  private final Path folder;
  private final String action;

  /// @param typed as the user typed it; links are resolved
  /// @param action for programs
  MhlFolder(Invocation invocation, String typed, String action) throws IOException {
    this.invocation = invocation;
    this.folder = invocation.surroundings().resolve(typed).toRealPath();
    this.action = action;
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
  }

  FolderLook look() throws IOException {
    return FolderLook.of(folder);
  }

  Verification verification() {
    return verification(invocation);
  }

  static Verification verification(Invocation invocation) {
    return new Verification(
        new DeviceDigests(), invocation.surroundings().clock(), creator(invocation));
  }

  static Creator creator(Invocation invocation) {
    return Creator.vat(ComputerName.of(invocation.surroundings().environment()), Version.vat());
  }

  /// What `--dry-run` says instead of reading.
  ExitCode planned(int files, long bytes, FolderLook look) {
    Console console = invocation.console();
    console.line(
        "Would read "
            + Counts.of(files, "file")
            + " ("
            + Sizes.of(bytes)
            + ") in "
            + Printable.of(folder.toString())
            + " and "
            + (look.isFirst()
                ? "begin a checksum history"
                : "append generation " + (look.history().orElseThrow().generations().size() + 1))
            + ". Nothing was written (--dry-run).");
    console.document(
        "vat.mhl/1",
        new Document(
            action,
            true,
            folder.toString(),
            generations(look),
            false,
            0,
            0,
            0,
            List.of(),
            false,
            null,
            List.of(),
            List.of()));
    return ExitCode.DONE;
  }

  /// @param recorded whether the result was to be written into the history
  ExitCode tell(FolderLook look, VerificationReport report, boolean recorded) {
    Console console = invocation.console();
    ExitCode exit = VerificationLines.exit(report);
    console.line(
        console.style().sign(exit == ExitCode.DONE ? Symbol.DONE : Symbol.FAILED)
            + " "
            + Printable.of(folder.toString())
            + ": "
            + sum(report, recorded)
            + " ("
            + Sizes.of(report.readBytes())
            + " read)");
    new VerificationLines(console, "  ").print(report);
    if (!report.pastCache()) {
      console.warning(VerificationLines.NOT_PAST_THE_CACHE);
    }
    boolean written = recorded && report.notRecorded().isEmpty();
    console.document(
        "vat.mhl/1",
        new Document(
            action,
            false,
            folder.toString(),
            generations(look),
            written,
            report.read(),
            report.readBytes(),
            report.good(),
            VerificationLines.lines(report),
            report.pastCache(),
            report.verifiedAt().map(Instant::toString).orElse(null),
            report.historyProblems(),
            VerificationLines.remarks(report)));
    return exit;
  }

  private static String sum(VerificationReport report, boolean recorded) {
    String sum = VerificationLines.sum(report);
    return sum.isEmpty()
        ? "no files"
        : recorded ? sum : sum.replace("recorded for the first time", "not in the history");
  }

  private static Generations generations(FolderLook look) {
    return look.isFirst() ? null : generations(look.history().orElseThrow());
  }

  private static Generations generations(MhlHistory history) {
    GenerationFacts last = history.lastGeneration();
    return new Generations(history.generations().size(), last.createdAt().toString(), last.tool());
  }
}
