package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.cloud.ObjectSummary;
import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.CloudLook;
import dev.vat.lifecycle.CloudVerification;
import dev.vat.lifecycle.OrphanSearch;
import dev.vat.lifecycle.StoredArchive;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// `vat verify --place s3`: proves this repository's archives in S3, one after the other.
final class CloudVerifyRun implements AutoCloseable {
  private static final String NAME = "vat verify";

  private final LeftoverPlaces places;
  private final ArchiveAccess access;
  private final Invocation invocation;
  private final Console console;
  private final CloudVerification verification;
  private final boolean full;
  private final boolean dryRun;
  private final List<Line> lines = new ArrayList<>();
  private final List<ExitCode> codes = new ArrayList<>();

  private CloudVerifyRun(LeftoverPlaces places, boolean full, boolean dryRun) {
    this.places = places;
    this.access = places.archive().orElseThrow();
    this.invocation = access.invocation();
    this.console = invocation.console();
    this.verification =
        new CloudVerification(access.store(), access.repo(), invocation.surroundings().clock());
    this.full = full;
    this.dryRun = dryRun;
  }

  /// One archive of the document (docs/formats/verify-cloud.schema.json).
  private record Line(
      String project,
      String key,
      Long sizeBytes,
      String storageClass,
      String result,
      String message) {}

  private record Document(
      String repo,
      String address,
      boolean full,
      boolean dryRun,
      List<Line> archives,
      Leftovers leftovers) {}

  static CloudVerifyRun open(
      Invocation invocation, CurrentRepository context, boolean full, boolean dryRun)
      throws IOException {
    ArchiveAccess access = ArchiveAccess.open(invocation, context, OptionalLong.empty());
    return new CloudVerifyRun(
        LeftoverPlaces.open(invocation, Optional.of(access), context, true), full, dryRun);
  }

  /// @param typed the one project that is meant; empty for all
  ExitCode of(Optional<String> typed) throws IOException {
    Catalog known = KnownDrives.forLooking(invocation, access.context()).file().read();
    TreeSet<ProjectId> ids = new TreeSet<>(known.projects().keySet());
    ids.addAll(new Projects(access.context().repository()).list().ids());
    LeftoverPlace place = places.all().getFirst();
    OrphanSearch orphans =
        new OrphanSearch(
            access.store(), access.place().prefix(), access.repo(), ids, place::isIgnored);
    ArchiveListing listing = ArchiveListing.of(access.store(), access.place().prefix(), orphans);
    TreeSet<ProjectId> nameable = new TreeSet<>(ids);
    nameable.addAll(listing.archives().keySet());
    Optional<ProjectId> project =
        typed.isPresent()
            ? Optional.of(ChosenProject.among(typed.get(), nameable, access.context()))
            : Optional.empty();
    Map<ArchiveListing.Found, ProjectId> chosen = new LinkedHashMap<>();
    listing
        .archives()
        .forEach(
            (id, all) -> {
              if (project.isEmpty() || project.get().equals(id)) {
                all.forEach(found -> chosen.put(found, id));
              }
            });
    if (full && !chosen.isEmpty()) {
      console.line(takes(chosen.keySet()));
    }
    try (KeepAwake.Handle _ = invocation.services().keepAwake().begin(NAME)) {
      for (Map.Entry<ArchiveListing.Found, ProjectId> one : chosen.entrySet()) {
        inTurn(one.getKey(), one.getValue(), ids.contains(one.getValue()));
      }
    }
    gone(known, project, listing);
    if (lines.isEmpty()) {
      console.line("No archive of this repository is in S3 to verify.");
    }
    Leftovers leftovers = LeftoverLook.of(places, orphans, project, access.invocation());
    console.document(
        "vat.verify-cloud/1",
        new Document(
            access.repo(),
            access.address(access.place().prefix()),
            full,
            dryRun,
            List.copyOf(lines),
            leftovers));
    return ExitCode.worst(codes);
  }

  /// Downloads are the price of it, so they are told before the first.
  private String takes(Collection<ArchiveListing.Found> chosen) throws IOException {
    long bytes =
        chosen.stream()
            .flatMap(found -> found.archive().stream())
            .filter(object -> object.thaw().isReadable())
            .mapToLong(ObjectSummary::sizeBytes)
            .sum();
    return "  takes: up to "
        + Sizes.of(bytes)
        + " are downloaded"
        + PriceFiles.of(invocation)
            .in(access.context().settings())
            .map(at -> ", " + Dollars.of(at.download(bytes, 0)) + " for leaving Amazon")
            .orElse("; what that costs is not known (no prices of this server or region at hand)");
  }

