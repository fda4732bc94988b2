package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.ChildJvm;
import dev.vat.disk.ImageDrive;
import dev.vat.project.ProjectId;
import dev.vat.state.ProjectLock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vat verify` as David types it, with a folder in the place of his drive.
final class VerifyTest {
  private static final Instant SHOT = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;
  private Path repository;
  private Path ssd;
  private HandClock clock;

  @BeforeEach
  void prepare() throws IOException {
    clock = new HandClock();
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    ssd = Files.createDirectories(folder.resolve("T7"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    write(ssd, "b00-b49/b40-flight/film.mov", "take off, and landing");
    write(ssd, "b00-b49/b40-flight/notes/transcript é.txt", "we are flying");
    write(ssd, "b00-b49/b41-ship/film.mov", "the ship is sailing");
    write(repository, "archived/b00-b49/b40-flight/notes/transcript é.txt", "we are flying");
  }

  @Test
  void a_copy_without_a_history_gets_one_and_the_next_run_proves_it() throws IOException {
    CommandRun first = vat("verify");

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("2 copies, 3 files to read")
        .contains("b40-flight on T7 - 2 files recorded for the first time; nothing to compare with")
        .doesNotContain("in archived/");
    assertThat(manifest()).doesNotContain("verified_at");
    clock.pass(Duration.ofHours(1));
    CommandRun second = vat("verify");
    assertThat(second.exit()).isZero();
    assertThat(second.out())
        .contains("b40-flight on T7 - 2 files as recorded", "As recorded: 3 files");
    assertThat(manifest()).contains("\"verified_at\" : \"2026-05-04T11:00:00Z\"");
    assertThat(vat("list").out()).contains("verified");
    assertThat(vat("manifest").exit()).isZero();
    assertThat(vat("list").out()).as("a look takes nothing back").contains("verified");
  }

  @Test
  void damage_a_missing_file_and_a_new_one_are_told_and_the_copy_is_verified_no_more()
      throws IOException {
    vat("verify");
    vat("verify");
    assertThat(manifest()).contains("verified_at");
    damage("b00-b49/b40-flight/film.mov", "take off, and landinG");
    Files.delete(ssd.resolve("b00-b49/b41-ship/film.mov"));
    write(ssd, "b00-b49/b41-ship/poster.jpg", "a ship");

    CommandRun run = vat("verify");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out())
        .contains("1 file as recorded, 1 damaged")
        .containsPattern("damaged +film.mov")
        .containsPattern("missing +film.mov")
        .containsPattern("new +poster.jpg")
        .contains("Damaged: 1 file", "vat verify b40-flight --repair");
    assertThat(manifest()).doesNotContain("verified_at");
  }

  @Test
  void a_copy_that_was_found_damaged_is_told_as_damaged_until_something_proves_it()
      throws IOException {
    vat("verify");
    clock.pass(Duration.ofHours(1));
    assertThat(vat("verify").exit()).isZero();
    damage("b00-b49/b40-flight/film.mov", "take off, and landinG");
    clock.pass(Duration.ofHours(1));

    vat("verify", "b40");

    assertThat(manifest()).containsOnlyOnce("\"damaged_at\" : \"2026-05-04T12:00:00Z\"");
    CommandRun looked = vat("manifest");
    assertThat(looked.out())
        .contains("b40-flight is damaged or not complete on T7, as vat verify found on 2026-05-04")
        .contains("vat verify b40-flight --repair", "b40-flight has no copy that is known to be")
        .doesNotContain("b40-flight has a copy on T7 that is not verified");
    assertThat(vat("list", "--at-risk", "b40*").out())
        .containsPattern("b40-flight +archived +damaged .* 0\n");
    assertThat(vat("show", "b40").out())
        .contains("damaged, 2026-05-04: vat verify b40-flight --repair", "0 whole ones known")
        .doesNotContain("verified never");
    assertThat(vat("drives").out()).contains("of 2 projects no other whole copy is known");

    damage("b00-b49/b40-flight/film.mov", "take off, and landing");
    clock.pass(Duration.ofHours(1));
    assertThat(vat("verify", "b40").exit()).isZero();
    assertThat(manifest()).doesNotContain("damaged_at");
    assertThat(vat("list", "b40*").out()).containsPattern("b40-flight +archived +verified .* 1\n");
  }

  @Test
  void a_dry_run_writes_nothing_anywhere() throws IOException {
    List<String> before = everything();

    CommandRun run = vat("verify", "--dry-run");

    assertThat(run.out())
        .contains("b40-flight on T7 - would read 2 files", "begins its checksum history")
        .contains("Nothing was written");
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void a_damaged_file_is_brought_back_from_another_copy_and_kept_aside() throws IOException {
    vat("verify");
    write(repository, "b40-flight/film.mov", "take off, and landing");
    damage("b00-b49/b40-flight/film.mov", "take off, and landinG");
    vat("verify", "b40");
    List<String> before = everything();

    CommandRun dry = vat("verify", "b40", "--repair", "--dry-run");
    assertThat(dry.out()).contains("would bring back film.mov from " + repository);
    assertThat(everything()).isEqualTo(before);
    CommandRun run = vat("verify", "b40", "--repair");

    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out())
        .contains("1 file to read", "brought back film.mov", "b40-flight.replaced-2026-05-04");
    assertThat(ssd.resolve("b00-b49/b40-flight/film.mov")).hasContent("take off, and landing");
    assertThat(Files.getLastModifiedTime(ssd.resolve("b00-b49/b40-flight/film.mov")).toInstant())
        .isEqualTo(SHOT);
    assertThat(ssd.resolve("b00-b49/b40-flight.replaced-2026-05-04_100000Z/film.mov"))
        .hasContent("take off, and landinG");
    CommandRun after = vat("verify", "b40");
    assertThat(after.out()).contains("2 files as recorded");
    assertThat(after.exit()).isZero();
    assertThat(vat("manifest").out())
        .contains("Projects: 2")
        .contains("it holds what was replaced in the project beside it");
  }

  @Test
  void a_missing_file_comes_back_and_one_that_no_copy_has_well_is_left_as_it_is()
      throws IOException {
    vat("verify");
    Files.delete(ssd.resolve("b00-b49/b40-flight/notes/transcript é.txt"));
    Files.delete(ssd.resolve("b00-b49/b40-flight/notes"));
    damage("b00-b49/b40-flight/film.mov", "take off, and landinG");
    write(repository, "b40-flight/film.mov", "take off, and ........");
    vat("verify", "b40-flight");

    CommandRun run = vat("verify", "b40-flight", "--repair");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out())
        .containsPattern("brought back notes/transcript é.txt from .*archived")
        .contains("not brought back: film.mov (no other copy");
    assertThat(ssd.resolve("b00-b49/b40-flight/notes/transcript é.txt"))
        .hasContent("we are flying");
    assertThat(ssd.resolve("b00-b49/b40-flight/film.mov")).hasContent("take off, and landinG");
    damageIn(repository, "b40-flight/film.mov", "take off, ant landing");
    assertThat(vat("verify", "b40-flight", "--repair").out())
        .contains("has another content than was recorded as well");
    assertThat(everything()).noneMatch(path -> path.contains(".vat-part"));
  }

  @Test
  void what_somebody_edited_is_brought_back_only_when_that_is_said() throws IOException {
    vat("verify");
    Files.writeString(ssd.resolve("b00-b49/b40-flight/notes/transcript é.txt"), "we were flying");

    CommandRun unmeant = vat("verify", "b40", "--repair");
    assertThat(unmeant.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(unmeant.out())
        .contains("If that was not meant: vat verify b40-flight --repair --also-changed");
    assertThat(ssd.resolve("b00-b49/b40-flight/notes/transcript é.txt"))
        .hasContent("we were flying");
    assertThat(vat("verify", "b40", "--repair", "--also-changed").exit()).isZero();
    assertThat(ssd.resolve("b00-b49/b40-flight/notes/transcript é.txt"))
        .hasContent("we are flying");
  }

  @Test
  void a_damaged_local_file_is_brought_back_from_the_drive_and_the_old_one_is_kept()
      throws IOException {
    Path archived = repository.resolve("archived/b00-b49/b40-flight");
    vat("mhl", "create", archived.toString());
    damageIn(repository, "archived/b00-b49/b40-flight/notes/transcript é.txt", "we are fLying");

    CommandRun found = vat("verify", "b40", "--place", "local");
    assertThat(found.out())
        .contains("b40-flight in archived/ - ")
        .containsPattern("damaged +notes");
    CommandRun run = vat("verify", "b40", "--place", "local", "--repair");

    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(archived.resolve("notes/transcript é.txt")).hasContent("we are flying");
    assertThat(vat("kept", "list", "--local").out()).contains("notes/transcript é.txt");
  }

  @Test
  void a_folder_of_the_copy_that_became_a_link_is_not_written_through() throws IOException {
    vat("verify");
    Path notes = ssd.resolve("b00-b49/b40-flight/notes");
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.delete(notes.resolve("transcript é.txt"));
    Files.delete(notes);
    Files.createSymbolicLink(notes, elsewhere);

    CommandRun run = vat("verify", "b40", "--repair");

    assertThat(run.out()).contains("is no folder of the copy's own");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void a_sample_reads_a_share_and_comes_round_to_everything() throws IOException {
    vat("verify");
    for (int i = 0; i < 2; i++) {
      clock.pass(Duration.ofDays(1));
      assertThat(vat("verify", "b40", "--sample", "1%").out()).contains("1 not read this time");
    }
    assertThat(vat("verify", "b40", "--older-than", "2d").out())
        .contains("nothing to read, 2 not read this time");
    clock.pass(Duration.ofHours(36));
    assertThat(vat("verify", "b40", "--older-than", "2days").out()).contains("1 file as recorded");
    assertThat(vat("verify", "--sample", "0%").exit()).isEqualTo(ExitCode.USAGE.number());
    assertThat(vat("verify", "--older-than", "soon").exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void a_damaged_history_is_told_and_the_other_copies_are_verified_all_the_same()
      throws IOException {
    vat("verify");
    Path chain = ssd.resolve("b00-b49/b40-flight/ascmhl/ascmhl_chain.xml");
    Files.writeString(chain, Files.readString(chain).replace("<c4>c4", "<c4>c41"));

    CommandRun run = vat("verify");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out())
        .contains("b40-flight on T7 - The checksum history of")
        .contains("b41-ship on T7 - 1 file as recorded");
  }

  @Test
  void an_unplugged_drive_is_said_and_is_no_damage() throws IOException {
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));

    CommandRun run = vat("verify");

    assertThat(run.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(run.err()).contains("is not connected");
    assertThat(run.out()).contains("b40-flight - its copy on T7 cannot be looked at now");
    Files.createDirectory(ssd);
    assertThat(vat("verify", "b41", "--place", "ssd").exit())
        .as("an empty folder in its place")
        .isEqualTo(ExitCode.UNAVAILABLE.number());
  }

  @Test
  void a_copy_that_is_gone_from_its_drive_is_a_failure() throws IOException {
    vat("manifest");
    Files.move(ssd.resolve("b00-b49/b41-ship"), folder.resolve("thrown away"));

    CommandRun run = vat("verify", "b41");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out()).contains("its folder b00-b49/b41-ship is not on T7 any more");
  }

  @Test
  void a_project_that_another_command_changes_waits_and_the_others_do_not() throws IOException {
    vat("verify");
    try (ProjectLock _ =
        ProjectLock.take(
            repository.resolve(".vat"),
            new ProjectId("b40-flight"),
            "test",
            InstantSource.system())) {
      CommandRun run = vat("verify");
      assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(run.out()).contains("being changed by \"test\"", "b41-ship on T7 - 1 file as");
    }
    CommandRun next = vat("verify");
    assertThat(next.exit()).isZero();
    assertThat(next.out())
        .contains("b40-flight on T7 - 2 files as recorded")
        .contains("b41-ship on T7 - done just now, before this was stopped: 1 file as recorded");
    assertThat(vat("verify").out()).contains("b41-ship on T7 - 1 file as recorded");
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "3, 5", "6, 2"})
  void killed_in_the_middle_it_goes_on_and_reads_nothing_twice(int notes, int left)
      throws Exception {
    for (int i = 0; i < 6; i++) {
      write(ssd, "b00-b49/b42-train/clip-" + i + ".mov", "clip number " + i);
    }
    vat("verify");
    damage("b00-b49/b40-flight/film.mov", "take off, and landinG");
    Process child =
        ChildJvm.start(
            VerifyingChild.class, repository.toString(), Integer.toString(notes), "verify");
    try (BufferedReader told =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(told.lines().anyMatch(line -> line.equals("kill me"))).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }

    CommandRun run = vat("verify", "--json");

    assertThat(run.exit()).as(run.out()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(readAnew(run.out())).as(run.out()).isEqualTo(left);
    CommandRun next = vat("verify");
    assertThat(next.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(next.out())
        .contains("b40-flight on T7 - 1 file as recorded, 1 damaged")
        .contains("b42-train on T7 - 6 files as recorded")
        .doesNotContain("stopped");
  }

  @Test
  void a_write_protected_drive_is_verified_and_that_nothing_was_recorded_is_said(
      TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(folder, reporter, 16)) {
      write(drive.folder(), "b00-b49/b50-train/film.mov", "a train");
      Files.writeString(
          repository.resolve(".video-tools.env"), "SSD_BASE=" + drive.folder() + "\n");
      vat("verify");
      drive.makeReadOnly();

      CommandRun run = vat("verify");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.PARTLY.number());
      assertThat(run.out()).contains("1 file as recorded", "could not be written into the history");
      assertThat(manifest()).contains("verified_at");
    }
  }

  @Test
  void a_full_drive_keeps_the_history_whole_and_that_nothing_was_recorded_is_said(
      TestReporter reporter) throws Exception {
    try (ImageDrive drive = ImageDrive.ext4In(folder, reporter, 16)) {
      write(drive.folder(), "b00-b49/b50-train/film.mov", "a train");
      Files.writeString(
          repository.resolve(".video-tools.env"), "SSD_BASE=" + drive.folder() + "\n");
      vat("verify");
      fill(drive.folder().resolve("filling"));

      CommandRun run = vat("verify");

      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.PARTLY.number());
      try (Stream<Path> filling = Files.list(drive.folder().resolve("filling"))) {
        for (Path file : filling.toList()) {
          Files.delete(file);
        }
      }
      assertThat(vat("verify").out()).contains("1 file as recorded");
    }
  }

  /// How many files were read that the killed run had not read.
  private static int readAnew(String json) {
    int number = 0;
    for (JsonNode copy : JsonMapper.shared().readTree(json).path("copies")) {
      number += copy.path("files_read").intValue() - copy.path("carried_over").intValue();
    }
    return number;
  }

  /// The end of a disk is not told to the byte, so what was written has to be on it each time.
  private static void fill(Path folder) throws IOException {
    Files.createDirectory(folder);
    byte[] bytes = new byte[64 * 1024];
    for (int size = bytes.length; size > 0; size /= 4) {
      for (int i = 0; fits(folder.resolve(size + "-" + i), ByteBuffer.wrap(bytes, 0, size)); i++) {
        assertThat(i).isLessThan(100_000);
      }
    }
  }

  private static boolean fits(Path file, ByteBuffer bytes) {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
      return true;
    } catch (IOException full) {
      return false;
    }
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> !path.toString().contains("/.vat/locks"))
          .map(VerifyTest::described)
          .sorted()
          .toList();
    }
  }

  private static String described(Path path) {
    try {
      return path
          + (Files.isRegularFile(path)
              ? " " + Files.size(path) + " " + Files.getLastModifiedTime(path)
              : "");
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private String manifest() throws IOException {
    return Files.readString(repository.resolve("projects.json"));
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository).at(clock).run(words);
  }

  private static void write(Path base, String name, String content) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(SHOT));
  }

  /// Other bytes under the old time, as a failing drive does it.
  private void damage(String name, String content) throws IOException {
    damageIn(ssd, name, content);
  }

  private static void damageIn(Path base, String name, String content) throws IOException {
    write(base, name, content);
  }
}
