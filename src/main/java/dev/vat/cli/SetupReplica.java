package dev.vat.cli;

import dev.vat.account.AccessPolicy;
import dev.vat.account.Change;
import dev.vat.account.FoundBucket;
import dev.vat.account.Reading;
import dev.vat.account.ReplicaChange;
import dev.vat.account.ReplicaPlan;
import dev.vat.account.SetupPlan;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Replication;
import dev.vat.cost.PricedClass;
import dev.vat.cost.Prices;
import dev.vat.settings.AccountAccess;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.RepositoryName;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Copies of the archives in another region, made by S3 itself, and what they cost.
final class SetupReplica {
  private static final long PRICED_BYTES = 100 * Prices.GB;

  private SetupReplica() {}

  /// Where copies go.
  ///
  /// @param bucket as typed; empty for one that is named after the archive bucket
  record Target(String region, Optional<String> bucket) {}

  /// Looks, and compares.
  ///
  /// @return to be closed
  static SetupSection section(Invocation invocation, CloudPlaces places, Target target)
      throws IOException {
    ArchivePlace archive = ArchivePlace.required(places.context().settings());
    String region = places.access().region().orElse("us-east-1");
    if (target.region().equals(region)) {
      throw CommandFailure.usage(
          Printable.of(region) + " is the region of the archives themselves",
          "name another one: --replicate "
              + (region.equals("eu-west-1") ? "us-east-1" : "eu-west-1"));
    }
    String repo =
        RepositoryName.of(places.context().settings(), places.context().repository().root())
            .value();
    ReplicaPlan.Wanted wanted =
        ReplicaPlan.Wanted.of(
            repo,
            new AccessPolicy.Place(archive.bucket(), archive.prefix()),
            target.bucket(),
            region,
            target.region());
    S3Access there =
        new S3Access(
            places.access().endpoint(),
            Optional.of(target.region()),
            places.access().keys(),
            places.access().profile());
    List<AutoCloseable> open = new ArrayList<>();
    Runnable closing = () -> open.forEach(SetupReplica::close);
    try {
      AccessPolicies account =
          invocation.services().openPolicies(AccountAccess.policies(places.context().settings()));
      open.add(account);
      ObjectStore source = places.open(invocation, archive.bucket());
      open.add(source);
      ObjectStore copies = invocation.services().openStore(there, wanted.target(), Set.of());
      open.add(copies);
      List<String> remarks = new ArrayList<>();
      List<SetupSection.Step> steps = new ArrayList<>();
      ReplicaPlan plan =
          ReplicaPlan.of(wanted, ReplicaPlan.Found.of(wanted, source.settings(), account));
      if (plan.remarks().isEmpty()) {
        steps.addAll(
            bucket(wanted, places.wanted().getFirst().overTls(), copies.settings(), remarks));
      }
      plan.changes().forEach(change -> steps.add(step(change, wanted, source.settings(), account)));
      remarks.addAll(plan.remarks());
      remarks.addAll(told(invocation, places, target.region()));
      return new SetupSection(
          "replication", "Copies in " + Printable.of(target.region()), steps, remarks, closing);
    } catch (IOException | RuntimeException e) {
      closing.run();
      throw e;
    }
  }

