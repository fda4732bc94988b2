package dev.vat.cli;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.ArchiveDecision;
import dev.vat.lifecycle.ArchiveKeep;
import dev.vat.lifecycle.DriveCopyOutcome;
import dev.vat.lifecycle.DriveCopyPlan;
import dev.vat.lifecycle.Located;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What `vat copy` is going to do, and what came of it, for people and for programs.
final class CopyReport {
  /// To be said where what was written could not be read back from the drive itself.
  static final String NOT_PROVEN =
      "Through this system the drive cannot be read past the system's memory, so it is not proven"
          + " that it holds what was written. Unplug it, plug it in again, then vat verify; until then"
          + " this copy justifies no release.";

  private static final int MOST_NAMES = 20;

  private final Console console;
  private final boolean dryRun;
  private final CopyDocument document;
  private final List<ExitCode> exits = new ArrayList<>();

  CopyReport(Console console, boolean dryRun) {
    this.console = console;
    this.dryRun = dryRun;
    this.document = new CopyDocument(dryRun);
  }

  /// Told before anything is done; of a dry run it is all.
  void planned(ProjectId id, DriveCopyPlan plan) {
    switch (plan) {
      case DriveCopyPlan.Ready ready -> ready(ready);
      case DriveCopyPlan.Refused refused -> refused(id, refused);
    }
  }

  private void ready(DriveCopyPlan.Ready plan) {
    console.line(
        Printable.of(plan.id().value())
            + " "
            + console.style().sign(Symbol.NEXT)
            + " "
            + Printable.of(plan.drive().drive().name()));
    console.line(
        "  from: "
            + Printable.of(plan.source().where())
            + " ("
            + Printable.of(plan.source().folder().toString())
            + ")");
    console.line(
        "  to:   "
            + Printable.of(plan.target().toString())
            + (plan.exists() ? " (there already: compared, and completed)" : " (new)"));
    console.line(
        "  "
            + Counts.of(plan.source().files().size(), "file")
            + ", "
            + Sizes.of(bytes(plan))
            + "; to write: "
            + Sizes.of(plan.missingBytes())
            + ", which leaves "
            + Sizes.of(Math.max(0, plan.space().availableBytes() - plan.missingBytes()))
            + " free");
    if (plan.drive().onRepositoryVolume()) {
      console.warning(
          "This is the repository's own disk: good for trying things, and no second copy.");
    }
    if (dryRun) {
      leftBehind(plan).forEach(left -> console.line("  not copied: " + Printable.of(left)));
      document.planned(plan);
      exits.add(leftBehind(plan).isEmpty() ? ExitCode.DONE : ExitCode.PARTLY);
    }
  }

  /// There is nothing to do for `--all`.
  void nothingLacks(Located.Connected drive) {
    console.line(
        console.style().sign(Symbol.IN_SYNC)
            + " Every known project has a copy on "
            + Printable.of(drive.drive().name()));
  }

  /// Which version has another place now, by `--keep`.
  void decided(List<ArchiveDecision.Moved> moved) {
    for (ArchiveDecision.Moved one : moved) {
      console.line(
          "  "
              + console.style().sign(Symbol.SAME)
              + " "
              + Printable.of(one.from().toString())
              + " is now "
              + Printable.of(one.to().toString()));
    }
  }

