package dev.vat.disk;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestReporter;

final class TreeCopyNtfsTest extends TreeCopyContract {
  private ImageDrive drive;

  @Override
  Path drive(TestReporter reporter) throws Exception {
    drive = ImageDrive.ntfsIn(work, reporter);
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
}
