package dev.vat.cli;

import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectReference;
import dev.vat.project.Projects;
import dev.vat.project.RelativeName;
import dev.vat.project.Resolved;
import dev.vat.project.ShortName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// The project that a staging command is about, and the files that were named after it.
///
/// @param files empty when all are meant
record ChosenProject(ProjectId id, List<RelativeName> files) {
  /// Projects that exist only in S3, asked for when a name is not known here: somebody's first
  /// `down` of a project.
  interface Elsewhere {
    Collection<ProjectId> ids() throws IOException;
  }

  /// Understands `[PROJECT] [FILE…]`.
  ///
  /// @throws CommandFailure (usage) when the project is unknown, ambiguous or not told
  static ChosenProject of(
      List<String> words, CurrentRepository context, Surroundings surroundings, Elsewhere elsewhere)
      throws IOException {
    Projects projects = new Projects(context.repository());
    Optional<ProjectId> around = projects.containing(surroundings.folder());
    if (words.isEmpty()) {
      ProjectId id = around.orElseThrow(ChosenProject::notTold);
      return new ChosenProject(id, List.of());
    }
    List<ProjectId> here = projects.list().ids();
    String first = words.getFirst();
    if (around.isPresent() && meansFile(first, around.get(), here, context, surroundings)) {
      return new ChosenProject(around.get(), files(words, around.get(), context, surroundings));
    }
    Optional<ProjectId> named = found(first, here, context);
    if (named.isEmpty() && around.isPresent()) {
      return new ChosenProject(around.get(), files(words, around.get(), context, surroundings));
    }
    ProjectId id =
        named.isPresent() ? named.get() : foundElsewhere(first, here, context, elsewhere);
    return new ChosenProject(id, files(words.subList(1, words.size()), id, context, surroundings));
  }

  /// Whether the first word, typed inside a project's folder, is a file of that project rather than
  /// a project. What is in its `s3-staging/` wins over a mere beginning of some project's id; a
  /// word that is both is not guessed at.
  private static boolean meansFile(
      String first,
      ProjectId around,
      List<ProjectId> here,
      CurrentRepository context,
      Surroundings surroundings)
      throws IOException {
    String repository = context.repository().folderName();
    String word = StagedWord.plain(first);
    if (word.indexOf('/') >= 0 && !word.startsWith(repository + "/")) {
      return true;
    }
    if (!(new Projects(context.repository()).homeOf(around) instanceof ProjectHome.Active active)) {
      return false;
    }
    Path staging = active.folder().resolve(ProjectHome.STAGING);
    if (!new StagedWord(staging, surroundings).isThere(first)) {
      return false;
    }
    Optional<ProjectId> project =
        here.stream().filter(id -> ShortName.isWholeOrNumber(word, id)).findFirst();
    if (project.isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "ambiguous_word",
          Printable.of(first)
              + " is a project ("
              + Printable.of(project.get().value())
              + ") and also in "
              + Printable.of(around.value())
              + "/"
              + ProjectHome.STAGING,
          "for the file write "
              + Printable.of(ShellWord.of(ProjectHome.STAGING + "/" + word))
              + ", for the project "
              + Printable.of(ShellWord.of(repository + "/" + project.get())));
    }
    return true;
  }

  private static CommandFailure notTold() {
    return CommandFailure.usage(
        "which project?", "name one (vat up b63), or go into its folder first");
  }

  /// @return empty when no such project is among these
  /// @throws CommandFailure (usage) when it is ambiguous, or in another repository
  static Optional<ProjectId> found(
      String given, Collection<ProjectId> ids, CurrentRepository context) {
    return switch (ShortName.resolve(project(given, context), ids)) {
      case Resolved.Found found -> Optional.of(found.id());
      case Resolved.Unknown _ -> Optional.empty();
      case Resolved.Ambiguous ambiguous ->
          throw CommandFailure.ambiguousProject(given, ambiguous.candidates());
    };
  }

  /// The one project that a word means.
  ///
  /// @param given an id, a short name, or `repo/project`
  /// @throws CommandFailure (usage) when it is unknown or ambiguous
  static ProjectId among(String given, Collection<ProjectId> ids, CurrentRepository context) {
    return switch (ShortName.resolve(project(given, context), ids)) {
      case Resolved.Found found -> found.id();
      case Resolved.Unknown unknown ->
          throw CommandFailure.unknownProject(given, unknown.closest());
      case Resolved.Ambiguous ambiguous ->
          throw CommandFailure.ambiguousProject(given, ambiguous.candidates());
    };
  }

  private static ProjectId foundElsewhere(
      String given, List<ProjectId> here, CurrentRepository context, Elsewhere elsewhere)
      throws IOException {
    TreeSet<ProjectId> all = new TreeSet<>(elsewhere.ids());
    all.addAll(here);
    return among(given, all, context);
  }

  private static String project(String given, CurrentRepository context) {
    ProjectReference reference =
        ProjectReference.parse(given).orElse(new ProjectReference(Optional.empty(), given));
    String folder = context.repository().folderName();
    if (reference.repository().filter(name -> !name.equals(folder)).isPresent()) {
      throw CommandFailure.usage(
          Printable.of(given)
              + " is in another repository than this one ("
              + Printable.of(folder)
              + ")",
          "go to that repository's folder first");
    }
    return reference.project();
  }

  private static List<RelativeName> files(
      List<String> words, ProjectId id, CurrentRepository context, Surroundings surroundings)
      throws IOException {
    if (words.isEmpty()) {
      return List.of();
    }
    StagedWord staged = new StagedWord(context.stagingFolder(id), surroundings);
    return words.stream().map(staged::name).toList();
  }

  boolean wants(RelativeName name) {
    return files.isEmpty() || files.stream().anyMatch(named -> covers(named, name));
  }

  /// Whether what was named is the file, or a folder above it.
  static boolean covers(RelativeName named, RelativeName name) {
    return name.equals(named) || name.value().startsWith(named.value() + "/");
  }
}
