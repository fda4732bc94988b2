package dev.vat.cli;

import dev.vat.lifecycle.BackupPlan;
import dev.vat.lifecycle.CloudProof;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.Released;
import dev.vat.lifecycle.StoredArchive;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `vat backup` is going to do, and what came of it, for people and for programs.
final class BackupReport {
  private static final int MOST_NAMES = 20;

  private record Document(
      String repo,
      boolean dryRun,
      String bucket,
      RecoveryNote recoveryPage,
      List<Map<String, Object>> projects) {}

  private final Console console;
  private final ArchiveAccess access;
  private final BackupCommand.Wishes wishes;
  private final Map<ProjectId, BackupLine> lines = new LinkedHashMap<>();
  private final List<ExitCode> exits = new ArrayList<>();
  private final BackupOutlook outlook;
  private RecoveryNote page;

  BackupReport(
      Console console, ArchiveAccess access, BackupCommand.Wishes wishes, BackupOutlook outlook) {
    this.console = console;
    this.access = access;
    this.wishes = wishes;
    this.outlook = outlook;
  }

  /// How the page stands that tells how to do without vat.
  void page(RecoveryNote note) {
    page = note;
  }

  /// Told before anything is done; of a dry run it is all.
  void planned(BackupPlan plan, boolean dryRun) {
    switch (plan) {
      case BackupPlan.Store store -> {
        head(plan.project(), store.keys().archive());
        source(store.source());
        if (store.lightFiles() > 0) {
          console.line(
              "  beside it: a table of contents, and "
                  + Counts.of(store.lightFiles(), "light file")
                  + " ("
                  + Sizes.of(store.lightBytes())
                  + ") once more");
        }
        BackupLine line = line(plan.project()).source(store.source());
        line.put("key", store.keys().archive());
        console.line(outlook.of(store, line.facts()));
        if (wishes.downloads()) {
          console.line(outlook.ofProving(store.bytes(), true, line.facts()));
        }
      }
      case BackupPlan.Compare compare -> {
        String key = compare.archive().object().key();
        head(plan.project(), key);
        source(compare.source());
        console.line("  in S3 already, with the same names and sizes: contents are compared");
        if (!compare.onlyThere().isEmpty()) {
          console.line(
              "  S3 has "
                  + Counts.of(compare.onlyThere().size(), "file")
                  + " more, for example "
                  + Printable.of(compare.onlyThere().getFirst().value()));
        }
        BackupLine line = line(plan.project()).source(compare.source());
        line.put("key", key);
        outlook.of(compare, line.facts()).ifPresent(console::line);
        boolean unsummed = compare.archive().facts().crc32().isEmpty();
        if (wishes.downloads() || wishes.deleteLocal() && unsummed) {
          console.line(
              outlook.ofProving(
                  compare.archive().object().sizeBytes(), wishes.downloads(), line.facts()));
        }
      }
      case BackupPlan.OnlyThere only -> {
        String key = only.archive().object().key();
        console.line(
            console.style().sign(Symbol.SAME)
                + " "
                + Printable.of(plan.project().value())
                + " is in S3 alone ("
                + Printable.of(access.address(key))
                + "): there is nothing to store");
        state(plan.project(), "already_there");
        line(plan.project()).put("key", key);
        line(plan.project()).put("archive_bytes", only.archive().object().sizeBytes());
        exits.add(ExitCode.DONE);
        return;
      }
      case BackupPlan.Refused refused -> refused(refused);
    }
    if (dryRun && !(plan instanceof BackupPlan.Refused)) {
      state(plan.project(), "planned");
      if (wishes.deleteLocal()) {
        console.line(
            "  then released on the SSD: what S3 proves to have, file by file"
                + " (copies that must be left: MIN_COPIES)");
      }
      exits.add(ExitCode.DONE);
    }
  }

  private void head(ProjectId project, String key) {
    console.line(
        Printable.of(project.value())
            + " "
            + console.style().sign(Symbol.NEXT)
            + " "
            + Printable.of(access.address(key)));
  }

  private void source(CopySource source) {
    console.line(
        "  from: "
            + Printable.of(source.where())
            + " ("
            + Printable.of(source.folder().toString())
            + "), "
            + Counts.of(source.files().size(), "file")
            + ", "
            + Sizes.of(source.bytes()));
    some(BackupLine.leftBehind(source).stream().map(one -> "not stored: " + one).toList());
  }

  private void refused(BackupPlan.Refused refused) {
    exits.add(
        switch (refused.reason()) {
          case NO_SOURCE -> ExitCode.UNAVAILABLE;
          case UNCLEAR_SOURCE, CONFLICT, NOT_OURS -> ExitCode.CONFLICT;
          case NOT_YET -> ExitCode.PARTLY;
          case NOT_POSSIBLE -> ExitCode.FAILED;
        });
    state(refused.project(), "refused");
    BackupLine line = line(refused.project());
    String code = refused.reason().name().toLowerCase(Locale.ROOT);
    line.problem(code, refused.message());
    refused.details().forEach(detail -> line.problem(code, detail));
    console.warning(
        Printable.of(refused.project().value()) + ": " + Printable.of(refused.message()));
    refused.details().stream()
        .limit(MOST_NAMES)
        .forEach(detail -> console.note("  " + Printable.of(detail)));
    if (refused.details().size() > MOST_NAMES) {
      console.note("  and " + (refused.details().size() - MOST_NAMES) + " more (all with --json)");
    }
    next(refused.remedy());
  }

