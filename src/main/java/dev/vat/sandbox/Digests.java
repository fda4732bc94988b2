package dev.vat.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/// MD5 and any checksums of a content, calculated in the one pass in which it is stored.
final class Digests {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final MessageDigest md5 = of("MD5");
  private final Map<ChecksumAlgorithm, ChecksumAlgorithm.Running> running =
      new EnumMap<>(ChecksumAlgorithm.class);
  private final Map<ChecksumAlgorithm, byte[]> sums = new EnumMap<>(ChecksumAlgorithm.class);
  private byte[] md5Value;
  private long size;

  Digests(Set<ChecksumAlgorithm> algorithms) {
    algorithms.forEach(a -> running.put(a, a.start()));
  }

  static MessageDigest of(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  /// Stores everything that comes. Called once.
  ///
  /// @param expected the length that was announced, only for choosing a buffer
  /// @param limit the most bytes that may come
  void pump(InputStream in, OutputStream out, long expected, long limit) throws IOException {
    byte[] buffer = new byte[(int) Math.clamp(expected + 1, 1024, BUFFER_BYTES)];
    int n;
    while ((n = in.readNBytes(buffer, 0, buffer.length)) > 0) {
      size += n;
      if (size > limit) {
        throw ErrorCode.ENTITY_TOO_LARGE.error();
      }
      md5.update(buffer, 0, n);
      for (ChecksumAlgorithm.Running sum : running.values()) {
        sum.update(buffer, 0, n);
      }
      out.write(buffer, 0, n);
    }
    md5Value = md5.digest();
    running.forEach((algorithm, sum) -> sums.put(algorithm, sum.value()));
  }

  long size() {
    return size;
  }

  byte[] md5() {
    return md5Value.clone();
  }

  String md5Hex() {
    return HexFormat.of().formatHex(md5Value);
  }

  byte[] sum(ChecksumAlgorithm algorithm) {
    return sums.get(algorithm).clone();
  }

  String base64(ChecksumAlgorithm algorithm) {
    return Base64.getEncoder().encodeToString(sums.get(algorithm));
  }
}
