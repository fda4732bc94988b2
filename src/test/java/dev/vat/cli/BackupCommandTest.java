package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.RuleMoment;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vat backup` as David types it.
final class BackupCommandTest extends ProjectOnSsdAndVault {
  private Duration slow = Duration.ZERO;

  @Override
  ObjectStore opened() {
    return new ForwardingStore(bucket) {
      @Override
      public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
          throws IOException {
        if (key.equals(KEY)) {
          clock.pass(slow);
        }
        return super.put(key, body, attributes, guard);
      }
    };
  }

  @Test
  void the_plan_tells_what_it_costs_and_how_long_it_takes_and_writes_nothing() throws Exception {
    write(project, "recordings/long.mp4", "x".repeat(3_000_000));

    CommandRun plan = vat("backup", "b40", "--dry-run", "--limit-rate", "1M");

    assertThat(plan.exit()).as(plan.err()).isZero();
    assertThat(plan.out())
        .contains("a month in S3 Standard", "once for requests", "about 3s at 1.0 MB/s")
        .contains("would be kept in s3://vault/appydave/RECOVER-WITHOUT-VAT.md");
    assertThat(keys()).isEmpty();
    assertThat(vat("backup", "b40", "--dry-run").out()).contains("how long is not known");
    JsonNode line =
        JsonMapper.shared()
            .readTree(vat("backup", "b40", "-n", "--limit-rate", "1M", "--json").out())
            .path("projects")
            .path(0);
    assertThat(line.path("estimated_seconds").asInt()).isEqualTo(3);
    // 3 MB of 2^30 at $0.023, and ten requests of the dearer kind at $0.005 a thousand at most.
    assertThat(line.path("monthly_usd").asDouble()).isBetween(0.00006, 0.00007);
    assertThat(line.path("requests_usd").asDouble()).isBetween(0.00002, 0.0001);
    assertThat(line.path("prices_confirmed").asBoolean()).isTrue();
  }

  @Test
  void a_plan_tells_how_long_it_takes_by_how_fast_the_last_one_went() throws Exception {
    write(project, "recordings/long.mp4", "x".repeat(6_000_000));
    write(ssd.resolve("b00-b49/b41-new"), "take.mp4", "x".repeat(30_000_000));
    slow = Duration.ofSeconds(3);

    assertThat(vat("backup", "b40").exit()).isZero();
    slow = Duration.ZERO;

    assertThat(vat("backup", "b41", "--dry-run").out())
        .contains("about 15s at 2.0 MB/s, as fast as the last one");
    clock.pass(Duration.ofDays(31));
    assertThat(vat("backup", "b41", "--dry-run").out()).contains("how long is not known");
  }

  @Test
  void an_archive_without_its_table_of_contents_is_told_with_what_proving_it_may_take()
      throws Exception {
    assertThat(vat("backup", "b40").exit()).isZero();
    String toc = KEY.replace(".tar.gz", ".toc.json");
    bucket.remove(toc, bucket.head(toc).orElseThrow().summary().etag());

    CommandRun plan = vat("backup", "b40", "--dry-run");
    assertThat(plan.out())
        .contains("no table of contents is beside it", "made once more from the folder")
        .contains("for leaving Amazon");
    assertThat(vat("backup", "b40").exit()).isZero();
    assertThat(bucket.head(toc)).isPresent();
  }

  @Test
  void a_checksum_history_that_is_left_of_a_copy_is_no_copy() throws Exception {
    assertThat(vat("backup", "b40").exit()).isZero();
    Files.delete(project.resolve("recordings/take.mp4"));
    Files.delete(project.resolve("transcript.txt"));
    write(project, "ascmhl/ascmhl_chain.xml", "<left/>");

    CommandRun looked = vat("manifest");
    assertThat(looked.out() + looked.err()).contains("b40-old: its folder on", "is no copy");
    assertThat(manifest().path("storage").path("ssd").path("exists").booleanValue()).isFalse();
    CommandRun again = vat("backup", "b40");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).doesNotContain("from: T7").contains("S3");
  }

  @Test
  void a_project_goes_from_the_ssd_to_s3_and_tar_unpacks_it_into_its_folder() throws Exception {
    CommandRun run = vat("backup", "b40");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("s3://vault/" + KEY, "from: T7", "2 files", "confirmed by S3's checksum");
    Path unpacked = Files.createDirectories(folder.resolve("unpacked"));
    ObjectSummary object = archive().orElseThrow().summary();
    Path file = folder.resolve("b40-old.tar.gz");
    try (InputStream in = bucket.read(KEY, object.etag(), 0, object.sizeBytes())) {
      Files.copy(in, file);
    }
    Process tar =
        new ProcessBuilder("tar", "xzf", file.toString(), "-C", unpacked.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    assertThat(unpacked.resolve("b40-old/recordings/take.mp4")).hasContent("footage");
    assertThat(unpacked.resolve("b40-old/transcript.txt")).hasContent("said");
    assertThat(manifest().at("/storage/s3/key").asString()).isEqualTo(KEY);
    assertThat(manifest().at("/storage/s3/verified_at").asString()).isNotEmpty();
    assertThat(manifest().at("/storage/s3/bucket").asString()).isEqualTo("vault");

    assertThat(vat("backup", "b40").out()).contains("was in S3 already, the same");
  }

  @Test
  void a_dry_run_writes_nothing_anywhere() throws Exception {
    CommandRun run = vat("backup", "b40", "--dry-run", "--delete-local");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("s3://vault/" + KEY, "1 light file", "Nothing was written");
    assertThat(keys()).isEmpty();
    assertThat(repository.resolve(".vat")).doesNotExist();
    assertThat(repository.resolve("projects.json")).doesNotExist();
    assertThat(ssd.resolve(".vat-drive.json")).doesNotExist();
    assertThat(project.resolve("recordings/take.mp4")).exists();
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>();
    bucket.list("", object -> keys.add(object.key()));
    return keys;
  }

  @Test
  void room_is_made_on_the_ssd_once_s3_has_proven_it() throws Exception {
    CommandRun run = vat("backup", "b40", "--delete-local");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("released on T7: 2 files", "left: 1 copy, S3 (memory)");
    assertThat(project).doesNotExist();
    assertThat(archive()).isPresent();
    assertThat(manifest().at("/storage/ssd/exists").asBoolean()).isFalse();
    assertThat(manifest().at("/storage/s3/exists").asBoolean()).isTrue();
  }

  @Test
  void a_checksum_history_that_got_longer_goes_to_s3_before_the_copy_goes() throws Exception {
    vat("verify", "b40");
    vat("backup", "b40");
    vat("verify", "b40");

    CommandRun run = vat("backup", "b40", "--delete-local");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(project).doesNotExist();
    ObjectSummary light =
        bucket.head("appydave/b00-b49/b40-old.light.tar.gz").orElseThrow().summary();
    Path file = folder.resolve("light.tar.gz");
    try (InputStream in = bucket.read(light.key(), light.etag(), 0, light.sizeBytes())) {
      Files.copy(in, file);
    }
    Process tar = new ProcessBuilder("tar", "tzf", file.toString()).start();
    assertThat(new String(tar.getInputStream().readAllBytes()).lines())
        .contains("b40-old/transcript.txt", "b40-old/ascmhl/ascmhl_chain.xml")
        .anyMatch(name -> name.startsWith("b40-old/ascmhl/0002_"));
  }

  @Test
  void what_a_run_left_that_was_cut_at_the_end_of_its_release_goes_with_the_next()
      throws Exception {
    vat("verify", "b40");
    vat("backup", "b40");
    for (String name : List.of("recordings/take.mp4", "transcript.txt")) {
      Files.delete(project.resolve(name));
    }

    CommandRun looked = vat("backup", "b40");
    CommandRun history = vat("backup", "b40", "--delete-local");

    assertThat(looked.out()).contains("is in S3 alone");
    assertThat(history.exit()).as(history.out() + history.err()).isZero();
    assertThat(project).doesNotExist();
    assertThat(manifest().at("/storage/ssd/exists").asBoolean()).isFalse();
    Files.createDirectories(project.resolve("recordings"));
    assertThat(vat("backup", "b40").exit()).isZero();
    assertThat(project).as("without --delete-local").exists();
    assertThat(vat("backup", "b40", "--delete-local").exit()).isZero();
    assertThat(project).doesNotExist();
  }

  @Test
  void what_a_life_cycle_rule_is_going_to_remove_justifies_no_release() throws Exception {
    LifecycleRule rule = LifecycleRule.of("tidy", RuleFilter.ofPrefix("appydave/"));
    bucket
        .settings()
        .merge(
            bucket.settings().lifecycle(),
            List.of(
                new LifecycleRule(
                    rule.id(),
                    true,
                    rule.filter(),
                    List.of(),
                    Optional.of(new RuleMoment.After(365)),
                    rule.noncurrent(),
                    false,
                    rule.abortDays())));

    CommandRun run = vat("backup", "b40", "--delete-local");

    assertThat(run.exit()).as(run.out()).isEqualTo(4);
    assertThat(run.err()).contains("\"tidy\" is going to remove it after 365 days");
    assertThat(project.resolve("recordings/take.mp4")).hasContent("footage");
  }

  @Test
  void more_copies_than_there_are_are_not_made_up() throws Exception {
    Files.writeString(repository.resolve(".video-tools.env"), "MIN_COPIES=2\n");

    CommandRun run = vat("backup", "b40", "--delete-local");

    assertThat(run.exit()).as(run.out()).isEqualTo(4);
    assertThat(run.out()).contains("stays", "MIN_COPIES");
    assertThat(project.resolve("recordings/take.mp4")).hasContent("footage");
  }

  @Test
  void another_content_in_s3_is_a_conflict_that_shows_both() throws Exception {
    vat("backup", "b40");
    write(project, "recordings/take.mp4", "footagE");
    write(project, "more.txt", "more");

    CommandRun run = vat("backup", "b40", "--delete-local");
    CommandRun both = vat("backup", "b40", "--keep", "both");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("S3 has another content", "by david", "more.txt: not in S3");
    assertThat(project.resolve("more.txt")).exists();
    assertThat(both.exit()).as(both.err()).isZero();
    assertThat(keys()).filteredOn(key -> key.matches(".*/b40-old\\.2.*Z\\.tar\\.gz")).hasSize(1);
  }

  @Test
  void an_ssd_that_is_away_is_named_and_a_whole_folder_here_will_do() throws Exception {
    vat("manifest");
    Files.move(ssd, folder.resolve("drawer"));

    CommandRun away = vat("backup", "b40");
    write(repository.resolve("b40-old"), "transcript.txt", "said");
    CommandRun partly = vat("backup", "b40");
    write(repository.resolve("b40-old"), "recordings/take.mp4", "footage");
    CommandRun here = vat("backup", "b40");

    assertThat(away.exit()).isEqualTo(5);
    assertThat(away.err()).contains("it is on T7, which is not connected", "connect T7");
    assertThat(partly.exit()).as(partly.out()).isEqualTo(5);
    assertThat(partly.err()).contains("has less than the copy on T7");
    assertThat(here.exit()).as(here.err()).isZero();
    assertThat(here.out()).contains("from: local");
  }

  @Test
  void old_projects_that_s3_has_nothing_of_are_chosen_by_age() throws Exception {
    write(ssd.resolve("b00-b49/b41-new"), "take.mp4", "new");
    Files.setLastModifiedTime(
        ssd.resolve("b00-b49/b41-new/take.mp4"),
        FileTime.from(clock.instant().minus(Duration.ofDays(3))));
    Files.setLastModifiedTime(
        project.resolve("transcript.txt"),
        FileTime.from(clock.instant().minus(Duration.ofDays(200))));
    Files.setLastModifiedTime(
        project.resolve("recordings/take.mp4"),
        FileTime.from(clock.instant().minus(Duration.ofDays(200))));
    vat("manifest");

    CommandRun run = vat("backup", "--older-than", "6months");
    CommandRun again = vat("backup", "--older-than", "6months");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(keys())
        .filteredOn(key -> !key.equals("appydave/RECOVER-WITHOUT-VAT.md"))
        .hasSize(3)
        .allMatch(key -> key.contains("b40-old"));
    assertThat(again.out()).contains("No project to back up");
    assertThat(again.err()).contains("1 project so old is in S3 already");
  }

  @Test
  void reading_all_of_it_proves_more_than_a_checksum() throws Exception {
    CommandRun run = vat("backup", "b40", "--verify", "full");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("downloaded and compared");
  }

  @Test
  void what_reading_all_of_it_costs_is_told_before() throws Exception {
    assertThat(vat("backup", "b40", "--verify", "full", "--dry-run").out())
        .contains("--verify full: all of it is downloaded", "for leaving Amazon");
    assertThat(vat("backup", "b40", "--dry-run").out()).doesNotContain("downloaded");
    assertThat(vat("backup", "b40").exit()).isZero();

    CommandRun again = vat("backup", "b40", "--verify", "full", "--dry-run", "--json");

    assertThat(again.err()).doesNotContain("Exception");
    JsonNode line = JsonMapper.shared().readTree(again.out()).path("projects").path(0);
    assertThat(line.path("download_usd").isNumber()).isTrue();
    assertThat(line.path("prices_confirmed").asBoolean()).isTrue();
  }

  @Test
  void what_contradicts_itself_is_refused() throws Exception {
    assertThat(vat("backup", "b40", "--older-than", "1y").exit()).isEqualTo(2);
    assertThat(vat("backup", "b40", "--delete-local", "--place", "local").exit()).isEqualTo(2);
    assertThat(vat("backup", "--older-than", "1y", "--keep", "both").exit()).isEqualTo(2);
    assertThat(vat("backup", "b99").exit()).isEqualTo(2);
  }
}
