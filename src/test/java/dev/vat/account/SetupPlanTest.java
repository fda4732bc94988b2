package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.MemoryBucketSettings;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.StoreException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What is compared, planned and applied, without any server.
final class SetupPlanTest {
  private static final BucketUse ARCHIVES = new BucketUse.Archives("appydave/", 180);
  private static final BucketUse SHARING = new BucketUse.Sharing("staging/");
  private static final WantedBucket BOTH =
      new WantedBucket("films", List.of(ARCHIVES, SHARING), true);

  private final MemoryBucketSettings bucket = new MemoryBucketSettings();

  private SetupPlan plan(WantedBucket wanted) throws StoreException {
    return SetupPlan.of(wanted, FoundBucket.of(bucket));
  }

  private void apply(SetupPlan plan) throws StoreException {
    for (Change change : plan.changes()) {
      SetupPlan.apply(change, bucket);
    }
  }

  @Test
  void a_bare_bucket_becomes_what_it_is_to_be_and_then_nothing_is_left_to_do() throws Exception {
    assertThat(plan(BOTH).changes())
        .hasExactlyElementsOfTypes(
            Change.BlockPublicAccess.class,
            Change.Encrypt.class,
            Change.RequireTls.class,
            Change.KeepVersions.class,
            Change.SetRules.class);

    apply(plan(BOTH));

    assertThat(plan(BOTH).changes()).isEmpty();
    assertThat(bucket.isPublicAccessBlocked()).isTrue();
    assertThat(bucket.versioning()).isEqualTo(BucketSettings.Versioning.ON);
    assertThat(bucket.lifecycle().rules()).containsExactlyInAnyOrderElementsOf(BOTH.rules());
    assertThat(bucket.policy().orElseThrow()).contains("aws:SecureTransport", "arn:aws:s3:::films");
  }

  @Test
  void no_rule_of_ours_removes_anything_and_only_what_carries_the_tag_is_frozen() {
    for (LifecycleRule rule : BOTH.rules()) {
      assertThat(rule.expires()).as(rule.id()).isEmpty();
      assertThat(rule.freezing().isPresent())
          .as(rule.id())
          .isEqualTo(rule.filter().tags().containsKey("vat-freeze"));
      assertThat(rule.abortDays().orElse(14)).as(rule.id()).isGreaterThanOrEqualTo(14);
    }
  }

  @Test
  void a_bucket_for_archives_alone_keeps_no_versions() throws Exception {
    apply(plan(new WantedBucket("films", List.of(ARCHIVES), true)));
    assertThat(bucket.versioning()).isEqualTo(BucketSettings.Versioning.OFF);
  }

  @Test
  void versions_of_archives_that_somebody_switched_on_stay_and_what_they_cost_is_told()
      throws Exception {
    bucket.keepVersions();
    SetupPlan plan = plan(new WantedBucket("films", List.of(ARCHIVES), true));
    assertThat(plan.changes()).noneMatch(change -> change instanceof Change.KeepVersions);
    assertThat(plan.remarks()).anyMatch(remark -> remark.contains("Versions are kept of archives"));
  }

  @Test
  void rules_of_others_and_of_other_brands_stay() throws Exception {
    LifecycleRule byHand = LifecycleRule.of("logs", RuleFilter.ofPrefix("logs/")).aborting(3);
    bucket.handMade(byHand);
    apply(plan(new WantedBucket("films", List.of(new BucketUse.Archives("voz/", 90)), true)));
    apply(plan(BOTH));

    assertThat(bucket.lifecycle().rules())
        .contains(byHand)
        .containsAll(new BucketUse.Archives("voz/", 90).rules())
        .containsAll(BOTH.rules());
  }

  @Test
  void a_rule_of_ours_that_somebody_changed_is_a_difference_by_itself() throws Exception {
    apply(plan(BOTH));
    LifecycleRule freeze = ARCHIVES.rules().getFirst();
    bucket.merge(bucket.lifecycle(), List.of(freeze.moving(5, "DEEP_ARCHIVE")));

    List<Change> changes = plan(BOTH).changes();
    assertThat(changes).singleElement().isInstanceOf(Change.SetRules.class);
    assertThat(((Change.SetRules) changes.getFirst()).rules()).containsExactly(freeze);
  }

  @Test
  void what_changed_since_the_plan_was_made_is_not_written_over() throws Exception {
    SetupPlan plan = plan(BOTH);
    bucket.handMade(LifecycleRule.of("new", RuleFilter.ofPrefix("x/")).aborting(20));
    bucket.putPolicy(Optional.empty(), "{\"Statement\":[]}");

    for (Change change : plan.changes()) {
      if (change instanceof Change.SetRules || change instanceof Change.RequireTls) {
        assertThatThrownBy(() -> SetupPlan.apply(change, bucket))
            .isInstanceOf(StoreException.Changed.class);
      }
    }
    assertThat(bucket.lifecycle().rules()).hasSize(1);
  }

  @Test
  void an_encryption_that_somebody_chose_stays_and_is_told() {
    SetupPlan plan =
        SetupPlan.of(
            BOTH, found(new Reading.Known<>(Optional.of("aws:kms")), new Reading.Known<>(false)));
    assertThat(plan.changes()).noneMatch(change -> change instanceof Change.Encrypt);
    assertThat(plan.remarks()).anyMatch(remark -> remark.contains("aws:kms"));
  }

  @Test
  void what_cannot_be_seen_is_told_and_hinders_nothing_else() {
    SetupPlan plan =
        SetupPlan.of(
            BOTH,
            found(new Reading.Hidden<>("no encryption here"), new Reading.Hidden<>("denied")));
    assertThat(plan.remarks()).contains("no encryption here", "denied");
    assertThat(plan.changes()).anyMatch(change -> change instanceof Change.SetRules);
  }

  @Test
  void without_tls_nobody_is_locked_out() throws Exception {
    SetupPlan plan = plan(new WantedBucket("films", List.of(ARCHIVES), false));
    assertThat(plan.changes()).noneMatch(change -> change instanceof Change.RequireTls);
    assertThat(plan.remarks()).anyMatch(remark -> remark.contains("without TLS"));
  }

  @Test
  void a_bucket_that_is_not_there_is_made_first() {
    assertThat(SetupPlan.of(BOTH, FoundBucket.NONE).changes().getFirst())
        .isInstanceOf(Change.Create.class);
  }

  private static FoundBucket found(
      Reading<Optional<String>> encryption, Reading<Boolean> publicAccess) {
    return new FoundBucket(
        Optional.of(new BucketSettings.Region("eu-west-1")),
        publicAccess,
        encryption,
        new Reading.Known<>(Optional.empty()),
        new Reading.Known<>(BucketSettings.Versioning.OFF),
        new Reading.Known<>(LifecycleRules.NONE));
  }
}
