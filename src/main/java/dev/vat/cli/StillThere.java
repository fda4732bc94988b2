package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.index.CopyPlace;
import dev.vat.index.Index;
import java.util.Optional;

/// Whether what the index found is still there by the manifest: archiving and the like write the
/// manifest at once, and the index learns of it at the next `vat manifest`.
record StillThere(Catalog manifest) {
  boolean holds(Index.Where where) {
    Optional<ProjectEntry> entry =
        Optional.ofNullable(manifest.projects().get(where.place().project()));
    return where.present() && entry.filter(project -> has(project, where.place())).isPresent();
  }

  private static boolean has(ProjectEntry project, CopyPlace place) {
    return switch (place.kind()) {
      case LOCAL -> has(project, LocalCopy.Structure.FLAT);
      case ARCHIVED -> has(project, LocalCopy.Structure.GROUPED);
      case SSD ->
          project.ssd().stream()
              .anyMatch(
                  copy ->
                      copy.drive().map(DriveId::value).filter(place.drive()::equals).isPresent()
                          || copy.drive().isEmpty());
      case S3 ->
          project.cloud().stream()
              .anyMatch(
                  copy ->
                      copy.key().equals(place.path())
                          && copy.bucket().map(place.drive()::equals).orElse(true));
    };
  }

  private static boolean has(ProjectEntry project, LocalCopy.Structure structure) {
    return project.local().stream().anyMatch(copy -> copy.structure() == structure);
  }
}
