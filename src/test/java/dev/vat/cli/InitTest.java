package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY";

  @TempDir Path drive;
  private Path brand;
  private Path settings;
  private Path ignored;

  @BeforeEach
  void a_brands_folder_under_git() throws IOException {
    brand = Files.createDirectories(drive.toRealPath().resolve("v-appydave"));
    Files.createDirectories(brand.resolve(".git"));
    Files.createDirectories(brand.resolve("b63-flivideo"));
    settings = brand.resolve(".video-tools.env");
    ignored = brand.resolve(".gitignore");
  }

  @Test
  void it_writes_the_settings_for_their_owner_and_keeps_them_out_of_git() throws IOException {
    Files.writeString(ignored, "*.mp4\n");

    CommandRun run =
        CommandRun.in(brand).run("init", "--collab-bucket", "appydave-collab", "--user", "david");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("✓ " + settings + " - created with S3_COLLAB_BUCKET, S3_SYNC_USER");
    assertThat(Files.readString(settings))
        .contains("\nS3_COLLAB_BUCKET=appydave-collab\n", "\nS3_SYNC_USER=david\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(settings)))
        .isEqualTo("rw-------");
    assertThat(Files.readAllLines(ignored))
        .startsWith("*.mp4")
        .contains(
            ".video-tools.env",
            ".vat/",
            ".vat-kept/",
            ".vat-releasing/",
            "projects.json",
            "s3-staging/",
            "**/s3-staging/");
  }

  @Test
  void a_second_run_changes_nothing() throws IOException {
    CommandRun.in(brand).run("init", "--collab-bucket", "appydave-collab");
    String before = Files.readString(settings) + Files.readString(ignored);

    CommandRun second = CommandRun.in(brand).run("init");

    assertThat(second.exit()).isZero();
    assertThat(second.out())
        .isEqualTo(
            "- "
                + settings
                + " - already there, kept as it is\n- "
                + ignored
                + " - complete already\n");
    assertThat(Files.readString(settings) + Files.readString(ignored)).isEqualTo(before);
  }

  @Test
  void an_existing_settings_file_is_kept_and_git_still_completed() throws IOException {
    Files.writeString(settings, "S3_BUCKET=old\n");

    assertThat(CommandRun.in(brand).run("init").exit()).isZero();

    assertThat(Files.readString(settings)).isEqualTo("S3_BUCKET=old\n");
    assertThat(Files.readAllLines(ignored)).contains(".video-tools.env");
  }

  @Test
  void options_that_could_not_be_honoured_are_refused() throws IOException {
    Files.writeString(settings, "S3_BUCKET=old\n");

    CommandRun run = CommandRun.in(brand).run("init", "--user", "jan");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("never changed by vat", "S3_SYNC_USER");
    assertThat(ignored).doesNotExist();
  }

  @Test
  void a_dry_run_tells_and_writes_nothing() throws IOException {
    CommandRun run =
        CommandRun.in(brand).run("init", "--dry-run", "--collab-bucket", "appydave-collab");

    assertThat(run.out())
        .contains("→ " + settings + " - would be created with S3_COLLAB_BUCKET")
        .contains("→ " + ignored + " - would get: .video-tools.env");
    try (Stream<Path> files = Files.list(brand)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".git", "b63-flivideo");
    }
  }

  @Test
  void inside_a_project_it_sets_up_the_repository_around_it() {
    CommandRun.in(brand.resolve("b63-flivideo")).run("init");

    assertThat(settings).exists();
    assertThat(ignored).exists();
  }

  @Test
  void a_wrong_value_is_refused_before_anything_is_written() {
    CommandRun run = CommandRun.in(brand).run("init", "--collab-bucket", "s3://My Bucket");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("S3_COLLAB_BUCKET");
    assertThat(settings).doesNotExist();
    assertThat(ignored).doesNotExist();
  }

  @Test
  void the_home_folder_is_no_brands_folder() {
    CommandRun run = CommandRun.in(brand).home(brand).run("init");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(settings).doesNotExist();
  }

  @Test
  void on_a_terminal_it_asks_and_the_secret_is_not_repeated() throws IOException {
    CommandRun run =
        CommandRun.in(brand)
            .typing(
                "appydave-collab",
                "ap-southeast-1",
                "",
                "/Volumes/T7/youtube",
                "AKIAIOSFODNN7EXAMPLE",
                SECRET)
            .run("init");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("Who you are to your team", "david");
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
    assertThat(Files.readAllLines(settings))
        .contains(
            "S3_COLLAB_BUCKET=appydave-collab",
            "AWS_REGION=ap-southeast-1",
            "S3_SYNC_USER=david",
            "SSD_BASE=/Volumes/T7/youtube",
            "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE",
            "AWS_SECRET_ACCESS_KEY=" + SECRET);
  }

  @Test
  void a_wrong_answer_is_asked_again_and_costs_no_other() throws IOException {
    CommandRun run =
        CommandRun.in(brand)
            .typing("My Bucket!", "appydave-collab", "", "david", "T7", "", "")
            .run("init");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("My Bucket!", "\"T7\" is no whole path");
    assertThat(Files.readString(settings))
        .contains("S3_COLLAB_BUCKET=appydave-collab", "S3_SYNC_USER=david");
  }

  @Test
  void answers_that_end_too_early_write_nothing() {
    CommandRun run = CommandRun.in(brand).typing("appydave-collab").run("init");

    assertThat(run.exit()).isEqualTo(130);
    assertThat(settings).doesNotExist();
  }

  @Test
  void a_git_ignore_in_another_encoding_and_behind_a_link_keeps_its_bytes() throws IOException {
    Path elsewhere = drive.toRealPath().resolve("shared-ignore");
    Files.write(elsewhere, "caf\u00e9/\r\n".getBytes(StandardCharsets.ISO_8859_1));
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-rw-r--"));
    Files.createSymbolicLink(ignored, elsewhere);

    CommandRun.in(brand).run("init");

    assertThat(Files.isSymbolicLink(ignored)).isTrue();
    assertThat(Files.readString(elsewhere, StandardCharsets.ISO_8859_1))
        .startsWith("caf\u00e9/\r\n")
        .contains("\r\n.vat/\r\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(elsewhere)))
        .isEqualTo("rw-rw-r--");
  }

  @Test
  void with_json_the_result_is_one_document() {
    CommandRun run = CommandRun.in(brand).run("init", "--json");

    assertThat(run.out())
        .startsWith("{\n  \"schema\" : \"vat.init/1\"")
        .contains("\"settings_created\" : true");
    assertThat(List.of(run.out().split("\n"))).noneMatch(line -> line.contains("✓"));
  }
}
