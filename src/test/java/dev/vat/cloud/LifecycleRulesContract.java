package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Life cycle rules behind the port: read as they are, and merged without a loss.
abstract class LifecycleRulesContract {
  private static final LifecycleRule FREEZE =
      LifecycleRule.of("ours", RuleFilter.ofPrefix("a/").withTag("vat-freeze", "auto"))
          .moving(180, "DEEP_ARCHIVE");
  private static final LifecycleRule ABORT =
      LifecycleRule.of("uploads", RuleFilter.ofPrefix("a/")).aborting(14);
  private static final LifecycleRule VERSIONS =
      LifecycleRule.of("versions", RuleFilter.ofPrefix("")).forgettingVersions(30);

  /// Everything that a rule can say.
  private static final LifecycleRule EVERYTHING =
      new LifecycleRule(
          "by hand <&>",
          false,
          new RuleFilter(
              "x/", Map.of("k", "v", "l", ""), OptionalLong.of(5), OptionalLong.of(1L << 40)),
          List.of(
              new LifecycleRule.Transition(new RuleMoment.After(30), "STANDARD_IA"),
              new LifecycleRule.Transition(new RuleMoment.After(90), "GLACIER")),
          Optional.of(new RuleMoment.After(900)),
          new LifecycleRule.Noncurrent(
              OptionalInt.of(40),
              OptionalInt.of(3),
              List.of(new LifecycleRule.Transition(new RuleMoment.After(31), "STANDARD_IA"))),
          false,
          OptionalInt.empty());

  private static final LifecycleRule BY_DATE =
      new LifecycleRule(
          "by date",
          true,
          new RuleFilter("", Map.of(), OptionalLong.of(5), OptionalLong.empty()),
          List.of(),
          Optional.of(new RuleMoment.On(Instant.parse("2070-01-01T00:00:00Z"))),
          LifecycleRule.Noncurrent.NOTHING,
          false,
          OptionalInt.empty());

  /// A bucket without rules.
  protected abstract BucketSettings fresh() throws Exception;

  @Test
  void rules_come_back_as_they_were_set() throws Exception {
    BucketSettings bucket = fresh();
    assertThat(bucket.lifecycle().rules()).isEmpty();

    List<LifecycleRule> all = List.of(FREEZE, ABORT, VERSIONS, EVERYTHING, BY_DATE);
    LifecycleRules set = bucket.merge(bucket.lifecycle(), all);

    assertThat(set.rules()).isEqualTo(all);
    assertThat(bucket.lifecycle()).isEqualTo(set);
  }

  @Test
  void a_rule_of_ours_takes_the_place_of_its_older_form_and_leaves_all_others() throws Exception {
    BucketSettings bucket = fresh();
    LifecycleRules before =
        bucket.merge(bucket.lifecycle(), List.of(EVERYTHING, FREEZE, BY_DATE, ABORT));

    LifecycleRule sooner = FREEZE.moving(90, "DEEP_ARCHIVE");
    LifecycleRules after = bucket.merge(before, List.of(sooner, VERSIONS));

    assertThat(after.rules())
        .containsExactlyInAnyOrder(EVERYTHING, sooner, BY_DATE, ABORT, VERSIONS);
    assertThat(after.smallest()).isEqualTo(before.smallest());
  }

  @Test
  void a_decision_on_rules_that_changed_since_writes_nothing() throws Exception {
    BucketSettings bucket = fresh();
    LifecycleRules seen = bucket.lifecycle();
    LifecycleRules changed = bucket.merge(seen, List.of(BY_DATE));

    assertThatThrownBy(() -> bucket.merge(seen, List.of(FREEZE)))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(bucket.lifecycle()).isEqualTo(changed);
  }
}
