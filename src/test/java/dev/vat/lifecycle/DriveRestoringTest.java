package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.ExfatDrive;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.Creator;
import dev.vat.mhl.Generation;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlProcess;
import dev.vat.mhl.MhlWriter;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Restoring from a drive while something happens to what it reads.
final class DriveRestoringTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final FileKinds KINDS = new FileKinds(100_000_000);

  @TempDir Path folder;
  private Path copy;
  private Path light;
  private RestoreWish wish;
  private Happening happening = () -> {};

  /// What happens when the copying begins.
  private interface Happening {
    void happens() throws IOException;
  }

  @BeforeEach
  void copied() throws IOException {
    copy = Files.createDirectories(folder.resolve("T7/b40-old"));
    Files.writeString(copy.resolve("film.mp4"), "a film");
    Files.writeString(copy.resolve("notes.txt"), "notes");
    Files.writeString(copy.resolve(".DS_Store"), "junk");
    List<MhlEntry> entries = new ArrayList<>();
    for (String name : List.of("film.mp4", "notes.txt", ".DS_Store")) {
      entries.add(
          MhlEntry.of(
              RelativeName.of(name),
              new DeviceDigests()
                  .plainly(copy.resolve(name), Progress.none().begin("", 0))
                  .digests(),
              NOW,
              HashAction.ORIGINAL,
              NOW));
    }
    MhlWriter.append(
        copy,
        new Generation(MhlProcess.TRANSFER, NOW, new Creator("mac", "another tool", "1"), entries));
    homeIn(folder);
  }

  private void homeIn(Path repository) throws IOException {
    light = Files.createDirectories(repository.resolve("archived/b40-old"));
    Files.writeString(light.resolve("notes.txt"), "notes");
    wish =
        new RestoreWish(
            new ProjectId("b40-old"),
            repository.resolve("b40-old"),
            List.of(light),
            new RestoreWish.Part.Whole());
  }

  @Test
  void what_another_tool_recorded_and_is_junk_here_is_not_missed() throws IOException {
    Files.delete(copy.resolve(".DS_Store"));

    assertThat(source().lacks(wish.part(), List.of())).isEmpty();
    assertThat(restored().visible()).isTrue();
    assertThat(wish.target()).isDirectoryContaining("glob:**film.mp4");
    assertThat(wish.target().resolve("notes.txt")).hasContent("notes");
    assertThat(light).doesNotExist();
  }

  @Test
  void a_drive_that_is_unplugged_in_the_middle_leaves_nothing_visible() throws IOException {
    happening = () -> Files.move(copy, folder.resolve("in the drawer"));

    DriveRestoring.Restored restored = restored();

    assertThat(restored.isSourcesFault()).isTrue();
    assertThat(restored.visible()).isFalse();
    assertThat(wish.target()).doesNotExist();
    assertThat(light.resolve("notes.txt")).hasContent("notes");
    Files.move(folder.resolve("in the drawer"), copy);
    happening = () -> {};
    assertThat(restored().visible()).isTrue();
    assertThat(wish.target().resolve("film.mp4")).hasContent("a film");
  }

  @Test
  void a_file_that_is_changed_on_the_drive_after_it_was_looked_at_does_not_come()
      throws IOException {
    happening = () -> Files.writeString(copy.resolve("film.mp4"), "b film");

    DriveRestoring.Restored restored = restored();

    assertThat(restored.isSourcesFault()).isTrue();
    assertThat(wish.target()).doesNotExist();
  }

  @Test
  void a_light_file_that_is_edited_meanwhile_stays_and_keeps_the_project_back() throws IOException {
    happening = () -> Files.writeString(light.resolve("notes.txt"), "edited");

    DriveRestoring.Restored restored = restored();

    assertThat(restored.isSourcesFault()).isFalse();
    assertThat(restored.visible()).isFalse();
    assertThat(restored.notMoved()).containsExactly(RelativeName.of("notes.txt"));
    assertThat(wish.target()).doesNotExist();
    assertThat(light.resolve("notes.txt")).hasContent("edited");
  }

  @Test
  void a_folder_that_somebody_makes_meanwhile_is_left_alone() throws IOException {
    happening = () -> Files.createDirectory(wish.target());

    assertThat(catchThrowable(this::restored)).isInstanceOf(FileAlreadyExistsException.class);

    assertThat(wish.target()).isEmptyDirectory();
    assertThat(light.resolve("notes.txt")).hasContent("notes");
    happening = () -> {};
    assertThat(restored().visible()).isTrue();
    assertThat(wish.target().resolve("film.mp4")).hasContent("a film");
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".vat-"));
    }
  }

  @Test
  void on_a_disk_without_hard_links_light_files_arrive_too(TestReporter reporter) throws Exception {
    try (ExfatDrive disk = ExfatDrive.mountIn(folder, reporter)) {
      homeIn(disk.folder());

      assertThat(restored().visible()).isTrue();

      assertThat(wish.target().resolve("film.mp4")).hasContent("a film");
      assertThat(wish.target().resolve("notes.txt")).hasContent("notes");
      assertThat(light).doesNotExist();
    }
  }

  @Test
  void without_hard_links_a_cut_run_leaves_light_files_where_no_later_run_removes_them(
      TestReporter reporter) throws Exception {
    try (ExfatDrive disk = ExfatDrive.mountIn(folder, reporter)) {
      homeIn(disk.folder());
      happening = () -> Files.createDirectory(wish.target());
      assertThat(catchThrowable(this::restored)).isInstanceOf(FileAlreadyExistsException.class);

      assertThat(light.resolve("notes.txt")).hasContent("notes");
      Files.delete(wish.target());
      happening = () -> {};
      Path onDrive = copy.resolve("notes.txt");
      FileTime recorded = Files.getLastModifiedTime(onDrive);
      Files.writeString(onDrive, "others");
      Files.setLastModifiedTime(onDrive, FileTime.from(NOW.plusSeconds(90_000)));
      assertThat(plan(restoring()).conflicts())
          .extracting(RestorePlan.Conflict::name)
          .containsExactly(RelativeName.of("notes.txt"));
      assertThat(light.resolve("notes.txt")).hasContent("notes");
      Files.writeString(onDrive, "notes");
      Files.setLastModifiedTime(onDrive, recorded);
      assertThat(restored().visible()).isTrue();
      assertThat(wish.target().resolve("notes.txt")).hasContent("notes");
    }
  }

  private DriveSource source() throws IOException {
    return DriveSource.at("T7", copy, KINDS);
  }

  private DriveRestorePlan.Ready plan(DriveRestoring restoring) throws IOException {
    return (DriveRestorePlan.Ready) restoring.plan(wish, source());
  }

  private DriveRestoring.Restored restored() throws IOException {
    DriveRestoring restoring = restoring();
    return restoring.run(plan(restoring));
  }

  private DriveRestoring restoring() {
    return new DriveRestoring(
        TreeCopy.ofThisSystem(),
        FilePlacement.ofThisSystem(),
        KINDS,
        (what, bytes) -> {
          if (what.startsWith("copying")) {
            try {
              happening.happens();
            } catch (IOException fault) {
              throw new AssertionError(fault);
            }
          }
          return Progress.none().begin(what, bytes);
        });
  }
}
