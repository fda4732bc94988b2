package dev.vat.mhl;

import dev.vat.project.Md5;
import java.security.MessageDigest;

/// The digests of the bytes that came so far, in the formats that `vat` writes. Not for several
/// threads.
///
/// A reading that establishes the MD5 anyway takes a [RunningXxh64] instead: MD5 is the slow part.
public final class RunningDigests {
  private final MessageDigest md5 = Algorithms.md5();
  private final RunningXxh64 xxh64 = new RunningXxh64();
  private long total;

  public void update(byte[] bytes, int offset, int length) {
    md5.update(bytes, offset, length);
    xxh64.update(bytes, offset, length);
    total += length;
  }

  /// Of all that came; nothing may be added afterwards.
  public FileDigests finish() {
    return new FileDigests(total, Md5.of(md5.digest()), xxh64.value());
  }
}