  private static void close(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      throw new IllegalStateException("a connection that cannot be closed", e);
    }
  }

  /// The bucket that is copied to: as private as any other, and with versions, which go as those of
  /// the archives do.
  private static List<SetupSection.Step> bucket(
      ReplicaPlan.Wanted wanted, boolean overTls, BucketSettings copies, List<String> remarks)
      throws IOException {
    String name = wanted.target();
    FoundBucket found = FoundBucket.of(copies);
    SetupPlan plan = SetupPlan.of(new WantedBucket(name, List.of(), overTls), found);
    remarks.addAll(plan.remarks());
    List<Change> changes = new ArrayList<>(plan.changes());
    BucketSettings.Versioning versioning =
        found.region().isEmpty() ? BucketSettings.Versioning.OFF : copies.versioning();
    if (versioning != BucketSettings.Versioning.ON) {
      changes.add(new Change.KeepVersions(versioning));
    }
    if (found.lifecycle() instanceof Reading.Known<LifecycleRules>(var rules)
        && !rules.rules().contains(wanted.versions())) {
      changes.add(new Change.SetRules(rules, List.of(wanted.versions())));
    }
    return changes.stream()
        .map(
            change ->
                new SetupSection.Step(
                    SetupWords.word(change),
                    change instanceof Change.KeepVersions
                        ? List.of(name + ": versions: not kept; kept (S3 copies only so)")
                        : SetupWords.lines(change, copies).stream()
                            .map(line -> name + ": " + line)
                            .toList(),
                    name + ": " + SetupWords.done(change),
                    () -> SetupPlan.apply(change, copies)))
        .toList();
  }

  private static SetupSection.Step step(
      ReplicaChange change,
      ReplicaPlan.Wanted wanted,
      BucketSettings source,
      AccessPolicies account) {
    SetupSection.Doing doing = () -> ReplicaPlan.apply(change, source, account);
    String bucket = wanted.source().bucket();
    return switch (change) {
      case ReplicaChange.KeepVersions _ ->
          new SetupSection.Step(
              "keep_versions",
              List.of(bucket + ": versions of archives: not kept; kept (S3 copies only so)"),
              bucket + ": versions are kept",
              doing);
      case ReplicaChange.ForgetVersions forget ->
          new SetupSection.Step(
              "life_cycle_rules",
              List.of(
                  bucket
                      + ": life cycle rule "
                      + Printable.of(forget.rule().id())
                      + ": missing; \""
                      + RuleWords.of(forget.rule())
                      + "\""),
              bucket + ": 1 life cycle rule set, and read again",
              doing);
      case ReplicaChange.MakeRole _ ->
          new SetupSection.Step(
              "create_role",
              List.of("role " + wanted.role() + ": missing; made, for S3 alone"),
              "the role " + wanted.role() + " is made",
              doing);
      case ReplicaChange.Permit _ ->
          new SetupSection.Step(
              "permit",
              List.of(
                  "role "
                      + wanted.role()
                      + ": may not copy, or more than that; may read the archives and store copies"
                      + " in "
                      + wanted.target()
                      + ", and remove nothing"),
              "the role " + wanted.role() + " may copy",
              doing);
      case ReplicaChange.Copy copy ->
          new SetupSection.Step(
              "replicate",
              copy.rules().stream().map(rule -> bucket + ": " + words(rule, wanted)).toList(),
              bucket + ": what is stored from now on is copied to " + wanted.target(),
              doing);
    };
  }

  private static String words(Replication.Rule rule, ReplicaPlan.Wanted wanted) {
    return "replication rule "
        + Printable.of(rule.id())
        + ": "
        + (rule.filter().tags().isEmpty() ? "everything" : "archives")
        + (rule.filter().prefix().isEmpty() ? "" : " below " + Printable.of(rule.filter().prefix()))
        + " is copied to "
        + wanted.target()
        + rule.storageClass().map(to -> ", in " + to).orElse("");
  }

  private static List<String> told(Invocation invocation, CloudPlaces places, String region)
      throws IOException {
    return List.of(
        price(
            PriceFiles.of(invocation).in(places.context().settings()),
            PriceFiles.of(invocation).book().in(region),
            region),
        "S3 copies what is stored from now on. What is there already, and what is frozen, is not"
            + " copied: store it anew, or use S3 Batch Replication.",
        "With versions, what vat freeze or another upload replaces costs on for 30 days; the life"
            + " cycle rule freezes without leaving one.");
  }

  /// What it costs, in a sentence.
  private static String price(Optional<Prices> here, Optional<Prices> there, String region) {
    if (here.flatMap(p -> p.replicating(PRICED_BYTES)).isEmpty() || there.isEmpty()) {
      return "What copying to "
          + Printable.of(region)
          + " costs is not known: no prices of this server or these regions at hand.";
    }
    var moving = here.get().replicating(PRICED_BYTES).get();
    var keeping = there.get().storage(PricedClass.DEEP_ARCHIVE, PRICED_BYTES, 1);
    var storing = there.get().puts(PricedClass.DEEP_ARCHIVE, 1_000);
    return "100 GB cost "
        + Dollars.of(moving)
        + " once to copy"
        + Dollars.basis(moving)
        + ", "
        + Dollars.of(storing)
        + " for each 1,000 archives, and "
        + Dollars.of(keeping)
        + " a month in Deep Archive there"
        + Dollars.basis(keeping)
        + ".";
  }
}
