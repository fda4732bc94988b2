package dev.vat.cli;

import dev.vat.cost.Amount;
import dev.vat.cost.BackupCost;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.Backup;
import dev.vat.lifecycle.BackupPlan;
import dev.vat.project.Sizes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// What backing projects up is going to take, in money and time.
final class BackupOutlook {
  /// The table of contents, and the light files.
  private static final int MOST_BESIDE = 2;

  private final Optional<Prices> prices;
  private final OptionalLong limitRate;
  private OptionalLong measuredRate;
  private Optional<BackupCost> together = Optional.empty();
  private int counted;
  private boolean allKnown = true;

  /// @param prices that hold; empty when they are not known
  /// @param limitRate bytes a second
  /// @param measuredRate the same of an earlier backup to that server
  BackupOutlook(Optional<Prices> prices, OptionalLong limitRate, OptionalLong measuredRate) {
    this.prices = prices;
    this.limitRate = limitRate;
    this.measuredRate = measuredRate;
  }

  /// How fast the project before went: the next one is on the same line.
  ///
  /// @param rate bytes a second
  void measured(long rate) {
    measuredRate = OptionalLong.of(rate);
  }

  /// Of one that is to be sent, in a line for people.
  ///
  /// @param facts gets the same for programs
  String of(BackupPlan.Store store, Map<String, Object> facts) {
    Optional<BackupCost> cost = prices.map(at -> cost(at, store));
    counted++;
    allKnown &= cost.isPresent();
    together =
        together.isPresent() && cost.isPresent()
            ? Optional.of(together.get().plus(cost.get()))
            : together.or(() -> cost);
    cost.ifPresent(
        c -> {
          facts.put("monthly_usd", c.perMonth().usd().doubleValue());
          facts.put("requests_usd", c.requests().usd().doubleValue());
          facts.put("prices_confirmed", c.confirmed());
        });
    long bytes = store.bytes() + store.lightBytes();
    OptionalLong rate = rate();
    if (rate.isPresent()) {
      facts.put("estimated_seconds", Math.ceilDiv(bytes, rate.getAsLong()));
    }
    return "  takes: "
        + cost.map(BackupOutlook::words)
            .orElse("money that is not known (no prices of this server or region at hand)")
        + "; "
        + (rate.isPresent()
            ? "about "
                + Durations.of(Duration.ofSeconds(Math.ceilDiv(bytes, rate.getAsLong())))
                + " at "
                + Sizes.of(rate.getAsLong())
                + "/s"
                + (limitRate.isPresent() ? "" : ", as fast as the last one")
            : "how long is not known before something was sent (--limit-rate sets a rate)");
  }

  private static BackupCost cost(Prices at, BackupPlan.Store store) {
    return BackupCost.of(
        at,
        store.bytes(),
        Backup.partBytes(store.bytes()),
        store.lightBytes(),
        store.lightFiles() > 0 ? MOST_BESIDE : 1);
  }

  /// The slower of what is allowed and what was measured.
  private OptionalLong rate() {
    return LongStream.concat(limitRate.stream(), measuredRate.stream()).min();
  }

  private static String words(BackupCost cost) {
    return Dollars.of(cost.perMonth())
        + " a month in S3 Standard, "
        + Dollars.of(cost.requests())
        + " once for requests"
        + (cost.confirmed() ? "" : " (some prices not confirmed)");
  }

  /// Of one that is there and has no table of contents beside it, so that it has to be proven
  /// first.
  ///
  /// @param facts gets the same for programs
  Optional<String> of(BackupPlan.Compare compare, Map<String, Object> facts) {
    if (compare.archive().tocBeside().isPresent()) {
      return Optional.empty();
    }
    long bytes = compare.archive().object().sizeBytes();
    Optional<Amount> leaving = prices.map(at -> at.download(bytes, 0));
    leaving.ifPresent(
        amount -> {
          facts.put("download_usd", amount.usd().doubleValue());
          facts.put("prices_confirmed", amount.confirmed());
        });
    boolean always = compare.archive().facts().crc32().isEmpty();
    return Optional.of(
        "  no table of contents is beside it: "
            + (always
                ? "this server keeps no checksum of it, so all of it is read from S3 ("
                : "it is made once more from the folder to prove it, and where that gives other"
                    + " bytes, all of it is read from S3 (")
            + Sizes.of(bytes)
            + leaving.map(amount -> ", " + Dollars.of(amount) + " for leaving Amazon").orElse("")
            + ")");
  }

  /// Of one that is downloaded whole to be proven, after it was stored or compared.
  ///
  /// @param bytes of the archive, about
  /// @param facts gets the same for programs
  String ofProving(long bytes, boolean asked, Map<String, Object> facts) {
    Optional<Amount> leaving = prices.map(at -> at.download(bytes, 0));
    leaving.ifPresent(
        amount -> {
          facts.put("download_usd", amount.usd().doubleValue());
          facts.merge(
              "prices_confirmed",
              amount.confirmed(),
              (before, now) -> (Boolean) before && (Boolean) now);
        });
    return "  proven by "
        + (asked ? "--verify full" : "reading it, as S3 keeps no checksum of it")
        + ": all of it is downloaded ("
        + Sizes.of(bytes)
        + leaving.map(amount -> ", " + Dollars.of(amount) + " for leaving Amazon").orElse("")
        + ")";
  }

  /// All that were told together; empty when that says no more.
  Optional<String> together() {
    return counted > 1 && allKnown
        ? together.map(cost -> "Together: " + words(cost) + ".")
        : Optional.empty();
  }

  /// The names that it may put, for programs: each document has them all.
  static Map<String, Object> unknown() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("monthly_usd", null);
    facts.put("requests_usd", null);
    facts.put("download_usd", null);
    facts.put("prices_confirmed", null);
    facts.put("estimated_seconds", null);
    return facts;
  }
}
