package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.settings.ArchivePlace;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// One look at all places of a repository, and what is written of it.
///
/// @param dryRun whether nothing is written
/// @param newSsd whether what is at `SSD_BASE` is the SSD from now on
/// @param offline whether S3 is not asked
/// @param fromCloud whether what is in the archives in S3 is read, however much that is
/// @param limitRate bytes a second of what is read there
record ManifestRun(
    boolean dryRun, boolean newSsd, boolean offline, boolean fromCloud, OptionalLong limitRate) {
  /// Looks, writes and tells.
  ManifestReport.Document manifest(Invocation invocation, CurrentRepository context)
      throws IOException {
    if (fromCloud) {
      ArchivePlace.required(context.settings());
    }
    Instant now = invocation.surroundings().clock().instant();
    KnownDrives known = KnownDrives.of(invocation, context);
    CatalogFile file = known.file();
    PlacesLook places = known.look(invocation, context);
    FoundArchives archives = new FoundArchives(invocation, context, fromCloud, limitRate, now);
    ManifestReport report =
        new ManifestReport(invocation.console(), context.repository().folderName(), fromCloud);
    if (dryRun) {
      Catalog before = file.read();
      LeftOutEntries.tell(invocation.console(), file);
      PlacesLook.Seen look = places.look(before, newSsd, true, now);
      CloudSight cloud = cloud(invocation, context, before, look, now);
      Catalog after = before.after(look.sighting().with(cloud.sighting()), now);
      return report.tell(
          look,
          cloud,
          before,
          after,
          ManifestWarnings.of(invocation, context, look, after, true),
          Optional.empty(),
          archives.planned(cloud));
    }
    try (ProjectLock _ =
        ProjectLock.takeManifest(
            context.stateFolder(), "vat manifest", invocation.surroundings().clock())) {
      Catalog before = file.read();
      LeftOutEntries.tell(invocation.console(), file);
      PlacesLook.Seen look = places.look(before, newSsd, false, now);
      CloudSight cloud = cloud(invocation, context, before, look, now);
      Catalog after =
          file.update(
              known.places(),
              catalog -> catalog.after(look.sighting().with(cloud.sighting()), now));
      return report.tell(
          look,
          cloud,
          before,
          after,
          ManifestWarnings.of(invocation, context, look, after, false),
          Optional.of(FoundTexts.update(invocation, context, look, now)),
          archives.read(cloud));
    }
  }

  private CloudSight cloud(
      Invocation invocation,
      CurrentRepository context,
      Catalog before,
      PlacesLook.Seen look,
      Instant now)
      throws IOException {
    return offline
        ? CloudSight.none()
        : CloudSight.look(invocation, context, before, look, fromCloud, now);
  }
}
