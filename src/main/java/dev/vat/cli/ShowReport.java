package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SharedFiles;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.StagedFiles;
import dev.vat.catalog.TreeTotals;
import dev.vat.catalog.Warning;
import dev.vat.cost.Amount;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.index.ArchiveContent;
import dev.vat.index.Index;
import dev.vat.index.MediaFacts;
import dev.vat.lifecycle.Policy;
import dev.vat.lifecycle.Proposal;
import dev.vat.project.Sizes;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Shows one project: for people, and as a document.
final class ShowReport {
  private static final int MOST_KINDS = 4;

  private final Console console;
  private final Instant now;
  private final ZoneId zone;
  private final Catalog catalog;
  private final StillThere there;
  private final Policy policy;
  private final Optional<Prices> prices;

  /// @param prices that hold for what is in S3; empty when its region is not known, or not AWS's
  ShowReport(
      Console console,
      Instant now,
      ZoneId zone,
      Catalog catalog,
      Policy policy,
      Optional<Prices> prices) {
    this.console = console;
    this.now = now;
    this.zone = zone;
    this.catalog = catalog;
    this.there = new StillThere(catalog);
    this.policy = policy;
    this.prices = prices;
  }

  /// What the index knows.
  ///
  /// @param biggest the biggest files first
  /// @param media every recording of which something is known
  /// @param archives what is in archives in S3, by key
  record Files(
      List<Index.FoundFile> biggest,
      List<Index.FoundFile> media,
      Map<String, ArchiveContent> archives) {
    Files {
      archives = Map.copyOf(archives);
      biggest = List.copyOf(biggest);
      media = List.copyOf(media);
    }

    Duration length() {
      return media.stream()
          .flatMap(file -> file.facts().duration().stream())
          .reduce(Duration.ZERO, Duration::plus);
    }
  }

  private record Copy(
      String kind,
      String driveId,
      String driveName,
      String path,
      Long sizeBytes,
      Long files,
      Long heavyFiles,
      Long heavyBytes,
      Long lightFiles,
      Long lightBytes,
      String tier,
      String storageClass,
      String uploadedAt,
      String thaw,
      String thawReadyBy,
      String thawExpiresAt,
      Double monthlyUsd,
      String priceAsOf,
      List<InArchive> compared,
      String seenAt,
      String verifiedAt) {}

  /// How much of a copy in a folder an archive in S3 has, by names and sizes.
  ///
  /// @param place as people call it
  private record InArchive(String place, long files, long missing, long otherSize) {}

  private record Staged(long files, long sizeBytes) {}

  private record Shared(long files, long sizeBytes, String lastSync, String seenAt) {
    static Shared of(SharedFiles files) {
      return new Shared(files.files(), files.bytes(), text(files.lastSync()), text(files.seenAt()));
    }
  }

  private record FileLine(
      String name,
      long sizeBytes,
      Double durationSeconds,
      Integer width,
      Integer height,
      String codec,
      String sha256,
      List<String> places) {}

  private record Media(int recordings, double durationSeconds, List<FileLine> files) {}

  private record WarningLine(String code, String message) {}

  private record Next(String step, String from, boolean due, String reason) {}

  private record Document(
      String repo,
      String id,
      String lastUpdated,
      String lastModifiedAt,
      int wholeCopies,
      List<Copy> copies,
      Staged staging,
      Shared shared,
      Media media,
      List<FileLine> biggest,
      List<WarningLine> warnings,
      Next next) {}

