package dev.vat.cloud.s3;

import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A bucket's life cycle rules. Those of others pass through in the SDK's own form, so that nothing
/// of them is lost for want of a word here.
final class RuleSet {
  private static final Doing READING =
      new Doing("read the life cycle rules of", "", "s3:GetLifecycleConfiguration");
  private static final Doing WRITING =
      new Doing(
          "write the life cycle rules of",
          "",
          "s3:GetLifecycleConfiguration and s3:PutLifecycleConfiguration");

  /// S3 tells what a bucket is set to with some delay ("Amazon S3 data consistency model": bucket
  /// configurations).
  private static final int LOOKS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final Bucket bucket;
  private final Pauses pauses;

  RuleSet(Bucket bucket, Pauses pauses) {
    this.bucket = bucket;
    this.pauses = pauses;
  }

  /// @param rules in the SDK's form
  /// @param smallest null where the server says nothing
  private record Found(
      List<software.amazon.awssdk.services.s3.model.LifecycleRule> rules, String smallest) {
    LifecycleRules read() {
      return new LifecycleRules(
          rules.stream().map(RuleForms::read).toList(), smallest == null ? "" : smallest);
    }

    /// Those that do not have one of these ids.
    Set<software.amazon.awssdk.services.s3.model.LifecycleRule> without(Set<String> ids) {
      return rules.stream().filter(r -> !ids.contains(r.id())).collect(Collectors.toSet());
    }
  }

  LifecycleRules read() throws StoreException {
    return found().read();
  }

  private Found found() throws StoreException {
    return bucket
        .ifSet(
            READING,
            () -> bucket.client().getBucketLifecycleConfiguration(b -> b.bucket(bucket.name())))
        .map(
            answer ->
                new Found(answer.rules(), answer.transitionDefaultMinimumObjectSizeAsString()))
        .orElseGet(() -> new Found(List.of(), null));
  }

  LifecycleRules merge(LifecycleRules seen, List<LifecycleRule> ours) throws StoreException {
    Found before = found();
    if (!before.read().equals(seen)) {
      throw new StoreException.Changed(
          "Somebody changed the life cycle rules of s3://" + bucket.name() + " meanwhile.", null);
    }
    Set<String> ids = ours.stream().map(LifecycleRule::id).collect(Collectors.toSet());
    List<software.amazon.awssdk.services.s3.model.LifecycleRule> all = together(before, ours);
    bucket
        .retries()
        .run(
            WRITING,
            _ ->
                Calls.make(
                    () ->
                        bucket
                            .client()
                            .putBucketLifecycleConfiguration(
                                b ->
                                    b.bucket(bucket.name())
                                        .transitionDefaultMinimumObjectSize(before.smallest())
                                        .lifecycleConfiguration(c -> c.rules(all)))));
    return confirmed(before.without(ids), ours);
  }

  /// Those of others in their order, then ours.
  private static List<software.amazon.awssdk.services.s3.model.LifecycleRule> together(
      Found before, List<LifecycleRule> ours) {
    List<software.amazon.awssdk.services.s3.model.LifecycleRule> all =
        new ArrayList<>(before.rules());
    for (LifecycleRule rule : ours) {
      all.removeIf(old -> rule.id().equals(old.id()));
      all.add(RuleForms.write(rule));
    }
    return all;
  }

  private LifecycleRules confirmed(
      Set<software.amazon.awssdk.services.s3.model.LifecycleRule> others, List<LifecycleRule> ours)
      throws StoreException {
    Set<String> ids = ours.stream().map(LifecycleRule::id).collect(Collectors.toSet());
    for (int look = 1; ; look++) {
      Found now = found();
      LifecycleRules read = now.read();
      Set<LifecycleRule> there = new HashSet<>(read.rules());
      if (there.containsAll(ours) && now.without(ids).equals(others)) {
        return read;
      }
      if (look == LOOKS) {
        throw new StoreException.Failed(
            "The life cycle rules of s3://"
                + bucket.name()
                + " were written, but now others are there than were written: S3 is slow to show"
                + " them, or somebody else changed them in the same moment. Look at them with: vat"
                + " cloud lifecycle",
            null);
      }
      pause(look);
    }
  }

  private void pause(int look) throws StoreException {
    try {
      pauses.pause(FIRST_PAUSE.multipliedBy(1L << look));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw bucket.errors().stopped(READING, e);
    }
  }
}
