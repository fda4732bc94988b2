package dev.vat.cloud;

import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Which objects a life cycle rule is about: those that meet every condition.
///
/// Source: Amazon S3 API Reference, LifecycleRuleFilter and LifecycleRuleAndOperator.
///
/// @param prefix what the keys begin with; empty for all
/// @param tags that an object has to carry, by key
/// @param above only objects of more bytes
/// @param below only objects of fewer bytes
public record RuleFilter(
    String prefix, Map<String, String> tags, OptionalLong above, OptionalLong below) {
  public RuleFilter {
    Objects.requireNonNull(prefix);
    tags = Map.copyOf(tags);
    Objects.requireNonNull(above);
    Objects.requireNonNull(below);
  }

  /// All objects whose keys begin so.
  public static RuleFilter ofPrefix(String prefix) {
    return new RuleFilter(prefix, Map.of(), OptionalLong.empty(), OptionalLong.empty());
  }

  /// The same, and only those with this tag.
  public RuleFilter withTag(String key, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(key, value);
    return new RuleFilter(prefix, more, above, below);
  }

  /// Whether such an object meets it.
  ///
  /// @param objectTags all that the object carries
  public boolean matches(String key, Map<String, String> objectTags, long sizeBytes) {
    return key.startsWith(prefix)
        && objectTags.entrySet().containsAll(tags.entrySet())
        && sizeBytes > above.orElse(-1)
        && sizeBytes < below.orElse(Long.MAX_VALUE);
  }

  /// Whether some object below this prefix could meet it, whatever its tags and its size.
  public boolean touches(String other) {
    return prefix.startsWith(other) || other.startsWith(prefix);
  }
}
