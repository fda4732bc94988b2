package dev.vat.cli;

import dev.vat.cost.Amount;
import dev.vat.cost.Scenarios;
import java.math.BigDecimal;
import java.util.List;

/// What an estimate says, bit by bit, as a document (docs/formats/estimate.schema.json).
final class EstimateDocument {
  Bill allStandard;
  Bill allDeepArchive;
  Mixture hybrid;
  Mixture today;
  List<Month> months;
  List<Use> sharing;

  record Bill(long bytes, BigDecimal monthlyUsd, BigDecimal annualUsd) {
    static Bill of(long bytes, Amount amount) {
      return new Bill(bytes, amount.cents(), amount.yearly());
    }
  }

  record Mixture(
      long ssdBytes, Bill standard, Bill frozen, BigDecimal monthlyUsd, BigDecimal annualUsd) {
    static Mixture of(Scenarios.Split split, Scenarios scenarios) {
      Bill standard = Bill.of(split.standard().bytes(), scenarios.standard());
      Bill frozen = Bill.of(split.frozen().bytes(), scenarios.frozen());
      return new Mixture(
          split.ssd().bytes(),
          standard,
          frozen,
          standard.monthlyUsd().add(frozen.monthlyUsd()),
          standard.annualUsd().add(frozen.annualUsd()));
    }
  }

  record Month(
      String month,
      long standardBytes,
      long frozenBytes,
      BigDecimal storageUsd,
      BigDecimal movesUsd,
      BigDecimal totalUsd) {}

  record Use(
      String name,
      long sharedBytes,
      long downloadedBytes,
      BigDecimal storageUsd,
      BigDecimal requestsUsd,
      BigDecimal downloadUsd,
      BigDecimal totalUsd) {}

  record Document(
      String region,
      String pricesAsOf,
      boolean pricesConfirmed,
      Bill allStandard,
      Bill allDeepArchive,
      Mixture hybrid,
      Mixture today,
      List<Month> months,
      List<Use> sharing) {}

  Document of(String region, String pricesAsOf, boolean pricesConfirmed) {
    return new Document(
        region,
        pricesAsOf,
        pricesConfirmed,
        allStandard,
        allDeepArchive,
        hybrid,
        today,
        months,
        sharing);
  }
}
