package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.catalog.Usage;
import dev.vat.catalog.Warning;
import dev.vat.index.Feeding;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.project.Unprotected;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Shows what a look at a repository found: for people, and as a document.
final class ManifestReport {
  private static final int MOST_OF_A_KIND = 8;

  private final Console console;
  private final String repo;
  private final boolean fromCloud;

  /// @param fromCloud whether what is in S3 is what it is about
  ManifestReport(Console console, String repo, boolean fromCloud) {
    this.fromCloud = fromCloud;
    this.console = console;
    this.repo = repo;
  }

  private record WarningLine(String project, String code, String message) {}

  private record Skipped(String path, String reason) {}

  private record Counted(
      int projects,
      int localOnly,
      int ssdOnly,
      int both,
      int s3,
      int glacier,
      int flat,
      int grouped) {
    static Counted of(Catalog catalog) {
      return new Counted(
          catalog.projects().size(),
          count(catalog, p -> !p.local().isEmpty() && p.ssd().isEmpty()),
          count(catalog, p -> p.local().isEmpty() && !p.ssd().isEmpty()),
          count(catalog, p -> !p.local().isEmpty() && !p.ssd().isEmpty()),
          count(catalog, p -> p.s3().map(copy -> !copy.frozen()).orElse(false)),
          count(catalog, p -> p.s3().map(copy -> copy.frozen()).orElse(false)),
          count(catalog, p -> has(p, LocalCopy.Structure.FLAT)),
          count(catalog, p -> has(p, LocalCopy.Structure.GROUPED)));
    }

    private static int count(Catalog catalog, Predicate<ProjectEntry> which) {
      return (int) catalog.projects().values().stream().filter(which).count();
    }

    private static boolean has(ProjectEntry project, LocalCopy.Structure structure) {
      return project.local().stream().anyMatch(copy -> copy.structure() == structure);
    }
  }

  record Document(
      String repo,
      boolean written,
      boolean ssdConnected,
      Counted counts,
      Usage diskUsage,
      List<WarningLine> warnings,
      List<Skipped> notProtected,
      List<String> remarks,
      List<String> noLongerFound,
      List<String> unread,
      List<String> unreadFolders,
      List<Drive> drives,
      List<CloudSight.Place> cloud,
      Indexed indexed,
      FromS3 fromS3) {}

  /// @param lookedAt whether it was just looked at; if not, what is told of it was known before
  private record Drive(
      String id,
      String name,
      boolean primary,
      boolean lookedAt,
      String path,
      int projects,
      long sizeBytes,
      String lastSeenAt) {
    static List<Drive> of(Catalog catalog, PlacesLook.Seen look) {
      Set<DriveId> seen =
          look.sighting().drives().stream()
              .flatMap(one -> one.drive().map(KnownDrive::id).stream())
              .collect(Collectors.toSet());
      return catalog.drives().values().stream().map(one -> of(one, catalog, seen)).toList();
    }

    private static Drive of(KnownDrive drive, Catalog catalog, Set<DriveId> seen) {
      List<SsdCopy> copies =
          catalog.projects().values().stream()
              .flatMap(project -> project.on(drive.id()).stream())
              .toList();
      return new Drive(
          drive.id().value(),
          drive.name(),
          catalog.primaryDrive().equals(Optional.of(drive.id())),
          seen.contains(drive.id()),
          drive.lastPath(),
          copies.size(),
          copies.stream().flatMap(c -> c.totals().stream()).mapToLong(TreeTotals::bytes).sum(),
          drive.lastSeenAt().map(Instant::toString).orElse(null));
    }
  }

  private record Indexed(int copiesRead, long files, long texts, long media) {}

