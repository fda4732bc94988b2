package dev.vat.cli;

import dev.vat.project.Sizes;
import dev.vat.staging.Cleaned;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.Removal;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.Staging;
import dev.vat.staging.StagingView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat cleanup`: removes staged files from S3 when the team is done with them. Local files stay.
@Command(
    footer = {
      "",
      "Examples:",
      "  vat cleanup b63 --dry-run    what is in S3, and what would be lost",
      "  vat cleanup b63              asks, then removes",
      "  vat cleanup b63 draft.mp4    only this file"
    })
final class CleanupCommand implements VatCommand {
  @Mixin private StagingTarget target;

  @Option(
      names = "--even-unsaved",
      description = "also remove files that exist nowhere else on this computer")
  private boolean evenUnsaved;

  @Mixin private ConditionOption conditions;
  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  private record FileLine(String name, long sizeBytes, String left, String action) {}

  private record Document(
      String repo, String project, String address, boolean dryRun, List<FileLine> files) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    StagingSession.Use use = change.dryRun ? StagingSession.Use.DRY : StagingSession.Use.CHANGE;
    try (StagingSession session =
        StagingSession.open(
            invocation,
            target,
            use,
            OptionalLong.empty(),
            "vat cleanup",
            ServerDemand.ofCleanup(conditions.without()))) {
      return run(session, invocation.console());
    }
  }

  private ExitCode run(StagingSession session, Console console) throws IOException {
    StagingView view = session.look(!change.dryRun);
    List<RemoteFile> listed =
        view.remote().files().values().stream()
            .filter(file -> session.chosen().wants(file.name()))
            .toList();
    StagedPlace place = session.place();
    console.line(
        console.style().sign(Symbol.CLEANUP)
            + " Cleaning up in S3: "
            + Printable.of(place.repo())
            + "/"
            + place.project()
            + (change.dryRun ? " (dry run: nothing is changed)" : ""));
    console.line();
    List<Removal> removals = Staging.planCleanup(listed, view.local());
    removals.forEach(removal -> planned(console, removal));
    if (removals.isEmpty()) {
      console.line("  (nothing in S3)");
      document(console, place, List.of());
      return ExitCode.DONE;
    }
    console.line();
    List<Removal> going =
        removals.stream().filter(removal -> evenUnsaved || removal.isSaved()).toList();
    if (change.dryRun) {
      return planned(console, place, removals, going);
    }
    if (!going.isEmpty() && !confirmed(console, going)) {
      console.line("Nothing was removed.");
      document(console, place, lines(removals, "kept"));
      return ExitCode.DONE;
    }
    return report(console, place, cleaned(session, console, removals));
  }

  private Cleaned cleaned(StagingSession session, Console console, List<Removal> removals)
      throws IOException {
    try {
      return session.staging().cleanup(removals, evenUnsaved);
    } catch (IOException e) {
      console.line("Nothing was removed.");
      throw e;
    }
  }

  private void planned(Console console, Removal removal) {
    RemoteFile file = removal.file();
    Style style = console.style();
    String what = left(removal.left());
    Symbol symbol = removal.isSaved() ? Symbol.SAME : Symbol.WARNING;
    console.line("  " + style.sign(symbol) + " " + nameAndSize(file) + " - " + what);
  }

  static String left(Removal.Left left) {
    return switch (left) {
      case SAME_CONTENT_HERE -> "the same is here";
      case UNPROVEN_HERE ->
          "the same seems to be here, but it could not be read from the disk itself (a drive"
              + " or a permission that does not allow it), which leaves it unproven";
      case OTHER_CONTENT_HERE ->
          "differs from yours: S3's version exists nowhere else on this computer";
      case NOT_COMPARED -> "cannot tell whether it is here: what has its name here was left alone";
      case NOTHING_HERE -> "exists only in S3";
      case UNKNOWN -> "nobody can tell what it holds without downloading it";
    };
  }

  static String nameAndSize(RemoteFile file) {
    return Printable.of(file.name().value()) + " (" + Sizes.of(file.sizeBytes()) + ")";
  }

  private ExitCode planned(
      Console console, StagedPlace place, List<Removal> removals, List<Removal> going) {
    console.line("Plan:");
    console.line("  Would remove from S3: " + amount(going));
    List<Removal> staying = new ArrayList<>(removals);
    staying.removeAll(going);
    List<FileLine> lines = new ArrayList<>(lines(going, "remove"));
    lines.addAll(lines(staying, "unsaved"));
    if (!staying.isEmpty()) {
      console.line("  Would stay, not saved on this computer: " + amount(staying));
      CleanupReport.unsavedHint(console, place);
    }
    document(console, place, lines);
    return staying.isEmpty() ? ExitCode.DONE : ExitCode.CONFLICT;
  }

  private boolean confirmed(Console console, List<Removal> going) throws IOException {
    long unsaved = going.stream().filter(removal -> !removal.isSaved()).count();
    String warning =
        unsaved == 0
            ? "Your local files stay."
            : Counts.of(unsaved, "file") + " of them exist nowhere else on this computer!";
    return console
        .questions(change.yes)
        .confirm("Remove " + amount(going) + " from S3? " + warning);
  }

  static String amount(List<Removal> removals) {
    long bytes = removals.stream().mapToLong(removal -> removal.file().sizeBytes()).sum();
    return Counts.of(removals.size(), "file") + " (" + Sizes.of(bytes) + ")";
  }

  private ExitCode report(Console console, StagedPlace place, Cleaned cleaned) {
    CleanupReport report = new CleanupReport(console, place);
    cleaned.outcomes().forEach(report::outcome);
    ExitCode exit = report.summary(cleaned.notesProblem());
    document(
        console,
        place,
        cleaned.outcomes().stream()
            .map(done -> line(done.removal(), CleanupReport.action(done)))
            .toList());
    return exit;
  }

  private static List<FileLine> lines(List<Removal> removals, String action) {
    return removals.stream().map(removal -> line(removal, action)).toList();
  }

  private static FileLine line(Removal removal, String action) {
    return new FileLine(
        removal.file().name().value(),
        removal.file().sizeBytes(),
        removal.left().name().toLowerCase(Locale.ROOT),
        action);
  }

  private void document(Console console, StagedPlace place, List<FileLine> lines) {
    console.document(
        "vat.cleanup/1",
        new Document(place.repo(), place.project().value(), place.address(), change.dryRun, lines));
  }
}
