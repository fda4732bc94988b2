package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.progress.Progress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// On the file system of the team's drives, which has neither a no-replace rename nor hard links.
class ExfatPlacementTest {
  @TempDir Path work;
  private ExfatDrive drive;
  private Path folder;
  private final FilePlacement placement = FilePlacement.ofThisSystem();

  @BeforeEach
  void mount(TestReporter reporter) throws Exception {
    drive = ExfatDrive.mountIn(work, reporter);
    folder = drive.folder();
  }

  @AfterEach
  void unmount() throws Exception {
    if (drive != null) {
      drive.close();
    }
  }

  @Test
  void a_new_name_is_placed_and_the_lack_of_atomicity_is_confessed() throws IOException {
    Path source = Files.writeString(folder.resolve(".vat-tmp-1"), "new");
    Path target = folder.resolve("draft.mp4");
    assertThat(placement.placeNew(source, target)).isEqualTo(Atomicity.CHECKED);
    assertThat(target).hasContent("new");
    assertThat(source).doesNotExist();
  }

  @Test
  void a_taken_name_is_refused_in_any_case_of_its_letters() throws IOException {
    Path source = Files.writeString(folder.resolve(".vat-tmp-1"), "new");
    Path taken = Files.writeString(folder.resolve("Draft.MP4"), "old");
    assertThatThrownBy(() -> placement.placeNew(source, folder.resolve("draft.mp4")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(taken).hasContent("old");
    assertThat(source).hasContent("new");
  }

  @Test
  void replacing_keeps_the_old_file_aside() throws IOException {
    Path source = Files.writeString(folder.resolve(".vat-tmp-1"), "new");
    Path target = Files.writeString(folder.resolve("draft.mp4"), "old");
    Path aside = folder.resolve(".vat-kept/now/draft.mp4");
    Replaced result =
        placement.replace(source, target, aside, file -> Files.readString(file).equals("old"));
    assertThat(result).isEqualTo(new Replaced.Done(aside, Atomicity.CHECKED));
    assertThat(target).hasContent("new");
    assertThat(aside).hasContent("old");
  }

  @Test
  void a_file_that_fails_the_proof_is_put_back() throws IOException {
    Path source = Files.writeString(folder.resolve(".vat-tmp-1"), "new");
    Path target = Files.writeString(folder.resolve("draft.mp4"), "old");
    Replaced result = placement.replace(source, target, folder.resolve("aside"), file -> false);
    assertThat(result).isEqualTo(new Replaced.NotTheSame(new OldFile.InPlace(target)));
    assertThat(target).hasContent("old");
  }

  @Test
  void hashing_finds_the_same_stamp_before_and_after() throws IOException {
    Path file = Files.write(folder.resolve("big.mov"), new byte[5_000_000]);
    Hashed hashed = new ContentHasher().hash(file, Progress.none().begin("hashing", 5_000_000));
    assertThat(hashed.content().sizeBytes()).isEqualTo(5_000_000);
    assertThat(hashed.stamp()).isEqualTo(FileStamps.of(file));
  }
}
