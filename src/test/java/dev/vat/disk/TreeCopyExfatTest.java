package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

final class TreeCopyExfatTest extends TreeCopyContract {
  private ExfatDrive drive;

  @Override
  Path drive(TestReporter reporter) throws Exception {
    drive = ExfatDrive.mountIn(work, reporter);
    return drive.folder();
  }

  /// Through FUSE even a direct read comes from the page cache, of the block device.
  @Override
  ReadFrom readBack() {
    return ReadFrom.PAGE_CACHE_ONLY;
  }

  @AfterEach
  void unmount() throws Exception {
    if (drive != null) {
      drive.close();
    }
  }

  @Test
  void names_that_the_drive_cannot_hold_are_told_before_anything_is_written() throws Exception {
    source.add("take 1: intro.mov", 10);
    source.add("NOTES.TXT", 10);

    TreeCopied copied = copy.copyNew(target, source.files(), Progress.none());

    assertThat(copied.problems())
        .hasSize(2)
        .allMatch(problem -> problem instanceof CopyProblem.NameRefused);
    assertThat(copied.files()).isEmpty();
    try (var there = Files.list(TreeCopy.temporaryFor(target))) {
      assertThat(there).isEmpty();
    }
  }
}
