package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat show` as David types it, with the drive in the drawer.
final class ShowTest {
  private static final String CHANGED = "2026-01-01T00:00:00Z";

  @TempDir Path folder;
  private Path repository;
  private Path ssd;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    ssd = Files.createDirectories(folder.resolve("ssd"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    write(repository, "b63-flivideo/s3-staging/draft.mp4", new byte[2000]);
    write(repository, "archived/b00-b49/b40-flight/film.srt", new byte[30]);
    write(ssd, "b00-b49/b40-flight/film.srt", new byte[30]);
    write(ssd, "b00-b49/b40-flight/recordings/take.mp4", recording());
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));
  }

  /// A real one, from the demo.
  private static byte[] recording() throws IOException {
    try (InputStream in = DemoTeam.class.getResourceAsStream("/dev/vat/demo/draft.mp4")) {
      return in.readAllBytes();
    }
  }

  @Test
  void everything_is_told_of_a_project_whose_drive_is_unplugged() throws IOException {
    CommandRun run = vat("show", "b40");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("b40-flight (v-appydave)", "Copies: 1 whole one known")
        .contains("here: archived/b00-b49/b40-flight/", "1 file, 30 B, 0 heavy (0 B), 1 light")
        .contains("ssd: b00-b49/b40-flight", "2 files,", "verified never")
        .contains("Recordings: 1, ", "recordings/take.mp4", "h264  ssd")
        .contains("It is only on ssd: one lost drive loses it")
        .contains("Next: to S3, from 2026-06-30 on: 180 days after the last change");
  }

  @Test
  void an_active_project_shows_its_staging_and_when_it_goes_to_the_ssd() throws IOException {
    assertThat(vat("show", "v-appydave/b63").out())
        .contains("here: b63-flivideo/", "Staging: 1 file, 2.0 KB in s3-staging/")
        .contains("Next: to the SSD, due since 2026-04-01");
    assertThat(CommandRun.in(repository.resolve("b63-flivideo/s3-staging")).run("show").out())
        .contains("b63-flivideo (v-appydave)");
  }

  @Test
  void what_is_in_s3_has_its_price_where_the_region_is_known() throws IOException {
    Files.writeString(
        repository.resolve("projects.json"),
        """
        {"config": {}, "projects": [{"id": "b12-old", "storage": {
          "s3": {"exists": true, "key": "appydave/b12-old.tar.gz", "tier": "STANDARD",
            "size_bytes": 26843545600}}}]}
        """);
    assertThat(vat("show", "b12").out())
        .contains("S3: appydave/b12-old.tar.gz", "26.8 GB")
        .contains("Next: to Glacier: 180 days after its upload")
        .doesNotContain("$");
    assertThat(
            CommandRun.in(repository).with("AWS_REGION", "ap-southeast-1").run("show", "b12").out())
        .contains("26.8 GB, $0.63 a month for storage (AWS's list price of 2026-07)");
  }

  @Test
  void without_the_index_all_the_rest_is_shown() throws IOException {
    Files.writeString(repository.resolve(".vat/index.db"), "no database, whatever it is called");
    CommandRun damaged = vat("show", "b40");
    assertThat(damaged.exit()).isZero();
    assertThat(damaged.err()).contains("is damaged");
    assertThat(damaged.out()).contains("ssd: b00-b49/b40-flight").doesNotContain("Biggest");

    Files.delete(repository.resolve(".vat/index.db"));
    assertThat(vat("show", "b40").out()).contains("Next: to S3");
  }

  @Test
  void what_is_not_known_is_said_with_what_to_do() throws IOException {
    write(repository, "b70-fresh/recordings/a.mp4", new byte[10]);

    assertThat(vat("show", "b70").err()).contains("not in projects.json yet", "vat manifest");
    CommandRun unknown = vat("show", "b40-flihgt");
    assertThat(unknown.exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(unknown.err()).contains("did you mean b40-flight?");
    assertThat(vat("show").err()).contains("which project?");
    assertThat(vat("show", "b40", "--limit", "-2").exit()).isEqualTo(ExitCode.USAGE.number());
  }

  private CommandRun vat(String... words) throws IOException {
    return CommandRun.in(repository).run(words);
  }

  private static void write(Path root, String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(CHANGED)));
  }
}
