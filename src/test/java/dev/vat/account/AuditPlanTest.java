package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.MemoryAuditTrails;
import dev.vat.cloud.MemoryBucketSettings;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The trail of an account, compared and applied.
final class AuditPlanTest {
  private static final AuditPlan.Wanted WANTED =
      AuditPlan.Wanted.of(
          "v voz..",
          List.of(
              new WantedBucket("films", List.of(new BucketUse.Archives("archive/", 180)), true),
              new WantedBucket("shared", List.of(new BucketUse.Sharing("")), true)),
          "us-east-1");
  private static final TrailPolicy STATEMENTS =
      new TrailPolicy(WANTED.bucket(), "us-east-1", "123456789012", WANTED.trail());

  private final MemoryAuditTrails trails = new MemoryAuditTrails();
  private final MemoryBucketSettings log = new MemoryObjectStore(InstantSource.system()).settings();

  private AuditPlan plan() throws StoreException {
    return AuditPlan.of(
        WANTED, trails.find(WANTED.trail()), new Reading.Known<>(log.policy()), STATEMENTS);
  }

  private void apply(AuditPlan plan) throws StoreException {
    for (AuditChange change : plan.changes()) {
      AuditPlan.apply(change, trails, log);
    }
  }

  @Test
  void names_are_what_aws_takes() {
    assertThat(WANTED.trail()).isEqualTo("vat-v-voz");
    assertThat(WANTED.bucket()).isEqualTo("films-audit-log");
    assertThat(WANTED.objects())
        .isEqualTo(Set.of("arn:aws:s3:::films/archive/", "arn:aws:s3:::shared/"));
  }

  @Test
  void what_is_missing_is_made_and_then_nothing_is_left_to_do() throws Exception {
    log.putPolicy(
        Optional.empty(),
        "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"Mine\",\"Effect\":\"Deny\"}}");

    apply(plan());

    assertThat(trails.find("vat-v-voz"))
        .contains(
            new AuditTrails.Trail(
                "vat-v-voz", "films-audit-log", true, Optional.of(WANTED.objects())));
    assertThat(log.policy().orElseThrow())
        .contains("\"Mine\"", "VatTrailLooks", "films-audit-log/AWSLogs/123456789012/*")
        .contains("arn:aws:cloudtrail:us-east-1:123456789012:trail/vat-v-voz");
    assertThat(plan()).isEqualTo(new AuditPlan(List.of(), List.of()));
  }

  @Test
  void the_trail_of_another_repository_in_the_same_bucket_may_still_write() throws Exception {
    TrailPolicy other = new TrailPolicy(WANTED.bucket(), "us-east-1", "123456789012", "vat-other");
    log.putPolicy(Optional.empty(), other.beside(Optional.empty()).orElseThrow());

    apply(plan());

    Optional<String> both = log.policy();
    assertThat(other.beside(both)).as("nothing of it is missing").isEqualTo(both);
    assertThat(STATEMENTS.beside(both)).isEqualTo(both);
    JsonNode statements = new JsonMapper().readTree(both.orElseThrow()).path("Statement");
    assertThat(statements.findValuesAsString("Sid")).hasSize(4).doesNotHaveDuplicates();
  }

  @Test
  void a_trail_of_that_name_that_writes_elsewhere_is_somebody_elses_and_stays() throws Exception {
    trails.create("vat-v-voz", "theirs");
    AuditPlan plan = plan();
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.remarks()).singleElement().asString().contains("vat did not make it");
  }

  @Test
  void a_policy_that_nobody_understands_stays() throws Exception {
    log.putPolicy(Optional.empty(), "no json");
    assertThat(plan().remarks()).singleElement().asString().contains("could not be understood");
    assertThat(plan().changes()).noneMatch(change -> change instanceof AuditChange.LetIn);
  }
}
