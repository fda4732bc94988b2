package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.Warning;
import dev.vat.disk.Parallel;
import dev.vat.index.CopyPlace;
import dev.vat.index.SeenCopy;
import dev.vat.lifecycle.CopyComparison;
import dev.vat.lifecycle.CopyComparison.Compared;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.report.IgnoredProjects;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What `vat manifest` warns of: what the catalog tells by itself, and what takes a look at the
/// copies' checksums and at git.
///
/// @param warnings sorted by project
/// @param remarks what could not be found out
record ManifestWarnings(List<Warning> warnings, List<String> remarks) {
  private static final int AT_ONCE = 4;
  private static final int MOST_NAMES = 3;

  /// An active folder and its copy on a drive that is connected.
  private record Pair(ProjectEntry project, Path here, SsdCopy copy, Path there) {}

  static ManifestWarnings of(
      Invocation invocation,
      CurrentRepository context,
      PlacesLook.Seen look,
      Catalog catalog,
      boolean dryRun)
      throws IOException {
    ConcurrentLinkedQueue<Warning> warnings = new ConcurrentLinkedQueue<>(Warning.about(catalog));
    ConcurrentLinkedQueue<String> remarks = new ConcurrentLinkedQueue<>();
    List<Pair> pairs = pairs(look, catalog);
    if (!pairs.isEmpty()) {
      compare(invocation, context, catalog, pairs, dryRun, warnings, remarks);
    }
    ignored(invocation, context, catalog, warnings, remarks);
    return new ManifestWarnings(
        warnings.stream().sorted(Comparator.comparing(Warning::project)).toList(),
        remarks.stream().sorted().toList());
  }

  private static List<Pair> pairs(PlacesLook.Seen look, Catalog catalog) {
    Map<ProjectId, Path> active = new HashMap<>();
    for (SeenCopy one : look.folders()) {
      if (one.isListed() && one.place().kind() == CopyPlace.Kind.LOCAL) {
        active.put(one.place().project(), one.folder());
      }
    }
    List<Pair> pairs = new ArrayList<>();
    for (SeenCopy one : look.folders()) {
      Path here = active.get(one.place().project());
      ProjectEntry project = catalog.projects().get(one.place().project());
      if (here == null || project == null || !one.isListed()) {
        continue;
      }
      // What has fewer files is warned of already.
      project.ssd().stream()
          .filter(copy -> isAt(copy, one.place()) && !project.hasLess(copy))
          .forEach(copy -> pairs.add(new Pair(project, here, copy, one.folder())));
    }
    return pairs;
  }

  private static boolean isAt(SsdCopy copy, CopyPlace place) {
    return place.kind() == CopyPlace.Kind.SSD
        && place.path().equals(copy.path())
        && copy.drive().map(id -> id.value().equals(place.drive())).orElse(true);
  }

  private static void compare(
      Invocation invocation,
      CurrentRepository context,
      Catalog catalog,
      List<Pair> pairs,
      boolean dryRun,
      Collection<Warning> warnings,
      Collection<String> remarks)
      throws IOException {
    try (State state =
        dryRun
            ? State.copyForLooking(context.stateFolder(), invocation.surroundings().clock())
            : State.open(context.stateFolder(), invocation.surroundings().clock())) {
      CopyComparison comparison = new CopyComparison(state);
      Parallel.forEach(
          pairs,
          AT_ONCE,
          pair -> {
            String drive = catalog.driveName(pair.copy());
            try {
              warning(pair, drive, comparison.of(pair.here(), pair.there()))
                  .ifPresent(warnings::add);
            } catch (IOException fault) {
              remarks.add(
                  "%s: whether its copy on %s is the same cannot be told: %s"
                      .formatted(pair.project().id(), drive, Faults.of(fault).getMessage()));
            }
          });
    }
  }

  private static Optional<Warning> warning(Pair pair, String drive, Compared found) {
    ProjectId id = pair.project().id();
    if (found.differs()) {
      List<String> parts = new ArrayList<>();
      part(found.differing(), "has another content", "have another content", parts);
      part(found.onlyHere(), "is only here", "are only here", parts);
      part(found.onlyThere(), "is only there", "are only there", parts);
      return Optional.of(
          new Warning(
              id,
              Warning.Code.SSD_DIFFERS,
              "differs from its copy on " + drive + ": " + String.join("; ", parts)));
    }
    if (!found.unknown().isEmpty()) {
      return Optional.of(
          new Warning(
              id,
              Warning.Code.SSD_NOT_COMPARED,
              "has the same names and sizes on "
                  + drive
                  + ", but of "
                  + (found.unknown().size() == found.files()
                      ? Counts.of(found.files(), "file")
                      : found.unknown().size() + " of " + Counts.of(found.files(), "file"))
                  + " nobody recorded whether the contents are the same (vat copy compares them)"));
    }
    return Optional.empty();
  }

  private static void part(
      List<RelativeName> files, String one, String several, List<String> parts) {
    if (!files.isEmpty()) {
      String names =
          String.join(", ", files.stream().limit(MOST_NAMES).map(RelativeName::value).toList());
      parts.add(
          Counts.of(files.size(), "file")
              + " "
              + (files.size() == 1 ? one : several)
              + " ("
              + names
              + (files.size() > MOST_NAMES ? ", …" : "")
              + ")");
    }
  }

  private static void ignored(
      Invocation invocation,
      CurrentRepository context,
      Catalog catalog,
      Collection<Warning> warnings,
      Collection<String> remarks) {
    Map<String, ProjectId> folders = new HashMap<>();
    for (ProjectEntry project : catalog.projects().values()) {
      project
          .primaryLocal()
          .filter(copy -> copy.structure() == LocalCopy.Structure.FLAT)
          .ifPresent(copy -> folders.put(copy.path(), project.id()));
    }
    try {
      new IgnoredProjects(
              context.repository(),
              invocation.surroundings().environment(),
              invocation.surroundings().system() == OperatingSystem.WINDOWS)
          .among(folders.keySet())
          .forEach(
              folder ->
                  warnings.add(
                      new Warning(
                          folders.get(folder),
                          Warning.Code.GIT_IGNORES,
                          "is ignored by git as a whole, so git keeps nothing of it")));
    } catch (IOException fault) {
      remarks.add("Which projects git ignores could not be told: " + fault.getMessage());
    }
  }
}