  void tell(String repo, ProjectEntry project, Files files) {
    List<Copy> copies = copies(project, files);
    List<Warning> warnings = Warning.about(project, catalog);
    console.line(
        console.style().sign(Symbol.STATUS)
            + " "
            + Printable.of(project.id().value())
            + " ("
            + Printable.of(repo)
            + ")");
    console.line();
    console.line(
        "Copies: "
            + Counts.of(project.wholeCopies(), "whole one")
            + " known"
            + project.lastChange().map(at -> "; last change " + Ages.ago(at, now)).orElse(""));
    copies.forEach(this::copy);
    project
        .staging()
        .ifPresent(
            staged ->
                console.line(
                    "Staging: "
                        + Counts.of(staged.files(), "file")
                        + ", "
                        + Sizes.of(staged.bytes())
                        + " in s3-staging/ on this computer"));
    project
        .shared()
        .ifPresent(
            shared ->
                console.line(
                    "Shared in S3: "
                        + Counts.of(shared.files(), "file")
                        + ", "
                        + Sizes.of(shared.bytes())
                        + shared
                            .lastSync()
                            .map(at -> ", last sync " + Ages.ago(at, now))
                            .orElse("")));
    media(files);
    biggest(files);
    warnings.forEach(
        warning ->
            console.line(
                console.style().sign(Symbol.WARNING) + " It " + Printable.of(warning.message())));
    Proposal next = policy.next(project);
    next(next);
    console.document(
        "vat.show/1",
        new Document(
            repo,
            project.id().value(),
            text(catalog.updatedAt()),
            text(project.lastChange()),
            project.wholeCopies(),
            copies,
            project.staging().map(ShowReport::document).orElse(null),
            project.shared().map(Shared::of).orElse(null),
            new Media(
                files.media().size(),
                files.length().toMillis() / 1000.0,
                files.media().stream().map(this::document).toList()),
            files.biggest().stream().map(this::document).toList(),
            warnings.stream()
                .map(w -> new WarningLine(w.code().name().toLowerCase(Locale.ROOT), w.message()))
                .toList(),
            document(next)));
  }

  private List<Copy> copies(ProjectEntry project, Files files) {
    List<Copy> copies = new ArrayList<>();
    for (LocalCopy copy : project.local()) {
      String kind = copy.structure() == LocalCopy.Structure.FLAT ? "local" : "archived";
      copies.add(
          copy(
              kind,
              Optional.empty(),
              copy.path(),
              Optional.of(copy.totals()),
              catalog.updatedAt(),
              Optional.empty()));
    }
    for (SsdCopy copy : project.ssd()) {
      copies.add(
          copy(
              "ssd",
              Optional.of(copy),
              copy.path(),
              copy.totals(),
              copy.seenAt(),
              copy.verifiedAt()));
    }
    for (CloudCopy copy : project.cloud()) {
      copies.add(inCloud(copy, Optional.ofNullable(files.archives().get(copy.key()))));
    }
    return copies;
  }

  private Copy copy(
      String kind,
      Optional<SsdCopy> ssd,
      String path,
      Optional<TreeTotals> totals,
      Optional<Instant> seenAt,
      Optional<Instant> verifiedAt) {
    return new Copy(
        kind,
        ssd.flatMap(SsdCopy::drive).map(DriveId::value).orElse(null),
        ssd.map(catalog::driveName).orElse(null),
        path,
        totals.map(TreeTotals::bytes).orElse(null),
        totals.map(TreeTotals::files).orElse(null),
        totals.map(TreeTotals::heavyFiles).orElse(null),
        totals.map(TreeTotals::heavyBytes).orElse(null),
        totals.map(TreeTotals::lightFiles).orElse(null),
        totals.map(t -> t.bytes() - t.heavyBytes()).orElse(null),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        text(seenAt),
        text(verifiedAt));
  }

