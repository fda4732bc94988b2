package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.TreeCopy;
import dev.vat.lifecycle.PretendVolumes;
import dev.vat.mhl.MhlHistory;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat copy` with drives that are folders.
final class CopyCommandTest {
  private static final Instant RECORDED = Instant.parse("2026-01-16T09:15:00Z");

  @TempDir Path temp;
  private Path repository;
  private Path t7;
  private Path t8;
  private PretendVolumes computer;

  @BeforeEach
  void prepare() throws IOException {
    TwoDrives drives = TwoDrives.in(temp);
    repository = drives.repository();
    t7 = drives.t7();
    t8 = drives.t8();
    computer = drives.computer();
    Files.createDirectories(t7.resolve("youtube"));
    write(repository, "b63-flivideo/recordings/take 1.mp4", 300_000);
    write(repository, "b63-flivideo/final/\u00e9 cut.mov", 70_001);
    write(repository, "b63-flivideo/notes.txt", 11);
    write(repository, "b63-flivideo/.DS_Store", 6);
    vat("manifest");
    vat("drives", "add", t8.resolve("youtube").toString());
  }

  @Test
  void a_project_here_is_copied_with_its_times_and_checksums() throws IOException {
    CommandRun run = vat("copy", "b63", "--to", "t8");

    assertThat(run.exit()).as(run.err()).isZero();
    Path copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    assertThat(run.out())
        .contains("from: local", "to:   " + copy + " (new)")
        .contains("b63-flivideo is on T8: 3 files", "read back from the drive and compared");
    assertThat(copy.resolve("recordings/take 1.mp4"))
        .hasSameBinaryContentAs(repository.resolve("b63-flivideo/recordings/take 1.mp4"));
    assertThat(Files.getLastModifiedTime(copy.resolve("notes.txt")).toInstant())
        .isEqualTo(RECORDED);
    assertThat(copy.resolve(".DS_Store")).doesNotExist();
    assertThat(MhlHistory.read(copy).files()).hasSize(3);
    try (Stream<Path> manifests = Files.list(copy.resolve("ascmhl"))) {
      assertThat(manifests.filter(one -> one.toString().endsWith(".mhl")))
          .singleElement()
          .satisfies(
              one -> assertThat(one).content().contains("<roothash>", "<path>recordings</path>"));
    }
    assertThat(names(t8.resolve("youtube/b50-b99"))).containsExactly("b63-flivideo");
    assertThat(vat("list", "b63*").out()).contains("flat   verified").contains("  2\n");
    assertThat(vat("mhl", "check", copy.toString()).exit()).isZero();
  }

  @Test
  void a_drive_that_is_the_only_one_to_have_it_is_told_as_such() throws IOException {
    vat("copy", "b63", "--to", "T8");
    try (Stream<Path> all = Files.walk(repository.resolve("b63-flivideo"))) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.out() + run.err()).isNotZero();
    assertThat(run.out() + run.err())
        .contains("T8 has b63-flivideo already, and no other whole folder of it was found")
        .contains("name another drive than T8");
  }

  @Test
  void files_that_a_cut_run_had_taken_aside_are_told_of_by_whatever_looks() throws IOException {
    write(repository, ".vat-releasing/b63-flivideo/recordings/take 2.mp4", 5_000);
    write(t8, "youtube/b50-b99/.vat-releasing/b63-flivideo/final/cut 2.mov", 5_000);
    String here = "b63-flivideo: 1 file is in " + repository.resolve(".vat-releasing/b63-flivideo");
    String there = t8.resolve("youtube/b50-b99/.vat-releasing/b63-flivideo") + " on T8";

    assertThat(vat("manifest", "--dry-run").out())
        .contains(here, "vat archive b63-flivideo", there, "vat backup b63-flivideo");
    assertThat(vat("show", "b63").err()).contains(here, "vat copy b63-flivideo --to DRIVE");
    assertThat(vat("doctor").out()).contains(here, there);
    assertThat(vat("copy", "b63", "--to", "T8", "--dry-run").err()).contains(here, there);
    assertThat(repository.resolve("b63-flivideo/recordings/take 2.mp4")).doesNotExist();

    assertThat(vat("copy", "b63", "--to", "T8").exit()).isZero();
    assertThat(repository.resolve("b63-flivideo/recordings/take 2.mp4")).hasSize(5_000);
    assertThat(vat("show", "b63").err()).doesNotContain("is in");
  }

  @Test
  void a_dry_run_tells_the_plan_and_writes_nothing() throws IOException {
    CommandRun run = vat("copy", "b63", "--to", "T8", "--dry-run");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("3 files", "Nothing was written (--dry-run).");
    assertThat(t8.resolve("youtube")).isEmptyDirectory();
    assertThat(vat("list", "b63*").out()).contains("flat   -");
  }

  @Test
  void a_second_run_compares_and_copies_nothing() throws IOException {
    vat("copy", "b63", "--to", "T8");

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("there already: compared, and completed", "(3 were there)");
    Path copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    assertThat(MhlHistory.read(copy).generations()).hasSize(2);
  }

  @Test
  void a_folder_that_merely_exists_is_completed_not_believed() throws IOException {
    write(t8, "youtube/b51-b99/b63-flivideo/notes.txt", 11);

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("(1 were there)");
    assertThat(t8.resolve("youtube/b51-b99/b63-flivideo/recordings/take 1.mp4")).exists();
    assertThat(names(t8.resolve("youtube"))).containsExactlyInAnyOrder(".vat-base.json", "b51-b99");
  }

  @Test
  void another_content_under_the_same_name_is_a_conflict_and_stays() throws IOException {
    Path theirs = write(t8, "youtube/b63-flivideo/notes.txt", 11);
    Files.writeString(theirs, "their notes");
    Files.setLastModifiedTime(theirs, FileTime.from(RECORDED));

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.out())
        .contains("b63-flivideo is not whole on T8", "notes.txt is there already")
        .contains("nothing was overwritten");
    assertThat(theirs).hasContent("their notes");
    assertThat(t8.resolve("youtube/b63-flivideo/recordings/take 1.mp4")).exists();
  }

  @Test
  void files_that_only_the_drive_has_are_told_and_stay() throws IOException {
    Path extra = write(t8, "youtube/b50-b99/b63-flivideo/old cut.mov", 9);

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("only there, left alone: old cut.mov");
    assertThat(extra).hasSize(9);
    // Nobody compared that one with anything.
    assertThat(vat("list", "b63*").out()).contains("flat   yes");
  }

  @Test
  void an_archived_project_is_copied_from_another_drive_with_its_history() throws IOException {
    vat("copy", "b63", "--to", "T7");
    remove(repository.resolve("b63-flivideo"));

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("from: T7");
    Path copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    assertThat(MhlHistory.read(copy).generations()).hasSize(2);
    assertThat(vat("mhl", "check", copy.toString()).exit()).isZero();
    assertThat(vat("drives").out()).contains("T7 (SSD_BASE)", "T8");
  }

  @Test
  void damage_on_the_source_drive_is_not_copied_as_if_it_were_good() throws IOException {
    vat("copy", "b63", "--to", "T7");
    remove(repository.resolve("b63-flivideo"));
    Path take = t7.resolve("youtube/b50-b99/b63-flivideo/recordings/take 1.mp4");
    byte[] bytes = Files.readAllBytes(take);
    bytes[1000] ^= 1;
    Files.write(take, bytes);
    Files.setLastModifiedTime(take, FileTime.from(RECORDED));

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out())
        .contains("take 1.mp4 on T7 is not what a checksum history of the project says");
    assertThat(t8.resolve("youtube/b50-b99/b63-flivideo")).doesNotExist();
    assertThat(vat("list", "b63*").out()).doesNotContain("2 (");

    bytes[1000] ^= 1;
    Files.write(take, bytes);
    Files.setLastModifiedTime(take, FileTime.from(RECORDED));
    assertThat(vat("copy", "b63", "--to", "T8").exit()).isZero();
  }

  @Test
  void a_copy_is_not_completed_with_what_is_damaged_at_the_source() throws IOException {
    vat("copy", "b63", "--to", "T7");
    vat("copy", "b63", "--to", "T8");
    remove(repository.resolve("b63-flivideo"));
    Path missing = t8.resolve("youtube/b50-b99/b63-flivideo/recordings/take 1.mp4");
    Files.delete(missing);
    Path take = t7.resolve("youtube/b50-b99/b63-flivideo/recordings/take 1.mp4");
    byte[] bytes = Files.readAllBytes(take);
    bytes[7] ^= 1;
    Files.write(take, bytes);
    Files.setLastModifiedTime(take, FileTime.from(RECORDED));

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.out())
        .contains("b63-flivideo is not whole on T8", "is not what a checksum history");
    assertThat(missing).doesNotExist();
  }

  @Test
  void of_two_sources_the_one_with_all_files_is_taken_else_somebody_is_asked() throws IOException {
    vat("copy", "b63", "--to", "T7");
    Files.delete(repository.resolve("b63-flivideo/notes.txt"));
    assertThat(vat("copy", "b63", "--to", "T8", "-n").out()).contains("from: T7");

    write(repository, "b63-flivideo/new.txt", 3);
    CommandRun run = vat("copy", "b63", "--to", "T8");
    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.err()).contains("each of the folders of b63-flivideo", "--from local");
    assertThat(t8.resolve("youtube")).isEmptyDirectory();

    assertThat(vat("copy", "b63", "--to", "T8", "--from", "T7").out()).contains("from: T7");
    assertThat(t8.resolve("youtube/b50-b99/b63-flivideo/notes.txt")).exists();
  }

  @Test
  void light_files_of_an_archived_project_are_no_source() throws IOException {
    write(repository, "archived/b00-b49/b40-flight/transcript.txt", 5);

    CommandRun run = vat("copy", "b40", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(run.err()).contains("no whole folder of b40-flight can be reached", "plug in");
  }

  @Test
  void a_cut_copy_goes_on_and_was_never_visible() throws IOException {
    Path target = t8.resolve("youtube/b50-b99/b63-flivideo");
    // What a run leaves that was killed: one finished file, one half written.
    Path temporary = TreeCopy.temporaryFor(target);
    Path done = write(temporary, "notes.txt", 11);
    Files.copy(
        repository.resolve("b63-flivideo/notes.txt"), done, StandardCopyOption.REPLACE_EXISTING);
    write(temporary, "recordings/.vat-tmp-copy-x", 1000);

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(temporary).doesNotExist();
    assertThat(MhlHistory.read(target).files()).containsKey(RelativeName.of("notes.txt"));
    assertThat(vat("mhl", "check", target.toString()).exit()).isZero();
  }

  @Test
  void a_copy_that_was_cut_right_before_it_got_its_name_gets_it() throws IOException {
    vat("copy", "b63", "--to", "T7");
    remove(repository.resolve("b63-flivideo"));
    vat("copy", "b63", "--to", "T8");
    Path target = t8.resolve("youtube/b50-b99/b63-flivideo");
    // Its checksums are written already, the source's own history below them.
    Files.move(target, TreeCopy.temporaryFor(target));

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("(new)");
    assertThat(MhlHistory.read(target).problems()).isEmpty();
    assertThat(vat("mhl", "check", target.toString()).exit()).isZero();
  }

  @Test
  void what_is_edited_after_a_run_was_cut_right_before_the_name_is_no_damage() throws IOException {
    for (String command : List.of("copy b63 --to T8", "archive b63")) {
      Path drive = command.startsWith("copy") ? t8 : t7;
      Path target = drive.resolve("youtube/b50-b99/b63-flivideo");
      assertThat(vat(command.split(" ")).exit()).isZero();
      Files.move(target, TreeCopy.temporaryFor(target));
      Files.writeString(repository.resolve("b63-flivideo/notes.txt"), "after " + command);
      Files.setLastModifiedTime(
          repository.resolve("b63-flivideo/notes.txt"),
          FileTime.from(
              Instant.parse(
                  command.startsWith("copy") ? "2026-02-01T00:00:00Z" : "2026-03-01T00:00:00Z")));

      CommandRun run = vat(command.split(" "));

      assertThat(run.exit()).as(run.out() + run.err()).isZero();
      assertThat(target.resolve("notes.txt")).hasContent("after " + command);
      CommandRun check = vat("mhl", "check", target.toString());
      assertThat(check.exit()).as(command + check.out()).isZero();
    }
  }

  @Test
  void links_stay_behind_and_that_is_said() throws IOException {
    Files.createSymbolicLink(
        repository.resolve("b63-flivideo/music"), Files.createDirectory(temp.resolve("music")));

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.PARTLY.number());
    assertThat(run.out()).contains("not copied:", "music is a link");
    assertThat(t8.resolve("youtube/b50-b99/b63-flivideo/notes.txt")).exists();
  }

  @Test
  void an_unplugged_unknown_or_wrong_drive_is_told() throws IOException {
    assertThat(vat("copy", "b63", "--to", "T9").err()).contains("No drive is called T9", "T7, T8");
    assertThat(vat("copy", "b63").exit()).isEqualTo(2);
    assertThat(vat("copy", "b99", "--to", "T8").exit()).isEqualTo(2);

    computer.unplug(t8);
    Files.move(t8, t8.resolveSibling("drawer"));
    Files.createDirectories(t8.resolve("youtube"));
    CommandRun run = vat("copy", "b63", "--to", "T8");
    assertThat(run.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(run.err()).contains("T8 is not connected");
    assertThat(t8.resolve("youtube")).isEmptyDirectory();
  }

  @Test
  void a_project_in_two_range_folders_of_the_drive_is_not_guessed_at() throws IOException {
    write(t8, "youtube/b50-b99/b63-flivideo/a.txt", 1);
    write(t8, "youtube/b51-b99/b63-flivideo/a.txt", 1);

    CommandRun run = vat("copy", "b63", "--to", "T8");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.err()).contains("b63-flivideo is there more than once");
  }

  @Test
  void while_another_command_has_the_project_nothing_is_copied() throws IOException {
    try (ProjectLock _ =
        ProjectLock.take(
            repository.resolve(".vat"),
            new ProjectId("b63-flivideo"),
            "vat up",
            InstantSource.system())) {
      assertThat(vat("copy", "b63", "--to", "T8").err()).contains("vat up");
    }
    assertThat(t8.resolve("youtube")).isEmptyDirectory();
  }

  @Test
  void several_projects_are_copied_one_after_the_other() throws IOException {
    write(repository, "c01-else/film.mp4", 5);

    CommandRun run = vat("copy", "b63", "c01", "c01-else", "--to", "T8", "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).containsOnlyOnce("\"id\" : \"c01-else\"").contains("b63-flivideo");
    assertThat(t8.resolve("youtube/c00-c49/c01-else/film.mp4")).exists();
  }

  @Test
  void all_copies_what_the_drive_lacks_and_holds_nothing_up() throws IOException {
    write(repository, "c01-else/film.mp4", 5);
    write(repository, "c02-busy/film.mp4", 6);
    vat("manifest");
    vat("copy", "b63", "--to", "T8");
    try (ProjectLock _ =
        ProjectLock.take(
            repository.resolve(".vat"),
            new ProjectId("c02-busy"),
            "vat up",
            InstantSource.system())) {
      CommandRun run = vat("copy", "--all", "--to", "T8");

      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.PARTLY.number());
      assertThat(run.out()).contains("c01-else is on T8: 1 file").doesNotContain("b63-flivideo");
      assertThat(run.err()).contains("c02-busy: ", "vat up");
    }
    assertThat(vat("copy", "--all", "--to", "T8").out()).contains("c02-busy is on T8: 1 file");
    assertThat(vat("copy", "--all", "--to", "T8", "--json").exit()).isZero();
    assertThat(vat("copy", "--all", "--to", "T8").out())
        .contains("Every known project has a copy on T8");
    assertThat(vat("copy", "--all", "b63", "--to", "T8").exit()).isEqualTo(2);
    assertThat(vat("copy", "--to", "T8").err()).contains("vat copy --all --to T8");
    assertThat(vat("copy", "--all", "--to", "T8", "--keep", "mine").exit()).isEqualTo(2);
  }

  @Test
  void a_decision_moves_one_version_and_loses_none() throws IOException {
    Path there = write(t8, "youtube/b50-b99/b63-flivideo/notes.txt", 12);
    Path here = repository.resolve("b63-flivideo/notes.txt");
    byte[] mine = Files.readAllBytes(here);
    byte[] theirs = Files.readAllBytes(there);
    assertThat(vat("copy", "b63", "--to", "T8").exit()).isEqualTo(ExitCode.CONFLICT.number());

    CommandRun both = vat("copy", "b63", "--to", "T8", "--keep", "both");

    assertThat(both.exit()).as(both.out() + both.err()).isZero();
    assertThat(there).hasBinaryContent(theirs);
    try (Stream<Path> all = Files.list(there.getParent())) {
      assertThat(all.filter(file -> file.getFileName().toString().startsWith("notes-")))
          .singleElement()
          .satisfies(file -> assertThat(file).hasBinaryContent(mine));
    }
    assertThat(here).doesNotExist();

    write(repository, "b63-flivideo/notes.txt", 13);
    CommandRun kept = vat("copy", "b63", "--to", "T8", "--keep", "theirs");
    assertThat(kept.exit()).as(kept.out() + kept.err()).isZero();
    assertThat(there).hasBinaryContent(theirs);
    assertThat(here).doesNotExist();
    assertThat(vat("kept", "list").out()).contains("notes.txt");
  }

  @Test
  void mine_puts_the_drives_version_aside_beside_its_copy() throws IOException {
    Path there = write(t8, "youtube/b50-b99/b63-flivideo/notes.txt", 12);
    byte[] theirs = Files.readAllBytes(there);

    CommandRun run = vat("copy", "b63", "--to", "T8", "--keep", "mine");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(there).hasSameBinaryContentAs(repository.resolve("b63-flivideo/notes.txt"));
    try (Stream<Path> all = Files.list(t8.resolve("youtube/b50-b99"))) {
      assertThat(all.filter(path -> path.getFileName().toString().contains(".replaced-")))
          .singleElement()
          .satisfies(aside -> assertThat(aside.resolve("notes.txt")).hasBinaryContent(theirs));
    }
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository)
        .using(new DrivesCommandTest.OnThisComputer(computer))
        .run(words);
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).toList().stream();
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.move(folder, folder.resolveSibling(".gone-" + folder.getFileName()));
  }

  private static Path write(Path base, String name, int bytes) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    byte[] content = new byte[bytes];
    new SplittableRandom(file.getFileName().toString().hashCode()).nextBytes(content);
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(RECORDED));
    return file;
  }
}
