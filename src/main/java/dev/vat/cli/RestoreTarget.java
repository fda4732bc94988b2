package dev.vat.cli;

import dev.vat.lifecycle.RestoreWish;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectPlace;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import dev.vat.project.RepositoryFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where a project is restored to, by what was typed. A part of a project never comes to a place
/// where it would be taken for the whole.
final class RestoreTarget {
  static final String LOCAL = "local";

  private final Invocation invocation;
  private final CurrentRepository context;

  RestoreTarget(Invocation invocation, CurrentRepository context) {
    this.invocation = invocation;
    this.context = context;
  }

  /// @param to `local`, or a folder
  /// @throws CommandFailure (usage) when it cannot go there
  RestoreWish of(ProjectId project, String to, RestoreWish.Part part) throws IOException {
    return to.equals(LOCAL) ? local(project, part) : elsewhere(project, to, part);
  }

  /// The names that were typed.
  static RestoreWish.Part part(boolean light, List<String> files) {
    if (light) {
      return new RestoreWish.Part.Light();
    }
    if (files.isEmpty()) {
      return new RestoreWish.Part.Whole();
    }
    try {
      return new RestoreWish.Part.Named(files.stream().map(RelativeName::of).toList());
    } catch (HostileNameException name) {
      throw CommandFailure.usage(
          "that is no file of a project: " + Printable.of(name.getMessage()),
          "give paths from the project's folder on, such as final/film.mp4");
    }
  }

  private RestoreWish local(ProjectId project, RestoreWish.Part part) throws IOException {
    return switch (new Projects(context.repository()).homeOf(project)) {
      case ProjectHome.Unclear unclear ->
          throw CommandFailure.usage(
              Printable.of(unclear.why()), "leave one real folder with that name");
      case ProjectHome.Active active ->
          new RestoreWish(project, active.folder(), lightOf(project, part), part);
      case ProjectHome.Archived archived ->
          switch (part) {
            case RestoreWish.Part.Light _ ->
                new RestoreWish(project, archived.folders().getFirst(), List.of(), part);
            case RestoreWish.Part.Whole _ -> home(project, archived.folders());
            case RestoreWish.Part.Named _ -> throw partAtHome(project);
          };
      case ProjectHome.None _ ->
          switch (part) {
            case RestoreWish.Part.Light _ ->
                new RestoreWish(project, lightFolder(project), List.of(), part);
            case RestoreWish.Part.Whole _ -> home(project, List.of());
            case RestoreWish.Part.Named _ -> throw partAtHome(project);
          };
    };
  }

  /// Also of an active project: a run may have been cut before the last of them moved.
  private List<Path> lightOf(ProjectId project, RestoreWish.Part part) throws IOException {
    return part instanceof RestoreWish.Part.Whole
        ? new Projects(context.repository())
            .list().find(project).stream()
                .flatMap(found -> found.places().stream())
                .filter(ProjectPlace.Grouped.class::isInstance)
                .map(ProjectPlace::folder)
                .toList()
        : List.of();
  }

  private RestoreWish home(ProjectId project, List<Path> lightFolders) {
    return new RestoreWish(
        project,
        context.repository().root().resolve(project.value()),
        lightFolders,
        new RestoreWish.Part.Whole());
  }

  private static CommandFailure partAtHome(ProjectId project) {
    return CommandFailure.usage(
        "a part of "
            + Printable.of(project.value())
            + " in the project's own place would look like the whole project",
        "say where the files go: --to FOLDER");
  }

  private Path lightFolder(ProjectId project) throws IOException {
    Path archived = context.repository().root().resolve("archived");
    if (!Files.isDirectory(archived)) {
      return RangeFolders.computed(project)
          .map(archived::resolve)
          .orElse(archived)
          .resolve(project.value());
    }
    return switch (new RangeFolders(archived).of(project)) {
      case RangeChoice.Holds holds -> holds.folder();
      case RangeChoice.Free free -> free.folder();
      case RangeChoice.Several several ->
          throw CommandFailure.usage(
              "there are several folders of it: " + Printable.of(several.folders().toString()),
              "leave one of them");
      case RangeChoice.InTheWay other ->
          throw CommandFailure.usage(
              Printable.of(other.path().toString()) + " is no real folder",
              "move it away, then run it again");
    };
  }

  /// The folder that a word means, there or not.
  Path folder(String to) {
    String home = invocation.surroundings().home().toString();
    return invocation
        .surroundings()
        .folder()
        .resolve(to.startsWith("~/") ? home + to.substring(1) : to)
        .normalize();
  }

  private RestoreWish elsewhere(ProjectId project, String to, RestoreWish.Part part)
      throws IOException {
    Path folder = folder(to);
    Path target = folder.resolve(project.value());
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.usage(
          Printable.of(folder.toString()) + " is no folder, and no drive has that name",
          "make it first, or check the spelling (drives: vat drives)");
    }
    // Whosever repository it is, and also where it is reached through a link or under other
    // capitals.
    Optional<Repository> repository =
        new RepositoryFinder(invocation.surroundings().home()).from(folder.toRealPath());
    if (repository.isPresent() && !(part instanceof RestoreWish.Part.Whole)) {
      throw CommandFailure.usage(
          "a part of a project in the repository would be taken for the whole",
          "give a folder outside of " + Printable.of(repository.get().root().toString()));
    }
    return new RestoreWish(project, target, List.of(), part);
  }
}
