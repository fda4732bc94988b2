package dev.vat.cli;

import dev.vat.cloud.OpenUpload;
import dev.vat.cost.Amount;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.Orphan;
import dev.vat.lifecycle.OrphanSearch;
import dev.vat.lifecycle.UnfinishedUploads;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What lies unused in S3, with what it costs a month: for `vat cloud clean` and `vat verify
/// --place s3`, for people and for programs.
final class LeftoverReport {
  /// For people; programs get all.
  private static final int MOST_LINES = 20;

  private final Console console;
  private final Optional<Prices> prices;
  private final Instant now;
  private final Map<String, Leftovers.Upload> uploads = new LinkedHashMap<>();
  private final Map<String, Leftovers.Lone> orphans = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private long moreUploads;
  private long moreOrphans;
  private long moreOrphanBytes;
  private Amount monthly = Amount.NOTHING;
  private boolean allPriced = true;
  private int quiet;

  /// @param prices that hold; empty when they are not known
  LeftoverReport(Console console, Optional<Prices> prices, Instant now) {
    this.console = console;
    this.prices = prices;
    this.now = now;
  }

  /// Why something is not known.
  void remark(String text) {
    remarks.add(text);
    console.warning(Printable.of(text));
  }

  /// An upload, and what is going to happen to it.
  ///
  /// @param action `abort`, or `stay`
  void upload(LeftoverPlace place, UnfinishedUploads.One one, String action, String message) {
    OpenUpload upload = one.upload();
    Optional<Amount> cost =
        one.bytes().isEmpty()
            ? Optional.empty()
            : priced(PricedClass.STANDARD, one.bytes().getAsLong(), 0);
    count(cost);
    uploads.put(
        upload.uploadId(),
        new Leftovers.Upload(
            place.what(),
            place.store().bucket(),
            upload.key(),
            upload.uploadId(),
            place.project().apply(upload.key()).map(ProjectId::value).orElse(null),
            upload.initiatedAt().toString(),
            upload.initiator(),
            one.ours(),
            one.bytes().isPresent() ? one.bytes().getAsLong() : null,
            Leftovers.usd(cost),
            Leftovers.confirmed(cost),
            action,
            message));
    line(
        action,
        "upload to "
            + Printable.of(place.address(upload.key()))
            + " - begun "
            + age(upload.initiatedAt())
            + " ago by "
            + (one.ours()
                ? "this computer"
                : upload.initiator().isEmpty() ? "somebody" : Printable.of(upload.initiator()))
            + ", "
            + (one.bytes().isEmpty()
                ? "its size so far is not told"
                : Sizes.of(one.bytes().getAsLong()) + " so far")
            + words(cost)
            + because(message));
  }

  private static String because(String message) {
    return message.isEmpty() ? "" : "; " + Printable.of(message);
  }

  /// An object, and what is going to happen to it.
  ///
  /// @param action `remove`, or `stay`
  void orphan(LeftoverPlace place, Orphan orphan, String action, String message) {
    Optional<Amount> cost =
        PricedClass.named(orphan.object().storageClass().word())
            .flatMap(in -> priced(in, orphan.object().sizeBytes(), 1));
    count(cost);
    orphans.put(
        orphan.object().key(),
        new Leftovers.Lone(
            place.store().bucket(),
            orphan.object().key(),
            orphan.kind().name().toLowerCase(Locale.ROOT),
            orphan.project().map(ProjectId::value).orElse(null),
            orphan.ours(),
            orphan.object().sizeBytes(),
            orphan.object().storageClass().word(),
            orphan.object().lastModified().toString(),
            Leftovers.usd(cost),
            Leftovers.confirmed(cost),
            action,
            message));
    line(
        action,
        Printable.of(place.address(orphan.object().key()))
            + " - "
            + kind(orphan)
            + ", "
            + Sizes.of(orphan.object().sizeBytes())
            + words(cost)
            + because(message));
  }

  private static String kind(Orphan orphan) {
    return switch (orphan.kind()) {
      case TOC -> "a table of contents whose archive is gone";
      case LIGHT -> "light files whose archive is gone";
      case UNKNOWN_PROJECT -> "an archive of a project that is not known here";
      case NO_ARCHIVE -> "no archive, by its name";
    };
  }

