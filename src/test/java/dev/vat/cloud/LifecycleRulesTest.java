package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// What rules will do to an object.
final class LifecycleRulesTest {
  private static final Map<String, String> TAGGED = Map.of("vat-freeze", "auto", "who", "jan");

  private static LifecycleRule expiring(RuleFilter filter, boolean enabled) {
    return new LifecycleRule(
        "e",
        enabled,
        filter,
        List.of(),
        Optional.of(new RuleMoment.After(30)),
        LifecycleRule.Noncurrent.NOTHING,
        false,
        OptionalInt.empty());
  }

  private static boolean expires(LifecycleRule rule, String key, Map<String, String> tags, long n) {
    return new LifecycleRules(List.of(rule), "").expires(key, tags, n).isPresent();
  }

  @Test
  void an_object_expires_when_an_enabled_rule_with_an_expiration_matches_it_in_every_condition() {
    assertThat(expires(expiring(RuleFilter.ofPrefix(""), true), "a/b", Map.of(), 0)).isTrue();
    assertThat(expires(expiring(RuleFilter.ofPrefix("a/"), true), "a/b", Map.of(), 0)).isTrue();
    assertThat(expires(expiring(RuleFilter.ofPrefix("a/"), false), "a/b", Map.of(), 0)).isFalse();
    assertThat(expires(expiring(RuleFilter.ofPrefix("b/"), true), "a/b", Map.of(), 0)).isFalse();
    assertThat(LifecycleRules.NONE.expires("a/b", TAGGED, 1)).isEmpty();
  }

  @Test
  void a_rule_with_tags_is_about_objects_that_carry_them_all() {
    LifecycleRule rule = expiring(RuleFilter.ofPrefix("a/").withTag("vat-freeze", "auto"), true);
    assertThat(expires(rule, "a/b", TAGGED, 9)).isTrue();
    assertThat(expires(rule, "a/b", Map.of("vat-freeze", "no"), 9)).isFalse();
    assertThat(expires(rule, "a/b", Map.of(), 9)).isFalse();
  }

  @Test
  void sizes_are_strictly_above_and_strictly_below() {
    LifecycleRule rule =
        expiring(new RuleFilter("", Map.of(), OptionalLong.of(5), OptionalLong.of(9)), true);
    assertThat(expires(rule, "k", Map.of(), 5)).isFalse();
    assertThat(expires(rule, "k", Map.of(), 6)).isTrue();
    assertThat(expires(rule, "k", Map.of(), 8)).isTrue();
    assertThat(expires(rule, "k", Map.of(), 9)).isFalse();
  }

  @Test
  void what_happens_to_older_versions_is_no_expiry_of_the_object() {
    LifecycleRule rule = LifecycleRule.of("v", RuleFilter.ofPrefix("")).forgettingVersions(30);
    assertThat(expires(rule, "k", Map.of(), 1)).isFalse();
  }

  @Test
  void only_the_classes_that_have_to_be_thawed_are_frozen() {
    LifecycleRule deep = LifecycleRule.of("d", RuleFilter.ofPrefix("a/")).moving(1, "DEEP_ARCHIVE");
    LifecycleRule instant = LifecycleRule.of("i", RuleFilter.ofPrefix("")).moving(1, "GLACIER_IR");
    LifecycleRules rules = new LifecycleRules(List.of(instant, deep), "");
    assertThat(rules.freezes("a/b", Map.of(), 1)).contains(deep);
    assertThat(rules.freezes("b", Map.of(), 1)).isEmpty();
  }
}
