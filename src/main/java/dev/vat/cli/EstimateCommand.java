package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.ProjectEntry;
import dev.vat.cost.Forecast;
import dev.vat.cost.PriceBook;
import dev.vat.cost.Prices;
import dev.vat.cost.Scenarios;
import dev.vat.disk.SmallFile;
import dev.vat.lifecycle.Policy;
import dev.vat.project.Repository;
import dev.vat.settings.Limits;
import dev.vat.settings.Settings;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat estimate`: what keeping projects in the cloud takes, by AWS's list prices. Asks no network,
/// but with `--update-prices`.
@Command(
    footer = {
      "",
      "Without --total, for the projects that the last \"vat manifest\" found. Prices are list",
      "prices without tax; a GB is 1,073,741,824 bytes, as on the bill.",
      "",
      "Examples:",
      "  vat estimate                                    three ways to keep what you have",
      "  vat estimate --months 24                        the next two years, month by month",
      "  vat estimate --total 400GB --split 100,100,200  SSD, S3 Standard, Glacier, in GB",
      "  vat estimate --collab                           what sharing takes"
    })
final class EstimateCommand implements VatCommand {
  private static final String WITHOUT_REGION = "us-east-1";
  private static final int MOST_MONTHS = 240;

  @Option(
      names = "--total",
      paramLabel = "SIZE",
      converter = StorageSizeConverter.class,
      description = "for so much instead of your projects: 400GB, 2TB")
  private Long total;

  @Option(
      names = "--split",
      paramLabel = "SSD,S3,GLACIER",
      description = "how much of --total is where, in GB: 100,100,200")
  private String split;

  @Option(
      names = "--months",
      paramLabel = "N",
      description = "the next N months, with every project moving on as planned")
  private Integer months;

  @Option(names = "--collab", description = "what sharing through S3 takes a month")
  private boolean collab;

  @Option(
      names = "--account-since",
      paramLabel = "DATE",
      description = "with --collab: when the AWS account was made (2026-03-01), for its free tier")
  private LocalDate accountSince;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS's region; AWS_REGION unless told, else " + WITHOUT_REGION)
  private String region;

  @Option(
      names = "--update-prices",
      description = "get the region's present prices from AWS first (public, needs no keys)")
  private boolean updatePrices;

  @Option(
      names = "--price-lists",
      paramLabel = "URL",
      defaultValue = PriceUpdate.AWS,
      description = "with --update-prices: a mirror of AWS's price lists")
  private String priceLists;

  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    check();
    Optional<Repository> repository = CurrentRepository.find(invocation);
    Optional<CurrentRepository> context = repository.map(r -> CurrentRepository.of(invocation, r));
    PriceFiles files = PriceFiles.of(invocation);
    String where = regionOf(context.map(CurrentRepository::settings));
    if (updatePrices) {
      new PriceUpdate(files, priceLists).run(where, invocation);
    }
    Prices prices = prices(files.book(), where);
    EstimateReport report = new EstimateReport(invocation.console(), prices);
    if (collab) {
      LocalDate today =
          invocation.surroundings().clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
      report.sharing(Optional.ofNullable(accountSince), today);
    } else if (total != null) {
      report.scenarios(Optional.empty(), given());
    } else {
      ofProjects(invocation, report, prices);
    }
    report.end();
    return ExitCode.DONE;
  }

  private void check() {
    if (split != null && total == null) {
      throw CommandFailure.usage(
          "--split needs --total", "vat estimate --total 400GB --split 100,100,200");
    }
    if (months != null && (total != null || collab)) {
      throw CommandFailure.usage(
          "--months forecasts your own projects", "leave out --total and --collab");
    }
    if (collab && total != null) {
      throw CommandFailure.usage("--collab and --total are two questions", "ask one of them");
    }
    if (accountSince != null && !collab) {
      throw CommandFailure.usage("--account-since goes with --collab", "add --collab");
    }
    if (months != null && (months < 1 || months > MOST_MONTHS)) {
      throw CommandFailure.usage("--months " + months, "from 1 to " + MOST_MONTHS);
    }
  }

  private String regionOf(Optional<Settings> settings) {
    return region != null ? region : settings.flatMap(PriceFiles::region).orElse(WITHOUT_REGION);
  }

  private static Prices prices(PriceBook book, String region) {
    Optional<Prices> known = book.in(region);
    if (known.isPresent()) {
      return known.get();
    }
    List<String> missing = book.missing(region);
    throw CommandFailure.usage(
        book.regions().contains(region)
            ? "some prices of " + Printable.of(region) + " are not known: " + missing.getFirst()
            : "the prices of " + Printable.of(region) + " are not known",
        "known are: "
            + String.join(", ", book.regions())
            + "; others: vat estimate --region REGION --update-prices, or write them into"
            + " ~/.config/vat/prices.json (docs/costs.md)");
  }

  private Scenarios.Split given() {
    if (split == null) {
      return new Scenarios.Split(held(0), held(0), held(total));
    }
    String[] parts = split.split(",", -1);
    if (parts.length != 3) {
      throw splitFailure("three amounts are needed");
    }
    long[] bytes = new long[3];
    for (int i = 0; i < 3; i++) {
      String part = parts[i].strip();
      if (!part.matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
        throw splitFailure("\"" + Printable.of(part) + "\" is no amount in GB");
      }
      bytes[i] = StorageSizeConverter.gigabytes(part);
    }
    if (bytes[0] + bytes[1] + bytes[2] != total) {
      throw splitFailure("the parts do not add up to --total");
    }
    return new Scenarios.Split(held(bytes[0]), held(bytes[1]), held(bytes[2]));
  }

  private CommandFailure splitFailure(String why) {
    return CommandFailure.usage(
        "--split " + Printable.of(split) + ": " + why,
        "SSD, S3 Standard and Glacier, in GB: --total 400GB --split 100,100,200");
  }

  private static Scenarios.Held held(long bytes) {
    return new Scenarios.Held(bytes, 0);
  }

  private void ofProjects(Invocation invocation, EstimateReport report, Prices prices)
      throws IOException {
    CurrentRepository context = CurrentRepository.require(invocation);
    Catalog catalog = new CatalogFile(context.repository().root(), SmallFile::replace).read();
    Collection<ProjectEntry> projects = catalog.projects().values();
    if (catalog.updatedAt().isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "not_in_manifest",
          "nothing is known of this repository's projects yet",
          "vat manifest looks at what there is; or name an amount: vat estimate --total 400GB");
    }
    Instant now = invocation.surroundings().clock().instant();
    Limits.AgeRules ages = new Limits(context.settings()).ageRules();
    PlannedMoves planned =
        new PlannedMoves(
            new Policy(
                ages.archiveAfterDays(),
                ages.backupAfterDays(),
                ages.ssdRetentionDays(),
                ages.s3RetentionDays()),
            now);
    if (months == null) {
      report.scenarios(Optional.of(ages), planned.split(projects));
      report.today(planned.today(projects));
    } else {
      report.forecast(
          Forecast.of(prices, planned.moves(projects), now, months, PlannedMoves.PART_BYTES));
    }
  }
}
