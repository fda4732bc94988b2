package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.ImageDrive;
import dev.vat.project.ProjectId;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// `vat light` as David types it, with a folder in the place of his drive.
final class LightTest {
  private static final Instant SHOT = Instant.parse("2026-01-02T03:04:05Z");
  private static final String COPY = "a01-a49/a07-old/";
  private static final String HERE = "archived/a00-a49/a07-old/";

  @TempDir Path folder;
  private Path repository;
  private Path ssd;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    ssd = Files.createDirectories(folder.resolve("T7"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    write(ssd, COPY + "recordings/film.mov", "a film");
    write(ssd, COPY + "transcript é.txt", "what was said");
    write(ssd, COPY + "assets/thumb.png", "a picture");
    write(ssd, COPY + ".DS_Store", "junk");
    write(ssd, "b50-b99/b63-flivideo/notes.txt", "notes of the copy");
    write(repository, "b63-flivideo/notes.txt", "notes of today");
    write(repository, "b63-flivideo/recordings/take.mov", "a take");
  }

  @Test
  void light_files_come_and_heavy_ones_junk_and_active_projects_do_not() throws IOException {
    vat("mhl", "create", ssd.resolve(COPY).toString());
    CommandRun run = vat("light");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("a07-old - 2 files", "new      transcript é.txt")
        .contains("Projects scanned: 2 (1 active here, left alone)", "Files copied: 2");
    assertThat(here())
        .containsExactlyInAnyOrder(HERE + "assets/thumb.png", HERE + "transcript é.txt");
    assertThat(repository.resolve(HERE + "transcript é.txt")).hasContent("what was said");
    assertThat(Files.getLastModifiedTime(repository.resolve(HERE + "assets/thumb.png")).toInstant())
        .isEqualTo(SHOT);
    assertThat(repository.resolve("b63-flivideo/notes.txt")).hasContent("notes of today");
    assertThat(vat("sync_from_ssd").out()).contains("Files copied: 0", "The same already: 2 files");
  }

  @Test
  void a_dry_run_shows_the_same_and_writes_nothing() throws IOException {
    List<String> before = everything();

    CommandRun run = vat("light", "--dry-run");

    assertThat(run.out()).contains("a07-old - would get 2 files", "Nothing was written");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void what_is_as_it_came_is_replaced_and_kept_and_what_was_edited_is_a_conflict()
      throws IOException {
    vat("light");
    write(ssd, COPY + "transcript é.txt", "what was said, corrected");
    write(ssd, COPY + "assets/thumb.png", "a PICTURE");
    Files.writeString(repository.resolve(HERE + "assets/thumb.png"), "my picture");

    CommandRun dry = vat("light", "a07", "--dry-run");
    assertThat(dry.exit()).isEqualTo(ExitCode.CONFLICT.number());
    CommandRun run = vat("light", "a07");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.out())
        .contains("update   transcript é.txt", "the old one is kept")
        .contains("conflict assets/thumb.png", "it was edited here since it came from the drive");
    assertThat(repository.resolve(HERE + "transcript é.txt"))
        .hasContent("what was said, corrected");
    assertThat(repository.resolve(HERE + "assets/thumb.png")).hasContent("my picture");
    String kept = vat("kept", "list", "--local").out();
    assertThat(kept).contains("transcript é.txt");
    Files.delete(repository.resolve(HERE + "transcript é.txt"));
    String id =
        kept.lines().filter(line -> line.contains("transcript")).findFirst().orElseThrow().strip();
    vat("kept", "restore", id.substring(0, id.indexOf("  (")));
    assertThat(repository.resolve(HERE + "transcript é.txt")).hasContent("what was said");
  }

  @Test
  void what_the_drives_history_calls_damaged_neither_comes_nor_replaces_a_good_one()
      throws IOException {
    vat("mhl", "create", ssd.resolve(COPY).toString());
    vat("light");
    Files.delete(repository.resolve(HERE + "transcript é.txt"));
    write(ssd, COPY + "assets/thumb.png", "a pictXre");
    write(ssd, COPY + "transcript é.txt", "what was saXd");

    CommandRun run = vat("light");

    assertThat(run.exit()).as(run.out() + run.err()).isNotZero();
    assertThat(run.out()).contains("assets/thumb.png", "damaged");
    assertThat(repository.resolve(HERE + "assets/thumb.png")).hasContent("a picture");
    assertThat(repository.resolve(HERE + "transcript é.txt")).doesNotExist();
  }

  @Test
  void nothing_that_is_kept_of_a_project_is_destroyed_while_another_run_is_at_it()
      throws IOException {
    vat("light");
    write(ssd, COPY + "transcript é.txt", "what was said, corrected");
    vat("light");

    try (ProjectLock _ =
        ProjectLock.take(
            repository.resolve(".vat"),
            new ProjectId("a07-old"),
            "vat light",
            InstantSource.system())) {
      CommandRun run = vat("kept", "empty", "--local", "--yes");

      assertThat(run.exit()).as(run.out()).isEqualTo(ExitCode.PARTLY.number());
      assertThat(vat("kept", "list", "--local").out()).contains("transcript é.txt");
    }
    assertThat(vat("kept", "empty", "--local", "--yes").exit()).isZero();
    assertThat(vat("kept", "list", "--local").out()).doesNotContain("transcript é.txt");
  }

  @Test
  void the_same_size_and_time_do_not_make_a_file_the_same() throws IOException {
    vat("light");
    write(ssd, COPY + "assets/thumb.png", "A picture");

    assertThat(vat("light").out()).contains("update   assets/thumb.png");
    assertThat(repository.resolve(HERE + "assets/thumb.png")).hasContent("A picture");
  }

  @Test
  void with_what_was_pulled_forgotten_a_difference_is_a_conflict_and_nothing_is_lost()
      throws IOException {
    vat("light");
    write(ssd, COPY + "transcript é.txt", "what was said, corrected");
    forgetState();

    CommandRun run = vat("light");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.out()).contains("nobody remembers what came from the drive");
    assertThat(repository.resolve(HERE + "transcript é.txt")).hasContent("what was said");
    Files.delete(repository.resolve(HERE + "transcript é.txt"));
    assertThat(vat("light").exit()).isZero();
  }

