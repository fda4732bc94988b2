package dev.vat.mhl;

import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import java.util.HexFormat;
import java.util.List;

/// What one reading of a file's whole content established, in the two formats that `vat` writes:
/// XXH64 because it is fast and every reader of ASC MHL knows it, MD5 because S3 and other tools
/// speak it.
///
/// @param sizeBytes how many bytes were read
/// @param xxh64 with seed 0
public record FileDigests(long sizeBytes, Md5 md5, long xxh64) {
  public FileDigests {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("negative size: " + sizeBytes);
    }
  }

  /// What a [dev.vat.project.ContentHash] says, and the XXH64 of the same reading.
  public static FileDigests of(ContentHash content, RunningXxh64 alongside) {
    return new FileDigests(content.sizeBytes(), content.md5(), alongside.value());
  }

  /// 16 lower-case hexadecimal digits, the most significant byte first.
  public String xxh64Hex() {
    return HexFormat.of().toHexDigits(xxh64);
  }

  /// Both, as a history states them.
  public List<Digest> asList() {
    return List.of(new Digest(HashFormat.MD5, md5.hex()), new Digest(HashFormat.XXH64, xxh64Hex()));
  }
}
