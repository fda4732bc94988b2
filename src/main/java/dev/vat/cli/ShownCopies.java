package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.cost.Amount;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.index.ArchiveContent;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Brings together what is known of each copy of a project.
///
/// @param prices that hold for what is in S3; empty when its region is not known, or not AWS's
record ShownCopies(Catalog catalog, Optional<Prices> prices) {
  /// Of every place, first those here.
  ///
  /// @param archives what the index knows of archives in S3, by key
  List<ShownCopy> of(ProjectEntry project, Map<String, ArchiveContent> archives) {
    List<ShownCopy> copies = new ArrayList<>();
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
      copies.add(inCloud(copy, Optional.ofNullable(archives.get(copy.key()))));
    }
    return copies;
  }

  private ShownCopy copy(
      String kind,
      Optional<SsdCopy> ssd,
      String path,
      Optional<TreeTotals> totals,
      Optional<Instant> seenAt,
      Optional<Instant> verifiedAt) {
    return new ShownCopy(
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
        text(verifiedAt),
        text(ssd.flatMap(SsdCopy::damagedAt)));
  }

  private ShownCopy inCloud(CloudCopy copy, Optional<ArchiveContent> content) {
    Optional<Amount> price = price(copy);
    return new ShownCopy(
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
        text(copy.verifiedAt()),
        text(copy.damagedAt()));
  }

  private List<ShownCopy.InArchive> compared(ArchiveContent content) {
    StillThere there = new StillThere(catalog);
    PlaceWords words = new PlaceWords(catalog);
    return content.beside().stream()
        .filter(one -> there.holds(one.copy()))
        .map(
            one ->
                new ShownCopy.InArchive(
                    words.of(one.copy()), one.files(), one.missing(), one.otherSize()))
        .toList();
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

  private static String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }
}
