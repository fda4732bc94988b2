package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.mhl.MhlHistory;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A project and its copy on a drive differ, and the copy has a checksum history: which of the two
/// may be kept, and what the history says afterwards.
final class KeepWithHistoryTest extends DrivesAndBucket {
  private static final String EDITED = "the notes, as they are now";

  private Path copy;

  @BeforeEach
  void copied() throws IOException {
    bucket = "";
    copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    succeed("copy", "b63", "--to", "T8");
  }

  private void edit(Path folder) throws IOException {
    Files.writeString(folder.resolve("notes.txt"), EDITED);
  }

  private Path replaced() throws IOException {
    try (Stream<Path> range = Files.list(copy.getParent())) {
      return range.filter(path -> path.toString().contains(".replaced-")).findFirst().orElseThrow();
    }
  }

  private void assertGoodAndComesHome() throws IOException {
    succeed("verify", "b63", "--place", "ssd");
    remove(home);
    CommandRun run = vat("restore", "b63");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(home.resolve("notes.txt")).hasContent(EDITED);
    assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }

  @Test
  void what_was_edited_and_archived_again_is_good_and_comes_home() throws IOException {
    edit(home);
    CommandRun conflict = vat("archive", "b63", "--to", "T8");
    assertThat(conflict.exit()).isEqualTo(3);
    assertThat(conflict.out())
        .contains("modified 2026-01-16T09:15:00Z")
        .contains("vat archive b63-flivideo --keep mine|theirs|both");

    CommandRun run = vat("archive", "b63", "--to", "T8", "--keep", "mine");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("checksum history told of another content and begins anew");
    assertThat(replaced().resolve("notes.txt")).hasBinaryContent(files.get("notes.txt"));
    assertThat(MhlHistory.read(replaced()).files()).hasSize(3);
    assertGoodAndComesHome();
    assertThat(vat("show", "b63").out()).doesNotContain("verified never");
  }

  @Test
  void copying_what_was_edited_leaves_a_good_copy_too() throws IOException {
    edit(home);

    CommandRun run = vat("copy", "b63", "--to", "T8", "--keep", "mine", "--json");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    JsonNode project = JsonMapper.shared().readTree(run.out()).at("/projects/0");
    assertThat(project.path("history_aside").asString()).contains(".replaced-", "ascmhl");
    assertGoodAndComesHome();
  }

  @Test
  void a_copy_whose_file_somebody_removed_to_archive_the_edited_one_is_good() throws IOException {
    edit(home);
    Files.delete(copy.resolve("notes.txt"));

    succeed("archive", "b63", "--to", "T8");

    assertGoodAndComesHome();
  }

  @Test
  void the_new_history_forgets_nothing_that_the_earlier_one_said_of_other_files()
      throws IOException {
    MhlHistory before = MhlHistory.read(copy);
    RelativeName film = RelativeName.of("final/cut.mov");
    // Only there now.
    Files.delete(home.resolve("final/cut.mov"));
    edit(home);

    succeed("archive", "b63", "--to", "T8", "--keep", "mine");

    MhlHistory after = MhlHistory.read(copy);
    assertThat(after.files().keySet()).isEqualTo(before.files().keySet());
    assertThat(after.files().get(film).digests()).isEqualTo(before.files().get(film).digests());
    assertThat(after.files().get(film).lastReadAt())
        .isEqualTo(before.files().get(film).lastReadAt());
    assertThat(after.problems()).isEmpty();
    rot(copy.resolve("final/cut.mov"));
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isEqualTo(6);
  }

  @Test
  void somebody_s_own_files_among_the_checksums_stay_in_the_copy() throws IOException {
    Files.writeString(copy.resolve("ascmhl/report of the day.pdf"), "everything went well");
    Files.createDirectories(copy.resolve("ascmhl/stills"));
    edit(home);

    succeed("archive", "b63", "--to", "T8", "--keep", "mine");

    assertThat(copy.resolve("ascmhl/report of the day.pdf")).hasContent("everything went well");
    assertThat(copy.resolve("ascmhl/stills")).isDirectory();
    assertThat(contents(replaced()).keySet()).noneMatch(name -> name.endsWith(".pdf"));
  }

