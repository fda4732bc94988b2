package dev.vat.account;

import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What has to change so that who writes and removes below a repository's prefixes is logged. The
/// bucket that the log goes to is compared as any other ([SetupPlan]); here are the trail, and that
/// it may write there.
///
/// @param changes the steps, in the order in which they are done; none when all is well
/// @param remarks what stays although it differs; sentences for users
public record AuditPlan(List<AuditChange> changes, List<String> remarks) {
  public AuditPlan {
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /// The trail as it is to be.
  ///
  /// @param bucket that the log goes to
  /// @param objects the beginnings of what is watched, in AWS's names
  public record Wanted(String trail, String bucket, Set<String> objects) {
    public Wanted {
      Objects.requireNonNull(trail);
      Objects.requireNonNull(bucket);
      objects = Set.copyOf(objects);
    }

    /// For the places of a repository.
    public static Wanted of(String repo, List<WantedBucket> buckets, String region) {
      Set<String> objects = new TreeSet<>();
      for (WantedBucket bucket : buckets) {
        bucket
            .uses()
            .forEach(use -> objects.add(Arn.ofBucket(bucket.name(), region) + "/" + use.prefix()));
      }
      String first = buckets.getFirst().name();
      String end = "-audit-log";
      return new Wanted(
          trailName(repo),
          first.substring(0, Math.min(first.length(), LONGEST_BUCKET - end.length())) + end,
          objects);
    }

    /// AWS: letters, digits and single `.`, `_`, `-` between them. Source: CloudTrail API
    /// Reference, CreateTrail, Name.
    private static String trailName(String repo) {
      String fit =
          ("vat-" + repo)
              .replaceAll("[^A-Za-z0-9._-]", "-")
              .replaceAll("[._-]{2,}", "-")
              .replaceAll("[._-]+$", "");
      return fit.substring(0, Math.min(fit.length(), LONGEST_TRAIL)).replaceAll("[._-]+$", "");
    }
  }

  private static final int LONGEST_BUCKET = 63;
  private static final int LONGEST_TRAIL = 128;

  /// Compares. Asks nobody.
  ///
  /// @param policy that the bucket of the log has, or will have once it is as any other
  public static AuditPlan of(
      Wanted wanted,
      Optional<AuditTrails.Trail> found,
      Reading<Optional<String>> policy,
      TrailPolicy statements) {
    List<AuditChange> changes = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    if (found.filter(trail -> !trail.bucket().equals(wanted.bucket())).isPresent()) {
      remarks.add(
          "The account has a trail "
              + wanted.trail()
              + " that writes to "
              + found.get().bucket()
              + ": vat did not make it, and it stays as it is. Rename it, or set another"
              + " S3_REPO_NAME.");
      return new AuditPlan(changes, remarks);
    }
    switch (policy) {
      case Reading.Known<Optional<String>>(var now) -> {
        Optional<String> with = statements.beside(now);
        if (with.isEmpty()) {
          remarks.add(
              "The policy of "
                  + wanted.bucket()
                  + " could not be understood, so CloudTrail is not let in there.");
        } else if (!with.equals(now)) {
          changes.add(new AuditChange.LetIn(statements));
        }
      }
      case Reading.Hidden<Optional<String>> hidden -> remarks.add(hidden.why());
    }
    if (found.isEmpty()) {
      changes.add(new AuditChange.Create(wanted));
    }
    if (!found.flatMap(AuditTrails.Trail::watched).equals(Optional.of(wanted.objects()))) {
      changes.add(new AuditChange.Watch(wanted, found.flatMap(AuditTrails.Trail::watched)));
    }
    if (found.filter(AuditTrails.Trail::logging).isEmpty()) {
      changes.add(new AuditChange.Start(wanted));
    }
    return new AuditPlan(changes, remarks);
  }

  /// Does one step.
  ///
  /// @param log what the bucket of the log is set to
  public static void apply(AuditChange change, AuditTrails trails, BucketSettings log)
      throws StoreException {
    switch (change) {
      case AuditChange.LetIn letIn -> letIn(letIn, log);
      case AuditChange.Create create ->
          trails.create(create.wanted().trail(), create.wanted().bucket());
      case AuditChange.Watch watch ->
          trails.watch(watch.wanted().trail(), watch.wanted().objects());
      case AuditChange.Start start -> trails.start(start.wanted().trail());
    }
  }

  private static void letIn(AuditChange.LetIn change, BucketSettings log) throws StoreException {
    Optional<String> now = log.policy();
    Optional<String> with = change.statements().beside(now);
    if (with.isEmpty()) {
      throw new StoreException.Changed(
          "Somebody set a policy that cannot be understood meanwhile. Look again.", null);
    }
    log.putPolicy(now, with.get());
  }
}
