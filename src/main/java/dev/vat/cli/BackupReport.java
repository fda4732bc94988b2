package dev.vat.cli;

import dev.vat.lifecycle.BackupPlan;
import dev.vat.lifecycle.CloudProof;
import dev.vat.lifecycle.CopySource;
import dev.vat.lifecycle.Released;
import dev.vat.lifecycle.StoredArchive;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.project.TreeRemark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `vat backup` is going to do, and what came of it, for people and for programs.
final class BackupReport {
  private static final int MOST_NAMES = 20;

  private record Problem(String code, String message) {}

  private record Stayed(String name, long sizeBytes, String reason) {}

  /// One project, as it is known so far.
  private static final class Line {
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private Line(ProjectId project) {
      facts.put("id", project.value());
      for (String name :
          List.of(
              "state",
              "from",
              "folder",
              "key",
              "files",
              "size_bytes",
              "archive_bytes",
              "proven",
              "released_files",
              "released_bytes")) {
        facts.put(name, null);
      }
      facts.putAll(BackupOutlook.unknown());
      facts.put("left", List.of());
      facts.put("stayed", List.of());
      facts.put("left_behind", List.of());
      facts.put("problems", problems);
    }

    private Line source(CopySource source) {
      facts.put("from", source.where());
      facts.put("folder", source.folder().toString());
      facts.put("files", source.files().size());
      facts.put("size_bytes", source.bytes());
      facts.put("left_behind", BackupReport.leftBehind(source));
      return this;
    }
  }

  private record Document(
      String repo,
      boolean dryRun,
      String bucket,
      RecoveryNote recoveryPage,
      List<Map<String, Object>> projects) {}

  private final Console console;
  private final ArchiveAccess access;
  private final BackupCommand.Wishes wishes;
  private final Map<ProjectId, Line> lines = new LinkedHashMap<>();
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
        Line line = line(plan.project()).source(store.source());
        line.facts.put("key", store.keys().archive());
        console.line(outlook.of(store, line.facts));
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
        Line line = line(plan.project()).source(compare.source());
        line.facts.put("key", key);
        outlook.of(compare, line.facts).ifPresent(console::line);
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
        line(plan.project()).facts.put("key", key);
        line(plan.project()).facts.put("archive_bytes", only.archive().object().sizeBytes());
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
    some(leftBehind(source).stream().map(one -> "not stored: " + one).toList());
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
    Line line = line(refused.project());
    String code = refused.reason().name().toLowerCase(Locale.ROOT);
    line.problems.add(new Problem(code, refused.message()));
    refused.details().forEach(detail -> line.problems.add(new Problem(code, detail)));
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
    Line line = line(plan.project()).source(source);
    state(plan.project(), sent ? "stored" : "already_there");
    line.facts.put("key", archive.object().key());
    line.facts.put("archive_bytes", archive.object().sizeBytes());
    String proven =
        switch (answer) {
          case CloudProof.Answer.Proven(CloudProof _, boolean downloaded) -> {
            line.facts.put("proven", downloaded ? "downloaded" : "checksum");
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
    exits.add(leftBehind(source).isEmpty() ? ExitCode.DONE : ExitCode.PARTLY);
    if (answer instanceof CloudProof.Answer.Unproven(String why, boolean damaged)) {
      line.problems.add(new Problem(damaged ? "damaged" : "unproven", why));
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
    line(project).problems.add(new Problem("conflict", message));
    console.warning(Printable.of(project.value()) + ": " + Printable.of(message));
    next("run it again to compare with what is there now");
  }

  /// The copy on the drive stays.
  void notReleased(ProjectId project, String why) {
    exits.add(ExitCode.PARTLY);
    line(project).problems.add(new Problem("not_released", why));
    console.warning("Nothing was released: " + Printable.of(why));
  }

  /// What became of the copy on the drive.
  void released(ProjectId project, String drive, Released released) {
    Line line = line(project);
    line.facts.put("released_files", released.gone().size());
    line.facts.put("released_bytes", released.bytes());
    line.facts.put("left", List.copyOf(released.leftOfEach()));
    line.facts.put(
        "stayed",
        released.stayed().stream()
            .map(one -> new Stayed(one.name().value(), one.sizeBytes(), one.why()))
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
    line(project).problems.add(new Problem(failure.code(), failure.getMessage()));
    console.line(
        console.style().sign(Symbol.FAILED)
            + " "
            + Printable.of(project.value())
            + ": "
            + Printable.of(failure.getMessage()));
    next(failure.hint());
  }

  private Line line(ProjectId project) {
    return lines.computeIfAbsent(project, Line::new);
  }

  private void state(ProjectId project, String state) {
    line(project).facts.put("state", state);
  }

  private static List<String> leftBehind(CopySource source) {
    return source.leftBehind().stream().map(TreeRemark::message).toList();
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
            lines.values().stream().map(line -> line.facts).toList()));
    boolean some = exits.contains(ExitCode.DONE);
    ExitCode worst = ExitCode.worst(exits);
    return some && worst == ExitCode.FAILED ? ExitCode.PARTLY : worst;
  }
}
