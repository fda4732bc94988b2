package dev.vat.cli;

import dev.vat.cost.Amount;
import dev.vat.cost.Forecast;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.cost.Scenarios;
import dev.vat.cost.Sharing;
import dev.vat.settings.Limits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What `vat estimate` prints.
final class EstimateReport {
  private static final int LABEL = 18;

  private final Console console;
  private final Prices prices;
  private final EstimateDocument figures = new EstimateDocument();
  private Amount basis = Amount.NOTHING;

  EstimateReport(Console console, Prices prices) {
    this.console = console;
    this.prices = prices;
  }

  /// Three ways to keep it, in the shape that users know.
  ///
  /// @param ages by which the mixture was made; empty when the user said it
  void scenarios(Optional<Limits.AgeRules> ages, Scenarios.Split split) {
    Scenarios scenarios = Scenarios.of(prices, split);
    long all = split.total().bytes();
    figures.allStandard = EstimateDocument.Bill.of(all, scenarios.allStandard());
    figures.allDeepArchive = EstimateDocument.Bill.of(all, scenarios.allDeep());
    figures.hybrid = EstimateDocument.Mixture.of(split, scenarios);
    basis = basis.plus(scenarios.allStandard()).plus(scenarios.allDeep());
    console.line(
        console.style().sign(Symbol.STATUS)
            + " Storage Cost Estimation ("
            + gigabytes(all)
            + "GB total)");
    console.line();
    console.line("Scenario 1: All S3 Standard");
    console.line(whole(figures.allStandard));
    console.line();
    console.line("Scenario 2: All Glacier Deep Archive");
    console.line(whole(figures.allDeepArchive));
    console.line();
    console.line("Scenario 3: Hybrid (Recommended)");
    mixture(
        "SSD (" + ages.map(a -> age(a.backupAfterDays())).orElse("6mo") + "):",
        "Glacier ("
            + ages.map(a -> age(a.backupAfterDays() + a.s3RetentionDays())).orElse("2yr")
            + "+):",
        all,
        figures.hybrid);
  }

  /// What is where now.
  void today(Scenarios.Split split) {
    Scenarios scenarios = Scenarios.of(prices, split);
    figures.today = EstimateDocument.Mixture.of(split, scenarios);
    basis = basis.plus(scenarios.standard()).plus(scenarios.frozen());
    console.line();
    console.line("Today");
    mixture("Not in S3:", "Glacier:", split.total().bytes(), figures.today);
  }

  private static String whole(EstimateDocument.Bill bill) {
    return "  Monthly: $" + bill.monthlyUsd() + " | Annual: $" + bill.annualUsd();
  }

  private void mixture(String ssd, String frozen, long all, EstimateDocument.Mixture mixture) {
    int width = gigabytes(all).length();
    String total =
        part("Total:", all, width, mixture.monthlyUsd())
            + " ($"
            + (mixture.annualUsd().remainder(BigDecimal.ONE).signum() == 0
                ? mixture.annualUsd().setScale(0, RoundingMode.UNNECESSARY)
                : mixture.annualUsd())
            + "/year)";
    console.line(part(ssd, mixture.ssdBytes(), width, BigDecimal.ZERO.setScale(2)));
    console.line(
        part("S3 Standard:", mixture.standard().bytes(), width, mixture.standard().monthlyUsd()));
    console.line(part(frozen, mixture.frozen().bytes(), width, mixture.frozen().monthlyUsd()));
    console.line("  " + "-".repeat(34));
    console.line(total);
  }

  private static String part(String label, long bytes, int width, BigDecimal monthly) {
    String amount = gigabytes(bytes);
    return "  "
        + Columns.padded(label, LABEL)
        + " ".repeat(Math.max(0, width - amount.length()))
        + amount
        + " GB - $"
        + monthly
        + "/mo";
  }

  /// Month by month.
  void forecast(List<Forecast.Month> forecast) {
    figures.months = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    console.line(
        console.style().sign(Symbol.STATUS)
            + " Storage Cost Forecast ("
            + Counts.of(forecast.size(), "month")
            + ")");
    console.line();
    console.line("  month     S3 Standard      Glacier     storage     moves     total");
    for (Forecast.Month month : forecast) {
      basis = basis.plus(month.total());
      BigDecimal total = month.storage().cents().add(month.moves().cents());
      sum = sum.add(total);
      String name = YearMonth.from(month.begin().atZone(ZoneOffset.UTC)).toString();
      figures.months.add(
          new EstimateDocument.Month(
              name,
              month.standardBytes(),
              month.frozenBytes(),
              month.storage().cents(),
              month.moves().cents(),
              total));
      console.line(
          "  %s %11s GB %9s GB %11s %9s %9s"
              .formatted(
                  name,
                  gigabytes(month.standardBytes()),
                  gigabytes(month.frozenBytes()),
                  "$" + month.storage().cents(),
                  "$" + month.moves().cents(),
                  "$" + total));
    }
    console.line();
    console.line(
        "  All months together: $"
            + sum
            + ", when every project moves on as planned and no new one comes.");
  }

