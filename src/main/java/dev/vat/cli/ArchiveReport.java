package dev.vat.cli;

import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.ArchiveDecision;
import dev.vat.lifecycle.ArchiveKeep;
import dev.vat.lifecycle.ArchivePlan;
import dev.vat.lifecycle.Archived;
import dev.vat.lifecycle.Obstacle;
import dev.vat.lifecycle.Released;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.project.TreeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/// Tells about archiving, for people and for programs.
final class ArchiveReport {
  private static final int SHOWN = 8;

  private final Console console;
  private final Path root;
  private final boolean dryRun;
  private final ArchiveDocument document;

  /// Whether files of the project that is told about were moved by a decision.
  private boolean decided;

  ArchiveReport(Console console, Path root, boolean dryRun) {
    this.console = console;
    this.root = root;
    this.dryRun = dryRun;
    this.document = new ArchiveDocument(dryRun);
  }

  /// What is going to be done.
  ///
  /// @param tooFew files of which too few copies are going to be there to release them
  void plan(ArchivePlan plan, List<TreeFile> tooFew) {
    decided = false;
    Style style = console.style();
    console.line(
        style.sign(Symbol.ARCHIVE)
            + " Archiving "
            + Printable.of(plan.project().value())
            + " to "
            + Printable.of(plan.copyFolder().toString())
            + (dryRun ? " (dry run: nothing is changed)" : ""));
    for (String warning : plan.warnings()) {
      console.warning(Printable.of(warning));
    }
    for (Obstacle obstacle : plan.obstacles()) {
      console.line("  " + style.sign(Symbol.FAILED) + " " + Printable.of(obstacle.message()));
    }
    if (!plan.obstacles().isEmpty()) {
      return;
    }
    console.line(
        "  copy, read back and compare: "
            + amount(plan.copied())
            + (plan.completes()
                ? plan.missingBytes() == 0
                    ? " (the folder is there already: compared file by file)"
                    : " (the folder is there already; about "
                        + Sizes.of(plan.missingBytes())
                        + " of it are missing)"
                : ""));
    if (plan.releasesNothing().isPresent()) {
      console.line("  here: nothing is changed. " + plan.releasesNothing().get());
      return;
    }
    console.line(
        "  move to " + relative(plan.lightFolder()) + ": " + amount(plan.moved()) + " (light)");
    List<TreeFile> released =
        plan.released().stream().filter(file -> !tooFew.contains(file)).toList();
    console.line("  then release here: " + amount(released) + " (heavy)");
    if (!tooFew.isEmpty()) {
      console.line("  stay here, for want of copies: " + amount(tooFew));
    }
    if (!plan.staying().isEmpty()) {
      console.line(
          "  stay here, because git tracks them: "
              + amount(plan.staying())
              + " (--also-tracked releases them)");
    }
  }

  /// A dry run ends with the plan.
  ExitCode planned(ArchivePlan plan) {
    document.planned(plan, plan.obstacles().isEmpty() ? "planned" : "stopped");
    return exit(plan.obstacles());
  }

  /// A dry run that foresees that the copy could not be made whole.
  ExitCode plannedToStop(ArchivePlan plan, List<CopyProblem> problems) {
    document.notWhole(plan, problems);
    return ExitCode.worst(problems.stream().map(ArchiveReport::exit).toList());
  }

  /// It was not begun.
  ExitCode stopped(ArchivePlan plan) {
    console.line("  Nothing was changed.");
    return stoppedBy(plan);
  }

  /// A decision moved files, and now something else stands in the way.
  ExitCode stoppedAfterDecision(ArchivePlan plan) {
    for (Obstacle obstacle : plan.obstacles()) {
      console.line(
          "  " + console.style().sign(Symbol.FAILED) + " " + Printable.of(obstacle.message()));
    }
    console.line("  Nothing else was changed here.");
    return stoppedBy(plan);
  }

  private ExitCode stoppedBy(ArchivePlan plan) {
    document.planned(plan, "stopped");
    return exit(plan.obstacles());
  }

  /// It was not even looked at.
  ExitCode stopped(ProjectId project, List<Obstacle> obstacles) {
    console.line(
        console.style().sign(Symbol.ARCHIVE)
            + " "
            + Printable.of(project.value())
            + " stays here:");
    obstacles.forEach(
        obstacle ->
            console.line(
                "  "
                    + console.style().sign(Symbol.FAILED)
                    + " "
                    + Printable.of(obstacle.message())));
    console.line("  Nothing was archived.");
    document.stopped(project, obstacles);
    return exit(obstacles);
  }

  /// It could not be archived, and others may be.
  ExitCode failed(ProjectId project, CommandFailure failure) {
    Style style = console.style();
    console.line(
        "  "
            + style.sign(Symbol.FAILED)
            + " "
            + project
            + ": "
            + Printable.of(failure.getMessage()));
    if (!failure.hint().isEmpty()) {
      console.line("    " + style.sign(Symbol.NEXT) + " " + Printable.of(failure.hint()));
    }
    document.failed(project, failure);
    return failure.exit();
  }

  /// It has no active folder.
  ExitCode alreadyArchived(ProjectId project, List<String> places) {
    console.line(
        console.style().sign(Symbol.SAME)
            + " "
            + Printable.of(project.value())
            + " is archived already: "
            + Printable.of(String.join(", ", places)));
    document.alreadyArchived(project);
    return ExitCode.DONE;
  }

