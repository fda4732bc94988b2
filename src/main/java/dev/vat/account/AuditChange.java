package dev.vat.account;

import java.util.Optional;
import java.util.Set;

/// One difference between what is logged and what is to be: a step of the plan.
public sealed interface AuditChange {
  /// CloudTrail may not write into the bucket of the log.
  record LetIn(TrailPolicy statements) implements AuditChange {}

  /// There is no trail.
  record Create(AuditPlan.Wanted wanted) implements AuditChange {}

  /// It logs something else.
  ///
  /// @param now what it watches; empty when that is nothing, or nothing that vat has a word for
  record Watch(AuditPlan.Wanted wanted, Optional<Set<String>> now) implements AuditChange {}

  /// It is switched off.
  record Start(AuditPlan.Wanted wanted) implements AuditChange {}
}