  @Test
  void a_run_that_was_cut_between_the_two_histories_is_finished() throws IOException {
    edit(home);
    succeed("archive", "b63", "--to", "T8", "--keep", "mine", "--keep-local");
    Set<String> whole = contents(copy.resolve("ascmhl")).keySet();
    Path growing = Files.createDirectories(copy.resolve(".vat-tmp-history"));
    Files.move(copy.resolve("ascmhl"), growing.resolve("ascmhl"));

    succeed("archive", "b63", "--to", "T8", "--keep-local");

    assertThat(growing).doesNotExist();
    assertThat(contents(copy.resolve("ascmhl")).keySet())
        .containsAll(whole)
        .hasSize(whole.size() + 1);
    Files.createDirectories(growing.resolve("ascmhl"));
    Files.writeString(growing.resolve("ascmhl/.vat-tmp-mhl"), "half");
    Files.writeString(growing.resolve("ascmhl/mine.pdf"), "somebody's own, brought there before");
    succeed("archive", "b63", "--to", "T8");
    assertThat(growing).doesNotExist();
    assertThat(copy.resolve("ascmhl/mine.pdf")).hasContent("somebody's own, brought there before");
    assertGoodAndComesHome();
  }

  @Test
  void a_verification_after_such_a_cut_finds_the_history_and_everybody_s_files()
      throws IOException {
    Files.writeString(copy.resolve("ascmhl/mine.pdf"), "somebody's own");
    edit(home);
    succeed("archive", "b63", "--to", "T8", "--keep", "mine", "--keep-local");
    Path growing = Files.createDirectories(copy.resolve(".vat-tmp-history"));
    Files.move(copy.resolve("ascmhl/mine.pdf"), replaced().resolve("ascmhl/mine.pdf"));
    Files.move(copy.resolve("ascmhl"), growing.resolve("ascmhl"));
    rot(copy.resolve("final/cut.mov"));

    assertThat(vat("archive", "b63", "--to", "T8", "--dry-run").exit()).isZero();
    CommandRun run = vat("verify", "b63", "--place", "ssd");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(6);
    assertThat(run.out()).contains("Damaged: 1 file").doesNotContain(".vat-tmp");
    assertThat(copy.resolve("ascmhl/mine.pdf")).hasContent("somebody's own");
    assertThat(growing).doesNotExist();
    succeed("verify", "b63", "--place", "ssd", "--repair");
    assertGoodAndComesHome();
  }