  /// What was moved out of the other's way.
  void decided(List<ArchiveDecision.Moved> moved) {
    decided = true;
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

  /// What became of it.
  ExitCode done(ArchivePlan plan, Archived archived) {
    Style style = console.style();
    if (!archived.problems().isEmpty()) {
      for (CopyProblem problem :
          archived.problems().subList(0, Math.min(SHOWN, archived.problems().size()))) {
        console.line("  " + style.sign(Symbol.FAILED) + " " + Printable.of(problem.message()));
      }
      if (archived.problems().size() > SHOWN) {
        console.line("  and " + (archived.problems().size() - SHOWN) + " more");
      }
      console.line(
          "  The copy is not whole yet. Nothing "
              + (decided ? "else here" : "here")
              + " was changed.");
      VersionChoice.advice(
              plan.project(),
              archived.problems(),
              "vat archive " + ShellWord.of(plan.project().value()),
              List.of(ArchiveKeep.values()))
          .forEach(advice -> console.line("  " + style.sign(Symbol.NEXT) + " " + advice));
      document.notWhole(plan, archived.problems());
      return ExitCode.worst(archived.problems().stream().map(ArchiveReport::exit).toList());
    }
    console.line(
        "  "
            + style.sign(Symbol.DONE)
            + " copied "
            + Counts.of(archived.written(), "file")
            + (archived.alreadyThere() > 0
                ? ", " + archived.alreadyThere() + " were there with the same content"
                : ""));
    archived
        .historyAside()
        .ifPresent(aside -> console.line("  " + style.sign(Symbol.SAME) + " " + anew(aside)));
    if (archived.kept().isPresent()) {
      console.line("  " + style.sign(Symbol.SAME) + " " + archived.kept().get());
      if (!archived.isProven() && plan.releasesNothing().isPresent()) {
        console.warning(CopyReport.NOT_PROVEN);
      }
      document.done(plan, "copied", List.of(), archived);
      return plan.releasesNothing().isPresent() ? ExitCode.DONE : ExitCode.PARTLY;
    }
    console.line(
        "  "
            + style.sign(Symbol.DONE)
            + " moved "
            + Counts.of(archived.moved(), "light file")
            + " to "
            + relative(plan.lightFolder()));
    Released released = archived.released();
    SortedSet<String> left = released.leftOfEach();
    console.line(
        "  "
            + style.sign(Symbol.DONE)
            + " released "
            + Counts.of(released.gone().size(), "file")
            + " ("
            + Sizes.of(released.bytes())
            + ")"
            + left(released));
    released.stayed().stream()
        .limit(SHOWN)
        .forEach(
            stayed ->
                console.line(
                    "  "
                        + style.sign(Symbol.WARNING)
                        + " "
                        + Printable.of(stayed.name().value())
                        + " stays here: "
                        + Printable.of(stayed.why())));
    if (released.stayed().size() > SHOWN) {
      console.line("  and " + (released.stayed().size() - SHOWN) + " more");
    }
    document.done(plan, archived.isDone() ? "archived" : "partly", List.copyOf(left), archived);
    return archived.isDone() ? ExitCode.DONE : ExitCode.PARTLY;
  }

  /// That the copy's checksum history begins anew.
  static String anew(Path aside) {
    return Printable.of(
        "its checksum history told of another content and begins anew; the earlier one is now "
            + aside);
  }

  /// A copy of some of the files is not said to be left of the others.
  private static String left(Released released) {
    if (released.gone().isEmpty()) {
      return "";
    }
    SortedSet<String> places = new TreeSet<>();
    released.gone().forEach(gone -> places.addAll(gone.left()));
    int fewest = released.fewestLeft();
    return "; left: "
        + (fewest < places.size() ? "at least " : "")
        + Counts.of(fewest, "copy", "copies")
        + (fewest < places.size() ? " of each" : "")
        + ", "
        + Printable.of(String.join(", ", places));
  }

  void document(String repo, String drive) {
    console.document("vat.archive/1", document.of(repo, drive));
  }

  private static ExitCode exit(List<Obstacle> obstacles) {
    return ExitCode.worst(
        obstacles.stream()
            .map(
                obstacle ->
                    switch (obstacle.kind()) {
                      case CONFLICT -> ExitCode.CONFLICT;
                      case NOT_YET -> ExitCode.PARTLY;
                      case NO_SPACE, REFUSED -> ExitCode.FAILED;
                    })
            .toList());
  }

  private static ExitCode exit(CopyProblem problem) {
    return switch (problem) {
      case CopyProblem.Different _, CopyProblem.InTheWay _, CopyProblem.Leftover _ ->
          ExitCode.CONFLICT;
      case CopyProblem.Damaged _,
          CopyProblem.OneIsDamaged _,
          CopyProblem.KnownDamaged _,
          CopyProblem.DamagedHere _ ->
          ExitCode.VERIFICATION_FAILED;
      case CopyProblem.TargetGone _ -> ExitCode.UNAVAILABLE;
      case CopyProblem.SourceChanged _ -> ExitCode.PARTLY;
      case CopyProblem.Failed _,
          CopyProblem.NameRefused _,
          CopyProblem.DiskFull _,
          CopyProblem.NotWritable _ ->
          ExitCode.FAILED;
    };
  }

  /// The word for programs.
  static String kind(Class<?> problem) {
    return problem.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  private String amount(List<TreeFile> files) {
    return Counts.of(files.size(), "file") + ", " + Sizes.of(ArchivePlan.bytes(files));
  }

  private String relative(Path folder) {
    return Printable.of(root.relativize(folder).toString());
  }
}
