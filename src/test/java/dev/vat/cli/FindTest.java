package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat find` as David types it, with the drive in the drawer.
final class FindTest {
  @TempDir Path folder;
  private Path repository;
  private Path ssd;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    ssd = Files.createDirectories(folder.resolve("ssd"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    write(repository, "b63-flivideo/recordings/take.mp4", "footage");
    write(repository, "b63-flivideo/notes.md", "buy a butcher's knife");
    write(
        ssd,
        "b00-b49/b40-flight/film.srt",
        "1\n00:01:05,000 --> 00:01:07,000\nI take the Butcher knife\n");
  }

  @Test
  void a_line_on_an_unplugged_drive_is_found_with_its_time_and_the_drive_to_plug_in()
      throws IOException {
    assertThat(vat("manifest").out()).contains("3 new or changed files read for vat find");
    Files.move(ssd, folder.resolve("in the drawer"));
    vat("manifest");

    CommandRun run = vat("find", "butcher", "knife");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("b40-flight/film.srt  SSD (ssd)", "00:01:05  I take the Butcher knife")
        .contains("b63-flivideo/notes.md  here", "line 1  buy a butcher's knife")
        .contains("0 projects, 2 texts, 0 file names");
    assertThat(run.err()).contains("only on ssd: plug that drive in");
  }

  @Test
  void what_is_found_can_be_narrowed() throws IOException {
    vat("manifest");

    assertThat(vat("find", "knife", "--project", "b4*").out()).contains("0 projects, 1 text,");
    assertThat(vat("find", "knife", "--name", "*.md").out()).contains("0 projects, 1 text,");
    assertThat(vat("find", "film", "--only", "ids,text").out()).contains("0 texts, 0 file names");
    assertThat(vat("find", "knife", "--limit", "1").out())
        .contains("Text (1 of 2; --limit 0 shows all)");
    assertThat(vat("find", "\" \"").exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(vat("find", "knife", "--project", "[b").exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(vat("find", "knife", "--limit", "-1").exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void a_project_that_is_only_in_s3_is_found_by_its_id() throws IOException {
    Files.writeString(
        repository.resolve("projects.json"),
        """
        {"config": {}, "projects": [{"id": "b12-knife-test", "storage": {
          "local": {"exists": false}, "ssd": {"exists": false},
          "s3": {"exists": true, "key": "appydave/b12-knife-test.tar.gz", "tier": "GLACIER"}}}]}
        """);
    assertThat(vat("find", "knife").out()).contains("b12-knife-test  Glacier", "1 project,");
    vat("manifest");
    assertThat(vat("find", "knife").out())
        .contains("b12-knife-test  Glacier", "1 project, 2 texts,");
  }

  @Test
  void what_was_archived_since_is_not_said_to_be_here() throws IOException {
    vat("manifest");
    // As archiving leaves it: the manifest knows, the index does not yet.
    Path manifest = repository.resolve("projects.json");
    String known = Files.readString(manifest);
    Files.writeString(
        manifest,
        known.replace(
            "\"exists\" : true,\n        \"structure\" : \"flat\"", "\"exists\" : false"));

    assertThat(Files.readString(manifest)).isNotEqualTo(known);
    assertThat(vat("find", "butcher").out())
        .contains("b63-flivideo/notes.md  in no known place any more")
        .contains("b40-flight/film.srt  SSD (ssd)");
  }

  @Test
  void before_the_first_look_it_says_what_to_do_and_writes_nothing() throws IOException {
    CommandRun run = vat("find", "knife");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("vat manifest");
    assertThat(repository.resolve(".vat")).doesNotExist();
  }

  @Test
  void an_index_that_cannot_be_written_never_fails_the_manifest() throws IOException {
    Files.createDirectories(repository.resolve(".vat/index.db"));

    CommandRun run = vat("manifest");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("vat find is not up to date: ", "projects.json written");
    assertThat(vat("find", "knife").exit()).isEqualTo(ExitCode.FAILED.number());
  }

  @Test
  void an_index_that_is_none_is_said_and_begun_anew_by_the_manifest() throws IOException {
    vat("manifest");
    Files.writeString(repository.resolve(".vat/index.db"), "not a database, whatever it is called");

    assertThat(vat("find", "knife").err()).contains("index.db is damaged", "vat manifest");
    assertThat(vat("manifest").out()).contains("was damaged and is put aside");
    assertThat(vat("find", "knife").out()).contains("2 texts");
  }

  private CommandRun vat(String... words) throws IOException {
    return CommandRun.in(repository).run(words);
  }

  private static void write(Path root, String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
