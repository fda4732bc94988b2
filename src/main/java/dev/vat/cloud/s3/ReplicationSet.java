package dev.vat.cloud.s3;

import dev.vat.cloud.Replication;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;
import software.amazon.awssdk.services.s3.model.ReplicationConfiguration;
import software.amazon.awssdk.services.s3.model.ReplicationRule;
import software.amazon.awssdk.services.s3.model.ReplicationRuleFilter;
import software.amazon.awssdk.services.s3.model.ReplicationRuleStatus;
import software.amazon.awssdk.services.s3.model.Tag;

/// The rules by which S3 copies a bucket to others. S3 takes only the whole set at once, so that
/// those of others are read, and written back to the letter.
final class ReplicationSet {
  private static final Doing READING =
      new Doing("read how it is replicated", "", "s3:GetReplicationConfiguration");
  private static final Doing WRITING =
      new Doing("set how it is replicated", "", "s3:PutReplicationConfiguration and iam:PassRole");

  private final Bucket bucket;

  ReplicationSet(Bucket bucket) {
    this.bucket = bucket;
  }

  Optional<Replication> read() throws StoreException {
    return found().map(ReplicationSet::read);
  }

  private Optional<ReplicationConfiguration> found() throws StoreException {
    return bucket.ifSet(
        READING,
        () ->
            bucket
                .client()
                .getBucketReplication(b -> b.bucket(bucket.name()))
                .replicationConfiguration());
  }

  void merge(Optional<Replication> seen, String role, List<Replication.Rule> ours)
      throws StoreException {
    Optional<ReplicationConfiguration> before = found();
    if (!before.map(ReplicationSet::read).equals(seen)) {
      throw new StoreException.Changed(
          "Somebody changed how s3://" + bucket.name() + " is replicated meanwhile.", null);
    }
    List<ReplicationRule> all =
        new ArrayList<>(before.map(ReplicationConfiguration::rules).orElse(List.of()));
    for (Replication.Rule rule : ours) {
      all.removeIf(old -> rule.id().equals(old.id()));
      all.add(write(rule));
    }
    bucket
        .retries()
        .run(
            WRITING,
            _ ->
                Calls.make(
                    () ->
                        bucket
                            .client()
                            .putBucketReplication(
                                b ->
                                    b.bucket(bucket.name())
                                        .replicationConfiguration(c -> c.role(role).rules(all)))));
    // A server that forgets the filter of a rule would copy everything.
    boolean shown =
        read().filter(now -> now.role().equals(role) && now.rules().containsAll(ours)).isPresent();
    if (!shown) {
      throw new StoreException.Failed(
          "S3 took how s3://"
              + bucket.name()
              + " is replicated, and shows other rules than were written. Look at them: aws s3api"
              + " get-bucket-replication --bucket "
              + bucket.name(),
          null);
    }
  }

  private static Replication read(ReplicationConfiguration found) {
    return new Replication(
        found.role() == null ? "" : found.role(),
        found.rules().stream().map(ReplicationSet::read).toList());
  }

  private static Replication.Rule read(ReplicationRule rule) {
    return new Replication.Rule(
        rule.id() == null ? "" : rule.id(),
        rule.status() == ReplicationRuleStatus.ENABLED,
        rule.priority() == null ? 0 : rule.priority(),
        filter(rule),
        rule.destination().bucket(),
        Optional.ofNullable(rule.destination().storageClassAsString()));
  }

  private static RuleFilter filter(ReplicationRule rule) {
    ReplicationRuleFilter filter = rule.filter();
    String prefix = filter == null ? rule.prefix() : filter.prefix();
    Map<String, String> tags = new TreeMap<>();
    if (filter != null && filter.tag() != null) {
      tags.put(filter.tag().key(), filter.tag().value());
    }
    if (filter != null && filter.and() != null) {
      prefix = filter.and().prefix();
      filter.and().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
    }
    return new RuleFilter(
        prefix == null ? "" : prefix, tags, OptionalLong.empty(), OptionalLong.empty());
  }

  private static ReplicationRule write(Replication.Rule rule) {
    return ReplicationRule.builder()
        .id(rule.id())
        .priority(rule.priority())
        .status(rule.enabled() ? ReplicationRuleStatus.ENABLED : ReplicationRuleStatus.DISABLED)
        .filter(filter(rule.filter()))
        .deleteMarkerReplication(d -> d.status(DeleteMarkerReplicationStatus.DISABLED))
        .destination(
            d -> {
              d.bucket(rule.target());
              rule.storageClass().ifPresent(d::storageClass);
            })
        .build();
  }

  /// S3 wants exactly one of prefix, tag and both.
  private static ReplicationRuleFilter filter(RuleFilter filter) {
    List<Tag> tags =
        filter.tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    if (tags.isEmpty()) {
      return ReplicationRuleFilter.builder().prefix(filter.prefix()).build();
    }
    return ReplicationRuleFilter.builder().and(a -> a.prefix(filter.prefix()).tags(tags)).build();
  }
}
