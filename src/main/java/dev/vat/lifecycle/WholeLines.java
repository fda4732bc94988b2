package dev.vat.lifecycle;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Reads journals: one line at a time, however long the file is. A line that was cut, because the
/// computer stopped while it was written, is no line.
final class WholeLines {
  /// The longest name that a file system has is far shorter: what is longer is no line of ours.
  private static final int MOST_BYTES = 64 * 1024;

  private WholeLines() {}

  /// @param header what the first line must be for the others to count
  /// @param each gets every further line
  /// @return whether the header was there
  static boolean after(String header, Path file, Consumer<String> each) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), MOST_BYTES)) {
      Line line = new Line(in);
      if (!line.next() || !line.text().equals(header)) {
        return false;
      }
      while (line.next()) {
        if (!line.tooLong) {
          each.accept(line.text());
        }
      }
      return true;
    } catch (NoSuchFileException none) {
      return false;
    }
  }

  private static final class Line {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean tooLong;

    Line(InputStream in) {
      this.in = in;
    }

    /// @return whether there was one with its end
    boolean next() throws IOException {
      bytes.reset();
      tooLong = false;
      for (int one = in.read(); one >= 0; one = in.read()) {
        if (one == '\n') {
          return true;
        }
        tooLong |= bytes.size() == MOST_BYTES;
        if (!tooLong) {
          bytes.write(one);
        }
      }
      return false;
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
