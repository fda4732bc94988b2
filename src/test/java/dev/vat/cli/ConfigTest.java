package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY";
  private static final String KEY = "AKIAIOSFODNN7EXAMPLE";

  @TempDir Path drive;
  private Path brand;

  @BeforeEach
  void a_repository() throws IOException {
    brand = Files.createDirectories(drive.toRealPath().resolve("v-appydave"));
    Files.writeString(
        brand.resolve(".video-tools.env"),
        "S3_COLLAB_BUCKET=appydave-collab\nAWS_REGION=ap-southeast-1\n");
  }

  @Test
  void every_value_is_told_with_its_origin() {
    CommandRun run = CommandRun.in(brand).with("AWS_REGION", "eu-west-1").run("config");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Settings of " + brand + "\n\n")
        .containsPattern("AWS_REGION +eu-west-1 +environment\n")
        .containsPattern("S3_COLLAB_BUCKET +appydave-collab +\\.video-tools\\.env:1\n")
        .containsPattern("S3_REPO_NAME +v-appydave +folder name\n")
        .containsPattern("S3_SYNC_USER +david +user name\n")
        .containsPattern("HEAVY_FILE_MB +100 +default\n")
        .containsPattern("Not set: .*SSD_BASE");
  }

  @Test
  void secrets_are_never_shown() {
    for (String option : new String[] {"--debug", "--json"}) {
      CommandRun run =
          CommandRun.in(brand)
              .with("AWS_ACCESS_KEY_ID", KEY)
              .with("AWS_SECRET_ACCESS_KEY", SECRET)
              .with("SMTP_URL", "smtps://me:" + SECRET + "@mail.example.com")
              .run("config", option);

      assertThat(run.exit()).isZero();
      assertThat(run.out() + run.err())
          .contains("AWS_SECRET_ACCESS_KEY")
          .doesNotContain(SECRET, KEY, "mail.example.com");
    }
  }

  @Test
  void a_wrong_value_is_told_and_the_rest_still_shown() throws IOException {
    Files.writeString(brand.resolve(".video-tools.env"), "MIN_COPIES=many\nSSD_BASE=T7\n");

    CommandRun run = CommandRun.in(brand).run("config");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("MIN_COPIES", "S3_SYNC_USER");
    assertThat(run.err()).contains("MIN_COPIES is wrong", "SSD_BASE is wrong");
  }

  @Test
  void a_line_that_is_not_understood_is_told_without_its_value() throws IOException {
    Files.writeString(brand.resolve(".video-tools.env"), "AWS_SECRET_KEY=" + SECRET + "\n");

    CommandRun run = CommandRun.in(brand).run("config");

    assertThat(run.err()).contains("⚠ " + brand.resolve(".video-tools.env") + ":1: ");
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
  }

  @Test
  void it_works_outside_of_a_repository() throws IOException {
    Path elsewhere = Files.createDirectories(drive.toRealPath().resolve("elsewhere"));

    CommandRun run = CommandRun.in(elsewhere).run("config");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("Settings outside of a repository");
  }

  @Test
  void with_json_it_is_one_document() {
    CommandRun run = CommandRun.in(brand).run("config", "--json");

    assertThat(run.out())
        .startsWith("{\n  \"schema\" : \"vat.config/1\",\n  \"repository\" : \"" + brand + "\",\n")
        .contains("\"key\" : \"AWS_REGION\"", "\"problems\" : [ ]");
  }
}
