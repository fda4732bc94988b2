package dev.vat.cli;

import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.Repair;
import dev.vat.lifecycle.StoppedRun;
import dev.vat.lifecycle.Verdict;
import dev.vat.lifecycle.VerificationPlan;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells what `vat verify` found, copy by copy, and sums it up.
final class VerifyReport {
  /// How one copy's turn ended.
  ///
  /// @param steps what is or would be brought back
  /// @param repaired what became of them; empty in a dry run
  /// @param bad whether something is still not as recorded
  record Ended(
      VerificationReport found,
      List<Repair.Step> steps,
      List<Repair.Result> repaired,
      boolean bad,
      Optional<Instant> verifiedAt) {
    ExitCode exit() {
      return ExitCode.worst(
          bad || !found.historyProblems().isEmpty() ? ExitCode.VERIFICATION_FAILED : ExitCode.DONE,
          found.notRecorded().isPresent() || found.count(Verdict.MOVING) > 0
              ? ExitCode.PARTLY
              : ExitCode.DONE);
    }
  }

  private final Invocation invocation;
  private final CurrentRepository context;
  private final VerifyRun.Wanted wanted;
  private final Console console;
  private final Instant begin;
  private final VerifyDocument document;
  private final List<ExitCode> exits = new ArrayList<>();
  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private final Set<String> repairable = new LinkedHashSet<>();
  private final Set<String> edited = new LinkedHashSet<>();
  private long bytes;
  private int brought;
  private boolean away;
  private boolean pastCache = true;

  VerifyReport(Invocation invocation, CurrentRepository context, VerifyRun.Wanted wanted) {
    this.invocation = invocation;
    this.context = context;
    this.wanted = wanted;
    this.console = invocation.console();
    this.document = new VerifyDocument(context.repository(), wanted.dryRun());
    this.begin = now();
  }

  void heading(int number, int files, long toRead) {
    console.line(
        console.style().sign(Symbol.STATUS)
            + " Verifying "
            + Printable.of(context.repository().folderName())
            + ": "
            + (number == 1 ? "1 copy" : number + " copies")
            + ", "
            + Counts.of(files, "file")
            + " to read ("
            + Sizes.of(toRead)
            + ")");
    console.line();
  }

  /// Whether the same command has something left to do that may be possible later.
  boolean somethingWasAway() {
    return away;
  }

  void unreachable(ProjectId project, String drive) {
    away = true;
    exits.add(ExitCode.UNAVAILABLE);
    String message = "its copy on " + drive + " cannot be looked at now";
    line(Symbol.WARNING, project.value() + " - " + message);
    document.add(project.value(), "ssd", drive, null, "unavailable", message);
  }

  void gone(ProjectId project, Located.Readable drive, String path) {
    exits.add(ExitCode.VERIFICATION_FAILED);
    String message = "its folder " + path + " is not on " + drive.label().name() + " any more";
    line(Symbol.FAILED, project.value() + " - " + message);
    document.add(project.value(), "ssd", drive.label().name(), path, "gone", message);
  }

  void planned(CopyFolder copy, VerificationPlan plan) {
    String words =
        "would read "
            + Counts.of(plan.toRead().size(), "file")
            + " ("
            + Sizes.of(plan.bytes())
            + ")"
            + (plan.unread() > 0 ? ", and leave out " + plan.unread() : "")
            + (plan.isFirst() ? "; begins its checksum history" : "")
            + (plan.absent().isEmpty() ? "" : "; " + plan.absent().size() + " missing");
    line(Symbol.SAME, name(copy) + " - " + words);
    document.add(copy, "planned", words);
  }

  void finishedBefore(CopyFolder copy, StoppedRun.Finished finished) {
    ExitCode exit = byNumber(finished.exit());
    exits.add(exit);
    line(
        exit == ExitCode.DONE ? Symbol.DONE : Symbol.FAILED,
        name(copy)
            + " - done "
            + Ages.ago(finished.at(), now())
            + ", before this was stopped: "
            + finished.words());
    document.add(copy, "finished_before", finished.words());
  }

  void failed(CopyFolder copy, CommandFailure failure) {
    away |= failure.exit() == ExitCode.UNAVAILABLE || failure.code().equals("busy");
    exits.add(failure.exit());
    line(Symbol.FAILED, name(copy) + " - " + failure.getMessage());
    if (!failure.hint().isEmpty()) {
      console.line("    " + console.style().sign(Symbol.NEXT) + " " + Printable.of(failure.hint()));
    }
    document.add(copy, failure.code(), failure.getMessage());
  }

