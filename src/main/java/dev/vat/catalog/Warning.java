package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Something about the copies that somebody should look at.
///
/// @param project whose copies
/// @param code for programs
/// @param message in words for users, to follow the project's id
public record Warning(ProjectId project, Code code, String message) {
  /// What kind of thing it is.
  public enum Code {
    FLAT_AND_GROUPED,
    HEAVY_IN_ARCHIVED,
    ONLY_ONE_COPY,
    SSD_INCOMPLETE,
    NEVER_VERIFIED,
    LIGHT_FILES_ONLY,
    STAGING_FORGOTTEN,
    /// Told by whoever can compare: not by [#about].
    SSD_DIFFERS,
    /// The same, where nothing was recorded to compare by.
    SSD_NOT_COMPARED,
    /// Told by whoever can ask git.
    GIT_IGNORES,
    ONLY_HERE,
    /// An active folder that has less than another copy.
    HERE_INCOMPLETE,
    COPY_DAMAGED,
    NO_WHOLE_COPY
  }

  /// How long a project with staged files may rest before somebody should look.
  private static final int FORGOTTEN_DAYS = 30;

  /// Everything worth saying about a catalog, project by project. Whether two copies are the same
  /// is not judged by sizes: only recorded hashes could tell.
  public static List<Warning> about(Catalog catalog) {
    List<Warning> all = new ArrayList<>();
    catalog.projects().values().forEach(project -> look(project, catalog, all));
    return all;
  }

  /// What is worth saying about one project.
  public static List<Warning> about(ProjectEntry project, Catalog catalog) {
    List<Warning> all = new ArrayList<>();
    look(project, catalog, all);
    return all;
  }

  private static void look(ProjectEntry project, Catalog catalog, List<Warning> all) {
    if (project.local().size() > 1) {
      all.add(
          new Warning(
              project.id(),
              Code.FLAT_AND_GROUPED,
              "has several folders here: "
                  + String.join(", ", project.local().stream().map(LocalCopy::path).toList())));
    }
    for (LocalCopy copy : project.local()) {
      if (copy.structure() == LocalCopy.Structure.GROUPED && copy.totals().heavyFiles() > 0) {
        all.add(
            new Warning(
                project.id(),
                Code.HEAVY_IN_ARCHIVED,
                "has heavy files in " + copy.path() + ", where light ones belong"));
      }
    }
    CopyWarnings.look(project, catalog, all);
    lookAtStaging(project, catalog, all);
    List<SsdCopy> unverified =
        project.ssd().stream()
            .filter(copy -> copy.verifiedAt().isEmpty() && copy.damagedAt().isEmpty())
            .toList();
    if (!unverified.isEmpty()) {
      all.add(
          new Warning(
              project.id(),
              Code.NEVER_VERIFIED,
              "has a copy on "
                  + names(catalog, unverified)
                  + " that is not verified (vat verify)"));
    }
  }

  /// By the project's youngest file anywhere: what is still worked on is not forgotten.
  private static void lookAtStaging(ProjectEntry project, Catalog catalog, List<Warning> all) {
    if (project.staging().isEmpty()
        || catalog.updatedAt().isEmpty()
        || project.lastChange().isEmpty()) {
      return;
    }
    long days = Duration.between(project.lastChange().get(), catalog.updatedAt().get()).toDays();
    if (days >= FORGOTTEN_DAYS) {
      all.add(
          new Warning(
              project.id(),
              Code.STAGING_FORGOTTEN,
              "still shares files in s3-staging/, and nothing in it has changed for "
                  + days
                  + " days: finished? vat cleanup, then vat archive"));
    }
  }

  private static String names(Catalog catalog, List<SsdCopy> copies) {
    return copies.stream().map(catalog::driveName).collect(Collectors.joining(", "));
  }
}
