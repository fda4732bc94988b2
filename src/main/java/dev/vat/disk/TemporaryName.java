package dev.vat.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/// Names for files that are not finished, beside the place that they will take: on the same file
/// system, hidden, and known as ours (they count as junk). Always 42 characters or fewer, however
/// long the final name is.
public final class TemporaryName {
  private static final String RESUMABLE = ".vat-part-";
  private static final String RANDOM = ".vat-tmp-";

  private TemporaryName() {}

  /// The name that the next run finds again.
  ///
  /// @param target the final place
  /// @param text what is being made there: another text, another name. The target's own name need
  ///     not be in it
  public static Path resumable(Path target, String text) {
    String all = target.getFileName() + "\0" + text;
    byte[] digest = sha256().digest(all.getBytes(StandardCharsets.UTF_8));
    return target.resolveSibling(RESUMABLE + HexFormat.of().formatHex(digest, 0, 16));
  }

  /// A name that nobody has used.
  public static Path random(Path target) {
    return target.resolveSibling(RANDOM + UUID.randomUUID().toString().replace("-", ""));
  }

  /// Whether a file's name is one of these.
  public static boolean isOne(String fileName) {
    return fileName.matches("(\\.vat-part-|\\.vat-tmp-)[0-9a-f]{32}");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
