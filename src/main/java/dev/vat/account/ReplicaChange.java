package dev.vat.account;

import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.Replication;
import java.util.List;
import java.util.Optional;

/// One difference between how archives are copied and how they are to be: a step of the plan.
public sealed interface ReplicaChange {
  /// The archive bucket keeps no versions, without which S3 copies nothing.
  record KeepVersions() implements ReplicaChange {}

  /// Earlier versions would stay, and cost, for ever.
  record ForgetVersions(LifecycleRule rule) implements ReplicaChange {}

  /// S3 has no role to copy as.
  record MakeRole(ReplicaPlan.Wanted wanted) implements ReplicaChange {}

  /// The role may not do it, or more than it.
  record Permit(ReplicaPlan.Wanted wanted) implements ReplicaChange {}

  /// The rules are missing or say something else.
  ///
  /// @param now all that are there
  record Copy(ReplicaPlan.Wanted wanted, Optional<Replication> now, List<Replication.Rule> rules)
      implements ReplicaChange {
    public Copy {
      rules = List.copyOf(rules);
    }
  }
}
