package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.RuleMoment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Rules that somebody made by hand.
final class RuleDangerTest {
  private static final BucketUse ARCHIVES = new BucketUse.Archives("archive/", 180);
  private static final BucketUse SHARING = new BucketUse.Sharing("staging/");

  private static List<RuleDanger> dangers(LifecycleRule... rules) {
    return RuleDanger.in(new LifecycleRules(List.of(rules), ""), List.of(ARCHIVES, SHARING));
  }

  private static LifecycleRule removing(RuleFilter filter) {
    return new LifecycleRule(
        "by hand",
        true,
        filter,
        List.of(),
        Optional.of(new RuleMoment.After(90)),
        LifecycleRule.Noncurrent.NOTHING,
        false,
        OptionalInt.empty());
  }

  private static LifecycleRule freezing(RuleFilter filter) {
    return LifecycleRule.of("by hand", filter).moving(30, "GLACIER");
  }

  @Test
  void rules_of_ours_are_none() {
    assertThat(dangers(ARCHIVES.rules().toArray(LifecycleRule[]::new))).isEmpty();
    assertThat(dangers(SHARING.rules().toArray(LifecycleRule[]::new))).isEmpty();
  }

  @Test
  void a_rule_that_removes_everything_is_a_danger_to_both() {
    assertThat(dangers(removing(RuleFilter.ofPrefix(""))))
        .extracting(RuleDanger::words)
        .satisfiesExactly(
            words ->
                assertThat(words)
                    .contains(
                        "removes archives and what lies beside them (tables of contents, light files")
                    .contains("below archive/ after 90 days"),
            words -> assertThat(words).contains("removes shared files below staging/"));
  }

  @Test
  void a_rule_for_a_part_of_a_place_or_for_more_than_it_is_one_too() {
    assertThat(dangers(removing(RuleFilter.ofPrefix("staging/v-appydave/")))).hasSize(1);
    assertThat(dangers(removing(RuleFilter.ofPrefix("st")))).hasSize(1);
    assertThat(dangers(removing(RuleFilter.ofPrefix("logs/")))).isEmpty();
  }

  @Test
  void freezing_without_the_tag_freezes_what_must_stay_readable() {
    assertThat(dangers(freezing(RuleFilter.ofPrefix("archive/"))))
        .singleElement()
        .satisfies(
            danger ->
                assertThat(danger.words())
                    .contains("tables of contents and light files", "vat-freeze=auto"));
    assertThat(dangers(freezing(RuleFilter.ofPrefix("archive/").withTag("vat-freeze", "auto"))))
        .isEmpty();
    assertThat(dangers(freezing(RuleFilter.ofPrefix("staging/")))).hasSize(1);
  }

  @Test
  void removing_what_carries_our_tag_removes_archives() {
    assertThat(dangers(removing(RuleFilter.ofPrefix("").withTag("vat-freeze", "auto"))))
        .singleElement()
        .satisfies(danger -> assertThat(danger.words()).contains("removes archives"));
    assertThat(dangers(removing(RuleFilter.ofPrefix("").withTag("mine", "yes")))).isEmpty();
  }

  @Test
  void giving_up_uploads_early_is_told_as_the_lesser_thing() {
    LifecycleRule week = LifecycleRule.of("week", RuleFilter.ofPrefix("staging/")).aborting(7);
    assertThat(dangers(week)).singleElement().matches(danger -> !danger.severe());
    assertThat(dangers(LifecycleRule.of("ok", RuleFilter.ofPrefix("")).aborting(14))).isEmpty();
  }

  @Test
  void what_is_switched_off_is_none() {
    LifecycleRule on = removing(RuleFilter.ofPrefix(""));
    LifecycleRule off =
        new LifecycleRule(
            on.id(),
            false,
            on.filter(),
            on.transitions(),
            on.expires(),
            on.noncurrent(),
            false,
            on.abortDays());
    assertThat(dangers(off)).isEmpty();
  }

  @Test
  void removing_one_kind_of_file_beside_the_archives_is_one_and_says_where() {
    assertThat(dangers(removing(RuleFilter.ofPrefix("archive/b00-b49/b40-old.toc.json"))))
        .singleElement()
        .satisfies(
            danger -> {
              assertThat(danger.severe()).isTrue();
              assertThat(danger.what())
                  .contains(
                      "tables of contents", "below archive/b00-b49/b40-old.toc.json after 90");
            });
    assertThat(dangers(removing(RuleFilter.ofPrefix("archive/.vat/")))).hasSize(1);
    RuleFilter small =
        new RuleFilter("archive/", Map.of(), OptionalLong.empty(), OptionalLong.of(1_000_000));
    assertThat(dangers(removing(small))).as("by size: what lies beside archives").hasSize(1);
  }

  private static LifecycleRule forgetting(String prefix, LifecycleRule.Noncurrent noncurrent) {
    return new LifecycleRule(
        "by hand",
        true,
        RuleFilter.ofPrefix(prefix),
        List.of(),
        Optional.empty(),
        noncurrent,
        false,
        OptionalInt.empty());
  }

  @Test
  void forgetting_versions_early_is_told_as_the_lesser_thing_and_later_is_none() {
    assertThat(dangers(forgetting("", LifecycleRule.Noncurrent.expiringAfter(1))))
        .satisfiesExactly(
            archives -> {
              assertThat(archives.severe()).isFalse();
              assertThat(archives.what())
                  .contains("removes earlier versions of archives below archive/ after 1 day.");
            },
            shared -> assertThat(shared.what()).contains("shared files below staging/"));
    assertThat(dangers(forgetting("", LifecycleRule.Noncurrent.expiringAfter(30)))).isEmpty();
    assertThat(
            dangers(
                forgetting(
                    "archive/",
                    new LifecycleRule.Noncurrent(OptionalInt.of(1), OptionalInt.of(2), List.of()))))
        .as("two newer versions stay")
        .isEmpty();
  }
}
