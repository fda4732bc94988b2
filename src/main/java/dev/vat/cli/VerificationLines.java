package dev.vat.cli;

import dev.vat.lifecycle.FileFinding;
import dev.vat.lifecycle.Verdict;
import dev.vat.lifecycle.VerificationReport;
import dev.vat.project.Sizes;
import dev.vat.project.TreeRemark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a verification found out, for people and for programs.
final class VerificationLines {
  private static final int MOST_FINDINGS = 40;

  /// A finding in `--json`.
  record Line(String file, String verdict, String detail, long sizeBytes) {}

  private final Console console;
  private final String indent;

  VerificationLines(Console console, String indent) {
    this.console = console;
    this.indent = indent;
  }

  static List<Line> lines(VerificationReport report) {
    return report.findings().stream()
        .map(
            finding ->
                new Line(
                    finding.name().value(),
                    word(finding.verdict()),
                    finding.words(),
                    finding.sizeBytes()))
        .toList();
  }

  static List<String> remarks(VerificationReport report) {
    return report.remarks().stream().map(TreeRemark::message).toList();
  }

  static String word(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /// `38 files as recorded, 1 new, 2 damaged`.
  static String sum(VerificationReport report) {
    List<String> parts = new ArrayList<>();
    boolean nothingElse = report.findings().isEmpty();
    if (report.good() > 0 || !report.first() && nothingElse) {
      parts.add(Counts.of(report.good(), "file") + " as recorded");
    }
    for (Verdict verdict : Verdict.values()) {
      int count = report.count(verdict);
      if (verdict != Verdict.GOOD && count > 0) {
        parts.add(
            verdict == Verdict.NEW
                ? Counts.of(count, "file") + " recorded for the first time"
                : count + " " + word(verdict));
      }
    }
    return String.join(", ", parts);
  }

  /// The bad ones first; new ones only as a number, when there are others or many.
  void print(VerificationReport report) {
    List<FileFinding> shown =
        report.findings().stream()
            .filter(finding -> finding.verdict() != Verdict.NEW || !report.first())
            .sorted((one, other) -> Boolean.compare(other.verdict().isBad(), one.verdict().isBad()))
            .toList();
    shown.stream().limit(MOST_FINDINGS).forEach(this::print);
    if (shown.size() > MOST_FINDINGS) {
      console.line(indent + "and " + (shown.size() - MOST_FINDINGS) + " more (all with --json)");
    }
    for (TreeRemark remark : report.remarks()) {
      console.line(indent + "not looked at: " + Printable.of(remark.message()));
    }
    for (String problem : report.historyProblems()) {
      console.line(indent + "in the history: " + Printable.of(problem));
    }
    report
        .notRecorded()
        .ifPresent(
            why ->
                console.line(
                    indent
                        + "the result could not be written into the history ("
                        + Printable.of(why)
                        + ")"));
  }

  /// What to say once when something was not read from the device itself.
  static final String NOT_PAST_THE_CACHE =
      "This file system cannot be read past the system's memory, so damage of the drive may not have"
          + " been seen; to be surer, unplug it and plug it in again first.";

  private void print(FileFinding finding) {
    Style style = console.style();
    boolean bad = finding.verdict().isBad();
    console.line(
        indent
            + style.sign(bad ? Symbol.FAILED : Symbol.SAME)
            + " "
            + Columns.padded(word(finding.verdict()), 10)
            + " "
            + Printable.of(finding.name().value())
            + " ("
            + Sizes.of(finding.sizeBytes())
            + ")"
            + (finding.words().isEmpty() ? "" : ": " + Printable.of(finding.words())));
  }

  /// What a run's end means.
  static ExitCode exit(VerificationReport report) {
    return ExitCode.worst(
        report.isBad() || !report.historyProblems().isEmpty()
            ? ExitCode.VERIFICATION_FAILED
            : ExitCode.DONE,
        report.notRecorded().isPresent() || report.count(Verdict.MOVING) > 0
            ? ExitCode.PARTLY
            : ExitCode.DONE);
  }
}