  /// What is the matter with one archive keeps no other one back.
  private void inTurn(ArchiveListing.Found found, ProjectId project, boolean isKnown)
      throws IOException {
    try {
      Optional<StoredArchive> archive = verification.ours(found, isKnown);
      if (archive.isEmpty()) {
        return;
      }
      if (dryRun) {
        told(archive.get(), "planned", full ? "all of it would be read" : "would be asked about");
        return;
      }
      told(verification.prove(found, archive.get(), full, console.progress()));
    } catch (IOException fault) {
      if (Faults.concernsAll(fault)) {
        throw fault;
      }
      CommandFailure failure = Faults.of(fault);
      codes.add(failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit());
      line(
          Symbol.FAILED,
          new Line(
              project.value(), found.keys().archive(), null, null, "failed", failure.getMessage()));
    }
  }

  private void told(CloudVerification.Finding finding) throws IOException {
    switch (finding) {
      case CloudVerification.Finding.Whole(StoredArchive archive, boolean downloaded) -> {
        told(
            archive,
            "whole",
            downloaded
                ? "every file was read and is right"
                : "whole by S3's checksum and its table of contents");
        remember(archive);
      }
      case CloudVerification.Finding.NeedsThaw(StoredArchive archive) -> {
        codes.add(ExitCode.PARTLY);
        told(
            archive,
            "needs_thaw",
            "whole by S3's checksum; it is frozen, and reading all of it takes a thaw first (vat thaw "
                + ShellWord.of(archive.keys().project().value())
                + ")");
        remember(archive);
      }
      case CloudVerification.Finding.Unproven(StoredArchive archive, String why) -> {
        codes.add(ExitCode.PARTLY);
        told(archive, "unproven", why);
      }
      case CloudVerification.Finding.Damaged(StoredArchive archive, String why) -> {
        codes.add(ExitCode.VERIFICATION_FAILED);
        told(archive, "damaged", why);
        doubt(archive.keys().project(), archive.object().key());
      }
    }
  }

  private void told(StoredArchive archive, String result, String message) {
    Symbol symbol =
        switch (result) {
          case "whole" -> Symbol.DONE;
          case "planned" -> Symbol.SAME;
          case "damaged" -> Symbol.FAILED;
          default -> Symbol.WARNING;
        };
    line(
        symbol,
        new Line(
            archive.keys().project().value(),
            archive.object().key(),
            archive.object().sizeBytes(),
            archive.object().storageClass().word(),
            result,
            message));
  }

  private void line(Symbol symbol, Line line) {
    lines.add(line);
    console.line(
        "  "
            + console.style().sign(symbol)
            + " "
            + Printable.of(access.address(line.key()))
            + (line.sizeBytes() == null ? "" : " (" + Sizes.of(line.sizeBytes()) + ")")
            + " - "
            + Printable.of(line.message()));
  }

  /// Archives that the manifest knows and that are not there any more.
  private void gone(Catalog known, Optional<ProjectId> project, ArchiveListing listing)
      throws IOException {
    for (Map.Entry<ProjectId, ProjectEntry> entry : known.projects().entrySet()) {
      ProjectId id = entry.getKey();
      if (project.isPresent() && !project.get().equals(id)) {
        continue;
      }
      for (CloudCopy copy : entry.getValue().cloud()) {
        boolean here =
            copy.bucket().equals(Optional.of(access.place().bucket()))
                && copy.key().startsWith(access.place().prefix());
        boolean there =
            listing.of(id).stream()
                .flatMap(found -> found.archive().stream())
                .anyMatch(object -> object.key().equals(copy.key()));
        if (here && !there) {
          codes.add(ExitCode.VERIFICATION_FAILED);
          String why = "the manifest knows it, and it is not there any more";
          line(Symbol.FAILED, new Line(id.value(), copy.key(), null, null, "missing", why));
          doubt(id, copy.key());
        }
      }
    }
  }

  /// What is not whole must not stand in the manifest as proven, however often it was before.
  private void doubt(ProjectId project, String key) throws IOException {
    if (!dryRun) {
      Instant now = invocation.surroundings().clock().instant();
      KnownDrives.update(
          invocation,
          access.context(),
          NAME,
          before -> before.withDamaged(project, access.place().bucket(), key, now));
    }
  }

  private void remember(StoredArchive archive) throws IOException {
    Instant now = invocation.surroundings().clock().instant();
    CloudCopy copy =
        CloudLook.copyOf(
                archive.object(),
                access.place().bucket(),
                archive.says().flatMap(CloudLook::content),
                now)
            .verified(now);
    KnownDrives.update(
        invocation,
        access.context(),
        NAME,
        before -> before.withCloud(archive.keys().project(), copy));
  }

  @Override
  public void close() throws IOException {
    places.close();
  }
}