  /// Shows it.
  ///
  /// @param fed empty when nothing was written
  /// @param fromS3 empty where no archives in S3 were listed
  Document tell(
      PlacesLook.Seen look,
      CloudSight cloud,
      Catalog before,
      Catalog after,
      ManifestWarnings found,
      Optional<Feeding.Fed> fed,
      Optional<FromS3> fromS3) {
    Style style = console.style();
    Counted counts = Counted.of(after);
    Usage usage = Usage.of(after);
    List<Warning> warnings = found.warnings();
    List<String> lost = after.lostSince(before).stream().map(id -> id.value()).toList();
    console.line(style.sign(Symbol.STATUS) + " Manifest of " + Printable.of(repo));
    console.line();
    console.line("Projects: " + counts.projects());
    console.line("  Local only: " + counts.localOnly());
    console.line("  SSD only:   " + counts.ssdOnly());
    console.line("  Both:       " + counts.both());
    console.line("  S3:         " + counts.s3());
    console.line("  Glacier:    " + counts.glacier());
    console.line("  Flat: " + counts.flat() + ", grouped (archived/): " + counts.grouped());
    console.line();
    console.line("Disk usage:");
    console.line("  Local (flat):    " + Sizes.of(usage.localFlat()));
    console.line("  Local (grouped): " + Sizes.of(usage.localGrouped()));
    console.line("  SSD:             " + Sizes.of(usage.ssd()));
    console.line("  S3:              " + Sizes.of(usage.s3()));
    console.line("  Glacier:         " + Sizes.of(usage.glacier()));
    drives(look);
    cloud.tell(console);
    List<String> lines = lines(warnings);
    lost.forEach(id -> lines.add(Printable.of(id) + " is no longer found anywhere"));
    for (Unprotected one : look.found().notProtected()) {
      boolean own = one.reason() == Unprotected.Reason.UNFINISHED;
      lines.add(
          (own ? "unfinished: " : "not protected: ")
              + Printable.of(one.path() + ": " + one.reason().words()));
    }
    List<String> remarks = new ArrayList<>(look.found().remarks());
    remarks.addAll(found.remarks());
    remarks.addAll(cloud.remarks());
    fed.ifPresent(one -> remarks.addAll(one.remarks()));
    fromS3.ifPresent(one -> remarks.addAll(one.warnings(fed.isPresent())));
    remarks.forEach(remark -> lines.add(Printable.of(remark)));
    console.line();
    console.line(
        lines.isEmpty()
            ? style.sign(Symbol.IN_SYNC) + " Nothing to warn of"
            : style.sign(Symbol.WARNING) + " Warnings:");
    lines.forEach(line -> console.line("  " + line));
    console.line();
    console.line(
        fed.isEmpty()
            ? "Nothing was written (--dry-run)."
            : style.sign(Symbol.DONE) + " " + CatalogFile.NAME + " written");
    fed.filter(one -> one.files() > 0)
        .ifPresent(
            one ->
                console.line(
                    "%s %s read for vat find: the text of %d, the media facts of %d"
                        .formatted(
                            style.sign(Symbol.DONE),
                            Counts.of(one.files(), "new or changed file"),
                            one.texts(),
                            one.media())));
    fromS3.ifPresent(one -> one.tell(console, fed.isPresent(), fromCloud));
    return new Document(
        repo,
        fed.isPresent(),
        look.primarySeen(),
        counts,
        usage,
        warnings.stream()
            .map(
                w ->
                    new WarningLine(
                        w.project().value(), w.code().name().toLowerCase(Locale.ROOT), w.message()))
            .toList(),
        look.found().notProtected().stream()
            .map(one -> new Skipped(one.path().toString(), one.reason().words()))
            .toList(),
        remarks,
        lost,
        look.unread().stream().map(ProjectId::value).sorted().toList(),
        look.found().unlisted().stream().map(Path::toString).sorted().toList(),
        Drive.of(after, look),
        cloud.places(),
        fed.map(one -> new Indexed(one.copiesRead(), one.files(), one.texts(), one.media()))
            .orElse(null),
        fromS3.orElse(null));
  }

  /// Project by project, but no more than some of one kind: a hundred equal lines hide the others.
  private static List<String> lines(List<Warning> warnings) {
    List<String> lines = new ArrayList<>();
    for (Warning.Code code : Warning.Code.values()) {
      List<Warning> same = warnings.stream().filter(w -> w.code() == code).toList();
      same.stream()
          .limit(MOST_OF_A_KIND)
          .forEach(w -> lines.add(Printable.of(w.project().value()) + " " + w.message()));
      if (same.size() > MOST_OF_A_KIND) {
        lines.add(
            "and " + (same.size() - MOST_OF_A_KIND) + " more like the last (all with --json)");
      }
    }
    return lines;
  }

  private void drives(PlacesLook.Seen look) {
    switch (look.primary()) {
      case Located.Readable _ -> {}
      case Located.NotSet _ ->
          console.note("SSD_BASE is not set, so no SSD was looked at (vat config shows how).");
      case Located.CannotMark marked ->
          console.warning(
              Printable.of(marked.message())
                  + " It was looked at, but another drive in its place would not be noticed. "
                  + Printable.of(marked.remedy()));
      case Located.Unusable not ->
          console.warning(
              Printable.of(not.message())
                  + " What was known of it stays, with the date it was seen. What to do: "
                  + Printable.of(not.remedy()));
    }
    look.away().forEach(not -> console.note(Printable.of(not.message()) + " What is known stays."));
  }
}
