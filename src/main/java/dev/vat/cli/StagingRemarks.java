package dev.vat.cli;

import dev.vat.project.RelativeName;
import dev.vat.project.TravelProblem;
import dev.vat.project.TravelRules;
import dev.vat.staging.LocalSnapshot;
import dev.vat.staging.NotesHealth;
import dev.vat.staging.RemoteSnapshot;
import dev.vat.staging.StagingView;
import java.util.List;
import java.util.Set;

/// What is said of files that take no part, and of names that will not travel: nothing is left out
/// silently.
final class StagingRemarks {
  private StagingRemarks() {}

  /// On standard error, before anything else.
  ///
  /// @param chosen whose remarks are wanted: with files named, only those that concern them
  static void print(Console console, StagingView view, Direction direction, ChosenProject chosen) {
    for (LocalSnapshot.LeftOut leftOut : concerning(view, chosen)) {
      console.warning(
          Printable.of(leftOut.shown()) + " is left alone: " + Printable.of(leftOut.why()));
    }
    for (LocalSnapshot.Warning warning : view.local().warnings()) {
      String about = warning.name().map(name -> Printable.of(name.value()) + ": ").orElse("");
      console.warning(about + Printable.of(warning.what()));
    }
    if (chosen.files().isEmpty()) {
      for (RemoteSnapshot.Refused refused : view.remote().refused()) {
        console.warning(
            "in S3, left alone: "
                + Printable.of(refused.key())
                + ": "
                + Printable.of(refused.why()));
      }
    }
    if (direction == Direction.UP) {
      names(console, view);
    }
    notes(console, view.remote());
  }

  private static void names(Console console, StagingView view) {
    Set<RelativeName> here = view.local().files().keySet();
    for (TravelProblem problem : TravelRules.check(here, view.names())) {
      console.warning(Printable.of(problem.message()));
      console.note("  " + Printable.of(problem.remedy()));
      problem.names().stream()
          .filter(name -> !view.local().names().contains(name))
          .forEach(name -> console.note("  " + Printable.of(name.value()) + " is in S3."));
    }
  }

  private static void notes(Console console, RemoteSnapshot remote) {
    switch (remote.health()) {
      case NotesHealth.Good _ -> {}
      case NotesHealth.Missing _ -> {
        if (!remote.files().isEmpty()) {
          console.note(
              "The team's notes (metadata.json) are missing in S3; the files themselves were asked,"
                  + " and the next upload writes the notes again.");
        }
      }
      case NotesHealth.PartlyUnreadable _ ->
          console.warning(
              "some of the team's notes in S3 (metadata.json) cannot be read; the files themselves"
                  + " were asked. The next upload puts the old notes aside and writes new ones.");
      case NotesHealth.NotOurs notOurs ->
          console.warning(
              "metadata.json in S3 is not vat's or is damaged ("
                  + notOurs.why()
                  + "); the files themselves were asked. The next upload puts it aside and writes"
                  + " new notes.");
    }
  }

  private static List<LocalSnapshot.LeftOut> concerning(StagingView view, ChosenProject chosen) {
    return view.local().leftOut().stream()
        .filter(
            leftOut ->
                chosen.files().isEmpty()
                    || chosen.files().stream().anyMatch(leftOut.scope()::touches))
        .toList();
  }

  /// Whether the command could not do something that it was asked for, for good or for now: whoever
  /// runs it in a script must not take it for done.
  static boolean somethingWasLeftOut(StagingView view, Direction direction, ChosenProject chosen) {
    List<LocalSnapshot.LeftOut> leftOut = concerning(view, chosen);
    return switch (direction) {
      case UP -> !leftOut.isEmpty();
      case DOWN ->
          chosen.files().isEmpty() && !view.remote().refused().isEmpty()
              || leftOut.stream()
                  .anyMatch(
                      out -> view.remote().files().keySet().stream().anyMatch(out.scope()::covers));
    };
  }
}
