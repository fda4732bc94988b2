package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat manifest` and `vat list` as David types them; neither touches the cloud.
final class ManifestTest {
  private static final Instant LONG_AGO = Instant.parse("2025-03-01T10:00:00Z");

  @TempDir Path folder;
  private Path repository;
  private Path ssd;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    ssd = Files.createDirectories(folder.resolve("ssd"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    write(repository, "b63-flivideo/recordings/take.mp4", 2000);
    write(repository, "archived/b00-b49/b40-flight/transcript.txt", 30);
    write(ssd, "b00-b49/b40-flight/transcript.txt", 30);
    write(ssd, "b00-b49/b40-flight/film.mov", 5000);
  }

  @Test
  void the_manifest_tells_where_everything_is() throws IOException {
    CommandRun run = vat("manifest");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Projects: 2", "Local only: 1", "SSD only:   0", "Both:       1")
        .contains("Flat: 1, grouped (archived/): 1")
        .contains("b40-flight is only on ssd", "projects.json written");
    assertThat(repository.resolve("projects.json")).content().contains("\"b00-b49/b40-flight\"");
  }

  @Test
  void a_dry_run_writes_nothing() throws IOException {
    assertThat(vat("manifest", "--dry-run").out())
        .contains("Projects: 2", "Nothing was written (--dry-run).");

    try (Stream<Path> there = Files.list(repository)) {
      assertThat(there.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(".video-tools.env", "b63-flivideo", "archived");
    }
  }

  @Test
  void with_the_drive_unplugged_its_facts_stay_and_that_is_said() throws IOException {
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));

    CommandRun run = vat("generate_manifest");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("not connected", "What was known of it stays");
    assertThat(vat("list", "b40*").out()).contains("b40-flight  archived  yes");
  }

  @Test
  void an_empty_folder_in_the_drives_place_takes_nothing_out_of_the_manifest() throws IOException {
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));
    Files.createDirectory(ssd);

    CommandRun run = vat("manifest");

    assertThat(run.err())
        .contains("does not show that it is on ssd", "What was known of it stays")
        .contains("plug in ssd");
    assertThat(vat("list", "b40*").out()).contains("b40-flight  archived  yes");
    assertThat(ssd).isEmptyDirectory();
  }

  @Test
  void an_empty_folder_is_not_the_SSD_that_an_older_manifest_tells_of() throws IOException {
    Files.writeString(
        repository.resolve("projects.json"),
        """
        {"config": {}, "projects": [{"id": "c01-else", "storage": {
          "local": {"exists": false}, "ssd": {"exists": true, "path": "c00-c49/c01-else"}}}]}
        """);

    CommandRun run = vat("manifest");

    assertThat(run.err()).contains("holds none of the projects", "manifest --new-ssd");
    assertThat(vat("list", "c01*").out()).contains("c01-else  -      yes");
    assertThat(vat("manifest", "--new-ssd").exit()).isZero();
    assertThat(vat("list").out()).contains("b40-flight").doesNotContain("c01-else");
  }

  @Test
  void a_drive_that_another_repository_marked_is_not_the_SSD_of_an_older_manifest()
      throws IOException {
    vat("manifest");
    Path voz = Files.createDirectories(folder.resolve("v-voz"));
    Files.copy(repository.resolve(".video-tools.env"), voz.resolve(".video-tools.env"));
    Files.writeString(
        voz.resolve("projects.json"),
        """
        {"config": {}, "projects": [{"id": "c01-else", "storage": {
          "local": {"exists": false}, "ssd": {"exists": true, "path": "c00-c49/c01-else"}}}]}
        """);

    CommandRun run = CommandRun.in(voz).run("manifest");

    assertThat(run.err()).contains("holds none of the projects");
    assertThat(CommandRun.in(voz).run("list").out()).contains("c01-else");
  }

  @Test
  void another_SSD_is_taken_when_told_so_and_the_old_ones_facts_stay() throws IOException {
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));
    write(ssd, "b50-b99/b51-new/film.mov", 10);

    assertThat(vat("manifest", "--new-ssd").exit()).isZero();

    assertThat(vat("list").out())
        .contains("b40-flight    archived  yes", "b51-new       -         yes");
    assertThat(repository.resolve("projects.json")).content().contains("\"ssd 2\"");
  }

  @Test
  void the_first_look_marks_the_drive_and_a_dry_run_does_not() throws IOException {
    Path mark = ssd.resolve(".vat-drive.json");
    vat("manifest", "--dry-run");
    vat("list");
    assertThat(mark).doesNotExist();

    vat("manifest");
    assertThat(mark).content().contains("\"schema\" : \"vat.drive/1\"", "\"name\" : \"ssd\"");
  }

  @Test
  void what_is_no_id_file_is_left_alone_and_told() throws IOException {
    Files.writeString(ssd.resolve(".vat-drive.json"), "my notes");

    CommandRun run = vat("manifest");

    assertThat(run.err()).contains(".vat-drive.json cannot be understood", "move it away");
    assertThat(ssd.resolve(".vat-drive.json")).hasContent("my notes");
  }

  @Test
  void many_warnings_of_a_kind_are_cut_and_counted() throws IOException {
    for (int i = 10; i < 30; i++) {
      write(ssd, "b00-b49/b" + i + "-film/film.mov", 10);
    }

    assertThat(vat("manifest").out()).contains("and 13 more like the last");
  }

  @Test
  void the_list_shows_sorts_and_filters_without_looking_at_any_drive() throws IOException {
    vat("manifest");
    Files.move(ssd, folder.resolve("in the drawer"));

    assertThat(ids(vat("list"))).containsExactly("b40-flight", "b63-flivideo");
    assertThat(ids(vat("list", "--sort", "size"))).containsExactly("b40-flight", "b63-flivideo");
    assertThat(ids(vat("list", "b6*"))).containsExactly("b63-flivideo");
    assertThat(ids(vat("list", "--tier", "ssd"))).containsExactly("b40-flight");
    assertThat(ids(vat("list", "--at-risk"))).containsExactly("b40-flight", "b63-flivideo");
    assertThat(vat("list", "[b").exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void a_list_before_the_first_look_says_what_to_do() throws IOException {
    CommandRun run = vat("list");

    assertThat(run.exit()).isZero();
    assertThat(run.err()).contains("vat manifest");
  }

  @Test
  void a_manifest_that_is_none_is_not_overwritten() throws IOException {
    Files.writeString(repository.resolve("projects.json"), "{ my notes");

    CommandRun run = vat("manifest");

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.err()).contains("cannot be understood", "move that file away");
    assertThat(repository.resolve("projects.json")).hasContent("{ my notes");
  }

  @Test
  void of_two_that_write_the_manifest_at_once_the_second_waits_its_turn() throws IOException {
    try (ProjectLock _ =
        ProjectLock.takeManifest(repository.resolve(".vat"), "test", InstantSource.system())) {
      assertThat(vat("manifest").err()).contains("projects.json is being changed by \"test\"");
    }
    assertThat(vat("manifest").exit()).isZero();
  }

  @Test
  void every_repository_beside_this_one_gets_its_manifest_and_a_broken_one_holds_up_nobody()
      throws IOException {
    Path voz = Files.createDirectories(folder.resolve("v-voz"));
    Files.writeString(voz.resolve(".video-tools.env"), "");
    write(voz, "c01-voice/final/film.mov", 10);
    Path broken = Files.createDirectories(folder.resolve("v-broken"));
    Files.writeString(broken.resolve(".video-tools.env"), "");
    Files.writeString(broken.resolve("projects.json"), "{ my notes");
    write(Files.createDirectories(folder.resolve("holiday")), "beach/film.mov", 10);

    CommandRun dry = vat("manifest", "--all", "--dry-run");
    assertThat(dry.out()).contains("Manifest of v-appydave", "Manifest of v-voz");
    assertThat(voz.resolve("projects.json")).doesNotExist();

    CommandRun run = vat("manifest", "--all");
    assertThat(run.exit()).isEqualTo(ExitCode.PARTLY.number());
    assertThat(run.out())
        .contains("v-broken: ", "cannot be understood", "3 repositories, 1 of them failed");
    assertThat(voz.resolve("projects.json")).content().contains("c01-voice");
    assertThat(folder.resolve("holiday/projects.json")).doesNotExist();
    assertThat(broken.resolve("projects.json")).hasContent("{ my notes");
    assertThat(vat("manifest", "--all", "--new-ssd").exit()).isEqualTo(ExitCode.USAGE.number());

    CommandRun list = vat("list", "--repo", "all", "--sort", "size");
    assertThat(list.exit()).isEqualTo(ExitCode.PARTLY.number());
    assertThat(list.err()).contains("v-broken: ");
    assertThat(list.out().lines().map(line -> line.split(" ")[0]).limit(4))
        .containsExactly(
            "id", "v-appydave/b40-flight", "v-appydave/b63-flivideo", "v-voz/c01-voice");
    assertThat(list.out()).contains("3 projects in 3 repositories");
    assertThat(vat("list", "--repo", "v-voz").out()).contains("c01-voice").doesNotContain("b40");
    assertThat(vat("list", "--repo", "v-vos").err()).contains("there are: all, v-appydave,");
    assertThat(vat("list", "--repo", "v-broken").exit()).isEqualTo(ExitCode.FAILED.number());
  }

  @Test
  void whether_the_copy_on_the_SSD_differs_is_told_by_what_was_recorded() throws IOException {
    Path take = repository.resolve("b63-flivideo/recordings/take.mp4");
    Files.setLastModifiedTime(take, FileTime.from(LONG_AGO));
    vat("manifest");
    assertThat(vat("copy", "b63", "--to", "ssd").exit()).isZero();
    assertThat(vat("manifest").out()).doesNotContain("b63-flivideo differs", "nobody recorded");

    // The same content under another time, which the copy does not get.
    Files.setLastModifiedTime(take, FileTime.from(LONG_AGO.plusSeconds(3600)));
    assertThat(vat("copy", "b63", "--to", "ssd").exit()).isZero();
    assertThat(vat("manifest").out()).doesNotContain("b63-flivideo differs", "nobody recorded");

    // Another content, of the same size; nothing was recorded of it.
    Files.write(take, "other".repeat(400).getBytes(UTF_8));
    assertThat(vat("manifest").out())
        .contains(
            "b63-flivideo has the same names and sizes on ssd, but of 1 file nobody recorded");

    assertThat(vat("mhl", "create", "b63-flivideo").exit()).isZero();
    CommandRun known = vat("manifest", "--json");
    assertThat(known.out())
        .contains(
            "\"code\" : \"ssd_differs\"",
            "differs from its copy on ssd: 1 file has another content (recordings/take.mp4)");

    // The sizes tell it already.
    write(ssd, "b50-b99/b63-flivideo/recordings/extra.mp4", 7);
    assertThat(vat("manifest", "-n").out()).contains("1 file is only there (recordings/extra.mp4)");
  }

  @Test
  void archiving_that_keeps_everything_here_leaves_nothing_unknown() throws IOException {
    Path take = repository.resolve("b63-flivideo/recordings/take.mp4");
    Files.setLastModifiedTime(take, FileTime.from(LONG_AGO));

    CommandRun run = vat("archive", "b63", "--keep-local", "--skip-staging");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(vat("manifest").out()).doesNotContain("b63-flivideo differs", "nobody recorded");
  }

  @Test
  void a_project_that_came_home_from_a_drive_is_known_to_be_the_same_as_there() throws IOException {
    Files.setLastModifiedTime(
        repository.resolve("b63-flivideo/recordings/take.mp4"), FileTime.from(LONG_AGO));
    write(repository, "b63-flivideo/notes.txt", 7);
    Files.setLastModifiedTime(
        repository.resolve("b63-flivideo/notes.txt"), FileTime.from(LONG_AGO));
    assertThat(vat("archive", "b63", "--keep-local").exit()).isZero();
    Path light = repository.resolve("archived/b50-b99/b63-flivideo");
    Files.createDirectories(light);
    Files.move(repository.resolve("b63-flivideo/notes.txt"), light.resolve("notes.txt"));
    Files.delete(repository.resolve("b63-flivideo/recordings/take.mp4"));
    Files.delete(repository.resolve("b63-flivideo/recordings"));
    Files.delete(repository.resolve("b63-flivideo"));

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(vat("manifest").out()).doesNotContain("b63-flivideo differs", "nobody recorded");
    Files.write(
        repository.resolve("b63-flivideo/recordings/take.mp4"),
        "other".repeat(400).getBytes(UTF_8));
    assertThat(vat("manifest").out()).contains("but of 1 of 2 files nobody recorded");
  }

  @Test
  void entries_of_the_manifest_that_no_project_can_be_meant_by_are_told_once() throws IOException {
    Files.writeString(
        repository.resolve("projects.json"),
        """
        {"config": {}, "projects": [
          {"id": "../../x", "storage": {"local": {"exists": true}}},
          {"id": "b40-flight", "storage": {}}]}
        """);

    assertThat(vat("list").err())
        .contains("projects.json: 1 entry is left out", "no project can be called that: ../../x");
    assertThat(vat("manifest").err()).containsOnlyOnce("../../x");
    assertThat(vat("manifest").err()).doesNotContain("../../x");
  }

  @Test
  void a_folder_in_the_place_of_the_manifest_is_told_as_such() throws IOException {
    Files.createDirectory(repository.resolve("projects.json"));

    for (String command : new String[] {"list", "manifest"}) {
      CommandRun run = vat(command);
      assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
      assertThat(run.err())
          .contains("projects.json cannot be understood: it is a folder, where a file has to be")
          .contains("move");
    }
  }

  @Test
  void what_a_cut_command_left_is_told_as_unfinished_and_not_as_unprotected() throws IOException {
    write(repository, ".vat-tmp-.from-drive-b63-flivideo-1234abcd/recordings/take.mp4", 9);
    write(repository, ".vat-part-b63.mp4", 9);
    write(repository, ".mine/take.mp4", 9);

    assertThat(vat("manifest").out())
        .contains("unfinished: " + repository.resolve(".vat-tmp-.from-drive-b63-flivideo-1234abcd"))
        .contains("unfinished: " + repository.resolve(".vat-part-b63.mp4"))
        .contains("not protected: " + repository.resolve(".mine"))
        .doesNotContain("not protected: " + repository.resolve(".vat-"));
    assertThat(vat("doctor").out())
        .contains(".vat-tmp-.from-drive-b63-flivideo-1234abcd is unfinished: a vat command")
        .doesNotContain("1234abcd is not protected");
  }

  @Test
  void projects_that_git_ignores_as_a_whole_are_told() throws Exception {
    Files.writeString(repository.resolve(".gitignore"), "b6*/\n*.mov\n");
    write(repository, "b70-tracked/recordings/take.mov", 10);
    Process git = new ProcessBuilder("git", "init", "-q").directory(repository.toFile()).start();
    assertThat(git.waitFor()).isZero();

    CommandRun run =
        CommandRun.in(repository).with("PATH", System.getenv("PATH")).run("manifest", "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .containsOnlyOnce("\"code\" : \"git_ignores\"")
        .contains("is ignored by git as a whole, so git keeps nothing of it")
        .contains("\"looked_at\" : true");
  }

  @Test
  void a_folder_that_cannot_be_read_holds_up_no_other_and_keeps_what_was_known()
      throws IOException {
    write(repository, "boy-baker/recordings/take.mp4", 70);
    write(repository, "b63-flivideo/s3-staging/cut.mp4", 5);
    write(repository, "b63-flivideo/notes.txt", 5);

    assertThat(
            manifestWhileUnreadable(
                "b63-flivideo",
                repository.resolve("b63-flivideo"),
                repository.resolve("boy-baker"),
                ssd.resolve("b00-b49/b40-flight")))
        .contains("\"unread\" : [ \"b40-flight\", \"b63-flivideo\", \"boy-baker\" ]")
        .contains("cannot be read (permission denied); what was known of it stays");
  }

  @Test
  void a_range_folder_that_cannot_be_listed_keeps_what_was_known_of_its_projects()
      throws IOException {
    write(repository, "archived/b00-b49/b41-here/notes.txt", 5);
    Path range = repository.resolve("archived/b00-b49");

    assertThat(manifestWhileUnreadable("b41-here", range, ssd.resolve("b00-b49")))
        .contains("\"unread\" : [ \"b40-flight\", \"b41-here\" ]")
        .contains(range + " cannot be listed; what was known")
        .contains(ssd.resolve("b00-b49").toString());
  }

  /// Everything that was known is known after it, and what else is new.
  ///
  /// @param withNotes a project of which the index knows the notes
  private String manifestWhileUnreadable(String withNotes, Path... closed) throws IOException {
    vat("manifest");
    String before = vat("list").out();
    CommandRun run;
    try {
      for (Path folder : closed) {
        assumeTrue(folder.toFile().setReadable(false, false));
        assumeFalse(Files.isReadable(folder), "this user may read everything");
      }
      write(repository, "b71-new/recordings/take.mp4", 10);

      run = vat("manifest", "--json");

      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.PARTLY.number());
      String after = vat("list").out();
      before
          .lines()
          .filter(line -> line.startsWith("b"))
          .forEach(line -> assertThat(after).contains(line));
      assertThat(after).contains("b71-new");
      assertThat(vat("find", "notes").out()).contains(withNotes).doesNotContain("gone");
    } finally {
      for (Path folder : closed) {
        assertThat(folder.toFile().setReadable(true, false)).isTrue();
      }
    }
    assertThat(vat("manifest").exit()).isZero();
    return run.out();
  }

  private Stream<String> ids(CommandRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().filter(line -> line.startsWith("b")).map(line -> line.split(" ")[0]);
  }

  private CommandRun vat(String... words) throws IOException {
    return CommandRun.in(repository).run(words);
  }

  private static void write(Path base, String name, int bytes) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }
}
