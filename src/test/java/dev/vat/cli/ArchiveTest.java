package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.lifecycle.VolumeOf;
import dev.vat.mhl.MhlHistory;
import dev.vat.project.ProjectId;
import dev.vat.settings.S3Access;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `vat archive` as David types it.
final class ArchiveTest {
  @TempDir Path folder;
  private Path repository;
  private Path ssd;

  @BeforeEach
  void prepare() throws IOException {
    repository = Files.createDirectories(folder.resolve("v-appydave"));
    ssd = Files.createDirectories(folder.resolve("T7"));
    Files.writeString(
        repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n");
    write("b63-flivideo/recordings/take.mp4", "footage");
    write("b63-flivideo/transcript.txt", "said");
  }

  private void write(String name, String content) throws IOException {
    Path file = repository.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-16T09:15:00Z")));
  }

  /// With the drive taken for one of its own.
  private CommandRun vat(String... words) throws IOException {
    return CommandRun.in(repository)
        .using(new PretendDrives(new CommandRun.NoCloud(), ssd))
        .run(words);
  }

  private Stream<String> here() throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> repository.relativize(file).toString())
          .filter(name -> !name.startsWith(".vat/") && !name.endsWith(".env"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void a_project_goes_to_the_drive_and_its_light_files_stay() throws Exception {
    CommandRun run = vat("archive", "b63");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("copied 2 files", "moved 1 light file", "released 1 file", "left: 1 copy");
    assertThat(here())
        .containsExactly("archived/b50-b99/b63-flivideo/transcript.txt", "projects.json");
    assertThat(ssd.resolve("b50-b99/b63-flivideo/recordings/take.mp4")).hasContent("footage");
  }

  @Test
  void an_archived_card_s_checksum_history_comes_home_also_when_the_drive_s_went_on()
      throws Exception {
    vat("mhl", "create", repository.resolve("b63-flivideo/recordings").toString());
    CommandRun archived = vat("archive", "b63");
    assertThat(archived.exit()).as(archived.err()).isZero();
    String chain = "recordings/ascmhl/ascmhl_chain.xml";
    assertThat(here()).contains("archived/b50-b99/b63-flivideo/" + chain);
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isZero();

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(repository.resolve("b63-flivideo").resolve(chain))
        .hasSameBinaryContentAs(ssd.resolve("b50-b99/b63-flivideo").resolve(chain));
    assertThat(repository.resolve("archived/b50-b99/b63-flivideo")).doesNotExist();
  }

  @Test
  void what_people_keep_in_a_folder_ascmhl_is_archived_recorded_and_comes_home() throws Exception {
    vat("mhl", "create", repository.resolve("b63-flivideo").toString());
    write("b63-flivideo/ascmhl/shot list.txt", "wide, close");
    write("b63-flivideo/ascmhl/reference.mov", "as it was");
    Path copy = ssd.resolve("b50-b99/b63-flivideo");

    CommandRun run = vat("archive", "b63");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(copy.resolve("ascmhl/shot list.txt")).hasContent("wide, close");
    assertThat(copy.resolve("ascmhl/reference.mov")).hasContent("as it was");
    assertThat(MhlHistory.read(copy).files()).hasSize(4);
    assertThat(here())
        .contains("archived/b50-b99/b63-flivideo/ascmhl/shot list.txt")
        .noneMatch(name -> name.startsWith("b63-flivideo/"));
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isZero();
    assertThat(vat("restore", "b63").exit()).isZero();
    assertThat(repository.resolve("b63-flivideo/ascmhl/reference.mov")).hasContent("as it was");
    assertThat(repository.resolve("b63-flivideo/ascmhl/shot list.txt")).hasContent("wide, close");
    assertThat(repository.resolve("archived/b50-b99/b63-flivideo")).doesNotExist();
  }

  @Test
  void the_manifest_knows_it_at_once() throws Exception {
    vat("archive", "b63");

    JsonNode project =
        JsonMapper.shared()
            .readTree(Files.readAllBytes(repository.resolve("projects.json")))
            .path("projects")
            .path(0);
    assertThat(project.at("/storage/ssd/path").asString()).isEqualTo("b50-b99/b63-flivideo");
    assertThat(project.at("/storage/ssd/verified_at").asString()).isNotEmpty();
    assertThat(project.at("/storage/local/structure").asString()).isEqualTo("grouped");
  }

  @Test
  void find_knows_it_at_once() throws Exception {
    vat("archive", "b63");

    assertThat(vat("find", "said").out())
        .contains("b63-flivideo/transcript.txt", "archived/", "SSD (T7)");
  }

  @Test
  void a_dry_run_prints_the_plan_and_changes_nothing() throws Exception {
    CommandRun run = vat("archive", "b63", "--dry-run");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("dry run", "copy, read back and compare: 2 files", "release here: 1 file");
    assertThat(here())
        .containsExactly("b63-flivideo/recordings/take.mp4", "b63-flivideo/transcript.txt");
    assertThat(repository.resolve(".vat")).doesNotExist();
    try (Stream<Path> drive = Files.list(ssd)) {
      assertThat(drive).isEmpty();
    }
  }

  @Test
  void a_copy_on_the_computers_own_disk_releases_nothing() throws Exception {
    CommandRun run = CommandRun.in(repository).run("archive", "b63");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("nothing is changed", "own disk");
    assertThat(repository.resolve("b63-flivideo/recordings/take.mp4")).hasContent("footage");
    assertThat(ssd.resolve("b50-b99/b63-flivideo/recordings/take.mp4")).hasContent("footage");
  }

  @Test
  void the_folder_of_a_drive_that_is_not_there_is_no_drive() throws Exception {
    Files.writeString(repository.resolve(".video-tools.env"), "SSD_BASE=" + ssd + "\n");
    assertThat(CommandRun.in(repository).run("archive", "b63").exit())
        .isEqualTo(ExitCode.UNAVAILABLE.number());

    Files.delete(ssd);
    CommandRun run = CommandRun.in(repository).run("archive", "b63");

    assertThat(run.exit()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(run.err()).contains("not connected");
    assertThat(ssd).doesNotExist();
  }

  @Test
  void next_takes_the_oldest_by_letter_and_number() throws Exception {
    write("b07-older/film.mp4", "x");
    write("a102-oldest/film.mp4", "x");
    write("b100-newer/film.mp4", "x");
    write("boy-baker/film.mp4", "no number");

    CommandRun run = vat("archive", "--next", "2", "--dry-run");

    assertThat(run.out().lines().filter(line -> line.contains("Archiving")))
        .satisfiesExactly(
            first -> assertThat(first).contains("a102-oldest"),
            second -> assertThat(second).contains("b07-older"));
  }

  @Test
  void older_than_takes_what_nobody_touched_for_so_long() throws Exception {
    write("b64-new/film.mp4", "x");
    Files.setLastModifiedTime(
        repository.resolve("b64-new/film.mp4"), FileTime.from(new HandClock().instant()));

    CommandRun run = vat("archive", "--older-than", "1days", "--dry-run");

    assertThat(run.out()).contains("b63-flivideo").doesNotContain("b64-new");
    assertThat(vat("archive", "--older-than", "soon").exit()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void another_content_on_the_drive_is_a_conflict() throws Exception {
    Path there = ssd.resolve("b50-b99/b63-flivideo/transcript.txt");
    Files.createDirectories(there.getParent());
    Files.writeString(there, "SAID");

    CommandRun run = vat("archive", "b63");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(run.out()).contains("another content", "Nothing here was changed");
    assertThat(here()).contains("b63-flivideo/transcript.txt");
  }

  private Path anotherFilmOnTheDrive() throws IOException {
    Path there = ssd.resolve("b50-b99/b63-flivideo/recordings/take.mp4");
    Files.createDirectories(there.getParent());
    return Files.writeString(there, "FOOTAGE");
  }

  @Test
  void keep_mine_puts_the_drives_version_aside_beside_the_copy() throws Exception {
    Path there = anotherFilmOnTheDrive();

    CommandRun run = vat("archive", "b63", "--keep", "mine");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(there).hasContent("footage");
    try (Stream<Path> range = Files.list(ssd.resolve("b50-b99"))) {
      Path aside = range.filter(f -> f.toString().contains(".replaced-")).findFirst().orElseThrow();
      assertThat(aside.resolve("recordings/take.mp4")).hasContent("FOOTAGE");
    }
    assertThat(repository.resolve("b63-flivideo")).doesNotExist();
  }

  @Test
  void keep_theirs_puts_this_computers_version_aside() throws Exception {
    Path there = anotherFilmOnTheDrive();

    CommandRun run = vat("archive", "b63", "--keep", "theirs");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(there).hasContent("FOOTAGE");
    assertThat(here()).anyMatch(f -> f.matches(".vat-kept/.*/b63-flivideo/recordings/take.mp4"));
  }

  @Test
  void keep_both_gives_this_computers_version_another_name() throws Exception {
    Path there = anotherFilmOnTheDrive();

    CommandRun run =
        CommandRun.in(repository)
            .with("S3_SYNC_USER", "david")
            .using(new PretendDrives(new CommandRun.NoCloud(), ssd))
            .run("archive", "b63", "--keep", "both");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(there).hasContent("FOOTAGE");
    assertThat(there.resolveSibling("take-david.mp4")).hasContent("footage");
    assertThat(repository.resolve("b63-flivideo")).doesNotExist();
  }

  @Test
  void keep_goes_with_named_projects() throws Exception {
    assertThat(vat("archive", "--next", "1", "--keep", "mine").exit())
        .isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void archiving_again_says_that_it_is_done() throws Exception {
    vat("archive", "b63");

    CommandRun run = vat("archive_project", "b63");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("archived already");
  }

  @Test
  void what_a_cut_release_took_aside_is_back_before_anything_else() throws Exception {
    write(".vat-releasing/b63-flivideo/recordings/take 2.mp4", "taken aside");

    CommandRun run = vat("archive", "b63");

    assertThat(run.err()).contains("it is back", "take 2.mp4");
    assertThat(ssd.resolve("b50-b99/b63-flivideo/recordings/take 2.mp4")).hasContent("taken aside");
  }

  @Test
  void heavy_files_that_git_tracks_stay_unless_asked_for() throws Exception {
    for (String[] git :
        new String[][] {
          {"init", "-q"}, {"add", "-f", "b63-flivideo/recordings/take.mp4"},
        }) {
      String[] command = Stream.concat(Stream.of("git"), Stream.of(git)).toArray(String[]::new);
      assertThat(new ProcessBuilder(command).directory(repository.toFile()).start().waitFor())
          .isZero();
    }

    CommandRun run =
        CommandRun.in(repository)
            .with("PATH", System.getenv("PATH"))
            .using(new PretendDrives(new CommandRun.NoCloud(), ssd))
            .run("archive", "b63");

    assertThat(run.out()).contains("because git tracks them: 1 file");
    assertThat(repository.resolve("b63-flivideo/recordings/take.mp4")).hasContent("footage");

    CommandRun all =
        CommandRun.in(repository)
            .with("PATH", System.getenv("PATH"))
            .using(new PretendDrives(new CommandRun.NoCloud(), ssd))
            .run("archive", "b63", "--also-tracked");
    assertThat(all.out()).contains("released 1 file");
    assertThat(repository.resolve("b63-flivideo")).doesNotExist();
  }

  @Test
  void one_project_that_cannot_be_archived_now_keeps_no_other_one_back() throws Exception {
    write("b64-next/film.mp4", "the next one");
    CommandRun run;
    try (ProjectLock _ =
        ProjectLock.take(
            repository.resolve(".vat"),
            new ProjectId("b63-flivideo"),
            "vat up",
            InstantSource.system())) {
      run = vat("archive", "b63", "b64");
    }

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.PARTLY.number());
    assertThat(run.out()).contains("b63-flivideo", "vat up", "released 1 file");
    assertThat(repository.resolve("b64-next")).doesNotExist();
    assertThat(repository.resolve("b63-flivideo/recordings/take.mp4")).hasContent("footage");
    assertThat(Files.readString(repository.resolve("projects.json"))).contains("b50-b99/b64-next");
  }

  @Test
  void what_a_cut_release_took_aside_is_back_though_its_project_has_no_folder_any_more()
      throws Exception {
    vat("archive", "b63");
    write(".vat-releasing/b63-flivideo/recordings/take 2.mp4", "taken aside");

    CommandRun dry = vat("archive", "b63", "--dry-run");
    assertThat(dry.err()).contains("take 2.mp4", "comes back");
    assertThat(repository.resolve("b63-flivideo")).doesNotExist();

    CommandRun run = vat("archive", "b63");

    assertThat(run.err()).contains("it is back", "take 2.mp4");
    assertThat(run.out()).contains("copied 1 file", "released 1 file");
    assertThat(ssd.resolve("b50-b99/b63-flivideo/recordings/take 2.mp4")).hasContent("taken aside");
    assertThat(repository.resolve(".vat-releasing")).doesNotExist();
  }

  @Test
  void a_drive_that_goes_away_between_two_projects_gets_nothing_in_its_empty_place()
      throws Exception {
    write("b64-next/film.mp4", "the next one");
    Services drives = new PretendDrives(new CommandRun.NoCloud(), ssd);
    VolumeOf unplugging =
        path -> {
          if (path.startsWith(repository) && path.endsWith("take.mp4")) {
            Files.move(ssd, ssd.resolveSibling("T7 in a pocket"));
            Files.createDirectory(ssd);
          }
          return drives.volumeOf().path(path);
        };

    CommandRun run =
        CommandRun.in(repository)
            .using(new WithVolumes(drives, unplugging))
            .run("archive", "b63", "b64");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.UNAVAILABLE.number());
    assertThat(ssd).isEmptyDirectory();
    assertThat(here()).contains("b63-flivideo/recordings/take.mp4", "b64-next/film.mp4");
  }

  @Test
  void after_a_decision_it_is_not_said_that_nothing_was_changed() throws Exception {
    Path there = Files.createDirectories(ssd.resolve("b50-b99/b63-flivideo"));
    Files.writeString(there.resolve("transcript.txt"), "another transcript");
    write("archived/b50-b99/b63-flivideo/transcript-david.txt", "of long ago");

    CommandRun run = vat("archive", "b63", "--keep", "both");

    assertThat(run.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(here()).contains("b63-flivideo/transcript-david.txt");
    assertThat(run.out())
        .contains("is now", "transcript-david.txt is in", "Nothing else was changed")
        .doesNotContain("Nothing was changed");
  }

  @Test
  void a_project_without_files_leaves_no_empty_folder_on_the_drive() throws Exception {
    Files.createDirectories(repository.resolve("b65-empty/recordings"));

    CommandRun run = vat("archive", "b65");

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(run.out()).contains("b65-empty has no files", "Nothing was changed");
    assertThat(vat("archive", "b65", "--dry-run").exit()).isEqualTo(ExitCode.FAILED.number());
    assertThat(ssd.resolve("b50-b99")).doesNotExist();
    assertThat(repository.resolve("b65-empty/recordings")).exists();
  }

  @Test
  void what_is_left_of_a_project_after_its_last_file_went_is_still_cleared_away() throws Exception {
    vat("archive", "b63", "--keep-local");
    Files.delete(repository.resolve("b63-flivideo/recordings/take.mp4"));
    Files.delete(repository.resolve("b63-flivideo/transcript.txt"));

    CommandRun run = vat("archive", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(repository.resolve("b63-flivideo")).doesNotExist();
  }

  @Test
  void a_damaged_checksum_history_is_told_before_anything_is_copied_and_its_advice_works()
      throws Exception {
    vat("archive", "b63", "--keep-local");
    Path copy = ssd.resolve("b50-b99/b63-flivideo");
    Path chain = copy.resolve("ascmhl/ascmhl_chain.xml");
    Files.writeString(chain, "<half of a ch");
    write("b63-flivideo/recordings/take 2.mp4", "more footage");

    for (String[] words : new String[][] {{"archive", "b63"}, {"archive", "b63", "--dry-run"}}) {
      CommandRun run = vat(words);

      assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
      assertThat(run.err())
          .contains("ascmhl_chain.xml", "move " + copy.resolve("ascmhl") + " out of", "vat verify");
      assertThat(copy.resolve("recordings/take 2.mp4")).doesNotExist();
      assertThat(repository.resolve("b63-flivideo/recordings/take.mp4")).exists();
    }

    Files.move(copy.resolve("ascmhl"), folder.resolve("the damaged history"));
    assertThat(vat("verify", "b63", "--place", "ssd").exit()).isZero();
    CommandRun again = vat("archive", "b63");
    assertThat(again.exit()).as(again.out() + again.err()).isZero();
    assertThat(repository.resolve("b63-flivideo")).doesNotExist();
  }

  @Test
  void a_damaged_generation_is_named_with_what_can_be_done() throws Exception {
    vat("archive", "b63", "--keep-local");
    Path copy = ssd.resolve("b50-b99/b63-flivideo");
    Path generation;
    try (Stream<Path> all = Files.list(copy.resolve("ascmhl"))) {
      generation = all.filter(one -> one.toString().endsWith(".mhl")).findFirst().orElseThrow();
    }
    Files.writeString(generation, Files.readString(generation) + "\n");

    CommandRun run = vat("archive", "b63");

    assertThat(run.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED.number());
    assertThat(run.err())
        .contains(generation.getFileName().toString(), "is not the file that was written")
        .contains("move " + copy.resolve("ascmhl") + " out of");
  }

  @Test
  void a_dry_run_foresees_a_conflict_and_what_a_decision_would_move() throws Exception {
    Path there = anotherFilmOnTheDrive();
    Files.writeString(there, "another film, which is longer");

    CommandRun dry = vat("archive", "b63", "--dry-run");
    assertThat(dry.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(dry.out())
        .contains("recordings/take.mp4 is there already with another content")
        .contains("--keep mine|theirs|both");
    CommandRun json = vat("archive", "b63", "--dry-run", "--json");
    assertThat(json.exit()).isEqualTo(ExitCode.CONFLICT.number());
    assertThat(json.out()).contains("\"different\"");

    CommandRun mine = vat("archive", "b63", "--dry-run", "--keep", "mine");
    assertThat(mine.exit()).as(mine.err()).isZero();
    assertThat(mine.out()).contains("--keep mine moves " + there + " to ", ".replaced-");
    CommandRun theirs = vat("archive", "b63", "--dry-run", "--keep", "theirs");
    assertThat(theirs.out()).contains("--keep theirs moves ", ".vat-kept");
    assertThat(there).hasContent("another film, which is longer");
    assertThat(repository.resolve(".vat-kept")).doesNotExist();
    assertThat(vat("archive", "b63").exit()).isEqualTo(dry.exit());
  }

  @Test
  void that_too_few_copies_are_there_to_release_is_told_before_hours_of_copying() throws Exception {
    Files.writeString(
        repository.resolve(".video-tools.env"),
        "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\nMIN_COPIES=2\n");

    for (String[] words : new String[][] {{"archive", "b63", "--dry-run"}, {"archive", "b63"}}) {
      CommandRun run = vat(words);
      assertThat(run.err()).contains("MIN_COPIES asks for 2", "1 file", "vat copy PROJECT");
      assertThat(run.out())
          .contains("then release here: 0 files", "stay here, for want of copies: 1 file");
    }
    assertThat(repository.resolve("b63-flivideo/recordings/take.mp4")).hasContent("footage");
    assertThat(vat("archive", "b63", "--json", "--dry-run").out())
        .contains("MIN_COPIES asks for 2");
    assertThat(vat("archive", "b63", "--keep-local", "--dry-run").err())
        .doesNotContain("MIN_COPIES");
  }

  private record WithVolumes(Services others, VolumeOf volumeOf) implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking)
        throws StoreException {
      return others.openStore(access, bucket, lacking);
    }

    @Override
    public KeepAwake keepAwake() {
      return others.keepAwake();
    }
  }
}