  private Copy inCloud(CloudCopy copy, Optional<ArchiveContent> content) {
    Optional<Amount> price = price(copy);
    return new Copy(
        "s3",
        null,
        null,
        copy.key(),
        copy.bytes().isPresent() ? copy.bytes().getAsLong() : null,
        content
            .map(ArchiveContent::files)
            .or(() -> copy.content().map(CloudCopy.Content::files))
            .orElse(null),
        content.map(ArchiveContent::heavyFiles).orElse(null),
        content.map(ArchiveContent::heavyBytes).orElse(null),
        content.map(all -> all.files() - all.heavyFiles()).orElse(null),
        content.map(all -> all.bytes() - all.heavyBytes()).orElse(null),
        copy.frozen() ? "GLACIER" : "STANDARD",
        copy.storageClass().orElse(null),
        text(copy.uploadedAt()),
        copy.thaw().map(thaw -> thaw.state().name().toLowerCase(Locale.ROOT)).orElse(null),
        text(copy.thaw().flatMap(CloudThaw::readyBy)),
        text(copy.thaw().flatMap(CloudThaw::expiresAt)),
        price.map(monthly -> monthly.usd().setScale(4, RoundingMode.UP).doubleValue()).orElse(null),
        price
            .filter(Amount::confirmed)
            .flatMap(Amount::oldest)
            .map(YearMonth::toString)
            .orElse(null),
        content.map(this::compared).orElse(null),
        text(copy.seenAt()),
        text(copy.verifiedAt()));
  }

  private List<InArchive> compared(ArchiveContent content) {
    return content.beside().stream()
        .filter(one -> there.holds(one.copy()))
        .map(one -> new InArchive(place(one.copy()), one.files(), one.missing(), one.otherSize()))
        .toList();
  }

  private void compared(InArchive one) {
    long not = one.missing() + one.otherSize();
    String of = one.place().equals("here") ? "the folder here" : one.place();
    console.line(
        "      "
            + Printable.of(
                not == 0
                    ? "has all of " + of + ", by names and sizes"
                    : Counts.of(not, "file")
                        + " of "
                        + of
                        + (not == 1 ? " is" : " are")
                        + " not in it, or of another size"));
  }

  private Optional<Amount> price(CloudCopy copy) {
    Optional<PricedClass> in =
        copy.storageClass().isPresent()
            ? PricedClass.named(copy.storageClass().get())
            : Optional.of(copy.frozen() ? PricedClass.DEEP_ARCHIVE : PricedClass.STANDARD);
    return in.isEmpty() || copy.bytes().isEmpty()
        ? Optional.empty()
        : prices.map(known -> known.storage(in.get(), copy.bytes().getAsLong(), 1));
  }

  /// `$0.63 a month`, with what it rests on.
  private String price(Copy copy) {
    return (copy.monthlyUsd() < 0.01
            ? "less than $0.01"
            : String.format(Locale.ROOT, "$%.2f", copy.monthlyUsd()))
        + " a month for storage ("
        + (copy.priceAsOf() == null ? "not confirmed" : "AWS's list price of " + copy.priceAsOf())
        + ")";
  }

  private void copy(Copy copy) {
    String where =
        switch (copy.kind()) {
          case "ssd" -> copy.driveName() + ": " + copy.path();
          case "s3" -> (copy.tier().equals("GLACIER") ? "Glacier: " : "S3: ") + copy.path();
          default -> "here: " + copy.path() + "/";
        };
    console.line("  " + Printable.of(where));
    List<String> amount = new ArrayList<>();
    if (copy.files() != null) {
      amount.add(Counts.of(copy.files(), "file"));
    }
    amount.add(copy.sizeBytes() == null ? "size not known" : Sizes.of(copy.sizeBytes()));
    if (copy.heavyFiles() != null) {
      amount.add(
          copy.heavyFiles()
              + " heavy ("
              + Sizes.of(copy.heavyBytes())
              + "), "
              + copy.lightFiles()
              + " light ("
              + Sizes.of(copy.lightBytes())
              + ")");
    }
    if (copy.monthlyUsd() != null) {
      amount.add(price(copy));
    }
    console.line("      " + String.join(", ", amount));
    boolean here = copy.kind().equals("local") || copy.kind().equals("archived");
    console.line(
        "      "
            + (copy.uploadedAt() == null ? "" : "stored " + ago(copy.uploadedAt()) + ", ")
            + "seen "
            + ago(copy.seenAt())
            + (here ? "" : ", verified " + ago(copy.verifiedAt())));
    Optional.ofNullable(copy.compared()).ifPresent(all -> all.forEach(this::compared));
    thaw(copy);
  }

