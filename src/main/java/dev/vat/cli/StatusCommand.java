package dev.vat.cli;

import dev.vat.project.ProjectHome;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import dev.vat.staging.LocalSnapshot;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import dev.vat.state.StateException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat status`: how this computer and S3 stand. Changes nothing; differences are no failure.
@Command(
    footer = {
      "",
      "Examples:",
      "  vat status b63               what differs between here and S3",
      "  vat status --all             one line for each project, and what differs"
    })
final class StatusCommand implements RunsAsMade {
  private static final Set<Standing> TO_UPLOAD =
      Set.of(Standing.ONLY_HERE, Standing.CHANGED_HERE, Standing.CHANGED_HERE_REMOVED_THERE);
  private static final Set<Standing> TO_DOWNLOAD =
      Set.of(Standing.ONLY_THERE, Standing.CHANGED_THERE, Standing.REMOVED_HERE);

  @Mixin private final StagingTarget target = new StagingTarget();
  @Mixin private final AllOption all = new AllOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (all.wanted(target, Optional.empty())) {
      return new AllStatus(invocation).run();
    }
    try {
      return run(invocation, StagingSession.Use.LOOK);
    } catch (StateException unwritable) {
      // Nobody needs to write for looking: a full or write-protected disk is no reason not to.
      invocation
          .console()
          .warning(
              Printable.of(unwritable.getMessage())
                  + " This time nothing is remembered; files may be read again.");
      return run(invocation, StagingSession.Use.DRY);
    }
  }

  private ExitCode run(Invocation invocation, StagingSession.Use use) throws IOException {
    try (StagingSession session =
        StagingSession.open(invocation, target, use, OptionalLong.empty(), "vat status")) {
      StagingView view = session.look(use == StagingSession.Use.LOOK);
      Instant now = invocation.surroundings().clock().instant();
      print(invocation.console(), session.place(), session.chosen(), view, now);
      return ExitCode.DONE;
    }
  }

  private static void print(
      Console console, StagedPlace place, ChosenProject chosen, StagingView view, Instant now) {
    Style style = console.style();
    StagingWords words = new StagingWords(now);
    console.line(style.sign(Symbol.STATUS) + " S3 Staging Status: " + place.project());
    console.line();
    StagingRemarks.print(console, view, Direction.DOWN, chosen);
    List<String> here = new ArrayList<>();
    List<String> there = new ArrayList<>();
    int width =
        view.files().keySet().stream()
            .mapToInt(name -> Columns.of(Printable.of(name.value())))
            .max()
            .orElse(0);
    for (StagedFile file : view.files().values()) {
      file.local()
          .ifPresent(
              f -> here.add(line(file.name(), f.sizeBytes(), width, words.here(file, style))));
      file.remote()
          .ifPresent(
              f -> there.add(line(file.name(), f.sizeBytes(), width, words.there(file, style))));
    }
    for (LocalSnapshot.LeftOut leftOut : view.local().leftOut()) {
      here.add(
          "  "
              + Columns.padded(Printable.of(leftOut.shown()), width)
              + "  "
              + leftAlone(leftOut, style));
    }
    for (RemoteFile hidden : view.notCompared()) {
      there.add(
          line(
              hidden.name(), hidden.sizeBytes(), width, style.sign(Symbol.SAME) + " not compared"));
    }
    console.line("Local " + ProjectHome.STAGING + "/:");
    lines(console, here);
    console.line();
    console.line("S3 (" + Printable.of(place.address()) + "):");
    lines(console, there);
    console.line();
    console.line("Status: " + summary(view, style) + lastSync(view, now));
    console.document("vat.status/1", StagingDocuments.status(place, view, isInSync(view)));
  }

  private static String leftAlone(LocalSnapshot.LeftOut leftOut, Style style) {
    return style.sign(Symbol.WARNING)
        + (leftOut.temporary() ? " still being written" : " left alone, see above");
  }

  private static String line(RelativeName name, long bytes, int width, String mark) {
    String shown = Columns.padded(Printable.of(name.value()), width);
    return "  " + shown + "  (" + Sizes.of(bytes) + ") " + mark;
  }

  private static void lines(Console console, List<String> lines) {
    // At once: a write for each of thousands of lines takes longer than looking at the files.
    console.line(lines.isEmpty() ? "  (nothing)" : String.join("\n", lines));
  }

  static boolean isInSync(StagingView view) {
    return view.local().leftOut().isEmpty()
        && view.remote().refused().isEmpty()
        && view.notCompared().isEmpty()
        && view.files().values().stream()
            .allMatch(
                file ->
                    file.standing() == Standing.IN_SYNC
                        || file.standing() == Standing.REMOVED_THERE);
  }

  static String summary(StagingView view, Style style) {
    if (isInSync(view)) {
      return style.sign(Symbol.IN_SYNC) + " In sync";
    }
    List<String> parts = new ArrayList<>();
    count(view, TO_UPLOAD, "to upload", parts);
    count(view, TO_DOWNLOAD, "to download", parts);
    if (view.local().waiting() > 0) {
      parts.add(view.local().waiting() + " still being written");
    }
    long leftAlone =
        view.local().leftOut().size() - view.local().waiting() + view.remote().refused().size();
    if (leftAlone > 0) {
      parts.add(leftAlone + " left alone, see above");
    }
    if (!view.notCompared().isEmpty()) {
      parts.add(view.notCompared().size() + " not compared");
    }
    long conflicts = count(view, Set.of(Standing.CONFLICT));
    if (conflicts > 0) {
      parts.add(Counts.of(conflicts, "conflict"));
    }
    return style.sign(Symbol.WARNING) + " " + String.join(", ", parts);
  }

  private static void count(
      StagingView view, Set<Standing> standings, String what, List<String> parts) {
    long count = count(view, standings);
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private static long count(StagingView view, Set<Standing> standings) {
    return view.files().values().stream()
        .filter(file -> standings.contains(file.standing()))
        .count();
  }

  private static String lastSync(StagingView view, Instant now) {
    return view.remote()
        .lastSync()
        .map(
            at ->
                " (last sync: "
                    + Ages.ago(at, now)
                    + view.remote().lastSyncBy().map(by -> " by " + Printable.of(by)).orElse("")
                    + ")")
        .orElse(" (never synced)");
  }
}
