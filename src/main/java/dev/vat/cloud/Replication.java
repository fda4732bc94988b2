package dev.vat.cloud;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// How what is stored in a bucket is copied to others by S3 itself, as far as decisions depend on
/// it.
///
/// Source: Amazon S3 API Reference, ReplicationConfiguration and ReplicationRule.
///
/// @param role AWS's name for the role as which S3 copies: one for all rules
public record Replication(String role, List<Rule> rules) {
  public Replication {
    Objects.requireNonNull(role);
    rules = List.copyOf(rules);
  }

  /// One rule. That something was removed is never copied by ours.
  ///
  /// @param id unique in the bucket
  /// @param priority where two rules meet an object and copy to one bucket, the higher one decides
  /// @param filter which objects: a prefix and tags
  /// @param target AWS's name for the bucket that is copied to
  /// @param storageClass of the copies, S3's own word; empty for that of the original
  public record Rule(
      String id,
      boolean enabled,
      int priority,
      RuleFilter filter,
      String target,
      Optional<String> storageClass) {
    public Rule {
      Objects.requireNonNull(id);
      Objects.requireNonNull(filter);
      Objects.requireNonNull(target);
      Objects.requireNonNull(storageClass);
    }

    /// The same with another priority.
    public Rule withPriority(int other) {
      return new Rule(id, enabled, other, filter, target, storageClass);
    }
  }

  /// The one with this id.
  public Optional<Rule> named(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }
}
