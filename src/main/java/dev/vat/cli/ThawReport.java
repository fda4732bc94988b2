package dev.vat.cli;

import dev.vat.catalog.ThawNote;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.CloudArchive;
import dev.vat.lifecycle.ThawStanding;
import dev.vat.lifecycle.Thawing;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.state.RememberedThaw;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is printed of thaws: what they cost by each tier, what S3 said, and how they stand.
final class ThawReport {
  private final Console console;
  private final ArchiveAccess access;
  private final ThawRun.Wishes wishes;
  private final Instant now;
  private final Optional<Prices> prices;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final ThawOffer offer;
  private final Map<String, ExitCode> codes = new LinkedHashMap<>();
  private final Set<String> hints = new LinkedHashSet<>();

  /// @param prices that hold; empty when they are not known
  ThawReport(
      Console console,
      ArchiveAccess access,
      ThawRun.Wishes wishes,
      Instant now,
      Optional<Prices> prices) {
    this.console = console;
    this.access = access;
    this.wishes = wishes;
    this.now = now;
    this.prices = prices;
    this.offer = new ThawOffer(console, prices, wishes.days());
  }

  /// One archive of the document (docs/formats/thaw.schema.json).
  private record Line(
      String project,
      String key,
      Long sizeBytes,
      String storageClass,
      String state,
      String message,
      String readyBy,
      String expiresAt,
      String requestedBy) {}

  private record Document(
      String repo,
      String address,
      boolean dryRun,
      String tier,
      int days,
      String region,
      List<ThawOffer.Tier> tiers,
      List<Line> archives) {}

  void notThere(ProjectId id) {
    hints.add("vat list tells where it is");
    String why = "has no archive in S3";
    add(id.value(), ExitCode.FAILED, line(id.value(), null, null, null, "none", why));
    print(Symbol.FAILED, Printable.of(id.value()) + " - " + why);
  }

  void notOurs(CloudArchive archive) {
    told(
        archive, Symbol.FAILED, ExitCode.CONFLICT, "not_ours", "is " + ArchiveWords.whose(archive));
  }

  /// What it takes to thaw these, by each tier that S3 offers for all of them.
  void offer(List<ThawLook.Looked> frozen) {
    for (ThawLook.Looked one : frozen) {
      String how =
          switch (one.standing()) {
            case ThawStanding.Expired expired ->
                "was thawed, and its days were over before it was fetched (asked for "
                    + Ages.ago(expired.asked().requestedAt(), now)
                    + ")";
            case ThawStanding.NotBegun _ -> "was about to be asked for, and is not under way";
            case ThawStanding.UnderWay _ -> "is under way, and can be made faster";
            case ThawStanding.Frozen _, ThawStanding.Readable _, ThawStanding.Ready _ ->
                "frozen in " + one.archive().object().storageClass();
          };
      told(one.archive(), Symbol.NEXT, ExitCode.THAW, state(one.standing()), how);
    }
    offer.print(frozen);
  }

  /// What S3 said.
  void asked(ThawLook.Looked one, Thawing.Asked asked) {
    switch (asked) {
      case Thawing.Asked.Begun begun -> underWay(one.archive(), begun.readyBy(), null);
      case Thawing.Asked.UnderWay underWay ->
          underWay(
              one.archive(),
              underWay.by().map(ThawNote::readyBy).orElse(null),
              underWay.by().map(ThawNote::requestedBy).orElse(null));
      case Thawing.Asked.Ready ready -> ready(one.archive(), ready.until(), null);
      case Thawing.Asked.NotFrozen _ -> readable(one.archive());
      case Thawing.Asked.NoCapacity _ -> {
        hints.add("ask again later, or by a slower tier: --tier standard");
        told(
            one.archive(),
            Symbol.FAILED,
            ExitCode.THAW,
            "frozen",
            "S3 has no capacity for expedited thaws at the moment; nothing was asked for");
      }
    }
  }

  /// How one stands.
  ///
  /// @param note of who asked, where nobody did here
  void standing(ThawLook.Looked one, Optional<ThawNote> note) {
    CloudArchive archive = one.archive();
    switch (one.standing()) {
      case ThawStanding.Readable _ -> readable(archive);
      case ThawStanding.Frozen _ -> {
        hints.add(ArchiveWords.thaw(archive) + " tells what it costs");
        told(
            archive,
            Symbol.SAME,
            ExitCode.THAW,
            "frozen",
            "frozen in " + archive.object().storageClass() + "; nobody has asked for a thaw");
      }
      case ThawStanding.UnderWay underWay ->
          underWay(
              archive,
              underWay
                  .asked()
                  .map(RememberedThaw::readyBy)
                  .or(() -> note.map(ThawNote::readyBy))
                  .orElse(null),
              note.map(ThawNote::requestedBy).orElse(null));
      case ThawStanding.Ready ready ->
          ready(archive, ready.until(), note.map(ThawNote::requestedBy).orElse(null));
      case ThawStanding.Expired expired -> {
        hints.add(ArchiveWords.thaw(archive) + " tells what it costs again");
        told(
            archive,
            Symbol.WARNING,
            ExitCode.THAW,
            "expired",
            "expired: it was thawed (asked for "
                + Ages.ago(expired.asked().requestedAt(), now)
                + "), and nobody fetched it in time");
      }
      case ThawStanding.NotBegun _ -> {
        hints.add(ArchiveWords.thaw(archive) + " asks again");
        told(
            archive,
            Symbol.WARNING,
            ExitCode.THAW,
            "not_begun",
            "was about to be asked for, and S3 is not at it");
      }
    }
  }