  private void thaw(Copy copy) {
    if ("in_progress".equals(copy.thaw())) {
      console.line(
          "      thawing"
              + (copy.thawReadyBy() == null
                  ? ""
                  : ", typically ready by " + Moments.of(Instant.parse(copy.thawReadyBy()), zone)));
    } else if ("ready".equals(copy.thaw())) {
      console.line(
          "      thawed, can be read"
              + (copy.thawExpiresAt() == null
                  ? ""
                  : " until " + Moments.of(Instant.parse(copy.thawExpiresAt()), zone)));
    }
  }

  private String ago(String instant) {
    return instant == null ? "never" : Ages.ago(Instant.parse(instant), now);
  }

  private void media(Files files) {
    if (files.media().isEmpty()) {
      return;
    }
    Map<String, Integer> kinds = new TreeMap<>();
    files.media().stream()
        .map(file -> FileFacts.kind(file.facts()))
        .filter(kind -> !kind.isEmpty())
        .forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    String most =
        kinds.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_KINDS)
            .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
            .collect(Collectors.joining(", "));
    console.line(
        "Recordings: "
            + files.media().size()
            + ", "
            + FileFacts.clock(files.length())
            + " in all"
            + (most.isEmpty() ? "" : "; " + most)
            + (kinds.size() > MOST_KINDS ? ", …" : ""));
  }

  private void biggest(Files files) {
    if (files.biggest().isEmpty()) {
      return;
    }
    console.line("Biggest files:");
    for (Index.FoundFile file : files.biggest()) {
      console.line(
          "  "
              + Printable.of(file.name())
              + "  "
              + FileFacts.of(file)
              + "  "
              + console.style().faint(Printable.of(String.join(", ", places(file)))));
    }
  }

  /// `here`, a drive's name, `S3`, or that it is not where it was.
  private List<String> places(Index.FoundFile file) {
    List<String> words =
        file.places().stream().filter(there::holds).map(this::place).distinct().toList();
    return words.isEmpty() ? List.of("moved or gone since it was read") : words;
  }

  private String place(Index.Where where) {
    return switch (where.place().kind()) {
      case LOCAL -> "here";
      case ARCHIVED -> "archived/";
      case SSD -> driveName(where.place().drive());
      case S3 -> CloudTier.words(catalog, where.place());
    };
  }

  private String driveName(String drive) {
    return catalog.drives().values().stream()
        .filter(known -> known.id().value().equals(drive))
        .findFirst()
        .map(known -> known.name())
        .orElse(drive);
  }

  private void next(Proposal next) {
    String what =
        switch (next) {
          case Proposal.Stay _ -> "stays where it is";
          case Proposal.Move move ->
              move.step().words()
                  + move.from()
                      .map(
                          at ->
                              move.isDue(now)
                                  ? ", due since " + day(at)
                                  : ", from " + day(at) + " on")
                      .orElse("");
        };
    console.line("Next: " + what + ": " + next.reason());
  }

  private static String day(Instant at) {
    return at.toString().substring(0, 10);
  }

  private static String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }

  private static Staged document(StagedFiles staged) {
    return new Staged(staged.files(), staged.bytes());
  }

  private FileLine document(Index.FoundFile file) {
    MediaFacts facts = file.facts();
    return new FileLine(
        file.name(),
        file.sizeBytes(),
        facts.duration().map(duration -> duration.toMillis() / 1000.0).orElse(null),
        facts.size().map(MediaFacts.PictureSize::width).orElse(null),
        facts.size().map(MediaFacts.PictureSize::height).orElse(null),
        facts.codec().orElse(null),
        file.sha256().orElse(null),
        file.places().stream().anyMatch(there::holds) ? places(file) : List.of());
  }

  private Next document(Proposal next) {
    return switch (next) {
      case Proposal.Stay stay -> new Next(null, null, false, stay.reason());
      case Proposal.Move move ->
          new Next(
              move.step().name().toLowerCase(Locale.ROOT),
              text(move.from()),
              move.isDue(now),
              move.reason());
    };
  }
}
