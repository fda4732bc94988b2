package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.lifecycle.DriveSource;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the manifest knows of a project's copies, beside the one that `vat restore` takes.
///
/// @param totals of all that are on drives
/// @param away of those on drives that are not connected, by the drive's name
/// @param archives in S3
record OtherCopies(
    ProjectId project,
    List<TreeTotals> totals,
    Map<String, TreeTotals> away,
    List<CloudCopy> archives) {
  static OtherCopies of(Catalog catalog, ProjectId project, ReachedDrives drives) {
    Map<String, TreeTotals> away = new TreeMap<>();
    for (SsdCopy copy : onDrives(catalog, project)) {
      if (!drives.reaches(copy)) {
        copy.totals().ifPresent(totals -> away.put(catalog.driveName(copy), totals));
      }
    }
    return new OtherCopies(
        project,
        onDrives(catalog, project).stream().flatMap(copy -> copy.totals().stream()).toList(),
        away,
        Optional.ofNullable(catalog.projects().get(project))
            .map(ProjectEntry::cloud)
            .orElse(List.of()));
  }

  static List<SsdCopy> onDrives(Catalog catalog, ProjectId project) {
    return Optional.ofNullable(catalog.projects().get(project))
        .map(ProjectEntry::ssd)
        .map(List::copyOf)
        .orElse(List.of());
  }

  /// Tells which others may be a later state.
  ///
  /// @param cloudToo whether the archive in S3 could be taken as well
  void tell(Console console, DriveSource source, boolean cloudToo) {
    away.forEach(
        (drive, totals) -> {
          if (source.isOlderThan(totals)) {
            console.warning(
                Printable.of(
                    ("The copy on %s, which is not connected, has later changes than the one on %s:"
                            + " connect %s if you want those.")
                        .formatted(drive, source.copy().where(), drive)));
          }
        });
    if (cloudToo) {
      archives.stream()
          .filter(source::mayBeOlderThan)
          .forEach(archive -> tell(console, source, archive));
    }
  }

  /// What is in S3 is not read for that: the drive's copy is taken because it is near.
  private void tell(Console console, DriveSource source, CloudCopy archive) {
    CloudCopy.Content content = archive.content().orElseThrow();
    console.warning(
        Printable.of(
            ("The archive in S3%s is another state: %s, %s, and the copy on %s has %s, %s. If you"
                    + " want that one: vat restore %s --from s3")
                .formatted(
                    archive
                        .uploadedAt()
                        .map(at -> " of " + at.toString().substring(0, 10))
                        .orElse(""),
                    Counts.of(content.files(), "file"),
                    Sizes.of(content.bytes()),
                    source.copy().where(),
                    Counts.of(source.copy().files().size(), "file"),
                    Sizes.of(source.copy().bytes()),
                    ShellWord.of(project.value()))));
  }
}
