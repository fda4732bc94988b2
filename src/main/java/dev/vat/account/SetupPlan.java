package dev.vat.account;

import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What has to change for a bucket to be as wanted, in the order in which it is done: making it
/// comes first, what protects it next.
///
/// @param changes the steps; none when all is well
/// @param remarks what stays as it is although it differs, what could not be seen, and what rules
///     of others do; sentences for users
public record SetupPlan(WantedBucket wanted, List<Change> changes, List<String> remarks) {
  public SetupPlan {
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /// Compares. Asks nobody.
  public static SetupPlan of(WantedBucket wanted, FoundBucket found) {
    Comparing comparing = new Comparing(wanted, found);
    comparing.all();
    return new SetupPlan(wanted, comparing.changes, comparing.remarks);
  }

  /// Does one step.
  ///
  /// @throws StoreException.Changed when somebody changed meanwhile what the step depends on;
  ///     nothing was written
  public static void apply(Change change, BucketSettings bucket) throws StoreException {
    switch (change) {
      case Change.Create _ -> bucket.create();
      case Change.BlockPublicAccess _ -> bucket.blockPublicAccess();
      case Change.Encrypt _ -> bucket.encrypt();
      case Change.RequireTls tls -> bucket.putPolicy(tls.seen(), tls.policy());
      case Change.KeepVersions _ -> bucket.keepVersions();
      case Change.SetRules set -> bucket.merge(set.seen(), set.rules());
    }
  }

  /// One comparison under way.
  private static final class Comparing {
    private final WantedBucket wanted;
    private final FoundBucket found;
    private final List<Change> changes = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    Comparing(WantedBucket wanted, FoundBucket found) {
      this.wanted = wanted;
      this.found = found;
    }

    void all() {
      if (found.region().isEmpty()) {
        changes.add(new Change.Create());
      }
      on(
          found.publicAccessBlocked(),
          blocked -> blocked ? Optional.empty() : Optional.of(new Change.BlockPublicAccess()));
      on(found.encryption(), this::encryption);
      on(found.policy(), this::policy);
      if (wanted.versions()) {
        on(found.versioning(), this::versions);
      } else if (!wanted.uses().isEmpty()
          && found.versioning() instanceof Reading.Known<BucketSettings.Versioning>(var now)) {
        versionsOfArchives(now);
      }
      on(found.lifecycle(), this::rules);
    }

    private <T> void on(Reading<T> reading, Function<T, Optional<Change>> compare) {
      switch (reading) {
        case Reading.Known<T> known -> compare.apply(known.value()).ifPresent(changes::add);
        case Reading.Hidden<T> hidden -> remarks.add(hidden.why());
      }
    }

    private Optional<Change> encryption(Optional<String> algorithm) {
      algorithm
          .filter(word -> !word.equals("AES256"))
          .ifPresent(
              word ->
                  remarks.add(
                      "New objects are encrypted with "
                          + word
                          + ", which somebody chose: it stays. It costs a little per request, and"
                          + " ETags are no MD5 then."));
      return algorithm.isPresent() ? Optional.empty() : Optional.of(new Change.Encrypt());
    }

    private Optional<Change> policy(Optional<String> policy) {
      if (!wanted.overTls()) {
        remarks.add(
            "The server is reached without TLS (http://), so nothing is set that would refuse that:"
                + " it would lock everybody out.");
        return Optional.empty();
      }
      TlsPolicy tls = TlsPolicy.in(wanted.name(), found.region().map(r -> r.name()).orElse(""));
      return switch (tls.beside(policy)) {
        case TlsPolicy.There _ -> Optional.empty();
        case TlsPolicy.Added added -> Optional.of(new Change.RequireTls(policy, added.policy()));
        case TlsPolicy.Unreadable _ -> {
          remarks.add(
              "The bucket's policy could not be understood, so it stays as it is. Whether it refuses"
                  + " clear text is for you to see: aws s3api get-bucket-policy --bucket "
                  + wanted.name());
          yield Optional.empty();
        }
      };
    }

    private Optional<Change> versions(BucketSettings.Versioning now) {
      if (wanted.uses().size() > 1) {
        remarks.add(
            "Versions are kept in the whole bucket: also of archives, where a replaced or removed one"
                + " goes on costing until somebody deletes its old version. Two buckets avoid that.");
      }
      return now == BucketSettings.Versioning.ON
          ? Optional.empty()
          : Optional.of(new Change.KeepVersions(now));
    }

    /// A life cycle rule freezes a version where it is; `vat freeze` copies it onto itself.
    private void versionsOfArchives(BucketSettings.Versioning now) {
      if (now == BucketSettings.Versioning.ON) {
        remarks.add(
            "Versions are kept of archives, which somebody chose: it stays. What vat freeze or another"
                + " upload replaces goes on costing as before until its old version is deleted; the"
                + " life cycle rule freezes without leaving one.");
      }
    }

    private Optional<Change> rules(LifecycleRules now) {
      RuleDanger.in(now, wanted.uses()).forEach(danger -> remarks.add(danger.words()));
      List<LifecycleRule> missing =
          wanted.rules().stream()
              .filter(rule -> now.named(rule.id()).filter(rule::equals).isEmpty())
              .toList();
      return missing.isEmpty() ? Optional.empty() : Optional.of(new Change.SetRules(now, missing));
    }
  }
}
