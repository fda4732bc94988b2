package dev.vat.cli;

import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.ArchiveDecision;
import dev.vat.lifecycle.ArchiveForesight;
import dev.vat.lifecycle.ArchiveKeep;
import dev.vat.lifecycle.ArchivePlan;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.util.List;
import java.util.Locale;

/// Tells how archiving is going to end, before it begins.
final class ArchiveForesightLines {
  private static final int SHOWN = 8;

  private final Console console;

  ArchiveForesightLines(Console console) {
    this.console = console;
  }

  /// With the warning that files are not going to be released, if it is so.
  static ArchivePlan tooFewCopies(ArchivePlan plan, ArchiveForesight foresight, int minCopies) {
    int files = foresight.tooFewCopies().size();
    if (files == 0) {
      return plan;
    }
    boolean one = files == 1;
    return plan.warning(
        "Of "
            + Counts.of(files, "file")
            + " ("
            + Sizes.of(ArchivePlan.bytes(foresight.tooFewCopies()))
            + ") not enough copies are there to release "
            + (one ? "it" : "them")
            + ": MIN_COPIES asks for "
            + minCopies
            + " on other disks, and with the new one there are fewer. "
            + (one ? "It" : "They")
            + " will be copied, and stay here. Connect another drive that has the project (vat show"
            + " tells which), or make a copy on one first: vat copy PROJECT --to DRIVE");
  }

  /// What a decision would move, as far as sizes tell.
  void moved(List<ArchiveDecision.Moved> moved, ArchiveKeep keep) {
    moved.stream()
        .limit(SHOWN)
        .forEach(
            one ->
                console.line(
                    "  --keep "
                        + keep.name().toLowerCase(Locale.ROOT)
                        + " moves "
                        + Printable.of(one.from().toString())
                        + " to "
                        + Printable.of(one.to().toString())));
    more(moved.size());
    sizesAlone();
  }

  /// Conflicts that nobody has decided.
  void conflicts(ProjectId project, List<CopyProblem> conflicts) {
    conflicts.stream()
        .limit(SHOWN)
        .forEach(
            conflict ->
                console.line(
                    "  "
                        + console.style().sign(Symbol.FAILED)
                        + " "
                        + Printable.of(conflict.message())));
    more(conflicts.size());
    console.line("  The copy would not become whole, and nothing here would be moved or released.");
    VersionChoice.advice(
            project,
            conflicts,
            "vat archive " + ShellWord.of(project.value()),
            List.of(ArchiveKeep.values()))
        .forEach(advice -> console.line("  " + console.style().sign(Symbol.NEXT) + " " + advice));
    sizesAlone();
  }

  private void more(int all) {
    if (all > SHOWN) {
      console.line("  and " + (all - SHOWN) + " more");
    }
  }

  private void sizesAlone() {
    console.line("  (By names and sizes; contents of one size are compared by the real run.)");
  }
}
