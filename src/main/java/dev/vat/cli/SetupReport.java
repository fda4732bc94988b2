package dev.vat.cli;

import dev.vat.account.Change;
import dev.vat.account.FoundBucket;
import dev.vat.account.SetupPlan;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What `vat cloud setup` prints: each bucket with its differences, then what came of each.
final class SetupReport {
  private static final String PLANNED = "planned";
  private static final String DONE = "done";

  /// @param outcome `planned`, `done` or `failed`
  /// @param why it failed; null otherwise
  private record ChangeLine(String change, List<String> what, String outcome, String why) {}

  private record UseLine(String what, String prefix) {}

  private record BucketLine(
      String bucket,
      boolean exists,
      String region,
      List<UseLine> uses,
      List<ChangeLine> changes,
      List<String> remarks) {}

  private record SectionLine(String section, List<ChangeLine> changes, List<String> remarks) {}

  private record Document(boolean dryRun, List<BucketLine> buckets, List<SectionLine> account) {}

  private final Console console;
  private final boolean dryRun;
  private final List<BucketLine> buckets = new ArrayList<>();
  private final Map<Change, ChangeLine> outcomes = new IdentityHashMap<>();
  private final Map<Change, List<String>> lines = new IdentityHashMap<>();
  private final List<ExitCode> codes = new ArrayList<>();
  private final List<SetupPlan> plans = new ArrayList<>();
  private final List<SetupSection> sections = new ArrayList<>();
  private final Map<SetupSection.Step, ChangeLine> made = new IdentityHashMap<>();

  SetupReport(Console console, boolean dryRun) {
    this.console = console;
    this.dryRun = dryRun;
  }

  /// One bucket, and what differs.
  void plan(SetupPlan plan, FoundBucket found, BucketSettings bucket) {
    plans.add(plan);
    console.line(
        "s3://"
            + plan.wanted().name()
            + " ("
            + found.region().map(SetupWords::region).orElse("not there yet")
            + "): "
            + Printable.of(SetupWords.uses(plan.wanted())));
    for (Change change : plan.changes()) {
      List<String> what = SetupWords.lines(change, bucket);
      lines.put(change, what);
      what.forEach(w -> line(Symbol.NEXT, w));
    }
    if (plan.changes().isEmpty()) {
      line(Symbol.DONE, "nothing to change");
    }
    plan.remarks().forEach(remark -> line(Symbol.WARNING, Printable.of(remark)));
    buckets.add(
        new BucketLine(
            plan.wanted().name(),
            found.region().isPresent(),
            found.region().orElseGet(bucket::regionForNew).name(),
            plan.wanted().uses().stream().map(u -> new UseLine(u.words(), u.prefix())).toList(),
            List.of(),
            plan.remarks()));
  }

  /// A part of the account, and what differs.
  void section(SetupSection section) {
    sections.add(section);
    console.line(section.title());
    section.steps().forEach(step -> step.what().forEach(w -> line(Symbol.NEXT, w)));
    if (section.steps().isEmpty()) {
      line(Symbol.DONE, "nothing to change");
    }
    section.remarks().forEach(remark -> line(Symbol.WARNING, Printable.of(remark)));
  }

  private void line(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + text);
  }

  /// How many there are to make.
  int changes() {
    return plans.stream().mapToInt(plan -> plan.changes().size()).sum()
        + sections.stream().mapToInt(section -> section.steps().size()).sum();
  }

  /// A step in the account that came off.
  void done(SetupSection.Step step) {
    made.put(step, new ChangeLine(step.word(), step.what(), DONE, null));
    line(Symbol.DONE, step.done());
    codes.add(ExitCode.DONE);
  }

  /// One that did not.
  void failed(SetupSection.Step step, StoreException fault) {
    CommandFailure failure = Faults.of(fault);
    made.put(step, new ChangeLine(step.word(), step.what(), "failed", fault.getMessage()));
    line(Symbol.FAILED, Printable.of(fault.getMessage()));
    codes.add(failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit());
  }

  /// A step that came off.
  void done(SetupPlan plan, Change change) {
    outcome(change, DONE, null);
    line(Symbol.DONE, plan.wanted().name() + ": " + SetupWords.done(change));
    codes.add(ExitCode.DONE);
  }

  /// One that did not; the bucket is as it was in this.
  void failed(SetupPlan plan, Change change, StoreException fault) {
    CommandFailure failure = Faults.of(fault);
    outcome(change, "failed", fault.getMessage());
    line(Symbol.FAILED, plan.wanted().name() + ": " + Printable.of(fault.getMessage()));
    codes.add(failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit());
  }

  private void outcome(Change change, String outcome, String why) {
    outcomes.put(change, new ChangeLine(SetupWords.word(change), lines.get(change), outcome, why));
  }

  /// The amounts, the document, and how it ended.
  ///
  /// @param declined whether somebody answered no
  ExitCode end(boolean declined) {
    console.line();
    if (changes() == 0) {
      console.line("All as it is to be.");
    } else if (dryRun) {
      console.line("Would make " + Counts.of(changes(), "change") + ".");
    } else if (declined) {
      console.line("Nothing was changed.");
    } else {
      long done =
          Stream.concat(outcomes.values().stream(), made.values().stream())
              .filter(o -> o.outcome().equals(DONE))
              .count();
      console.line("Made " + done + " of " + Counts.of(changes(), "change") + ".");
    }
    console.document("vat.cloud-setup/1", document());
    return ExitCode.worst(codes);
  }

  private Document document() {
    List<BucketLine> all = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      BucketLine line = buckets.get(i);
      List<ChangeLine> changes =
          plans.get(i).changes().stream()
              .map(
                  change ->
                      outcomes.getOrDefault(
                          change,
                          new ChangeLine(
                              SetupWords.word(change), lines.get(change), PLANNED, null)))
              .toList();
      all.add(
          new BucketLine(
              line.bucket(), line.exists(), line.region(), line.uses(), changes, line.remarks()));
    }
    return new Document(
        dryRun,
        all,
        sections.stream()
            .map(
                section ->
                    new SectionLine(
                        section.word(),
                        section.steps().stream().map(this::line).toList(),
                        section.remarks()))
            .toList());
  }

  private ChangeLine line(SetupSection.Step step) {
    return made.getOrDefault(step, new ChangeLine(step.word(), step.what(), PLANNED, null));
  }
}
