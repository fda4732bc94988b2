package dev.vat.cloud;

import java.time.Instant;
import java.util.Objects;

/// When an action of a life cycle rule is due.
public sealed interface RuleMoment {
  /// So many days after the object was stored.
  record After(int days) implements RuleMoment {}

  /// From that midnight UTC on.
  record On(Instant date) implements RuleMoment {
    public On {
      Objects.requireNonNull(date);
    }
  }

  /// For users, to follow a verb: `after 180 days`.
  default String words() {
    return switch (this) {
      case After after -> "after " + after.days() + (after.days() == 1 ? " day" : " days");
      case On on -> "from " + on.date().toString().substring(0, 10) + " on";
    };
  }
}