  @Test
  void what_is_damaged_here_goes_to_no_new_drive_either() throws IOException {
    rot(home.resolve("final/cut.mov"));

    CommandRun copied = vat("copy", "b63", "--to", "T7");
    assertThat(copied.exit()).as(copied.out()).isEqualTo(6);
    assertThat(copied.out()).contains("final/cut.mov here is not what a checksum history");
    CommandRun archived = vat("archive", "b63");
    assertThat(archived.exit()).as(archived.out()).isEqualTo(6);
    assertThat(archived.out()).contains("final/cut.mov is damaged where it was to be copied from");
    assertThat(t7.resolve("youtube/b50-b99/b63-flivideo")).doesNotExist();

    succeed("verify", "b63", "--place", "ssd");
    Files.copy(
        copy.resolve("final/cut.mov"),
        home.resolve("final/cut.mov"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    succeed("copy", "b63", "--to", "T7");
  }

  @Test
  void a_camera_s_own_history_tells_of_damage_before_anything_is_released() throws IOException {
    succeed("mhl", "create", home.resolve("recordings").toString());
    rot(home.resolve("recordings/take 1.mp4"));
    remove(copy);

    CommandRun run = vat("archive", "b63");

    assertThat(run.exit()).as(run.out()).isEqualTo(6);
    assertThat(run.out()).contains("recordings/take 1.mp4 is damaged");
  }

  @Test
  void a_damaged_source_drive_does_not_win_over_the_good_copy_there() throws IOException {
    succeed("copy", "b63", "--to", "T7");
    edit(home);
    succeed("copy", "b63", "--to", "T8", "--keep", "mine");
    remove(home);
    rot(copy.resolve("notes.txt"));
    Path other = t7.resolve("youtube/b50-b99/b63-flivideo/notes.txt");

    CommandRun told = vat("copy", "b63", "--from", "T8", "--to", "T7");
    assertThat(told.exit()).as(told.out()).isEqualTo(6);
    assertThat(told.out()).doesNotContain("--keep").contains("vat verify b63-flivideo --repair");
    assertThat(vat("copy", "b63", "--from", "T8", "--to", "T7", "--keep", "mine").exit())
        .isEqualTo(6);

    assertThat(other).hasBinaryContent(files.get("notes.txt"));
  }

  @Test
  void of_two_contents_that_two_histories_prove_neither_is_called_damaged() throws IOException {
    succeed("copy", "b63", "--to", "T7");
    Path here = t7.resolve("youtube/b50-b99/b63-flivideo");
    rot(here.resolve("final/cut.mov"));
    remove(here.resolve("ascmhl"));
    succeed("verify", "b63", "--place", "ssd");

    CommandRun run = vat("copy", "b63", "--from", "T8", "--to", "T7");

    assertThat(run.exit()).as(run.out()).isEqualTo(3);
    assertThat(run.out()).contains("another content", "--keep mine");
    succeed("copy", "b63", "--from", "T8", "--to", "T7", "--keep", "mine");
    assertThat(here.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
  }

  @Test
  void a_damaged_copy_is_not_kept_and_the_good_file_here_takes_its_place() throws IOException {
    rot(copy.resolve("final/cut.mov"));
    CommandRun told = vat("archive", "b63", "--to", "T8");
    assertThat(told.exit()).isEqualTo(6);
    assertThat(told.out())
        .contains("the copy of final/cut.mov", "is damaged")
        .contains("--keep mine.", "vat verify b63-flivideo --repair");

    for (String word : new String[] {"theirs", "both"}) {
      CommandRun refused = vat("archive", "b63", "--to", "T8", "--keep", word);
      assertThat(refused.exit()).isEqualTo(6);
      assertThat(refused.err()).contains("--keep " + word + " would keep a damaged file");
      assertThat(home.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
    }
    succeed("archive", "b63", "--to", "T8", "--keep", "mine");

    assertThat(copy.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));
    succeed("verify", "b63", "--place", "ssd");
  }

  @Test
  void what_is_damaged_here_does_not_go_to_the_drive() throws IOException {
    Path here = home.resolve("final/cut.mov");
    rot(here);
    CommandRun refused = vat("copy", "b63", "--to", "T8", "--keep", "mine");
    assertThat(refused.exit()).isEqualTo(6);
    assertThat(refused.err())
        .contains("would keep a damaged file", "final/cut.mov is damaged where");
    assertThat(copy.resolve("final/cut.mov")).hasBinaryContent(files.get("final/cut.mov"));

    Files.move(copy.resolve("final/cut.mov"), temp.resolve("good.mov"));
    CommandRun missing = vat("archive", "b63", "--to", "T8");

    assertThat(missing.exit()).as(missing.out()).isEqualTo(6);
    assertThat(missing.out())
        .contains("final/cut.mov is damaged where it was to be copied from", "It was not copied");
    assertThat(copy.resolve("final/cut.mov")).doesNotExist();
    assertThat(vat("copy", "b63", "--to", "T8").exit()).isEqualTo(6);
    assertThat(copy.resolve("final/cut.mov")).doesNotExist();
    assertThat(here).exists();
  }

  @Test
  void repair_finds_what_was_recorded_where_it_was_put_aside() throws IOException {
    Path film = copy.resolve("final/cut.mov");
    Files.createDirectories(repository.resolve(".vat-kept/2026-04-01_100000Z/b63-flivideo/final"));
    Files.move(
        home.resolve("final/cut.mov"),
        repository.resolve(".vat-kept/2026-04-01_100000Z/b63-flivideo/final/cut.mov"));
    Path beside = copy.resolveSibling("b63-flivideo.replaced-2026-04-02_100000Z");
    Files.createDirectories(beside);
    Files.move(home.resolve("notes.txt"), beside.resolve("notes.txt"));
    remove(home);
    rot(film);
    rot(copy.resolve("notes.txt"));

    CommandRun run = vat("verify", "b63", "--repair");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains(".vat-kept/2026-04-01_100000Z/b63-flivideo/final/cut.mov");
    assertThat(film).hasBinaryContent(files.get("final/cut.mov"));
    assertThat(copy.resolve("notes.txt")).hasBinaryContent(files.get("notes.txt"));
    assertThat(beside.resolve("notes.txt")).exists();
  }

  @Test
  void when_both_are_damaged_nothing_is_kept_and_nothing_released() throws IOException {
    rot(home.resolve("final/cut.mov"));
    Files.copy(
        home.resolve("final/cut.mov"),
        copy.resolve("final/cut.mov"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);

    CommandRun run = vat("archive", "b63", "--to", "T8", "--keep", "mine");

    assertThat(run.exit()).isEqualTo(6);
    assertThat(run.err()).contains("and in the copy", "vat verify b63-flivideo");
    assertThat(home.resolve("final/cut.mov")).exists();
    assertThat(home.resolve("recordings/take 1.mp4")).exists();
  }
}
