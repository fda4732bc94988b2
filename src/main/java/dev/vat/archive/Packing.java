package dev.vat.archive;

import dev.vat.project.FileKinds;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;

/// Which contents are worth compressing. Decided by nothing but name and content, so that it is
/// decided the same every time.
final class Packing {
  /// Formats that are compressed already, besides media.
  private static final Set<String> COMPRESSED =
      Set.of(
          "jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "avif", "jxl", "zip", "gz", "tgz",
          "bz2", "tbz", "xz", "txz", "zst", "br", "lz4", "7z", "rar", "dmg", "jar", "docx", "xlsx",
          "pptx", "epub", "woff", "woff2", "braw", "r3d", "ts", "m2ts", "mpg", "mpeg", "3gp");

  private static final int SAMPLES = 4;
  private static final int SAMPLE_BYTES = 16 * 1024;

  private Packing() {}

  /// Whether files of this name never get smaller.
  static boolean isCompressed(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return FileKinds.isMedia(fileName)
        || fileName.indexOf('.') >= 0 && COMPRESSED.contains(extension);
  }

  /// Whether samples from a chunk's first piece get at least a sixteenth smaller.
  static boolean getsSmaller(byte[] piece, int length, Deflater deflater) {
    byte[] out = new byte[SAMPLE_BYTES + 64];
    long before = 0;
    long after = 0;
    int stride = Math.max(SAMPLE_BYTES, length / SAMPLES);
    for (int at = 0; at < length; at += stride) {
      int sample = Math.min(SAMPLE_BYTES, length - at);
      deflater.reset();
      deflater.setInput(piece, at, sample);
      deflater.finish();
      before += sample;
      after += deflater.deflate(out);
    }
    return after <= before - before / 16;
  }
}
