package dev.vat.cli;

import dev.vat.cloud.ThawTier;
import dev.vat.cost.Amount;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.cost.ThawCost;
import dev.vat.cost.ThawSpeed;
import dev.vat.lifecycle.CloudArchive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What it takes to get frozen archives home, by each tier that S3 offers for all of them.
final class ThawOffer {
  private final Console console;
  private final Optional<Prices> prices;
  private final int days;
  private final List<Tier> tiers = new ArrayList<>();

  /// @param prices that hold; empty when they are not known
  /// @param days for which they are to be readable
  ThawOffer(Console console, Optional<Prices> prices, int days) {
    this.console = console;
    this.prices = prices;
    this.days = days;
  }

  /// All of them together by one tier, for programs (docs/formats/thaw.schema.json).
  record Tier(
      String tier,
      long readyWithinMinutes,
      Double thawingUsd,
      Double copyUsd,
      Double downloadUsd,
      Double totalUsd,
      Boolean confirmed) {}

  /// What was printed.
  List<Tier> tiers() {
    return List.copyOf(tiers);
  }

  void print(List<ThawLook.Looked> frozen) {
    console.line();
    console.line(
        "Thawing " + ThawReport.amount(frozen) + ", readable for " + Counts.of(days, "day") + ":");
    for (ThawTier tier : ThawTier.values()) {
      tier(frozen, tier);
    }
    if (prices.isEmpty()) {
      console.line("  What it costs is not known: no prices of this server or region at hand.");
    }
  }

  private void tier(List<ThawLook.Looked> frozen, ThawTier tier) {
    Duration longest = Duration.ZERO;
    Optional<ThawCost> all = Optional.empty();
    for (ThawLook.Looked one : frozen) {
      Optional<Duration> takes = tier.typicalWait(one.archive().object().storageClass());
      if (takes.isEmpty()) {
        return;
      }
      longest = takes.get().compareTo(longest) > 0 ? takes.get() : longest;
      Optional<ThawCost> cost = cost(one.archive(), tier);
      all = all.isEmpty() ? cost : cost.isEmpty() ? all : Optional.of(sum(all.get(), cost.get()));
    }
    tiers.add(
        new Tier(
            tier.word(),
            longest.toMinutes(),
            all.map(cost -> usd(cost.thawing())).orElse(null),
            all.map(cost -> usd(cost.kept())).orElse(null),
            all.map(cost -> usd(cost.download().plus(cost.requests()))).orElse(null),
            all.map(cost -> usd(cost.total())).orElse(null),
            all.map(cost -> cost.total().confirmed()).orElse(null)));
    console.line(
        "  "
            + String.format(Locale.ROOT, "%-9s", tier.word())
            + " within "
            + (longest.toHours() > 0
                ? Counts.of(longest.toHours(), "hour")
                : Counts.of(longest.toMinutes(), "minute"))
            + all.map(ThawOffer::words).orElse(""));
  }

  private static String words(ThawCost cost) {
    return ": "
        + money(cost.total())
        + " (thawing "
        + money(cost.thawing())
        + ", the readable copy "
        + money(cost.kept())
        + ", download "
        + money(cost.download().plus(cost.requests()))
        + " if nothing of the month's free 100 GB is used up)"
        + (cost.total().confirmed() ? "" : ", some prices not confirmed");
  }

  private Optional<ThawCost> cost(CloudArchive archive, ThawTier tier) {
    ThawSpeed speed =
        switch (tier) {
          case EXPEDITED -> ThawSpeed.EXPEDITED;
          case STANDARD -> ThawSpeed.STANDARD;
          case BULK -> ThawSpeed.BULK;
        };
    Optional<PricedClass> from = PricedClass.named(archive.object().storageClass().word());
    long bytes = archive.object().sizeBytes();
    return prices.isEmpty() || from.isEmpty()
        ? Optional.empty()
        : ThawCost.of(prices.get(), from.get(), speed, bytes, 1, days, bytes, 0);
  }

  private static ThawCost sum(ThawCost one, ThawCost other) {
    return new ThawCost(
        one.thawing().plus(other.thawing()),
        one.kept().plus(other.kept()),
        one.requests().plus(other.requests()),
        one.download().plus(other.download()));
  }

  private static double usd(Amount amount) {
    return amount.usd().doubleValue();
  }

  private static String money(Amount amount) {
    boolean little = amount.usd().signum() > 0 && amount.cents().signum() == 0;
    return little ? "under $0.01" : "$" + amount.cents();
  }
}
