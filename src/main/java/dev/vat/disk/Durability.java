package dev.vat.disk;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Makes what was written survive a power cut.
///
/// On macOS the JDK asks the drive itself to empty its cache (`F_FULLFSYNC`), as Apple's manual
/// page of fsync(2) says one must.
public final class Durability {
  private Durability() {}

  /// Returns when the file's content and size are on the device.
  public static void ofFile(Path file) throws IOException {
    // Windows flushes only what is open for writing; elsewhere reading is enough, and a
    // write-protected file can be flushed too.
    StandardOpenOption mode = onWindows() ? StandardOpenOption.WRITE : StandardOpenOption.READ;
    try (FileChannel channel = FileChannel.open(file, mode)) {
      channel.force(true);
    }
  }

  /// Returns when the names in the folder are on the device.
  ///
  /// Windows has no such call, and there this does nothing: NTFS journals its names, and placing
  /// asks for write-through.
  public static void ofFolder(Path folder) throws IOException {
    if (onWindows()) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean onWindows() {
    return File.separatorChar == '\\';
  }
}
