package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Digested;
import dev.vat.disk.FileIdentity;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.OpenForWriting;
import dev.vat.progress.Progress;
import dev.vat.project.FileStamp;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReleaseTest {
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final String CONTENT = "footage that cannot be made again";

  @TempDir Path folder;
  private Disks disks;
  private Path root;
  private Path take;
  private Path copy;
  private Function<Collection<FileStamp>, OpenForWriting> writers = OpenForWriting::look;

  @BeforeEach
  void a_take_and_its_copy() throws IOException {
    disks = new Disks(folder);
    root = disks.disk("mac");
    take = Disks.write(root.resolve(PROJECT + "/recordings/take.mov"), CONTENT);
    copy = Disks.write(disks.disk("T7").resolve(PROJECT + "/recordings/take.mov"), CONTENT);
  }

  private Release release() {
    return new Release(
        new ReleasingFolder(root, FilePlacement.ofThisSystem(), InstantSource.fixed(NOW)),
        disks.volumes(),
        new DeviceDigests(),
        stamps -> writers.apply(stamps),
        InstantSource.fixed(NOW));
  }

  private Released release(int minCopies, OtherCopy... copies) throws IOException {
    TreeFile file = Disks.files(root.resolve(PROJECT.value())).getFirst();
    return release(minCopies, file, copies);
  }

  private Released release(int minCopies, TreeFile file, OtherCopy... copies) throws IOException {
    return release()
        .release(
            PROJECT, List.of(new Releasable(file, List.of(copies))), minCopies, Progress.none());
  }

  private static OtherCopy on(String label, Path file) {
    return new OtherCopy.OnDisk(file, label, Optional.empty());
  }

  private static OtherCopy proven(Path file, Instant at) throws IOException {
    Digested read = new DeviceDigests().of(file, Progress.none().begin("", 0));
    return new OtherCopy.OnDisk(
        file, "T7", Optional.of(new DeviceProof(FileIdentity.of(file), read.digests(), at)));
  }

  private void assertStayed(Released released, String why) throws IOException {
    assertThat(released.gone()).isEmpty();
    assertThat(released.stayed())
        .singleElement()
        .extracting(Released.Stayed::why)
        .asString()
        .contains(why);
    assertThat(take).hasContent(CONTENT);
    assertThat(root.resolve(".vat-releasing")).doesNotExist();
  }

  @Test
  void a_file_whose_copy_on_another_disk_is_proven_is_deleted_and_what_is_left_is_said()
      throws Exception {
    Released released = release(1, on("T7", copy));

    assertThat(take).doesNotExist();
    assertThat(copy).hasContent(CONTENT);
    assertThat(released.stayed()).isEmpty();
    assertThat(released.gone())
        .singleElement()
        .satisfies(gone -> assertThat(gone.left()).containsExactly("T7"));
    assertThat(root.resolve(".vat-releasing")).doesNotExist();
  }

  @Test
  void a_copy_with_one_other_byte_justifies_nothing() throws Exception {
    Disks.damage(copy);

    assertStayed(release(1, on("T7", copy)), "another content");
  }

  @Test
  void a_copy_that_is_only_begun_justifies_nothing() throws Exception {
    Files.writeString(copy, CONTENT.substring(0, 10));

    assertStayed(release(1, on("T7", copy)), "another content");
  }

  @Test
  void no_copy_at_all_justifies_nothing() throws Exception {
    assertStayed(release(1), "No other copy");
    Files.delete(copy);
    assertStayed(release(1, on("T7", copy)), "No copy of it on another disk");
  }

  @Test
  void a_copy_on_the_same_disk_is_none() throws Exception {
    Path beside = Disks.write(root.resolve("backup/take.mov"), CONTENT);

    assertStayed(release(1, on("backup", beside)), "No copy of it on another disk");
  }

  @Test
  void two_copies_on_one_disk_are_one() throws Exception {
    Path second = Disks.write(copy.resolveSibling("take 2.mov"), CONTENT);

    assertStayed(release(2, on("T7", copy), on("T7", second)), "2 copies of it on other disks");
  }

  @Test
  void as_many_copies_as_were_asked_for_are_proven() throws Exception {
    Path second = Disks.write(disks.disk("T8").resolve("take.mov"), CONTENT);

    Released released = release(2, on("T7", copy), on("T8", second));

    assertThat(take).doesNotExist();
    assertThat(released.gone().getFirst().left()).containsExactly("T7", "T8");
  }

  @Test
  void a_file_that_is_not_the_planned_one_any_more_stays() throws Exception {
    TreeFile planned = Disks.files(root.resolve(PROJECT.value())).getFirst();
    Files.writeString(take, CONTENT);

    Released released = release(1, planned, on("T7", copy));

    assertStayed(released, "changed meanwhile");
  }

  @Test
  void a_proof_of_this_run_holds_while_nobody_writes_to_the_copy() throws Exception {
    OtherCopy proven = proven(copy, NOW);

    assertThat(release(1, proven).gone()).hasSize(1);
  }

  @Test
  void a_copy_that_was_written_to_after_its_proof_is_read_again_though_its_time_is_the_old_one()
      throws Exception {
    OtherCopy proven = proven(copy, NOW);
    Disks.damage(copy);

    assertStayed(release(1, proven), "another content");
  }

  @Test
  void a_proof_that_is_old_is_made_again() throws Exception {
    OtherCopy old = proven(copy, NOW.minusSeconds(3600));
    Files.delete(copy);

    assertStayed(release(1, old), "No copy of it on another disk");
  }

  @Test
  void a_copy_that_changes_in_the_last_moment_keeps_the_file() throws Exception {
    writers = stamps -> meanwhile(() -> Disks.damage(copy));

    assertStayed(release(1, on("T7", copy)), "Its copy was changed");
  }

  @Test
  void a_drive_that_is_unplugged_in_the_last_moment_keeps_the_file() throws Exception {
    writers = stamps -> meanwhile(() -> Files.move(copy, copy.resolveSibling("gone")));

    assertStayed(release(1, on("T7", copy)), "not there any more");
  }

  @Test
  void a_file_that_a_program_holds_open_goes_back() throws Exception {
    Process writer =
        new ProcessBuilder("sh", "-c", "exec 3>>\"$0\"; echo open; exec cat", take.toString())
            .start();
    try {
      assertThat(writer.inputReader().readLine()).isEqualTo("open");

      assertStayed(release(1, on("T7", copy)), "still open in");
    } finally {
      writer.destroyForcibly();
    }
  }

  @Test
  void what_is_written_in_the_last_moment_is_kept() throws Exception {
    writers = stamps -> meanwhile(() -> append(stamps.iterator().next().path()));

    Released released = release(1, on("T7", copy));

    assertThat(released.gone()).isEmpty();
    assertThat(take).hasContent(CONTENT + "!");
  }

  @Test
  void a_file_whose_name_was_taken_meanwhile_is_kept_aside_and_not_lost() throws Exception {
    writers =
        stamps ->
            meanwhile(
                () -> {
                  Disks.write(take, "a new export");
                  Disks.damage(copy);
                });

    Released released = release(1, on("T7", copy));

    assertThat(released.gone()).isEmpty();
    assertThat(take).hasContent("a new export");
    assertThat(root.resolve(".vat-kept/2026-11-25_100000Z/b63-flivideo/recordings/take.mov"))
        .hasContent(CONTENT);
  }

  @Test
  void a_fault_brings_back_what_was_not_deleted() throws Exception {
    writers =
        stamps -> {
          throw new IllegalStateException("the computer is on fire");
        };

    assertThatThrownBy(() -> release(1, on("T7", copy))).hasMessageContaining("on fire");
    assertThat(take).hasContent(CONTENT);
  }

  @Test
  void an_interrupted_release_brings_everything_back() throws Exception {
    List<Released> none = new ArrayList<>();
    writers =
        stamps -> {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("interrupted");
        };

    assertThatThrownBy(() -> none.add(release(1, on("T7", copy)))).hasMessage("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(take).hasContent(CONTENT);
  }

  @Test
  void what_a_cut_run_left_aside_comes_back() throws Exception {
    Path left = root.resolve(".vat-releasing/b63-flivideo/recordings/take 2.mov");
    Disks.write(left, "another take");
    ReleasingFolder aside = ReleasingFolder.of(root, InstantSource.fixed(NOW));

    assertThat(aside.bringBack(new ProjectId("b64-other"))).isEmpty();
    assertThat(aside.bringBack(PROJECT))
        .containsExactly(new ReleasingFolder.BroughtBack(take.resolveSibling("take 2.mov"), true));
    assertThat(take.resolveSibling("take 2.mov")).hasContent("another take");
    assertThat(root.resolve(".vat-releasing")).doesNotExist();
  }

  @Test
  void a_file_that_a_cut_run_left_under_both_names_is_not_kept_a_second_time() throws Exception {
    // Where names are moved by link and unlink, and the run was cut between the two.
    Path left = root.resolve(".vat-releasing/b63-flivideo/recordings/take.mov");
    Files.createDirectories(left.getParent());
    Files.createLink(left, take);

    assertThat(ReleasingFolder.of(root, InstantSource.fixed(NOW)).bringBack(PROJECT))
        .containsExactly(new ReleasingFolder.BroughtBack(take, true));
    assertThat(take).hasContent(CONTENT);
    assertThat(root.resolve(".vat-releasing")).doesNotExist();
    assertThat(root.resolve(".vat-kept")).doesNotExist();
  }

  @Test
  void one_name_that_a_link_makes_look_like_two_is_not_removed() throws Exception {
    Path left = root.resolve(".vat-releasing/b63-flivideo/recordings/take 2.mov");
    Disks.write(left, "the only one");
    Files.delete(take);
    Files.delete(take.getParent());
    Files.createSymbolicLink(take.getParent(), left.getParent());

    ReleasingFolder.BroughtBack back =
        ReleasingFolder.of(root, InstantSource.fixed(NOW)).bringBack(PROJECT).getFirst();

    assertThat(back.home()).isFalse();
    assertThat(back.place()).hasContent("the only one");
  }

  @Test
  void the_empty_folders_of_a_cut_run_go() throws Exception {
    Files.createDirectories(root.resolve(".vat-releasing/b63-flivideo/recordings/day 2"));

    assertThat(ReleasingFolder.of(root, InstantSource.fixed(NOW)).bringBack(PROJECT)).isEmpty();

    assertThat(root.resolve(".vat-releasing")).doesNotExist();
  }

  @Test
  void nothing_is_moved_through_a_link() throws Exception {
    Files.createSymbolicLink(root.resolve(".vat-releasing"), disks.disk("elsewhere"));

    Released released = release(1, on("T7", copy));

    assertThat(released.gone()).isEmpty();
    assertThat(released.stayed().getFirst().why()).contains("a folder of its own");
    assertThat(take).hasContent(CONTENT);
    assertThatThrownBy(() -> ReleasingFolder.of(root, InstantSource.fixed(NOW)).bringBack(PROJECT))
        .isInstanceOf(FileSystemException.class);
  }

  @Test
  void a_held_file_that_somebody_removes_does_not_hide_what_became_of_the_others()
      throws Exception {
    Path second = Disks.write(take.resolveSibling("take 2.mov"), CONTENT);
    List<Releasable> both =
        Disks.files(root.resolve(PROJECT.value())).stream()
            .map(file -> new Releasable(file, List.of(on("T7", copy))))
            .toList();
    writers =
        stamps ->
            meanwhile(
                () ->
                    Files.delete(root.resolve(".vat-releasing").resolve(root.relativize(second))));

    Released released = release().release(PROJECT, both, 1, Progress.none());

    assertThat(released.gone()).extracting(gone -> gone.name().fileName()).contains("take.mov");
    assertThat(released.stayed())
        .singleElement()
        .satisfies(stayed -> assertThat(stayed.name().fileName()).isEqualTo("take 2.mov"));
  }

  @Test
  void a_copy_that_went_away_in_the_last_moment_is_not_said_to_be_left() throws Exception {
    Path second = Disks.write(disks.disk("T8").resolve("take.mov"), CONTENT);
    writers = stamps -> meanwhile(() -> Files.delete(second));

    Released released = release(1, on("T7", copy), on("T8", second));

    assertThat(released.gone().getFirst().left()).containsExactly("T7");
  }

  @Test
  void a_disk_that_is_known_by_two_names_is_left_once() throws Exception {
    Path second = Disks.write(copy.resolveSibling("again.mov"), CONTENT);

    Released released = release(1, on("T7", copy), on("the same T7", second));

    assertThat(released.gone().getFirst().left()).containsExactly("T7");
  }

  @Test
  void that_a_file_is_aside_because_its_name_was_taken_is_said() throws Exception {
    writers =
        stamps ->
            meanwhile(
                () -> {
                  Disks.write(take, "a new export");
                  Disks.damage(copy);
                });

    Released released = release(1, on("T7", copy));

    assertThat(released.stayed().getFirst().why())
        .contains(".vat-kept/2026-11-25_100000Z/b63-flivideo/recordings/take.mov");
  }

  private interface Deed {
    void happen() throws IOException;
  }

  private static OpenForWriting meanwhile(Deed deed) {
    try {
      deed.happen();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return OpenForWriting.look(List.of());
  }

  private static void append(Path file) throws IOException {
    Files.writeString(file, "!", StandardOpenOption.APPEND);
  }
}
