package dev.vat.account;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.FreezeTag;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.Replication;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has to change so that S3 itself copies the archives of a repository to a bucket in another
/// region. The bucket that is copied to is compared as any other ([SetupPlan]); here is what the
/// archive bucket and the account need. That something was removed is never copied: what is gone
/// here by mistake is still there.
///
/// @param changes the steps, in the order in which they are done; none when all is well
/// @param remarks what stays although it differs; sentences for users
public record ReplicaPlan(List<ReplicaChange> changes, List<String> remarks) {
  public ReplicaPlan {
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /// What is to be.
  ///
  /// @param repo the repository's name in keys
  /// @param source where the archives are
  /// @param target the bucket that they are copied to
  /// @param region of the source: it tells AWS's partition
  public record Wanted(String repo, AccessPolicy.Place source, String target, String region) {
    private static final int LONGEST_BUCKET = 63;
    private static final int LONGEST_ROLE = 64;

    /// In a region.
    ///
    /// @param target its name; empty for the source's with the region behind it
    public static Wanted of(
        String repo,
        AccessPolicy.Place source,
        Optional<String> target,
        String region,
        String targetRegion) {
      String begin = source.bucket();
      String end = "-" + targetRegion;
      return new Wanted(
          repo,
          source,
          target.orElse(
              begin.substring(0, Math.min(begin.length(), LONGEST_BUCKET - end.length())) + end),
          region);
    }

    /// The role as which S3 copies.
    public String role() {
      String begin = "vat-" + repo.replaceAll("[^A-Za-z0-9+=,.@_-]", "-");
      String end = "-replication";
      return begin.substring(0, Math.min(begin.length(), LONGEST_ROLE - end.length())) + end;
    }

    String permissions() {
      return ReplicationRole.permissions(source, target, region);
    }

    /// Archives go to Deep Archive at once; what lies beside them stays readable there as well.
    List<Replication.Rule> rules() {
      String at = source.prefix().isEmpty() ? "" : ":" + source.prefix();
      RuleFilter all = RuleFilter.ofPrefix(source.prefix());
      String arn = Arn.ofBucket(target, region);
      return List.of(
          new Replication.Rule("vat-copy" + at, true, 0, all, arn, Optional.empty()),
          new Replication.Rule(
              "vat-copy-archives" + at,
              true,
              0,
              all.withTag(FreezeTag.KEY, FreezeTag.AUTO),
              arn,
              Optional.of("DEEP_ARCHIVE")));
    }

    /// Replication needs versions, and each of them costs what it costs, until it goes.
    public LifecycleRule versions() {
      String at = source.prefix().isEmpty() ? "" : ":" + source.prefix();
      return LifecycleRule.of("vat-versions" + at, RuleFilter.ofPrefix(source.prefix()))
          .forgettingVersions(BucketUse.VERSION_DAYS);
    }
  }

  /// What there is.
  public record Found(
      BucketSettings.Versioning versioning,
      LifecycleRules lifecycle,
      Optional<Replication> replication,
      Optional<AccessPolicies.Role> role) {
    /// Looks; changes nothing.
    public static Found of(Wanted wanted, BucketSettings source, AccessPolicies account)
        throws StoreException {
      if (source.region().isEmpty()) {
        return new Found(
            BucketSettings.Versioning.OFF,
            LifecycleRules.NONE,
            Optional.empty(),
            account.role(wanted.role()));
      }
      return new Found(
          source.versioning(),
          source.lifecycle(),
          source.replication(),
          account.role(wanted.role()));
    }
  }

  /// Compares. Asks nobody.
  public static ReplicaPlan of(Wanted wanted, Found found) {
    List<ReplicaChange> changes = new ArrayList<>();
    if (found
        .role()
        .filter(role -> !wanted.repo().equals(role.tags().get(AccessPlan.TAG)))
        .isPresent()) {
      return stays(
          "The account has a role "
              + wanted.role()
              + " that vat did not make for this repository: it stays as it is, and nothing is"
              + " copied. Rename it, or set another S3_REPO_NAME.");
    }
    boolean othersRole =
        found
            .replication()
            .filter(
                now -> !found.role().map(AccessPolicies.Role::arn).equals(Optional.of(now.role())))
            .isPresent();
    if (othersRole) {
      return stays(
          "s3://"
              + wanted.source().bucket()
              + " is replicated already, as the role "
              + found.replication().get().role()
              + ", and S3 takes one role for all rules: it stays as it is.");
    }
    if (found.versioning() != BucketSettings.Versioning.ON) {
      changes.add(new ReplicaChange.KeepVersions());
    }
    if (!found.lifecycle().rules().contains(wanted.versions())) {
      changes.add(new ReplicaChange.ForgetVersions(wanted.versions()));
    }
    if (found.role().isEmpty()) {
      changes.add(new ReplicaChange.MakeRole(wanted));
    }
    if (found
        .role()
        .filter(role -> ReplicationRole.permits(role, wanted.permissions()))
        .isEmpty()) {
      changes.add(new ReplicaChange.Permit(wanted));
    }
    List<Replication.Rule> rules = withPriorities(wanted.rules(), found.replication());
    if (!found.replication().map(Replication::rules).orElse(List.of()).containsAll(rules)) {
      changes.add(new ReplicaChange.Copy(wanted, found.replication(), rules));
    }
    return new ReplicaPlan(changes, List.of());
  }

  private static ReplicaPlan stays(String why) {
    return new ReplicaPlan(List.of(), List.of(why));
  }

  /// Ours keep what they have, where all are there in their order: else archives would be copied by
  /// the rule for everything, and not to Deep Archive. New ones come above all others.
  private static List<Replication.Rule> withPriorities(
      List<Replication.Rule> ours, Optional<Replication> now) {
    List<Integer> have =
        ours.stream()
            .flatMap(rule -> now.flatMap(n -> n.named(rule.id())).stream())
            .map(Replication.Rule::priority)
            .toList();
    boolean inOrder =
        have.size() == ours.size() && have.equals(have.stream().sorted().distinct().toList());
    int next =
        1
            + now.map(Replication::rules).orElse(List.of()).stream()
                .mapToInt(Replication.Rule::priority)
                .max()
                .orElse(0);
    List<Replication.Rule> all = new ArrayList<>();
    for (int i = 0; i < ours.size(); i++) {
      all.add(ours.get(i).withPriority(inOrder ? have.get(i) : next + i));
    }
    return all;
  }

  /// Does one step.
  public static void apply(ReplicaChange change, BucketSettings source, AccessPolicies account)
      throws StoreException {
    switch (change) {
      case ReplicaChange.KeepVersions _ -> source.keepVersions();
      case ReplicaChange.ForgetVersions forget ->
          // Steps before this one may have set rules of the same bucket.
          source.merge(source.lifecycle(), List.of(forget.rule()));
      case ReplicaChange.MakeRole make ->
          account.createRole(
              make.wanted().role(),
              "Made by vat: S3 copies the archives of " + make.wanted().repo(),
              Map.of(AccessPlan.TAG, make.wanted().repo()),
              ReplicationRole.TRUST);
      case ReplicaChange.Permit permit ->
          account.permit(
              permit.wanted().role(), ReplicationRole.NAME, permit.wanted().permissions());
      case ReplicaChange.Copy copy -> {
        Optional<AccessPolicies.Role> role = account.role(copy.wanted().role());
        if (role.isEmpty()) {
          throw new StoreException.Changed(
              "The role " + copy.wanted().role() + " is not there any more.", null);
        }
        source.replicate(copy.now(), role.get().arn(), copy.rules());
      }
    }
  }
}
