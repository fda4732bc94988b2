package dev.vat.project;

import java.util.Base64;
import java.util.HexFormat;

/// The MD5 of a file's whole content: what decides whether two files are the same.
///
/// MD5 guards against accidents, not against forgers; it is what S3, `rclone` and the film
/// industry's lists speak.
///
/// @param hex 32 lower-case hexadecimal digits
public record Md5(String hex) {
  public Md5 {
    if (!hex.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("not an MD5 in hex: " + hex);
    }
  }

  /// @param bytes the 16 bytes of the digest
  public static Md5 of(byte[] bytes) {
    return new Md5(HexFormat.of().formatHex(bytes));
  }

  /// Reads the form of `x-amz-meta-md5chksum` and `Content-MD5`.
  ///
  /// @throws IllegalArgumentException when it is not the base64 of 16 bytes
  public static Md5 ofBase64(String base64) {
    return of(Base64.getDecoder().decode(base64));
  }

  /// The form of `x-amz-meta-md5chksum` and `Content-MD5`.
  public String base64() {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  @Override
  public String toString() {
    return hex;
  }
}