  /// One of several that could not be copied; the others are.
  void failed(ProjectId id, CommandFailure failure) {
    exits.add(ExitCode.PARTLY);
    exits.add(failure.exit());
    console.warning(Printable.of(id.value()) + ": " + failure.getMessage());
    if (!failure.hint().isEmpty()) {
      console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + failure.hint());
    }
    document.notBegun(id, List.of(new CopyDocument.Problem("failed", failure.getMessage())));
  }

  private void refused(ProjectId id, DriveCopyPlan.Refused refused) {
    exits.add(
        switch (refused.reason()) {
          case NO_SOURCE -> ExitCode.UNAVAILABLE;
          case UNCLEAR_SOURCE, IN_THE_WAY -> ExitCode.CONFLICT;
          case NOT_COPYABLE, NO_SPACE -> ExitCode.FAILED;
        });
    List<CopyDocument.Problem> problems = new ArrayList<>();
    String code = refused.reason().name().toLowerCase(Locale.ROOT);
    problems.add(new CopyDocument.Problem(code, refused.message()));
    refused.details().forEach(detail -> problems.add(new CopyDocument.Problem(code, detail)));
    console.warning(Printable.of(id.value()) + ": " + Printable.of(refused.message()));
    refused.details().stream()
        .limit(MOST_NAMES)
        .forEach(detail -> console.note("  " + Printable.of(detail)));
    if (refused.details().size() > MOST_NAMES) {
      console.note("  and " + (refused.details().size() - MOST_NAMES) + " more (all with --json)");
    }
    console.note(
        "  " + console.errorStyle().sign(Symbol.NEXT) + " " + Printable.of(refused.remedy()));
    document.notBegun(id, problems);
  }

  /// What came of it.
  void copied(DriveCopyPlan.Ready plan, DriveCopyOutcome outcome) {
    List<CopyDocument.Problem> problems = new ArrayList<>();
    outcome.copied().problems().forEach(problem -> add(problems, problem));
    outcome
        .damagedSource()
        .forEach(
            name ->
                problems.add(
                    new CopyDocument.Problem(
                        "damaged_source",
                        name
                            + (plan.source().onDrive() ? " on " + plan.source().where() : " here")
                            + " is not what a checksum history of the project says: vat verify "
                            + plan.id()
                            + " --repair, or copy from another place (--from)")));
    if (!outcome.damagedSource().isEmpty()) {
      exits.add(ExitCode.VERIFICATION_FAILED);
    }
    outcome
        .notRecorded()
        .ifPresent(
            why -> {
              exits.add(ExitCode.PARTLY);
              problems.add(
                  new CopyDocument.Problem(
                      "not_recorded", "the checksums could not be written: " + why));
            });
    List<String> left = leftBehind(plan);
    exits.add(left.isEmpty() ? ExitCode.DONE : ExitCode.PARTLY);
    boolean proven = outcome.isWhole() && outcome.copied().isProven();
    tell(plan, outcome, proven);
    some(
        problems.stream().map(CopyDocument.Problem::message).toList(),
        console.style().sign(Symbol.FAILED));
    outcome
        .historyAside()
        .ifPresent(
            aside -> some(List.of(ArchiveReport.anew(aside)), console.style().sign(Symbol.SAME)));
    some(
        VersionChoice.advice(
            plan.id(),
            outcome.copied().problems(),
            "vat copy "
                + ShellWord.of(plan.id().value())
                + " --to "
                + ShellWord.of(plan.drive().drive().name()),
            plan.source().onDrive() ? List.of(ArchiveKeep.MINE) : List.of(ArchiveKeep.values())),
        console.style().sign(Symbol.NEXT));
    some(left.stream().map(one -> "not copied: " + one).toList(), "");
    List<String> only = outcome.extra().stream().map(RelativeName::value).toList();
    some(only.stream().map(one -> "only there, left alone: " + one).toList(), "");
    int written = (int) content(plan, outcome).stream().filter(CopiedFile::written).count();
    document.copied(
        plan,
        written,
        outcome.isWhole(),
        proven,
        outcome.historyAside().map(Path::toString).orElse(null),
        problems,
        only);
  }

  private void tell(DriveCopyPlan.Ready plan, DriveCopyOutcome outcome, boolean proven) {
    Style style = console.style();
    String drive = Printable.of(plan.drive().drive().name());
    String id = Printable.of(plan.id().value());
    if (!outcome.isWhole()) {
      console.line(
          style.sign(Symbol.FAILED)
              + " "
              + id
              + " is not whole on "
              + drive
              + ": "
              + content(plan, outcome).size()
              + " of "
              + Counts.of(plan.source().files().size(), "file")
              + (plan.exists() ? " are there" : " are copied, and kept for the next run"));
      return;
    }
    long same = content(plan, outcome).stream().filter(file -> !file.written()).count();
    console.line(
        style.sign(Symbol.DONE)
            + " "
            + id
            + " is on "
            + drive
            + ": "
            + Counts.of(plan.source().files().size(), "file")
            + ", "
            + Sizes.of(bytes(plan))
            + (proven ? ", read back from the drive and compared" : ", compared")
            + (plan.exists() && same > 0 ? " (" + same + " were there)" : ""));
    if (!proven) {
      console.warning(NOT_PROVEN);
    }
  }

  /// The good files of the project among what lies there now: checksum histories that travel along
  /// are not counted as files of it anywhere else either.
  private static List<CopiedFile> content(DriveCopyPlan.Ready plan, DriveCopyOutcome outcome) {
    return outcome.copied().files().stream()
        .filter(file -> plan.source().files().containsKey(file.name()))
        .filter(file -> !outcome.damagedSource().contains(file.name()))
        .toList();
  }

  private void add(List<CopyDocument.Problem> problems, CopyProblem problem) {
    exits.add(exit(problem));
    problems.add(new CopyDocument.Problem(code(problem), problem.message()));
  }

  static ExitCode exit(CopyProblem problem) {
    return switch (problem) {
      case CopyProblem.Different _, CopyProblem.InTheWay _, CopyProblem.Leftover _ ->
          ExitCode.CONFLICT;
      case CopyProblem.Damaged _,
          CopyProblem.OneIsDamaged _,
          CopyProblem.KnownDamaged _,
          CopyProblem.DamagedHere _ ->
          ExitCode.VERIFICATION_FAILED;
      case CopyProblem.TargetGone _ -> ExitCode.UNAVAILABLE;
      case CopyProblem.SourceChanged _, CopyProblem.Failed _ -> ExitCode.PARTLY;
      case CopyProblem.DiskFull _, CopyProblem.NotWritable _, CopyProblem.NameRefused _ ->
          ExitCode.FAILED;
    };
  }

  private static String code(CopyProblem problem) {
    return switch (problem) {
      case CopyProblem.Different _ -> "different";
      case CopyProblem.InTheWay _ -> "in_the_way";
      case CopyProblem.Leftover _ -> "leftover";
      case CopyProblem.Damaged _, CopyProblem.OneIsDamaged _ -> "damaged_copy";
      case CopyProblem.KnownDamaged _ -> "known_damaged";
      case CopyProblem.DamagedHere _ -> "damaged_source";
      case CopyProblem.TargetGone _ -> "drive_gone";
      case CopyProblem.SourceChanged _ -> "source_changed";
      case CopyProblem.Failed _ -> "failed";
      case CopyProblem.DiskFull _ -> "no_space";
      case CopyProblem.NotWritable _ -> "not_writable";
      case CopyProblem.NameRefused _ -> "name_refused";
    };
  }

  static long bytes(DriveCopyPlan.Ready plan) {
    return plan.source().files().values().stream().mapToLong(TreeFile::sizeBytes).sum();
  }

  static List<String> leftBehind(DriveCopyPlan.Ready plan) {
    return plan.source().leftBehind().stream().map(TreeRemark::message).toList();
  }

  private void some(List<String> texts, String sign) {
    String begin = sign.isEmpty() ? "  " : "  " + sign + " ";
    texts.stream().limit(MOST_NAMES).forEach(text -> console.line(begin + Printable.of(text)));
    if (texts.size() > MOST_NAMES) {
      console.line("  and " + (texts.size() - MOST_NAMES) + " more (all with --json)");
    }
  }

  /// Ends the command.
  ExitCode end(String repo) {
    if (dryRun) {
      console.line("Nothing was written (--dry-run).");
    }
    console.document("vat.copy/1", document.of(repo));
    return ExitCode.worst(exits);
  }
}
