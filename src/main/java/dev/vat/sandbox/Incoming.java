package dev.vat.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/// Passes a content on, calculating its MD5 and checksums in the same pass: set before the first
/// byte, asked for after the last.
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

  void calculate(Checksum checksum) {
    running.computeIfAbsent(checksum, Checksum::start);
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

  long size() {
    return size;
  }

  byte[] md5() {
    md5Value = md5Value == null ? md5.digest() : md5Value;
    return md5Value.clone();
  }

  private byte[] sum(Checksum checksum) {
    return sums.computeIfAbsent(checksum, c -> running.get(c).digest());
  }

  String hex(Checksum checksum) {
    return HexFormat.of().formatHex(sum(checksum));
  }

  String base64(Checksum checksum) {
    return Base64.getEncoder().encodeToString(sum(checksum));
  }
}
