package dev.vat.cloud;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The life cycle rules of a bucket, in their order.
///
/// @param smallest S3's word for which small objects are never moved; empty where a server says
///     nothing. It holds for all rules together
public record LifecycleRules(List<LifecycleRule> rules, String smallest) {
  /// A bucket without rules.
  public static final LifecycleRules NONE = new LifecycleRules(List.of(), "");

  public LifecycleRules {
    rules = List.copyOf(rules);
    Objects.requireNonNull(smallest);
  }

  /// The rule with this id.
  public Optional<LifecycleRule> named(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  /// The rule that is going to remove such an object by itself, sooner or later: a copy that does
  /// not count as safe (design, section 7.1).
  ///
  /// @param tags all that the object carries
  /// @return empty when none will
  public Optional<LifecycleRule> expires(String key, Map<String, String> tags, long sizeBytes) {
    return about(key, tags, sizeBytes).filter(rule -> rule.expires().isPresent()).findFirst();
  }

  /// The rule that is going to freeze such an object by itself, its age aside. Sizes under S3's own
  /// minimum are not left out here: what that is depends on the server.
  ///
  /// @return empty when none will
  public Optional<LifecycleRule> freezes(String key, Map<String, String> tags, long sizeBytes) {
    return about(key, tags, sizeBytes).filter(rule -> rule.freezing().isPresent()).findFirst();
  }

  private Stream<LifecycleRule> about(String key, Map<String, String> tags, long sizeBytes) {
    return rules.stream()
        .filter(LifecycleRule::enabled)
        .filter(rule -> rule.filter().matches(key, tags, sizeBytes));
  }
}
