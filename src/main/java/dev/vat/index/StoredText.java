package dev.vat.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A text as the index keeps it: deflated, a third of what it was.
final class StoredText {
  private StoredText() {}

  static byte[] packed(byte[] content) {
    try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
      deflater.setInput(content);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3 + 64);
      byte[] piece = new byte[8192];
      while (!deflater.finished()) {
        out.write(piece, 0, deflater.deflate(piece));
      }
      return out.toByteArray();
    }
  }

  /// @param length of the text in bytes
  /// @return empty when what is kept is damaged
  static Optional<String> unpacked(byte[] body, int length) {
    // The text in UTF-8: from another encoding it may have grown.
    if (length < 0 || length > 4L * TextFiles.LARGEST_BYTES) {
      return Optional.empty();
    }
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(body);
      byte[] content = new byte[length];
      int filled = 0;
      while (filled < length) {
        int count = inflater.inflate(content, filled, length - filled);
        if (count == 0) {
          return Optional.empty();
        }
        filled += count;
      }
      return Optional.of(new String(content, UTF_8));
    } catch (DataFormatException damaged) {
      return Optional.empty();
    }
  }
}
