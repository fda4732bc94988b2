package dev.vat.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/// Passes a content on, calculating its MD5 and checksums in the same pass.
final class Incoming extends OutputStream {
  private final OutputStream out;
  private final MessageDigest md5 = Checksum.digest("MD5");
  private final Map<Checksum, MessageDigest> running = new EnumMap<>(Checksum.class);
  private final Map<Checksum, byte[]> sums = new EnumMap<>(Checksum.class);
  private byte[] md5Value;
  private long size;

  Incoming(OutputStream out) {
    this.out = out;
  }

  /// To be called before the first byte.
  Incoming calculate(Checksum checksum) {
    running.computeIfAbsent(checksum, Checksum::start);
    return this;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    size += length;
    md5.update(bytes, offset, length);
    running.values().forEach(sum -> sum.update(bytes, offset, length));
    out.write(bytes, offset, length);
  }

  /// To be called after the last byte, before anything is asked for but the size.
  void end() {
    md5Value = md5.digest();
    running.forEach((checksum, sum) -> sums.put(checksum, sum.digest()));
  }

  /// The content as a part, stored in `file`.
  Part part(int number, String file, Checksum kept, Instant now) {
    String hex = HexFormat.of().formatHex(md5Value);
    return new Part(number, file, size, hex, base64(kept), now);
  }

  long size() {
    return size;
  }

  String md5Base64() {
    return Base64.getEncoder().encodeToString(md5Value);
  }

  String hex(Checksum checksum) {
    return HexFormat.of().formatHex(sums.get(checksum));
  }

  String base64(Checksum checksum) {
    return Base64.getEncoder().encodeToString(sums.get(checksum));
  }
}
