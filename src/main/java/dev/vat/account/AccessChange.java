package dev.vat.account;

import dev.vat.cloud.AccessPolicies;
import java.util.List;

/// One difference between who may do what in an account, and who is to: a step of the plan.
public sealed interface AccessChange {
  /// The policy is not there.
  record Create(AccessPlan.Wanted wanted) implements AccessChange {}

  /// One that vat made says something else.
  ///
  /// @param statements what differs, by the names of its statements
  record Update(AccessPolicies.Policy seen, AccessPlan.Wanted wanted, List<String> statements)
      implements AccessChange {
    public Update {
      statements = List.copyOf(statements);
    }

    /// Whether AWS has no room for one more version, so that the oldest goes.
    public boolean forgetsOldest() {
      return seen.earlier().size() + 1 >= AccessPolicies.MOST_VERSIONS;
    }
  }

  /// A user does not have it.
  ///
  /// @param policy its name
  record Attach(String user, String policy) implements AccessChange {}
}
