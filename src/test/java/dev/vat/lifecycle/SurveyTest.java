package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.StagedFiles;
import dev.vat.disk.Volumes;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a look at real folders finds.
final class SurveyTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final ProjectId B40 = new ProjectId("b40-flight");

  @TempDir Path folder;
  private Path root;
  private Path ssd;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectories(folder.resolve("v-appydave").toAbsolutePath()).toRealPath();
    ssd = Files.createDirectories(root.resolveSibling("ssd"));
  }

  @Test
  void heavy_files_count_in_every_folder_of_a_project() throws IOException {
    write(root, "b40-flight/notes.txt", 10);
    write(root, "b40-flight/recordings/day 1/take.MP4", 1000);
    write(root, "b40-flight/.DS_Store", 6);

    LocalCopy copy = look().local().get(B40).getFirst();

    assertThat(copy.structure()).isEqualTo(LocalCopy.Structure.FLAT);
    assertThat(copy.totals().files()).isEqualTo(2);
    assertThat(copy.totals().bytes()).isEqualTo(1010);
    assertThat(copy.totals().heavyFiles()).isOne();
    assertThat(copy.totals().heavyBytes()).isEqualTo(1000);
  }

  @Test
  void the_youngest_file_tells_a_projects_age() throws IOException {
    Path old = write(root, "b40-flight/notes.txt", 1);
    Path young = write(root, "b40-flight/data/cut.prproj", 1);
    Files.setLastModifiedTime(old, FileTime.from(NOW.minusSeconds(100)));
    Files.setLastModifiedTime(young, FileTime.from(NOW.minusSeconds(10)));

    assertThat(look().local().get(B40).getFirst().totals().lastChange())
        .contains(NOW.minusSeconds(10));
  }

  @Test
  void the_drives_own_range_folder_is_told_not_a_computed_one() throws IOException {
    write(ssd, "a01-a49/a12-old/final/film.mov", 7);
    write(ssd, "boy-baker/final/film.mov", 7);

    Survey.Found seen = lookAtBoth();

    assertThat(seen.drives().getFirst().get(new ProjectId("a12-old")).path())
        .isEqualTo("a01-a49/a12-old");
    assertThat(seen.drives().getFirst().get(new ProjectId("boy-baker")).path())
        .isEqualTo("boy-baker");
  }

  @Test
  void checksums_that_travel_with_a_copy_are_no_part_of_it() throws IOException {
    write(ssd, "b00-b49/b40-flight/film.mov", 7);
    write(ssd, "b00-b49/b40-flight/ascmhl/0001_b40-flight_2026-01-16_091500Z.mhl", 500);

    SsdCopy copy = lookAtBoth().drives().getFirst().get(B40);

    assertThat(copy.totals().orElseThrow().files()).isOne();
    assertThat(copy.totals().orElseThrow().bytes()).isEqualTo(7);
    assertThat(copy.verifiedAt()).isEmpty();
  }

  @Test
  void folders_of_the_system_on_a_drive_are_no_projects() throws IOException {
    write(ssd, "$RECYCLE.BIN/film.mov", 7);
    write(ssd, "System Volume Information/film.mov", 7);
    write(ssd, ".Trashes/film.mov", 7);

    assertThat(lookAtBoth().drives().getFirst()).isEmpty();
  }

  @Test
  void staged_files_and_both_folders_of_one_project_are_told() throws IOException {
    write(root, "b40-flight/s3-staging/draft.mp4", 5);
    write(root, "archived/b00-b49/b40-flight/notes.txt", 3);

    Survey.Found seen = look();

    assertThat(seen.staging()).containsEntry(B40, new StagedFiles(1, 5));
    assertThat(seen.local().get(B40))
        .extracting(LocalCopy::path)
        .isEqualTo(List.of("b40-flight", "archived/b00-b49/b40-flight"));
  }

  @Test
  void one_project_in_two_range_folders_of_the_drive_is_said() throws IOException {
    write(ssd, "b00-b49/b40-flight/film.mov", 7);
    write(ssd, "b01-b49/b40-flight/film.mov", 9);

    Survey.Found found = lookAtBoth();

    assertThat(found.drives().getFirst().get(B40).path()).isEqualTo("b01-b49/b40-flight");
    assertThat(found.remarks()).singleElement().asString().contains("several folders on ssd");
  }

  private Survey.Found look() throws IOException {
    return survey().look(List.of(), NOW);
  }

  private Survey.Found lookAtBoth() throws IOException {
    Drives drives =
        new Drives(
            root,
            "v-voz",
            Optional.of(ssd),
            true,
            Volumes.ofThisSystem(),
            InstantSource.fixed(NOW));
    return survey().look(List.of((Located.Readable) drives.primary(Catalog.empty())), NOW);
  }

  private Survey survey() {
    return new Survey(Repository.of(root), new FileKinds(100_000_000), Progress.none());
  }

  private static Path write(Path base, String name, int bytes) throws IOException {
    Path file = base.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, new byte[bytes]);
  }
}
