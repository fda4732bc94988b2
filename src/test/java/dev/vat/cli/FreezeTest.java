package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StorageClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `vat freeze` at its command line.
final class FreezeTest extends VaultInMemory {
  private Path repository;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    put(KEY, 200_000, "v-appydave");
    put("appydave/b00-b49/b40-old.toc.json", 10, "v-appydave");
  }

  private CommandRun run(String... words) {
    return person("david", repository).run(words);
  }

  private void put(String key, int size, String repo) throws IOException {
    bucket.put(
        key,
        Body.of("x".repeat(size).getBytes(UTF_8)),
        new ObjectAttributes("application/gzip", metadata(key, repo)),
        Guard.absent());
  }

  private static Map<String, String> metadata(String key, String repo) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    return repo.isEmpty()
        ? Map.of()
        : Map.of("repo", repo, "project-id", name.substring(0, name.indexOf('.')));
  }

  private StorageClass classOf(String key) {
    return bucket.head(key).orElseThrow().summary().storageClass();
  }

  @Test
  void the_plan_tells_what_it_saves_and_changes_nothing() throws Exception {
    CommandRun dry = run("freeze", "b40", "--dry-run");

    assertThat(dry.exit()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("b40-old (200.0 KB) - saves under $0.01 a month")
        .contains("Plan: freeze 1 archive (200.0 KB)")
        .contains("earned back after")
        .contains("at least 180 days in DEEP_ARCHIVE");
    assertThat(classOf(KEY)).isEqualTo(StorageClass.STANDARD);
    assertThat(repository.resolve(".vat")).doesNotExist();
    assertThat(repository.resolve("projects.json")).doesNotExist();
  }

  @Test
  void an_archive_is_frozen_its_table_of_contents_is_not_and_the_manifest_knows() throws Exception {
    CommandRun run = run("freeze", "b40", "--yes");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("b40-old (200.0 KB) - frozen in DEEP_ARCHIVE");
    assertThat(classOf(KEY)).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(classOf("appydave/b00-b49/b40-old.toc.json")).isEqualTo(StorageClass.STANDARD);
    assertThat(Files.readString(repository.resolve("projects.json")))
        .contains(KEY, "\"storage_class\" : \"DEEP_ARCHIVE\"")
        .containsPattern("\"glacier\" : \\{\\s*\"total_bytes\" : 200000");
    assertThat(run("freeze", "b40", "--yes").out()).contains("is in DEEP_ARCHIVE already");
  }

  @Test
  void where_versions_are_kept_the_plan_tells_that_the_old_one_goes_on_costing() throws Exception {
    assertThat(run("freeze", "b40", "--dry-run").err()).doesNotContain("versions");

    bucket.settings().keepVersions();

    assertThat(run("freeze", "b40", "--dry-run").err())
        .contains("keeps versions", "old version", "goes on costing as before");
  }

  @Test
  void nobody_at_the_terminal_and_no_yes_changes_nothing() throws Exception {
    CommandRun run = run("freeze", "b40");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--dry-run first");
    assertThat(classOf(KEY)).isEqualTo(StorageClass.STANDARD);
  }

  @Test
  void what_has_been_in_s3_long_enough_is_frozen_and_nobody_elses() throws Exception {
    clock.pass(Duration.ofDays(200));
    put("appydave/b00-b49/b41-new.tar.gz", 200_000, "v-appydave");
    clock.pass(Duration.ofDays(1));
    put("appydave/b00-b49/b42-late.tar.gz", 200_000, "v-appydave");

    CommandRun run = run("freeze", "--older-than", "180days", "--yes");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("b40-old").doesNotContain("b41-new", "b42-late");
    assertThat(classOf(KEY)).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(classOf("appydave/b00-b49/b41-new.tar.gz")).isEqualTo(StorageClass.STANDARD);
  }

  @Test
  void another_repositorys_archive_is_a_conflict_and_small_ones_stay() throws Exception {
    put("appydave/b00-b49/b43-voz.tar.gz", 200_000, "v-voz");
    put("appydave/b00-b49/b44-tiny.tar.gz", 2_000, "v-appydave");

    CommandRun run = run("freeze", "b43", "b44", "--yes");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out())
        .contains("b43-voz (200.0 KB) - stays: it is of v-voz")
        .contains("b44-tiny (2.0 KB) - stays: so small that freezing saves nothing");
    assertThat(classOf("appydave/b00-b49/b43-voz.tar.gz")).isEqualTo(StorageClass.STANDARD);
  }

  @Test
  void a_project_without_an_archive_says_how_to_make_one() throws Exception {
    Files.createDirectories(repository.resolve("b63-flivideo/recordings"));

    CommandRun run = run("freeze", "b63", "--yes");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("b63-flivideo - has no archive in S3");
    assertThat(run.err()).contains("vat backup b63-flivideo");
    assertThat(run("freeze").exit()).isEqualTo(2);
    assertThat(run("freeze", "b40", "--older-than", "1y").exit()).isEqualTo(2);
  }

  @Test
  void the_name_that_users_know_works_and_the_other_classes_do() throws Exception {
    assertThat(run("archive-to-glacier", "b40", "--class", "GLACIER_IR", "--yes").exit()).isZero();
    assertThat(classOf(KEY)).isEqualTo(StorageClass.GLACIER_IR);
    CommandRun colder = run("freeze", "b40", "--yes");
    assertThat(colder.out())
        .contains("What that saves is not known: S3 does not tell for how long")
        .contains("What has been in GLACIER_IR for less than 90 days is billed there for the rest");
    assertThat(classOf(KEY)).isEqualTo(StorageClass.DEEP_ARCHIVE);
  }

  @Test
  void every_archive_of_a_project_is_in_the_plan_and_frozen() throws Exception {
    String dated = "appydave/b00-b49/b40-old.2026-01-02_030405Z.tar.gz";
    put(dated, 300_000, "v-appydave");

    CommandRun dry = run("freeze", "b40", "--dry-run");
    assertThat(dry.out())
        .contains("b40-old (200.0 KB) - saves")
        .contains("b40-old.2026-01-02_030405Z.tar.gz (300.0 KB) - saves")
        .contains("Plan: freeze 2 archives (500.0 KB)");

    assertThat(run("freeze", "b40", "--yes").exit()).isZero();
    assertThat(classOf(KEY)).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(classOf(dated)).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(Files.readString(repository.resolve("projects.json"))).contains(KEY, dated);
  }

  @Test
  void what_does_not_say_whose_it_is_is_not_changed_and_how_to_say_it_is_told() throws Exception {
    String unsaid = "appydave/b00-b49/b45-plain.tar.gz";
    put(unsaid, 200_000, "");

    CommandRun run = run("freeze", "b45", "--yes");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).contains("b45-plain (200.0 KB) - stays: it does not say whose it is");
    assertThat(run.err())
        .contains(
            "--metadata-directive REPLACE --metadata \"repo=v-appydave,project-id=b45-plain\"");
    assertThat(classOf(unsaid)).isEqualTo(StorageClass.STANDARD);
    clock.pass(Duration.ofDays(300));
    assertThat(run("freeze", "--older-than", "180days", "--yes").out()).doesNotContain("b45-plain");
    assertThat(classOf(unsaid)).isEqualTo(StorageClass.STANDARD);
  }
}