  private void underWay(CloudArchive archive, Instant readyBy, String by) {
    String when = readyBy == null ? "" : ", readable by " + moment(readyBy) + " at the latest";
    String who = by == null ? "" : " (asked for by " + by + ")";
    Line line = line(archive, "in_progress", "is being thawed" + who + when);
    add(
        archive.key(),
        ExitCode.THAW,
        new Line(
            line.project(),
            line.key(),
            line.sizeBytes(),
            line.storageClass(),
            line.state(),
            line.message(),
            readyBy == null ? null : readyBy.toString(),
            null,
            by));
    print(Symbol.DONE, ArchiveWords.nameAndSize(archive) + " - " + Printable.of(line.message()));
  }

  private void ready(CloudArchive archive, Instant until, String by) {
    Line line = line(archive, "ready", "can be read until " + moment(until));
    add(
        archive.key(),
        ExitCode.DONE,
        new Line(
            line.project(),
            line.key(),
            line.sizeBytes(),
            line.storageClass(),
            line.state(),
            line.message(),
            null,
            until.toString(),
            by));
    print(Symbol.DONE, ArchiveWords.nameAndSize(archive) + " - " + line.message());
  }

  private void readable(CloudArchive archive) {
    told(archive, Symbol.SAME, ExitCode.DONE, "readable", "can be read at any time");
  }

  /// Why S3 could not be asked.
  void failed(ThawLook.Looked one, IOException cause) {
    CommandFailure failure = Faults.of(cause);
    hints.add(failure.hint());
    told(
        one.archive(),
        Symbol.FAILED,
        failure.exit() == ExitCode.FAILED ? ExitCode.PARTLY : failure.exit(),
        "failed",
        failure.getMessage());
  }

  /// For programs (docs/formats/thaw.schema.json).
  private static String state(ThawStanding standing) {
    return switch (standing) {
      case ThawStanding.Readable _ -> "readable";
      case ThawStanding.Frozen _ -> "frozen";
      case ThawStanding.UnderWay _ -> "in_progress";
      case ThawStanding.Ready _ -> "ready";
      case ThawStanding.Expired _ -> "expired";
      case ThawStanding.NotBegun _ -> "not_begun";
    };
  }

  private static String moment(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES).toString().replace("T", " ").replace(":00Z", " UTC");
  }

  private void told(
      CloudArchive archive, Symbol symbol, ExitCode code, String state, String message) {
    add(archive.key(), code, line(archive, state, message));
    print(symbol, ArchiveWords.nameAndSize(archive) + " - " + Printable.of(message));
  }

  private static Line line(CloudArchive archive, String state, String message) {
    return line(
        archive.project().value(),
        archive.key(),
        archive.object().sizeBytes(),
        archive.object().storageClass().word(),
        state,
        message);
  }

  private static Line line(
      String project, String key, Long size, String storageClass, String state, String message) {
    return new Line(project, key, size, storageClass, state, message, null, null, null);
  }

  /// What is told last of one counts.
  private void add(String key, ExitCode code, Line line) {
    lines.put(key, line);
    codes.put(key, code);
  }

  static String amount(List<ThawLook.Looked> all) {
    long bytes = all.stream().mapToLong(one -> one.archive().object().sizeBytes()).sum();
    return Counts.of(all.size(), "archive") + " (" + Sizes.of(bytes) + ")";
  }

  private void print(Symbol symbol, String text) {
    console.line("  " + console.style().sign(symbol) + " " + text);
  }

  /// The hints, the document, and how it ended.
  ///
  /// @param all whether every thaw was asked about
  ExitCode end(boolean all) {
    if (all && lines.isEmpty()) {
      console.line("No thaw is known of.");
    }
    hints.stream()
        .filter(hint -> !hint.isEmpty())
        .forEach(hint -> console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + hint));
    console.document(
        "vat.thaw/1",
        new Document(
            access.repo(),
            access.address(access.place().prefix()),
            wishes.dryRun(),
            wishes.tier().word(),
            wishes.days(),
            prices.map(Prices::region).orElse(null),
            offer.tiers(),
            List.copyOf(lines.values())));
    return ExitCode.worst(codes.values());
  }
}