  /// What sharing takes.
  void sharing(Optional<LocalDate> accountSince, LocalDate today) {
    figures.sharing = new ArrayList<>();
    console.line(console.style().sign(Symbol.STATUS) + " Sharing through S3, a month");
    console.line();
    console.line("            shared  downloaded    storage  requests  downloads     total");
    for (Sharing use : Sharing.usual()) {
      Sharing.Bill bill = use.bill(prices, accountSince, today);
      basis = basis.plus(bill.total());
      figures.sharing.add(
          new EstimateDocument.Use(
              use.name(),
              use.sharedBytes(),
              use.downloadedBytes(),
              bill.storage().cents(),
              bill.requests().cents(),
              bill.download().cents(),
              bill.total().cents()));
      console.line(
          "  %-8s %5s GB %8s GB %10s %9s %10s %9s"
              .formatted(
                  use.name(),
                  gigabytes(use.sharedBytes()),
                  gigabytes(use.downloadedBytes()),
                  "$" + bill.storage().cents(),
                  "$" + bill.requests().cents(),
                  "$" + bill.download().cents(),
                  "$" + bill.total().cents()));
    }
    console.line();
    console.line("Uploads are free, and 100 GB of downloads a month for the whole account.");
    console.line(freeTier(accountSince, today));
    console.line(
        "There is no one price per GB, such as $0.05: a GB that is shared for a month costs $"
            + plain(prices.storage(PricedClass.STANDARD, Prices.GB, 0))
            + ",");
    console.line(
        "each download of it nothing or $"
            + plain(prices.download(Prices.GB, 100 * Prices.GB))
            + ", so who downloads much pays more, and who cleans up pays less.");
  }

  private static String freeTier(Optional<LocalDate> since, LocalDate today) {
    if (since.isEmpty()) {
      return "Accounts made before "
          + Sharing.FREE_TIER_ENDED
          + " had more free for 12 months; younger ones have credits, not counted here"
          + " (--account-since).";
    }
    if (Sharing.hasFreeTier(since.get(), today)) {
      return "The account's first 12 months: 5 GB, 20,000 reads and 2,000 writes a month are free,"
          + " and left out above.";
    }
    return since.get().isBefore(Sharing.FREE_TIER_ENDED)
        ? "The account's free first 12 months are over."
        : "An account of that age has credits (up to $200) for its first 6 months instead of a free"
            + " tier of S3; they are not counted here.";
  }

  private static String plain(Amount amount) {
    return amount.usd().stripTrailingZeros().toPlainString();
  }

  /// What it rests on, and the document.
  void end() {
    console.line();
    console.line(
        "Prices: AWS "
            + Printable.of(prices.region())
            + ", US dollars without tax, "
            + basis.oldest().map(date -> "list of " + date).orElse("no dated list")
            + (basis.confirmed() ? "." : "; some of them are not confirmed (docs/costs.md)."));
    if (figures.sharing == null) {
      console.line(
          "Not in it: looking, and getting things back. Downloads cost $"
              + plain(prices.download(Prices.GB, 100 * Prices.GB))
              + " per GB after the first 100 GB a month.");
    }
    console.document(
        "vat.estimate/1",
        figures.of(
            prices.region(),
            basis.oldest().map(YearMonth::toString).orElse(null),
            basis.confirmed()));
  }

  /// `100`, `12.5`, `0.42`: binary gigabytes, as on the bill.
  private static String gigabytes(long bytes) {
    BigDecimal gb =
        BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(Prices.GB), 2, RoundingMode.HALF_UP);
    return gb.stripTrailingZeros().scale() <= 0
        ? gb.setScale(0, RoundingMode.UNNECESSARY).toPlainString()
        : gb.toPlainString();
  }

  /// `6mo`, `1yr`: an age of the settings.
  private static String age(int days) {
    int months = Math.round(days / 30f);
    return months > 0 && months % 12 == 0 ? months / 12 + "yr" : months + "mo";
  }
}
