package dev.vat.index;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which files hold text that somebody may look for, and that text.
final class TextFiles {
  /// A transcript of ten hours with a time for each word is smaller.
  static final int LARGEST_BYTES = 4 * 1024 * 1024;

  private static final Set<String> ENDINGS =
      Set.of(
          "txt",
          "srt",
          "vtt",
          "sbv",
          "ass",
          "ssa",
          "lrc",
          "md",
          "markdown",
          "json",
          "csv",
          "tsv",
          "fountain",
          "edl",
          "yaml",
          "yml");

  /// What Windows programs write that know no Unicode.
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private TextFiles() {}

  /// Whether the file is of a kind that is looked into.
  static boolean is(TreeFile file) {
    return is(file.name(), file.sizeBytes());
  }

  static boolean is(RelativeName file, long sizeBytes) {
    String name = file.fileName();
    int dot = name.lastIndexOf('.');
    return dot >= 0
        && sizeBytes > 0
        && sizeBytes <= LARGEST_BYTES
        && ENDINGS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  /// The file's text: UTF-8, UTF-16 with a mark at its beginning, else as Windows writes it.
  ///
  /// @return empty when it holds no text, whatever its name says, or has grown beyond the limit
  /// @throws IOException when it cannot be read
  static Optional<String> textOf(TreeFile file) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file.path(), LinkOption.NOFOLLOW_LINKS)) {
      content = in.readNBytes(LARGEST_BYTES + 1);
    }
    return content.length > LARGEST_BYTES ? Optional.empty() : decoded(content);
  }

  static Optional<String> decoded(byte[] content) {
    if (begins(content, 0xff, 0xfe)) {
      return Optional.of(new String(content, 2, content.length - 2, UTF_16LE));
    }
    if (begins(content, 0xfe, 0xff)) {
      return Optional.of(new String(content, 2, content.length - 2, UTF_16BE));
    }
    for (byte b : content) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    int from = begins(content, 0xef, 0xbb, 0xbf) ? 3 : 0;
    ByteBuffer bytes = ByteBuffer.wrap(content, from, content.length - from);
    try {
      return Optional.of(UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException older) {
      return Optional.of(new String(content, WINDOWS));
    }
  }

  private static boolean begins(byte[] content, int... mark) {
    if (content.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((content[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
