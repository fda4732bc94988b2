package dev.vat.cli;

import dev.vat.account.AuditChange;
import dev.vat.account.AuditPlan;
import dev.vat.account.Change;
import dev.vat.account.FoundBucket;
import dev.vat.account.SetupPlan;
import dev.vat.account.TrailPolicy;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.ObjectStore;
import dev.vat.cost.Prices;
import dev.vat.settings.AccountAccess;
import dev.vat.settings.RepositoryName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A trail of who writes and removes below the prefixes, with the bucket that it goes to, and what
/// that costs.
final class SetupAudit {
  /// Each part of an upload is one: a backup of 100 GB has about so many.
  private static final long WRITES_OF_100_GB = 9_400;

  private static final long PRICED_WRITES = 100_000;

  private SetupAudit() {}

  /// What it costs, in a sentence.
  ///
  /// @param prices empty where none are known
  static String price(Optional<Prices> prices) {
    return prices
        .flatMap(
            p ->
                p.audited(PRICED_WRITES)
                    .flatMap(
                        all ->
                            p.audited(WRITES_OF_100_GB)
                                .map(
                                    one ->
                                        "CloudTrail takes "
                                            + Dollars.of(all)
                                            + " for 100,000 writes and removals"
                                            + Dollars.basis(all)
                                            + "; a backup of 100 GB is some 9,400 of them, "
                                            + Dollars.of(one)
                                            + ". Its log costs what it takes in S3 Standard.")))
        .orElse(
            "What CloudTrail takes for each write and removal is not known: no prices of this server"
                + " or region at hand.");
  }

  /// Looks, and compares.
  ///
  /// @return to be closed
  static SetupSection section(Invocation invocation, CloudPlaces places) throws IOException {
    String repo =
        RepositoryName.of(places.context().settings(), places.context().repository().root())
            .value();
    String region = places.access().region().orElse("us-east-1");
    AuditPlan.Wanted wanted = AuditPlan.Wanted.of(repo, places.wanted(), region);
    AuditTrails trails =
        invocation.services().openTrails(AccountAccess.trails(places.context().settings()));
    ObjectStore store;
    try {
      store = places.open(invocation, wanted.bucket());
    } catch (IOException | RuntimeException e) {
      trails.close();
      throw e;
    }
    Runnable closing =
        () -> {
          store.close();
          trails.close();
        };
    try {
      BucketSettings log = store.settings();
      FoundBucket found = FoundBucket.of(log);
      boolean overTls = places.wanted().getFirst().overTls();
      SetupPlan bucket = SetupPlan.of(new WantedBucket(wanted.bucket(), List.of(), overTls), found);
      AuditPlan plan =
          AuditPlan.of(
              wanted,
              trails.find(wanted.trail()),
              found.policy(),
              new TrailPolicy(wanted.bucket(), region, trails.account(), wanted.trail()));
      List<SetupSection.Step> steps = new ArrayList<>();
      // Whose trail it is not, has no bucket of ours.
      if (!plan.changes().isEmpty() || plan.remarks().isEmpty()) {
        bucket.changes().forEach(change -> steps.add(step(change, wanted.bucket(), log)));
      }
      plan.changes().forEach(change -> steps.add(step(change, wanted, trails, log)));
      List<String> remarks = new ArrayList<>(plan.remarks());
      remarks.addAll(bucket.remarks());
      remarks.add(price(PriceFiles.of(invocation).in(places.context().settings())));
      return new SetupSection(
          "audit", "Who writes and removes (AWS CloudTrail)", steps, remarks, closing);
    } catch (IOException | RuntimeException e) {
      closing.run();
      throw e;
    }
  }

  private static SetupSection.Step step(Change change, String bucket, BucketSettings log) {
    return new SetupSection.Step(
        SetupWords.word(change),
        SetupWords.lines(change, log).stream().map(line -> bucket + ": " + line).toList(),
        bucket + ": " + SetupWords.done(change),
        () -> SetupPlan.apply(change, log));
  }

  private static SetupSection.Step step(
      AuditChange change, AuditPlan.Wanted wanted, AuditTrails trails, BucketSettings log) {
    SetupSection.Doing doing = () -> AuditPlan.apply(change, trails, log);
    String trail = "trail " + wanted.trail();
    return switch (change) {
      case AuditChange.LetIn _ ->
          new SetupSection.Step(
              "let_cloudtrail_in",
              List.of(
                  wanted.bucket()
                      + ": CloudTrail cannot write there; may (two statements in its policy, for"
                      + " this trail alone)"),
              wanted.bucket() + ": CloudTrail may write",
              doing);
      case AuditChange.Create _ ->
          new SetupSection.Step(
              "create_trail",
              List.of(trail + ": missing; made, its log goes to s3://" + wanted.bucket()),
              "the " + trail + " is made",
              doing);
      case AuditChange.Watch watch ->
          new SetupSection.Step(
              "watch",
              List.of(
                  trail
                      + ": "
                      + watch
                          .now()
                          .filter(now -> !now.isEmpty())
                          .map(now -> "logs " + String.join(", ", now) + "; ")
                          .orElse("")
                      + "is to log writes and removals of "
                      + String.join(", ", wanted.objects().stream().sorted().toList())),
              "the " + trail + " logs writes and removals",
              doing);
      case AuditChange.Start _ ->
          new SetupSection.Step(
              "start_trail", List.of(trail + ": off; on"), "the " + trail + " is on", doing);
    };
  }
}