  private Optional<Amount> priced(PricedClass in, long bytes, long objects) {
    return prices.map(at -> at.storage(in, bytes, objects));
  }

  private void count(Optional<Amount> cost) {
    monthly = cost.map(monthly::plus).orElse(monthly);
    allPriced &= cost.isPresent();
  }

  private static String words(Optional<Amount> cost) {
    return cost.map(c -> ", " + Dollars.of(c) + " a month").orElse("");
  }

  private String age(Instant begun) {
    Duration age = Duration.between(begun, now);
    return Durations.of(age.isNegative() ? Duration.ZERO : age);
  }

  private void line(String action, String text) {
    boolean stays = action.equals("stay");
    if (stays && ++quiet > MOST_LINES) {
      return;
    }
    console.line("  " + console.style().sign(stays ? Symbol.SAME : Symbol.NEXT) + " " + text);
  }

  /// What was too much to look at one by one.
  void more(long ofUploads, OrphanSearch.Found ofOrphans) {
    moreUploads += ofUploads;
    moreOrphans += ofOrphans.more();
    moreOrphanBytes += ofOrphans.moreBytes();
  }

  /// Ends the list: how much it is together.
  void listed() {
    if (quiet > MOST_LINES) {
      console.line("  and " + (quiet - MOST_LINES) + " more that stay (all with --json)");
    }
    if (moreUploads > 0) {
      console.line("  and " + Counts.of(moreUploads, "more unfinished upload") + " of others");
    }
    if (moreOrphans > 0) {
      console.line(
          "  and up to "
              + Counts.of(moreOrphans, "more object")
              + " ("
              + Sizes.of(moreOrphanBytes)
              + ") that were not looked at one by one");
    }
    if (isEmpty()) {
      if (remarks.isEmpty()) {
        console.line("  nothing lies unused in S3: no unfinished upload, no orphan");
      }
      return;
    }
    console.line(
        "  together: "
            + Counts.of(uploads.size(), "unfinished upload")
            + ", "
            + Counts.of(orphans.size(), "orphan")
            + (prices.isEmpty()
                ? "; what they cost is not known: no prices of this server or region at hand"
                : ", "
                    + Dollars.of(monthly)
                    + " a month"
                    + (allPriced ? "" : " as far as it is known")
                    + (monthly.confirmed() ? "" : " (some prices not confirmed)")));
    about();
  }

  /// What is the same for all of one kind.
  private void about() {
    if (moreUploads > 0 || uploads.values().stream().anyMatch(upload -> !upload.ours())) {
      console.line("  " + LeftoverWords.ABOUT_OTHERS);
    }
  }

  /// Whether there is nothing at all.
  boolean isEmpty() {
    return uploads.isEmpty() && orphans.isEmpty() && moreUploads == 0 && moreOrphans == 0;
  }

  /// What became of an upload.
  void done(OpenUpload upload, Symbol symbol, String action, String message) {
    uploads.computeIfPresent(upload.uploadId(), (_, line) -> line.as(action, message));
    outcome(symbol, upload.key(), message);
  }

  /// What became of an object.
  void done(Orphan orphan, Symbol symbol, String action, String message) {
    orphans.computeIfPresent(orphan.object().key(), (_, line) -> line.as(action, message));
    outcome(symbol, orphan.object().key(), message);
  }

  private void outcome(Symbol symbol, String key, String message) {
    console.line(
        "  "
            + console.style().sign(symbol)
            + " "
            + Printable.of(key)
            + ": "
            + Printable.of(message));
  }

  /// The same for programs.
  Leftovers leftovers() {
    return new Leftovers(
        List.copyOf(uploads.values()),
        moreUploads,
        List.copyOf(orphans.values()),
        moreOrphans,
        moreOrphanBytes,
        prices.isEmpty() ? null : monthly.usd().doubleValue(),
        prices.isEmpty() ? null : monthly.confirmed() && allPriced,
        List.copyOf(remarks));
  }
}
