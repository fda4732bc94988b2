package dev.vat.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes a new settings file: `.video-tools.env` for `vat init`.
public final class EnvFileWriter {
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_./:@%+,=\\\\-]*");

  /// So that the line stays within what is read again, were each character escaped.
  private static final int LONGEST_VALUE = (EnvFileParser.LONGEST_LINE - 100) / 2;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /// What came of creating a file.
  public enum Creation {
    /// The file is there, complete, on the disk.
    CREATED,
    /// There was something of that name already; it was not touched.
    ALREADY_THERE
  }

  private EnvFileWriter() {}

  /// A settings file's text: each given value with a comment, then the other settings that people
  /// set most as examples in comments. [EnvFile#parse] reads the very same values from it.
  ///
  /// @param values blank ones are written as examples
  /// @throws IllegalArgumentException when a value is not one line of text, or is very long
  public static String render(Map<Setting, String> values) {
    StringBuilder out = new StringBuilder();
    out.append("# Settings of Video Asset Tools for this repository.\n");
    out.append("# It may hold secrets: never commit it, never send it. \"vat config\" explains.\n");
    for (Map.Entry<Setting, String> entry : new TreeMap<>(values).entrySet()) {
      if (!entry.getValue().isBlank()) {
        out.append("\n# ").append(entry.getKey().purpose()).append('\n');
        out.append(entry.getKey().key()).append('=').append(quoted(entry.getValue())).append('\n');
      }
    }
    out.append("\n# Examples of what else can be set:\n");
    for (Setting setting : Setting.values()) {
      if (setting.defaultText().isEmpty()
          && !setting.neededBy().isEmpty()
          && values.getOrDefault(setting, "").isBlank()) {
        out.append("# ").append(setting.exampleLine()).append('\n');
      }
    }
    return out.toString();
  }

  /// Creates the file, readable by its owner only from its first byte on (where the file system has
  /// owners). It appears complete or not at all where the file system has hard links; on others
  /// (exFAT) a power cut may leave a part of it, a fault may not.
  ///
  /// @throws IOException when it cannot be written; nothing is left behind
  public static Creation create(Path file, String text) throws IOException {
    Path target = file.toAbsolutePath();
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Creation.ALREADY_THERE;
    }
    Path draft = Files.createTempFile(target.getParent(), ".vat-tmp-", ".env", ownerOnly(target));
    try {
      write(draft, text);
      return place(draft, target, text);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static Creation place(Path draft, Path target, String text) throws IOException {
    try {
      Files.createLink(target, draft);
      return Creation.CREATED;
    } catch (FileAlreadyExistsException taken) {
      return Creation.ALREADY_THERE;
    } catch (IOException | UnsupportedOperationException noHardLinks) {
      return createInPlace(target, text);
    }
  }

  private static Creation createInPlace(Path target, String text) throws IOException {
    try {
      Files.createFile(target, ownerOnly(target));
    } catch (FileAlreadyExistsException taken) {
      return Creation.ALREADY_THERE;
    }
    try {
      write(target, text);
      return Creation.CREATED;
    } catch (IOException failed) {
      Files.deleteIfExists(target);
      throw failed;
    }
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean owners = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return owners
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static String quoted(String value) {
    boolean unreadable = value.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == 0xFFFD);
    if (unreadable || value.length() > LONGEST_VALUE) {
      throw new IllegalArgumentException("a value is one line of text, and not a very long one");
    }
    if (NEEDS_NO_QUOTES.matcher(value).matches()) {
      return value;
    }
    return value.indexOf('\'') < 0
        ? "'" + value + "'"
        : "\"" + value.replaceAll("([\"\\\\$`])", "\\\\$1") + "\"";
  }
}
