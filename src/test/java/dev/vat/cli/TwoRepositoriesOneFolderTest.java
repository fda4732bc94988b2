package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two brands whose settings name the same folder on a drive, and that have projects of one id.
final class TwoRepositoriesOneFolderTest {
  @TempDir Path temp;
  private TwoDrives drives;
  private Path appydave;
  private Path voz;
  private Path base;

  @BeforeEach
  void two_brands() throws IOException {
    drives = TwoDrives.in(temp);
    appydave = drives.repository();
    base = Files.createDirectories(drives.t7().resolve("youtube"));
    voz = Files.createDirectories(appydave.resolveSibling("v-voz"));
    Files.copy(appydave.resolve(".video-tools.env"), voz.resolve(".video-tools.env"));
    write(appydave, "film of appydave");
    write(voz, "film of voz");
    assertThat(vat(appydave, "archive", "b40").exit()).isZero();
  }

  private static void write(Path repository, String content) throws IOException {
    Path folder = Files.createDirectories(repository.resolve("b40-flight"));
    Files.writeString(folder.resolve("film.mp4"), content);
    Files.writeString(folder.resolve("notes of " + repository.getFileName() + ".txt"), content);
  }

  private CommandRun vat(Path repository, String... words) {
    return CommandRun.in(repository)
        .using(new DrivesCommandTest.OnThisComputer(drives.computer()))
        .run(words);
  }

  @Test
  void the_second_one_writes_nothing_among_the_copies_of_the_first() throws IOException {
    CommandRun run = vat(voz, "archive", "b40");

    assertThat(run.exit()).as(run.out()).isEqualTo(3);
    assertThat(run.err())
        .contains(base + " has the copies of v-appydave, and this is v-voz")
        .contains("SSD_BASE");
    assertThat(voz.resolve("b40-flight/film.mp4")).hasContent("film of voz");
    assertThat(base.resolve("b00-b49/b40-flight/notes of v-voz.txt")).doesNotExist();
    assertThat(vat(voz, "archive", "b40", "--dry-run").exit()).isEqualTo(3);
  }

  @Test
  void nor_does_it_take_the_other_ones_copies_for_its_own() throws IOException {
    CommandRun manifest = vat(voz, "manifest");
    assertThat(manifest.out() + manifest.err()).contains("has the copies of v-appydave");
    assertThat(vat(voz, "list").out()).contains("b40-flight").doesNotContain("differs");
    Files.delete(voz.resolve("b40-flight/film.mp4"));

    CommandRun restore = vat(voz, "restore", "b40", "--from", "ssd");

    assertThat(restore.exit()).isEqualTo(5);
    assertThat(voz.resolve("b40-flight/film.mp4")).doesNotExist();
    assertThat(vat(voz, "doctor").out()).contains("has the copies of v-appydave");
  }

  @Test
  void a_brand_with_a_new_name_goes_on_when_the_file_is_removed() throws IOException {
    Files.delete(base.resolve(".vat-base.json"));
    Files.delete(voz.resolve("b40-flight/notes of v-voz.txt"));

    Files.createDirectories(temp.resolve("desk"));
    CommandRun run = vat(voz, "restore", "b40", "--from", "ssd", "--to", temp + "/desk");

    assertThat(run.exit()).as(run.err()).isZero();
  }
}
