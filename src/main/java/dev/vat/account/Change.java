package dev.vat.account;

import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import java.util.List;
import java.util.Optional;

/// One difference between what a bucket is and what it is to be: a step of the plan.
public sealed interface Change {
  /// The bucket is not there.
  record Create() implements Change {}

  /// Something in it could be made public.
  record BlockPublicAccess() implements Change {}

  /// New objects are not encrypted by themselves.
  record Encrypt() implements Change {}

  /// It can be reached in clear text.
  ///
  /// @param seen the policy as it is
  /// @param policy the same with one statement more
  record RequireTls(Optional<String> seen, String policy) implements Change {}

  /// What is replaced or removed is gone at once.
  record KeepVersions(BucketSettings.Versioning found) implements Change {}

  /// Life cycle rules of ours that are missing or say something else.
  ///
  /// @param seen all that are there
  /// @param rules ours, as they are to be
  record SetRules(LifecycleRules seen, List<LifecycleRule> rules) implements Change {
    public SetRules {
      rules = List.copyOf(rules);
      if (rules.isEmpty()) {
        throw new IllegalArgumentException("no rule to set");
      }
    }
  }
}