  @Test
  void what_was_found_the_same_counts_as_pulled() throws IOException {
    write(repository, HERE + "transcript é.txt", "what was said");
    vat("light");
    write(ssd, COPY + "transcript é.txt", "what was said, corrected");

    assertThat(vat("light").exit()).isZero();
    assertThat(repository.resolve(HERE + "transcript é.txt"))
        .hasContent("what was said, corrected");
  }

  @Test
  void an_existing_folder_wins_over_the_computed_one_and_two_are_a_question() throws IOException {
    Files.createDirectories(repository.resolve("archived/a01-a49"));
    vat("light");
    assertThat(repository.resolve("archived/a01-a49/a07-old/transcript é.txt")).exists();
    write(repository, HERE + "other.txt", "in a second folder");

    CommandRun run = vat("light");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.out()).contains("several folders here");
  }

  @Test
  void nothing_is_written_through_a_link() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.createDirectories(repository.resolve(HERE));
    Files.createSymbolicLink(repository.resolve(HERE + "assets"), elsewhere);

    CommandRun run = vat("light");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.out()).contains("in its way");
    assertThat(elsewhere).isEmptyDirectory();
    Files.move(repository.resolve("archived"), folder.resolve("old"));
    Files.createSymbolicLink(repository.resolve("archived"), elsewhere);
    assertThat(vat("light").exit()).isNotZero();
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void a_file_that_was_deleted_on_the_drive_stays_here() throws IOException {
    vat("light");
    Files.delete(ssd.resolve(COPY + "transcript é.txt"));

    assertThat(vat("light").exit()).isZero();
    assertThat(repository.resolve(HERE + "transcript é.txt")).hasContent("what was said");
  }

  @Test
  void an_unplugged_drive_is_no_empty_one() throws IOException {
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));

    CommandRun run = vat("light");

    assertThat(run.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(run.err()).contains("not connected");
    assertThat(vat("light", "nobody").exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
  }

  @Test
  void light_files_come_from_a_write_protected_drive(TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(folder, reporter, 16)) {
      write(drive.folder(), "b00-b49/b12-train/notes.txt", "a train");
      drive.makeReadOnly();
      Files.writeString(
          repository.resolve(".video-tools.env"), "SSD_BASE=" + drive.folder() + "\n");

      CommandRun run = vat("light");

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(repository.resolve("archived/b00-b49/b12-train/notes.txt")).hasContent("a train");
    }
  }

  private void forgetState() throws IOException {
    try (Stream<Path> all = Files.walk(repository.resolve(".vat"))) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        Files.delete(path);
      }
    }
  }

  private List<String> here() throws IOException {
    try (Stream<Path> all = Files.walk(repository.resolve("archived"))) {
      return all.filter(Files::isRegularFile)
          .map(path -> repository.relativize(path).toString())
          .toList();
    }
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository).run(words);
  }

  private static void write(Path base, String name, String content) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(SHOT));
  }
}
