package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.AuditTrails;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ForwardingBucketSettings;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.MemoryAccessPolicies;
import dev.vat.cloud.MemoryAuditTrails;
import dev.vat.cloud.MemoryBucketSettings;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.RuleMoment;
import dev.vat.cloud.StoreException;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vat cloud`: what is said of the buckets, and what is done to them.
final class CloudSetupTest {
  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final Map<String, MemoryObjectStore> buckets = new TreeMap<>();
  private final MemoryAccessPolicies account = new MemoryAccessPolicies();
  private final MemoryAuditTrails trails = new MemoryAuditTrails();
  private Path repository;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    settings(
        """
        S3_ARCHIVE_BUCKET=films
        S3_ARCHIVE_PREFIX=archive
        S3_COLLAB_BUCKET=shared
        S3_COLLAB_PREFIX=staging
        """);
  }

  private void settings(String text) throws IOException {
    Files.writeString(repository.resolve(".video-tools.env"), text);
  }

  private MemoryBucketSettings bucket(String name) {
    return store(name).settings();
  }

  private MemoryObjectStore store(String name) {
    return buckets.computeIfAbsent(name, _ -> new MemoryObjectStore(clock));
  }

  private CommandRun run(String... words) {
    return person().run(words);
  }

  private CommandRun.Person person() {
    return CommandRun.in(repository).at(clock).using(new InMemory());
  }

  @Test
  void every_difference_is_shown_before_anything_is_changed() throws Exception {
    CommandRun run = run("cloud", "setup", "--dry-run");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains(
            "s3://films (memory): archives below archive/",
            "public access: could be given; blocked for good",
            "encryption of new objects: none set",
            "requests without TLS: let in; refused",
            "life cycle rule vat-freeze:archive/: missing; \"all below archive/ with the tag"
                + " vat-freeze=auto: to Glacier Deep Archive after 180 days\"",
            "s3://shared (memory): shared files below staging/",
            "versions of replaced and removed files: not kept; kept 30 days",
            "Would make 9 changes.");
    assertThat(bucket("films").lifecycle().rules()).isEmpty();
    assertThat(bucket("shared").versioning()).isEqualTo(BucketSettings.Versioning.OFF);
  }

  @Test
  void nobody_who_says_no_gets_a_change() throws Exception {
    CommandRun run = person().typing("n").run("cloud", "setup");
    assertThat(run.out()).contains("Nothing was changed.");
    assertThat(bucket("films").policy()).isEmpty();
    assertThat(person().run("cloud", "setup").exit()).isEqualTo(2);
  }

  @Test
  void after_it_was_done_nothing_is_left_to_do() throws Exception {
    assertThat(person().typing("y").run("cloud", "setup").out()).contains("Made 9 of 9 changes.");
    assertThat(run("cloud", "setup").out()).contains("All as it is to be.");
    assertThat(run("cloud", "lifecycle").out())
        .contains("vat-versions:staging/: all below staging/: older versions go after 30 days")
        .doesNotContain("missing", "differs");
  }

  @Test
  void one_bucket_for_both_is_told_once_and_gets_the_rules_of_both() throws Exception {
    settings(
        "S3_BUCKET=films\nS3_PREFIX=archive\nS3_COLLAB_BUCKET=films\nS3_COLLAB_PREFIX=staging\n");
    CommandRun run = run("cloud", "setup", "--yes");
    assertThat(run.out())
        .contains("archives below archive/, shared files below staging/")
        .contains("Versions are kept in the whole bucket: also of archives");
    assertThat(bucket("films").lifecycle().rules()).hasSize(4);
  }

  @Test
  void archives_and_shared_files_in_the_same_place_are_refused() throws Exception {
    settings("S3_BUCKET=films\nS3_COLLAB_BUCKET=films\nS3_COLLAB_PREFIX=staging\n");
    CommandRun run = run("cloud", "setup", "--yes");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("archives and shared files would lie in the same place");
    assertThat(buckets).isEmpty();
  }

  @Test
  void rules_made_by_hand_that_do_harm_are_told_and_left_alone() throws Exception {
    LifecycleRule byHand = LifecycleRule.of("tidy", RuleFilter.ofPrefix("")).moving(10, "GLACIER");
    bucket("films").handMade(byHand);

    CommandRun run = run("cloud", "setup", "--yes");

    assertThat(run.out()).contains("The life cycle rule \"tidy\" moves the tables of contents");
    assertThat(bucket("films").lifecycle().rules()).hasSize(3).contains(byHand);
    assertThat(run("cloud", "lifecycle").out())
        .contains("tidy: all: to Glacier after 10 days (somebody else's)")
        .contains("moves the tables of contents and light files");
  }

  @Test
  void the_doctor_finds_rules_made_by_hand_that_do_harm() throws Exception {
    assertThat(run("doctor", "--no-write").out())
        .contains("life cycle: No life cycle rule of s3://films removes or freezes")
        .contains("life cycle: No life cycle rule of s3://shared removes or freezes");

    bucket("shared").handMade(LifecycleRule.of("week", RuleFilter.ofPrefix("")).aborting(7));
    bucket("films")
        .handMade(LifecycleRule.of("tidy", RuleFilter.ofPrefix("")).moving(10, "GLACIER"));

    CommandRun run = run("doctor", "--no-write");
    assertThat(run.exit()).as(run.out()).isEqualTo(1);
    assertThat(run.out())
        .contains("life cycle, problem: s3://films: The life cycle rule \"tidy\" moves")
        .contains("life cycle, note: s3://shared: The life cycle rule \"week\" gives up uploads");
  }

  @Test
  void the_doctor_finds_rules_that_remove_what_lies_beside_archives_or_is_shared()
      throws Exception {
    bucket("films")
        .handMade(
            removing("toc", "archive/b00-b49/b40-old.toc.json"),
            LifecycleRule.of("versions", RuleFilter.ofPrefix("archive/")).forgettingVersions(1));
    bucket("shared").handMade(removing("tidy", "staging/"));

    CommandRun run = run("doctor", "--no-write");

    assertThat(run.exit()).as(run.out()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "life cycle, problem: s3://films: The life cycle rule \"toc\" removes archives and")
        .contains("below archive/b00-b49/b40-old.toc.json after 3 days")
        .contains("life cycle, problem: s3://shared: The life cycle rule \"tidy\" removes shared")
        .contains("life cycle, note: s3://films: The life cycle rule \"versions\" removes earlier");
  }

  private static LifecycleRule removing(String id, String prefix) {
    return new LifecycleRule(
        id,
        true,
        RuleFilter.ofPrefix(prefix),
        List.of(),
        Optional.of(new RuleMoment.After(3)),
        LifecycleRule.Noncurrent.NOTHING,
        false,
        OptionalInt.empty());
  }

  @Test
  void what_is_denied_is_told_and_the_rest_is_done() throws Exception {
    CommandRun run =
        CommandRun.in(repository)
            .at(clock)
            .using(new WithoutPolicies())
            .run("cloud", "setup", "--yes");
    assertThat(run.exit()).as(run.out()).isEqualTo(4);
    assertThat(run.out()).contains("may not set the policy", "Made 7 of 9 changes.");
    assertThat(bucket("films").lifecycle().rules()).hasSize(2);
  }

  @Test
  void policies_need_no_network() {
    CommandRun run = CommandRun.in(repository).run("cloud", "policy", "--for", "collaborator");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("arn:aws:s3:::shared/staging/*")
        .doesNotContain("films", "s3:*", "DeleteObjectVersion");
    CommandRun restorer = CommandRun.in(repository).run("cloud", "policy", "--for", "restorer");
    assertThat(restorer.out()).contains("s3:RestoreObject", "arn:aws:s3:::films/archive/*");
  }

  @Test
  void a_template_needs_no_network_and_says_what_setup_would_do() throws Exception {
    CommandRun run = CommandRun.in(repository).run("cloud", "setup", "--print", "cloudformation");
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode resources = new JsonMapper().readTree(run.out()).path("Resources");
    assertThat(resources.propertyNames())
        .containsExactlyInAnyOrder(
            "ArchiveBucket",
            "ArchiveBucketPolicy",
            "SharingBucket",
            "SharingBucketPolicy",
            "OwnerPolicy",
            "CollaboratorPolicy",
            "RestorerPolicy");
    JsonNode archive = resources.path("ArchiveBucket");
    assertThat(archive.path("DeletionPolicy").asString()).isEqualTo("Retain");
    JsonNode freeze = archive.at("/Properties/LifecycleConfiguration/Rules/0");
    assertThat(freeze.path("Prefix").asString()).isEqualTo("archive/");
    assertThat(freeze.at("/TagFilters/0/Key").asString()).isEqualTo("vat-freeze");
    assertThat(freeze.at("/Transitions/0/TransitionInDays").asInt()).isEqualTo(180);
    assertThat(resources.at("/SharingBucket/Properties/VersioningConfiguration/Status").asString())
        .isEqualTo("Enabled");
    assertThat(run.out()).doesNotContain("CloudTrail", "ExpirationInDays");

    CommandRun audited =
        CommandRun.in(repository)
            .with("AWS_REGION", "us-east-1")
            .run("cloud", "setup", "--print", "cloudformation", "--audit");
    assertThat(audited.out()).contains("AWS::CloudTrail::Trail", "arn:aws:s3:::films/archive/");
    assertThat(audited.err()).contains("CloudTrail takes $0.10 for 100,000 writes and removals");
  }

  @Test
  void policies_are_made_in_the_account_and_given_to_who_is_named() throws Exception {
    account.addUser("jan");
    CommandRun dry = run("cloud", "setup", "--iam", "--attach", "jan=collaborator", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("Who may do what (AWS IAM)")
        .contains("policy vat-v-appydave-collaborator: missing; made")
        .contains("user jan: does not have vat-v-appydave-collaborator; gets it")
        .contains("Would make 13 changes.");
    assertThat(account.find("vat-v-appydave-owner")).isEmpty();

    CommandRun run = run("cloud", "setup", "--iam", "--attach", "jan=collaborator", "--yes");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("Made 13 of 13 changes.");
    assertThat(account.attachedTo("jan").orElseThrow())
        .containsExactly("vat-v-appydave-collaborator");
    assertThat(account.find("vat-v-appydave-restorer").orElseThrow().document())
        .isEqualTo(run("cloud", "policy", "--for", "restorer").out().strip());
    assertThat(run("cloud", "setup", "--iam", "--attach", "jan=collaborator").out())
        .contains("All as it is to be.");
  }

  @Test
  void a_trail_is_set_up_with_its_bucket_and_its_price_told_first() throws Exception {
    CommandRun dry =
        person().with("AWS_REGION", "us-east-1").run("cloud", "setup", "--audit", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("films-audit-log: public access: could be given", "trail vat-v-appydave: missing")
        .contains("CloudTrail takes $0.10 for 100,000 writes and removals (not confirmed");
    assertThat(trails.find("vat-v-appydave")).isEmpty();

    CommandRun made =
        person().with("AWS_REGION", "us-east-1").run("cloud", "setup", "--audit", "--yes");
    assertThat(made.exit()).as(made.out() + made.err()).isZero();
    assertThat(trails.find("vat-v-appydave").orElseThrow().logging()).isTrue();
    assertThat(bucket("films-audit-log").policy().orElseThrow()).contains("VatTrailWrites");
    assertThat(person().with("AWS_REGION", "us-east-1").run("cloud", "setup", "--audit").out())
        .contains("All as it is to be.");
  }

  @Test
  void archives_are_copied_to_another_region_with_the_price_told_first() throws Exception {
    CommandRun.Person david = person().with("AWS_REGION", "us-east-1");
    CommandRun dry = david.run("cloud", "setup", "--replicate", "eu-west-1", "--dry-run");
    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("Copies in eu-west-1", "films: versions of archives: not kept; kept")
        .contains("archives below archive/ is copied to films-eu-west-1, in DEEP_ARCHIVE")
        .contains("100 GB cost $2.00 once to copy (prices of 2026-10)")
        .contains("$0.10 a month in Deep Archive there (not confirmed")
        .contains("What is there already, and what is frozen, is not copied");
    assertThat(bucket("films").replication()).isEmpty();

    CommandRun made = david.run("cloud", "setup", "--replicate", "eu-west-1", "--yes");
    assertThat(made.exit()).as(made.out() + made.err()).isZero();
    assertThat(bucket("films").replication().orElseThrow().rules()).hasSize(2);
    assertThat(bucket("films-eu-west-1").versioning()).isEqualTo(BucketSettings.Versioning.ON);
    assertThat(bucket("films-eu-west-1").lifecycle().rules())
        .extracting(rule -> rule.noncurrent().expireDays())
        .containsExactly(OptionalInt.of(30));
    assertThat(david.run("cloud", "setup", "--replicate", "eu-west-1").out())
        .contains("All as it is to be.");
    assertThat(david.run("cloud", "setup", "--replicate", "us-east-1").err())
        .contains("is the region of the archives themselves");
    assertThat(david.run("cloud", "setup", "--replicate", "Ireland").exit()).isEqualTo(2);
  }

  @Test
  void an_account_is_not_looked_for_at_another_server() throws Exception {
    CommandRun other =
        person().with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9").run("cloud", "setup", "--iam");
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("which is not AWS").contains("AWS_ENDPOINT_URL_IAM");
    assertThat(run("cloud", "setup", "--attach", "jan=owner").exit()).isEqualTo(2);
  }

  private class InMemory implements Services {
    @Override
    public AccessPolicies openPolicies(S3Access access) {
      return account;
    }

    @Override
    public AuditTrails openTrails(S3Access access) {
      return trails;
    }

    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return store(bucket);
    }

    @Override
    public KeepAwake keepAwake() {
      return _ -> () -> {};
    }
  }

  private final class WithoutPolicies extends InMemory {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return new ForwardingStore(store(bucket)) {
        @Override
        public BucketSettings settings() {
          return new ForwardingBucketSettings(super.settings()) {
            @Override
            public void putPolicy(Optional<String> seen, String policy) throws StoreException {
              throw new StoreException.AccessDenied("you may not set the policy", null);
            }
          };
        }
      };
    }
  }
}
