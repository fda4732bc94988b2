package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.vat.disk.CopyProblem;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.Creator;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlException;
import dev.vat.mhl.MhlHistory;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchivingTest {
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
  private static final ArchiveOptions PLAIN = new ArchiveOptions(false, false, Set.of());

  @TempDir Path temp;
  private Disks disks;
  private Path root;
  private Path project;
  private Path base;
  private int minCopies = 1;
  private final List<ProjectCopy> others = new ArrayList<>();
  private Optional<String> neverReleases = Optional.empty();

  @BeforeEach
  void a_finished_project_and_a_drive() throws IOException {
    disks = new Disks(temp);
    root = Files.createDirectories(disks.disk("mac").resolve("v-voz"));
    base = Files.createDirectories(disks.disk("T7").resolve("youtube/v-voz"));
    project = root.resolve(PROJECT.value());
    Disks.write(project.resolve("recordings/day 2/take.mov"), "heavy, and not at the top");
    Disks.write(project.resolve("film.mp4"), "the film");
    Disks.write(project.resolve("transcript.txt"), "said");
    Disks.write(project.resolve("data/notes é.md"), "noted");
  }

  private ArchivePlan plan(ArchiveOptions options) throws IOException {
    return new ArchivePlanner(new Repository(root, "v-voz"), new FileKinds(100_000_000), CLOCK)
        .plan(PROJECT, project, new ArchiveTarget("T7", base, neverReleases), others, options);
  }

  private Archived archive(ArchivePlan plan) throws IOException {
    return archive(plan, Progress.none());
  }

  private Archived archive(ArchivePlan plan, Progress progress) throws IOException {
    Release release =
        new Release(
            new ReleasingFolder(root, FilePlacement.ofThisSystem(), CLOCK),
            disks.volumes(),
            new DeviceDigests(),
            OpenForWriting::look,
            CLOCK);
    return new Archiving(TreeCopy.ofThisSystem(), release, Creator.vat("mac", "1"), CLOCK)
        .apply(plan, minCopies, progress);
  }

  private Archived archive() throws IOException {
    ArchivePlan plan = plan(PLAIN);
    assertThat(plan.obstacles()).isEmpty();
    return archive(plan);
  }

  private void assertRefused(Obstacle.Kind kind, String why) throws IOException {
    Map<String, String> before = tree(temp);
    assertThat(plan(PLAIN).obstacles())
        .singleElement()
        .satisfies(
            obstacle -> {
              assertThat(obstacle.kind()).isEqualTo(kind);
              assertThat(obstacle.message()).contains(why);
            });
    assertThat(tree(temp)).isEqualTo(before);
  }

  /// Contents by path.
  private static Map<String, String> tree(Path folder) throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (Files.isRegularFile(file)) {
          tree.put(folder.relativize(file).toString(), Files.readString(file));
        }
      }
    }
    return tree;
  }

  private static Map<String, String> withoutHistory(Path folder) throws IOException {
    Map<String, String> tree = tree(folder);
    tree.keySet().removeIf(name -> name.startsWith("ascmhl/"));
    return tree;
  }

  @Test
  void the_copy_is_whole_light_files_stay_in_archived_and_heavy_ones_are_released()
      throws Exception {
    Map<String, String> before = tree(project);

    Archived archived = archive();

    Path copy = base.resolve("b50-b99/b63-flivideo");
    assertThat(withoutHistory(copy)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(copy.resolve("film.mp4")).toInstant())
        .isEqualTo(Disks.RECORDED);
    assertThat(tree(root))
        .isEqualTo(
            Map.of(
                "archived/b50-b99/b63-flivideo/transcript.txt", "said",
                "archived/b50-b99/b63-flivideo/data/notes é.md", "noted"));
    assertThat(project).doesNotExist();
    assertThat(archived.isDone()).isTrue();
    assertThat(archived.moved()).isEqualTo(2);
    assertThat(archived.released().gone())
        .extracting(gone -> gone.name().value())
        .containsExactlyInAnyOrder("film.mp4", "recordings/day 2/take.mov");
  }

  @Test
  void the_copy_carries_checksums_of_every_file() throws Exception {
    archive();

    MhlHistory history = MhlHistory.read(base.resolve("b50-b99/b63-flivideo"));
    assertThat(history.files().keySet())
        .extracting(RelativeName::value)
        .containsExactly(
            "data/notes é.md", "film.mp4", "recordings/day 2/take.mov", "transcript.txt");
    assertThat(history.lastVerifiedAt()).contains(CLOCK.instant());
  }

  @Test
  void a_folder_that_merely_exists_on_the_drive_is_no_finished_copy() throws Exception {
    Map<String, String> before = tree(project);
    Path begun = base.resolve("b50-b99/b63-flivideo");
    Disks.write(begun.resolve("film.mp4"), "the film");

    Archived archived = archive();

    assertThat(withoutHistory(begun)).isEqualTo(before);
    assertThat(archived.written()).isEqualTo(3);
    assertThat(archived.alreadyThere()).isEqualTo(1);
    assertThat(project).doesNotExist();
  }

  @Test
  void another_content_of_the_same_size_is_a_conflict_and_nothing_is_changed() throws Exception {
    Path there = base.resolve("b50-b99/b63-flivideo/film.mp4");
    Disks.write(there, "THE FILM");
    Map<String, String> before = tree(root);

    Archived archived = archive();

    assertThat(archived.problems()).singleElement().isInstanceOf(CopyProblem.Different.class);
    assertThat(there).hasContent("THE FILM");
    assertThat(tree(root)).isEqualTo(before);
  }

  @Test
  void what_the_drive_has_beyond_the_project_stays_there() throws Exception {
    Path older = base.resolve("b50-b99/b63-flivideo/recordings/released before.mov");
    Disks.write(older, "an earlier archiving brought this");

    archive();

    assertThat(older).hasContent("an earlier archiving brought this");
  }

  @Test
  void a_range_folder_is_taken_as_the_drive_has_it() throws Exception {
    Files.createDirectory(base.resolve("b51-b99"));

    archive();

    assertThat(base.resolve("b51-b99/b63-flivideo/film.mp4")).exists();
    assertThat(base.resolve("b50-b99")).doesNotExist();
  }

  @Test
  void a_copy_on_the_same_volume_releases_nothing() throws Exception {
    base = Files.createDirectories(disks.disk("mac").resolve("Volumes/T7"));
    Map<String, String> heavy = tree(project.resolve("recordings"));

    Archived archived = archive();

    assertThat(archived.released().gone()).isEmpty();
    assertThat(archived.released().stayed()).hasSize(2);
    assertThat(tree(project.resolve("recordings"))).isEqualTo(heavy);
  }

  @Test
  void a_drive_that_does_not_count_gets_a_copy_and_everything_stays() throws Exception {
    neverReleases = Optional.of("It is for trying.");
    Map<String, String> before = tree(root);

    Archived archived = archive();

    assertThat(tree(root)).isEqualTo(before);
    assertThat(archived.kept()).contains("It is for trying.");
    assertThat(base.resolve("b50-b99/b63-flivideo/film.mp4")).exists();
  }

  @Test
  void keep_local_copies_and_leaves_everything() throws Exception {
    Map<String, String> before = tree(root);

    archive(plan(new ArchiveOptions(true, false, Set.of())));

    assertThat(tree(root)).isEqualTo(before);
    assertThat(withoutHistory(base.resolve("b50-b99/b63-flivideo"))).isEqualTo(tree(project));
  }

  @Test
  void archiving_again_adds_nothing_but_a_verification() throws Exception {
    archive(plan(new ArchiveOptions(true, false, Set.of())));

    Archived again = archive();

    assertThat(again.written()).isZero();
    assertThat(again.alreadyThere()).isEqualTo(4);
    assertThat(project).doesNotExist();
    MhlHistory history = MhlHistory.read(base.resolve("b50-b99/b63-flivideo"));
    assertThat(history.generations()).hasSize(2);
    assertThat(history.files().values())
        .allSatisfy(file -> assertThat(file.lastAction()).isEqualTo(HashAction.VERIFIED));
  }

  @Test
  void two_copies_are_needed_where_two_are_asked_for() throws Exception {
    minCopies = 2;

    Archived archived = archive();

    assertThat(archived.released().gone()).isEmpty();
    assertThat(archived.released().stayed()).hasSize(2);
    assertThat(project.resolve("film.mp4")).hasContent("the film");
  }

  @Test
  void a_second_drive_counts_by_what_is_on_it() throws Exception {
    minCopies = 2;
    Path second = disks.disk("T8").resolve("b63-flivideo");
    Disks.write(second.resolve("film.mp4"), "the film");
    Disks.write(second.resolve("recordings/day 2/take.mov"), "HEAVY, and not at the top");
    others.add(new ProjectCopy("T8", second));

    Archived archived = archive();

    assertThat(archived.released().gone())
        .singleElement()
        .satisfies(
            gone -> {
              assertThat(gone.name().value()).isEqualTo("film.mp4");
              assertThat(gone.left()).containsExactly("T7", "T8");
            });
    assertThat(project.resolve("recordings/day 2/take.mov")).exists();
  }

  @Test
  void heavy_files_that_git_tracks_stay() throws Exception {
    archive(plan(new ArchiveOptions(false, false, Set.of(RelativeName.of("film.mp4")))));

    assertThat(tree(project)).isEqualTo(Map.of("film.mp4", "the film"));
    assertThat(base.resolve("b50-b99/b63-flivideo/film.mp4")).exists();
  }

  @Test
  void a_link_is_no_footage_and_has_to_be_decided_about() throws Exception {
    Files.createSymbolicLink(project.resolve("recordings/b-roll"), temp);

    assertRefused(Obstacle.Kind.REFUSED, "--skip-links");

    archive(plan(new ArchiveOptions(false, true, Set.of())));
    assertThat(project.resolve("recordings/b-roll")).isSymbolicLink();
    assertThat(project.resolve("film.mp4")).doesNotExist();
    assertThat(base.resolve("b50-b99/b63-flivideo/recordings/b-roll")).doesNotExist();
  }

  @Test
  void a_file_that_is_open_for_writing_means_not_yet() throws Exception {
    Process writer =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec 3>>\"$0\"; echo open; exec cat",
                project.resolve("film.mp4").toString())
            .start();
    try {
      assertThat(writer.inputReader().readLine()).isEqualTo("open");

      assertRefused(Obstacle.Kind.NOT_YET, "film.mp4");
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void an_edited_light_file_in_archived_is_a_conflict() throws Exception {
    Disks.write(root.resolve("archived/b50-b99/b63-flivideo/transcript.txt"), "SAID");

    assertRefused(Obstacle.Kind.CONFLICT, "transcript.txt");
  }

  @Test
  void the_same_light_file_in_archived_is_no_conflict() throws Exception {
    Disks.write(root.resolve("archived/b50-b99/b63-flivideo/transcript.txt"), "said");

    Archived archived = archive();

    assertThat(archived.isDone()).isTrue();
    assertThat(project).doesNotExist();
    assertThat(root.resolve("archived/b50-b99/b63-flivideo/transcript.txt")).hasContent("said");
  }

  @Test
  void two_folders_of_one_project_on_the_drive_are_a_conflict() throws Exception {
    Files.createDirectories(base.resolve("b50-b99/b63-flivideo"));
    Files.createDirectories(base.resolve("b51-b99/b63-flivideo"));

    assertRefused(Obstacle.Kind.CONFLICT, "several folders");
  }

  @Test
  void what_file_managers_leave_keeps_no_folder() throws Exception {
    Disks.write(project.resolve(".DS_Store"), "junk");
    Disks.write(project.resolve("recordings/Thumbs.db"), "junk");

    archive();

    assertThat(project).doesNotExist();
    assertThat(base.resolve("b50-b99/b63-flivideo/.DS_Store")).doesNotExist();
  }

  @Test
  void a_file_that_changes_after_the_look_stops_everything_before_anything_is_released()
      throws Exception {
    ArchivePlan plan = plan(PLAIN);
    Files.writeString(project.resolve("film.mp4"), "a newer film");

    Archived archived = archive(plan);

    assertThat(archived.problems()).singleElement().isInstanceOf(CopyProblem.SourceChanged.class);
    assertThat(tree(project)).hasSize(4);
    assertThat(base.resolve("b50-b99/b63-flivideo")).doesNotExist();
    assertThat(archive().isDone()).isTrue();
  }

  @Test
  void a_file_that_comes_after_the_look_stays() throws Exception {
    ArchivePlan plan = plan(PLAIN);
    Disks.write(project.resolve("recordings/pick-up.mov"), "one more");

    archive(plan);

    assertThat(tree(project)).isEqualTo(Map.of("recordings/pick-up.mov", "one more"));
  }

  @Test
  void a_drive_that_is_gone_gets_no_folder_on_the_disk_below_it() throws Exception {
    ArchivePlan plan = plan(PLAIN);
    Files.move(base, temp.resolve("unplugged"), StandardCopyOption.ATOMIC_MOVE);

    assertThatThrownBy(() -> archive(plan)).isInstanceOf(IOException.class);

    assertThat(base).doesNotExist();
    assertThat(tree(project)).hasSize(4);
  }

  @Test
  void a_copy_with_a_damaged_history_releases_nothing() throws Exception {
    archive(plan(new ArchiveOptions(true, false, Set.of())));
    Path history = base.resolve("b50-b99/b63-flivideo/ascmhl");
    try (Stream<Path> files = Files.list(history)) {
      Disks.damage(files.filter(f -> f.toString().endsWith(".mhl")).findFirst().orElseThrow());
    }

    assertThatThrownBy(this::archive).isInstanceOf(MhlException.class);
    assertThat(tree(project)).hasSize(4);
  }

  @Test
  void a_light_file_that_somebody_removes_meanwhile_keeps_nothing_else_here() throws Exception {
    ArchivePlan plan = plan(PLAIN);
    Path transcript = project.resolve("transcript.txt");

    Archived archived = archive(plan, whenCopied(() -> Files.delete(transcript)));

    assertThat(archived.released().gone()).hasSize(2);
    assertThat(archived.moved()).isEqualTo(1);
    assertThat(archived.released().stayed())
        .singleElement()
        .satisfies(stayed -> assertThat(stayed.why()).contains("not there any more"));
  }

  @Test
  void a_light_file_that_cannot_be_moved_stays_and_the_rest_is_done() throws Exception {
    ArchivePlan plan = plan(PLAIN);
    Path data = root.resolve("archived/b50-b99/b63-flivideo/data");

    Archived archived = archive(plan, whenCopied(() -> Disks.write(data, "a file, no folder")));

    assertThat(archived.released().gone()).hasSize(2);
    assertThat(project.resolve("data/notes é.md")).hasContent("noted");
    assertThat(data).hasContent("a file, no folder");
  }

  @Test
  void a_folder_that_cannot_be_removed_stays_and_hides_nothing_of_what_was_done() throws Exception {
    Path locked = Files.createDirectories(project.resolve("assets/from camera"));
    Files.createDirectory(locked.resolve("CLIPS"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(locked), "this user may write everywhere");

      Archived archived = archive();

      assertThat(archived.isDone()).isTrue();
      assertThat(archived.released().gone()).hasSize(2);
      assertThat(locked.resolve("CLIPS")).isDirectory();
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_light_file_in_a_write_protected_folder_stays_and_the_rest_is_done() throws Exception {
    Path locked = Files.createDirectories(project.resolve("from camera"));
    Path light = Disks.write(locked.resolve("clip.xml"), "about the clip");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeFalse(Files.isWritable(locked), "this user may write everywhere");

      Archived archived = archive();

      assertThat(archived.released().gone()).hasSize(2);
      assertThat(light).hasContent("about the clip");
      assertThat(archived.released().stayed())
          .singleElement()
          .satisfies(stayed -> assertThat(stayed.why()).contains("could not be moved"));
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_drive_that_is_mounted_inside_the_project_is_no_place_for_its_copy() throws Exception {
    base = Files.createDirectories(project.resolve("drive"));

    assertRefused(Obstacle.Kind.REFUSED, "inside the project");
  }

  @Test
  void a_drive_that_is_unplugged_before_the_history_is_written_is_gone_and_nothing_is_released()
      throws Exception {
    Path pocket = temp.resolve("T7 in a pocket");
    Map<String, String> before = tree(project);

    Archived archived =
        archive(plan(PLAIN), whenCopied(() -> Files.move(temp.resolve("T7"), pocket)));

    assertThat(archived.problems())
        .singleElement()
        .isInstanceOf(CopyProblem.TargetGone.class)
        .satisfies(gone -> assertThat(gone.message()).contains("is not there any more"));
    assertThat(tree(project)).isEqualTo(before);
    Files.move(pocket, temp.resolve("T7"));
    assertThat(archive().isDone()).isTrue();
  }

  @Test
  void a_decision_makes_no_folder_where_a_drive_was() throws Exception {
    Path copy = base.resolve("b50-b99/b63-flivideo");
    Disks.write(copy.resolve("film.mp4"), "another film");
    ArchivePlan plan = plan(PLAIN);
    List<CopyProblem.Conflict> conflicts =
        List.of(
            new CopyProblem.KnownDamaged(
                new RelativeName("film.mp4"),
                copy.resolve("film.mp4"),
                CopyProblem.KnownDamaged.Side.THERE));
    Path unplugged = temp.resolve("T7 in a pocket");
    Files.move(temp.resolve("T7"), unplugged);

    assertThatThrownBy(
            () ->
                new ArchiveDecision(root, "david", CLOCK.instant())
                    .apply(plan, conflicts, ArchiveKeep.MINE))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(temp.resolve("T7")).doesNotExist();
  }

  private interface Deed {
    void happen() throws IOException;
  }

  /// Something that happens when the copy is whole, before anything here is touched.
  private static Progress whenCopied(Deed deed) {
    return (what, total) -> {
      boolean copying = what.startsWith("copying");
      return new Progress.Task() {
        @Override
        public void advance(long bytes) {}

        @Override
        public void close() {
          if (copying) {
            try {
              deed.happen();
            } catch (IOException impossible) {
              throw new AssertionError(impossible);
            }
          }
        }
      };
    };
  }
}