  private void next(String remedy) {
    if (!remedy.isEmpty()) {
      console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + Printable.of(remedy));
    }
  }

  /// It is there.
  void stored(
      BackupPlan plan,
      CopySource source,
      StoredArchive archive,
      boolean sent,
      CloudProof.Answer answer) {
    BackupLine line = line(plan.project()).source(source);
    state(plan.project(), sent ? "stored" : "already_there");
    line.put("key", archive.object().key());
    line.put("archive_bytes", archive.object().sizeBytes());
    String proven =
        switch (answer) {
          case CloudProof.Answer.Proven(CloudProof _, boolean downloaded) -> {
            line.put("proven", downloaded ? "downloaded" : "checksum");
            yield downloaded ? ", downloaded and compared" : ", confirmed by S3's checksum";
          }
          case CloudProof.Answer.Unproven _ -> "";
        };
    console.line(
        console.style().sign(Symbol.DONE)
            + " "
            + Printable.of(plan.project().value())
            + (sent ? " is in S3: " : " was in S3 already, the same: ")
            + Counts.of(source.files().size(), "file")
            + ", "
            + Sizes.of(archive.object().sizeBytes())
            + proven);
    exits.add(BackupLine.leftBehind(source).isEmpty() ? ExitCode.DONE : ExitCode.PARTLY);
    if (answer instanceof CloudProof.Answer.Unproven(String why, boolean damaged)) {
      line.problem(damaged ? "damaged" : "unproven", why);
      console.warning(Printable.of(why));
      if (damaged) {
        exits.add(ExitCode.VERIFICATION_FAILED);
      }
    }
  }

  /// Somebody was faster.
  void taken(ProjectId project, String key) {
    exits.add(ExitCode.CONFLICT);
    state(project, "refused");
    String message = "somebody stored " + key + " meanwhile; nothing of it was changed";
    line(project).problem("conflict", message);
    console.warning(Printable.of(project.value()) + ": " + Printable.of(message));
    next("run it again to compare with what is there now");
  }

  /// The copy on the drive stays.
  void notReleased(ProjectId project, String why) {
    exits.add(ExitCode.PARTLY);
    line(project).problem("not_released", why);
    console.warning("Nothing was released: " + Printable.of(why));
  }

  /// What became of the copy on the drive.
  void released(ProjectId project, String drive, Released released) {
    BackupLine line = line(project);
    line.put("released_files", released.gone().size());
    line.put("released_bytes", released.bytes());
    line.put("left", List.copyOf(released.leftOfEach()));
    line.put(
        "stayed",
        released.stayed().stream()
            .map(one -> new BackupLine.Stayed(one.name().value(), one.sizeBytes(), one.why()))
            .toList());
    console.line(
        "  "
            + console.style().sign(Symbol.DONE)
            + " released on "
            + Printable.of(drive)
            + ": "
            + Counts.of(released.gone().size(), "file")
            + " ("
            + Sizes.of(released.bytes())
            + ")"
            + (released.gone().isEmpty()
                ? ""
                : "; left: "
                    + Counts.of(released.fewestLeft(), "copy", "copies")
                    + ", "
                    + Printable.of(String.join(", ", released.leftOfEach()))));
    some(released.stayed().stream().map(one -> one.name() + " stays: " + one.why()).toList());
    exits.add(released.stayed().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY);
  }

  /// It could not be stored, and others may be.
  void failed(ProjectId project, CommandFailure failure) {
    exits.add(failure.exit());
    state(project, "failed");
    line(project).problem(failure.code(), failure.getMessage());
    console.line(
        console.style().sign(Symbol.FAILED)
            + " "
            + Printable.of(project.value())
            + ": "
            + Printable.of(failure.getMessage()));
    next(failure.hint());
  }

  private BackupLine line(ProjectId project) {
    return lines.computeIfAbsent(project, BackupLine::new);
  }

  private void state(ProjectId project, String state) {
    line(project).put("state", state);
  }

  private void some(List<String> texts) {
    texts.stream().limit(MOST_NAMES).forEach(text -> console.line("  " + Printable.of(text)));
    if (texts.size() > MOST_NAMES) {
      console.line("  and " + (texts.size() - MOST_NAMES) + " more (all with --json)");
    }
  }

  /// Ends the command.
  ///
  /// @param none whether there was nothing to do
  ExitCode end(boolean none) {
    if (none) {
      console.line("No project to back up.");
    }
    outlook.together().ifPresent(console::line);
    if (wishes.dryRun()) {
      console.line("Nothing was written (--dry-run).");
    }
    console.document(
        "vat.backup/1",
        new Document(
            access.repo(),
            wishes.dryRun(),
            access.place().bucket(),
            page,
            lines.values().stream().map(BackupLine::facts).toList()));
    boolean some = exits.contains(ExitCode.DONE);
    ExitCode worst = ExitCode.worst(exits);
    return some && worst == ExitCode.FAILED ? ExitCode.PARTLY : worst;
  }
}
