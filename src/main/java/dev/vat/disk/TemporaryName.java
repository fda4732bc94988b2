package dev.vat.disk;

import dev.vat.project.FileKinds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Names for files that are not finished, beside the place that they will take: on the same file
/// system, hidden, and known as ours (they count as junk). Always 42 characters or fewer, however
/// long the final name is.
public final class TemporaryName {
  private static final Pattern ONE =
      Pattern.compile(Pattern.quote(FileKinds.PARTIAL_PREFIX) + "[0-9a-f]{32}");

  private TemporaryName() {}

  /// The name that the next run finds again.
  ///
  /// @param target the final place
  /// @param text what is being made there: another text, another name. The target's own name need
  ///     not be in it
  public static Path resumable(Path target, String text) {
    String all = target.getFileName() + "\0" + text;
    byte[] digest = sha256().digest(all.getBytes(StandardCharsets.UTF_8));
    return target.resolveSibling(
        FileKinds.PARTIAL_PREFIX + HexFormat.of().formatHex(digest, 0, 16));
  }

  /// Whether a file's name is one of these.
  public static boolean isOne(String fileName) {
    return ONE.matcher(fileName).matches();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