  /// @return what came of it, in one line
  String ended(CopyFolder copy, Ended ended) {
    VerificationReport found = ended.found();
    exits.add(ended.exit());
    for (Verdict verdict : Verdict.values()) {
      counts.merge(verdict, found.count(verdict), Integer::sum);
    }
    bytes += found.readBytes();
    pastCache &= found.pastCache();
    String words =
        (found.read() == 0 && found.findings().isEmpty()
                ? "nothing to read"
                : VerificationLines.sum(found))
            + (found.unread() > 0 ? ", " + found.unread() + " not read this time" : "")
            + (found.first() ? "; nothing to compare with yet" : "")
            + (found.carriedOver() > 0
                ? "; " + found.carriedOver() + " of them read before it was stopped"
                : "");
    boolean fine = ended.exit() == ExitCode.DONE;
    line(
        fine ? found.first() ? Symbol.WARNING : Symbol.DONE : Symbol.FAILED,
        name(copy) + " - " + words);
    new VerificationLines(console, "      ").print(found);
    ended.repaired().forEach(this::print);
    if (wanted.dryRun()) {
      ended.steps().forEach(this::print);
    }
    if (!wanted.repair()
        && found.findings().stream().anyMatch(one -> Repair.concerns(one, false))) {
      repairable.add(copy.project().value());
    }
    if (!wanted.alsoChanged()
        && found.findings().stream().anyMatch(one -> one.verdict() == Verdict.CHANGED)) {
      edited.add(copy.project().value());
    }
    document.add(copy, ended, words);
    return words;
  }

  private void print(Repair.Result result) {
    switch (result) {
      case Repair.Result.Done done -> {
        brought++;
        console.line(
            "      "
                + console.style().sign(Symbol.DONE)
                + " brought back "
                + Printable.of(done.name().value())
                + " from "
                + Printable.of(done.from().toString())
                + done.aside()
                    .map(path -> "; the damaged one is " + Printable.of(path.toString()))
                    .orElse(""));
      }
      case Repair.Result.Not not ->
          console.line(
              "      "
                  + console.style().sign(Symbol.FAILED)
                  + " not brought back: "
                  + Printable.of(not.name().value())
                  + " ("
                  + Printable.of(not.why())
                  + ")");
    }
  }

  private void print(Repair.Step step) {
    console.line(
        "      "
            + console.style().sign(Symbol.NEXT)
            + " "
            + (step.sources().isEmpty()
                ? "no other copy to bring back "
                    + Printable.of(step.finding().name().value())
                    + " from"
                : "would bring back "
                    + Printable.of(step.finding().name().value())
                    + " from "
                    + Printable.of(step.sources().getFirst().toString())
                    + ", if its content is the recorded one"));
  }

  void manifestBusy() {
    exits.add(ExitCode.PARTLY);
    console.warning(
        "projects.json is being changed by another command, so it does not show yet what was"
            + " verified; the histories do. Run vat verify again later.");
  }

  ExitCode end() {
    ExitCode exit = ExitCode.worst(exits);
    if (document.isEmpty()) {
      console.line(
          "Nothing to verify: no copy on a drive that can be looked at, and no folder here with a"
              + " checksum history.");
    }
    console.line();
    if (wanted.dryRun()) {
      console.line("Nothing was written (--dry-run).");
    } else {
      summary();
    }
    if (!pastCache) {
      console.warning(VerificationLines.NOT_PAST_THE_CACHE);
    }
    for (String project : repairable) {
      console.line(
          console.style().sign(Symbol.NEXT)
              + " vat verify "
              + Printable.of(ShellWord.of(project))
              + " --repair brings back what another copy still has");
    }
    for (String project : edited) {
      console.line(
          console.style().sign(Symbol.NEXT)
              + " What has changed seems to have been edited. If that was not meant: vat verify "
              + Printable.of(ShellWord.of(project))
              + " --repair --also-changed puts what was recorded in its place, and the edited one"
              + " aside. If it was: move the ascmhl folder of that copy elsewhere, and vat verify"
              + " begins another history");
    }
    console.document("vat.verify/1", document.body());
    return exit;
  }

  private void summary() {
    console.line("Summary:");
    console.line("  As recorded: " + count(Verdict.GOOD) + " (" + Sizes.of(bytes) + " read)");
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.GOOD && counts.getOrDefault(verdict, 0) > 0) {
        String word = VerificationLines.word(verdict);
        console.line(
            "  "
                + Character.toUpperCase(word.charAt(0))
                + word.substring(1)
                + ": "
                + count(verdict));
      }
    }
    if (brought > 0) {
      console.line("  Brought back: " + Counts.of(brought, "file"));
    }
    console.line("  Total time: " + Durations.of(Duration.between(begin, now())));
  }

  private String count(Verdict verdict) {
    return Counts.of(counts.getOrDefault(verdict, 0), "file");
  }

  private String name(CopyFolder copy) {
    return copy.project().value()
        + switch (copy.kind()) {
          case FLAT -> " here";
          case ARCHIVED -> " in archived/";
          case SSD -> " on " + VerifyDocument.drive(copy);
        };
  }

  private void line(Symbol sign, String text) {
    console.line("  " + console.style().sign(sign) + " " + Printable.of(text));
  }

  private static ExitCode byNumber(int number) {
    for (ExitCode exit : ExitCode.values()) {
      if (exit.number() == number) {
        return exit;
      }
    }
    return ExitCode.FAILED;
  }

  private Instant now() {
    return invocation.surroundings().clock().instant();
  }
}
