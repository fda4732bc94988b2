package dev.vat.account;

import dev.vat.cloud.LifecycleRule;
import java.util.List;
import java.util.Objects;

/// What one bucket is to be.
///
/// @param uses archives, shared files or both, under prefixes of which none begins with another
/// @param overTls whether the server is reached by HTTPS: only then may anything else be refused
public record WantedBucket(String name, List<BucketUse> uses, boolean overTls) {
  public WantedBucket {
    Objects.requireNonNull(name);
    uses = List.copyOf(uses);
    for (BucketUse one : uses) {
      for (BucketUse other : uses) {
        if (one != other && one.prefix().startsWith(other.prefix())) {
          throw new IllegalArgumentException(one + " lies in " + other);
        }
      }
    }
  }

  /// Every rule that it needs.
  public List<LifecycleRule> rules() {
    return uses.stream().flatMap(use -> use.rules().stream()).toList();
  }

  /// Whether replaced and removed files are to be kept for a while.
  public boolean versions() {
    return uses.stream().anyMatch(use -> use instanceof BucketUse.Sharing);
  }
}
