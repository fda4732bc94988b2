package dev.vat.cli;

import dev.vat.catalog.ThawNote;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.ThawTier;
import dev.vat.lifecycle.ArchiveListing;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.ProjectArchives;
import dev.vat.lifecycle.ThawStanding;
import dev.vat.lifecycle.Thawing;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/// Finds the archives that a thaw is about, and how each stands. Changes nothing.
final class ThawLook {
  /// One archive, and how it stands.
  record Looked(CloudArchive archive, ThawStanding standing) {
    /// Whether it can be read, or will be without anybody asking for more.
    boolean isComing() {
      return switch (standing) {
        case ThawStanding.Readable _, ThawStanding.UnderWay _, ThawStanding.Ready _ -> true;
        case ThawStanding.Frozen _, ThawStanding.Expired _, ThawStanding.NotBegun _ -> false;
      };
    }

    /// Whether S3 is to be asked. Also one under way that was asked for here by a slower tier is:
    /// it gets faster.
    boolean isToAsk(ThawTier tier) {
      return switch (standing) {
        case ThawStanding.Frozen _, ThawStanding.Expired _, ThawStanding.NotBegun _ -> true;
        case ThawStanding.Readable _, ThawStanding.Ready _ -> false;
        case ThawStanding.UnderWay underWay ->
            underWay
                .asked()
                .flatMap(asked -> ThawTier.named(asked.tier()))
                .filter(before -> tier.compareTo(before) < 0)
                .isPresent();
      };
    }
  }

  private final ArchiveAccess access;
  private final Thawing thawing;

  ThawLook(ArchiveAccess access, Thawing thawing) {
    this.access = access;
    this.thawing = thawing;
  }

  /// Every one whose thaw is known of, by the listing alone, which tells thaws: 500 of them are one
  /// request.
  List<Looked> known() throws IOException {
    List<Looked> all = new ArrayList<>();
    for (List<ArchiveListing.Found> project : listing().archives().values()) {
      for (ArchiveListing.Found found : project) {
        if (found.archive().isEmpty()) {
          continue;
        }
        ThawStanding standing = thawing.standing(found.archive().get());
        boolean known =
            !(standing instanceof ThawStanding.Readable || standing instanceof ThawStanding.Frozen);
        if (known) {
          all.add(new Looked(archive(found, found.archive().get()), standing));
        }
      }
    }
    return all;
  }

  private ArchiveListing listing() throws IOException {
    return ArchiveListing.of(access.store(), access.place().prefix());
  }

  /// What only a listing told.
  private static CloudArchive archive(ArchiveListing.Found found, ObjectSummary object) {
    ObjectFacts facts =
        new ObjectFacts(object, Map.of(), Optional.empty(), OptionalInt.empty(), false);
    return new CloudArchive(found.keys().project(), facts, found.toc().isPresent());
  }

  /// All archives of these projects, to tell how they stand.
  ///
  /// @param name of the one archive that this is about; empty for all
  List<Looked> all(List<String> words, Optional<String> name, ThawReport report)
      throws IOException {
    List<Looked> all = new ArrayList<>();
    for (ProjectArchives archives : archives(words, report)) {
      List<CloudArchive> its =
          name.isPresent()
              ? List.of(new ChosenArchive(access, "vat thaw").of(archives, name))
              : archives.readable();
      for (CloudArchive archive : its) {
        all.add(looked(archive));
      }
    }
    return all;
  }

  /// The one archive of each of these projects that is to be read.
  ///
  /// @param command as typed, for what to type where it is not clear which one is meant
  /// @throws CommandFailure (usage) when that is not clear
  List<Looked> chosen(List<String> words, Optional<String> name, String command, ThawReport report)
      throws IOException {
    List<Looked> all = new ArrayList<>();
    for (ProjectArchives archives : archives(words, report)) {
      all.add(looked(new ChosenArchive(access, command).of(archives, name)));
    }
    return all;
  }

  /// What has no archive that may be read is told of, and left out.
  private List<ProjectArchives> archives(List<String> words, ThawReport report) throws IOException {
    ArchiveListing listing = listing();
    TreeSet<ProjectId> ids = new TreeSet<>(listing.archives().keySet());
    ids.addAll(new Projects(access.context().repository()).list().ids());
    List<ProjectId> chosen = new ArrayList<>();
    for (String word : words) {
      chosen.add(ChosenProject.among(word, ids, access.context()));
    }
    List<ProjectArchives> found = new ArrayList<>();
    for (ProjectId id : chosen.stream().distinct().toList()) {
      ProjectArchives archives = ProjectArchives.of(access.store(), listing, id, access.repo());
      if (archives.all().isEmpty()) {
        report.notThere(id);
      } else if (archives.readable().isEmpty()) {
        report.notOurs(archives.all().getFirst());
      } else {
        found.add(archives);
      }
    }
    return found;
  }

  private Looked looked(CloudArchive archive) throws IOException {
    return new Looked(archive, thawing.standing(archive.object()));
  }

  /// The same archives as they stand now; what is gone is left out.
  List<Looked> again(List<Looked> before) throws IOException {
    List<Looked> now = new ArrayList<>();
    for (Looked one : before) {
      Optional<ObjectFacts> facts = access.store().head(one.archive().key());
      if (facts.isPresent()) {
        now.add(
            looked(new CloudArchive(one.archive().project(), facts.get(), one.archive().hasToc())));
      }
    }
    return now;
  }

  /// Who asked, where nobody did here.
  Optional<ThawNote> noted(Looked one) throws IOException {
    boolean unknown =
        switch (one.standing()) {
          case ThawStanding.UnderWay underWay -> underWay.asked().isEmpty();
          case ThawStanding.Ready ready -> ready.asked().isEmpty();
          case ThawStanding.Readable _,
              ThawStanding.Frozen _,
              ThawStanding.Expired _,
              ThawStanding.NotBegun _ ->
              false;
        };
    return unknown ? thawing.noted(one.archive().object()) : Optional.empty();
  }
}
