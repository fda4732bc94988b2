package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.MemoryAccessPolicies;
import dev.vat.cloud.MemoryBucketSettings;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.Replication;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Copies of archives in another region, compared and applied.
final class ReplicaPlanTest {
  private static final ReplicaPlan.Wanted WANTED =
      ReplicaPlan.Wanted.of(
          "v-voz",
          new AccessPolicy.Place("films", "archive/"),
          Optional.empty(),
          "us-east-1",
          "eu-west-1");

  private final MemoryAccessPolicies account = new MemoryAccessPolicies();
  private final MemoryBucketSettings films =
      new MemoryObjectStore(InstantSource.system()).settings();

  private ReplicaPlan plan() throws StoreException {
    return ReplicaPlan.of(WANTED, ReplicaPlan.Found.of(WANTED, films, account));
  }

  private void apply(ReplicaPlan plan) throws StoreException {
    for (ReplicaChange change : plan.changes()) {
      ReplicaPlan.apply(change, films, account);
    }
  }

  private static Replication.Rule theirs(int priority) {
    return new Replication.Rule(
        "theirs",
        true,
        priority,
        RuleFilter.ofPrefix("logs/"),
        "arn:aws:s3:::elsewhere",
        Optional.empty());
  }

  @Test
  void what_is_missing_is_made_and_then_nothing_is_left_to_do() throws Exception {
    assertThat(WANTED.target()).isEqualTo("films-eu-west-1");

    apply(plan());

    assertThat(films.versioning()).isEqualTo(BucketSettings.Versioning.ON);
    assertThat(films.lifecycle().named("vat-versions:archive/")).isPresent();
    Replication now = films.replication().orElseThrow();
    assertThat(now.role()).isEqualTo(account.role("vat-v-voz-replication").orElseThrow().arn());
    assertThat(now.named("vat-copy-archives:archive/").orElseThrow().storageClass())
        .contains("DEEP_ARCHIVE");
    assertThat(now.named("vat-copy-archives:archive/").orElseThrow().priority())
        .as("what is an archive is decided by the rule for archives")
        .isGreaterThan(now.named("vat-copy:archive/").orElseThrow().priority());
    assertThat(account.role("vat-v-voz-replication").orElseThrow().permissions().values())
        .singleElement()
        .asString()
        .contains("arn:aws:s3:::films/archive/*", "arn:aws:s3:::films-eu-west-1/*")
        .doesNotContain("Delete");
    assertThat(plan()).isEqualTo(new ReplicaPlan(List.of(), List.of()));
  }

  @Test
  void archives_go_to_deep_archive_also_when_somebody_removed_or_reordered_a_rule()
      throws Exception {
    apply(plan());
    Replication was = films.replication().orElseThrow();
    Replication.Rule archives = was.named("vat-copy-archives:archive/").orElseThrow();
    Replication.Rule all = was.named("vat-copy:archive/").orElseThrow();

    films.replicate(Optional.of(was), was.role(), List.of(all.withPriority(9)));
    apply(plan());

    Replication now = films.replication().orElseThrow();
    assertThat(now.named(archives.id()).orElseThrow().priority())
        .isGreaterThan(now.named(all.id()).orElseThrow().priority());
    assertThat(plan().changes()).isEmpty();
  }

  @Test
  void it_can_be_cut_between_any_two_steps() throws Exception {
    int steps = plan().changes().size();
    for (int i = 0; i < steps; i++) {
      ReplicaPlan.apply(plan().changes().getFirst(), films, account);
    }
    assertThat(plan().changes()).isEmpty();
  }

  @Test
  void rules_of_others_as_the_same_role_stay_and_as_another_nothing_is_changed() throws Exception {
    account.createRole(WANTED.role(), "", Map.of("vat-repository", "v-voz"), ReplicationRole.TRUST);
    films.replicate(
        Optional.empty(), account.role(WANTED.role()).orElseThrow().arn(), List.of(theirs(7)));
    apply(plan());
    assertThat(films.replication().orElseThrow().rules()).contains(theirs(7)).hasSize(3);
    assertThat(
            films.replication().orElseThrow().named("vat-copy:archive/").orElseThrow().priority())
        .isEqualTo(8);

    films.replicate(films.replication(), "arn:aws:iam::1:role/mine", List.of(theirs(9)));
    assertThat(plan().changes()).isEmpty();
    assertThat(plan().remarks()).singleElement().asString().contains("role/mine", "stays as it is");
  }

  @Test
  void a_role_of_that_name_that_others_made_stays() throws Exception {
    account.createRole(WANTED.role(), "", Map.of(), "{}");
    assertThat(plan().changes()).isEmpty();
    assertThat(plan().remarks()).singleElement().asString().contains("vat did not make");
  }
}
