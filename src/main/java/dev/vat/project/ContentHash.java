package dev.vat.project;

/// What one pass over a file's whole content established.
///
/// @param sizeBytes how many bytes were read
/// @param md5 decides whether two files are the same
/// @param crc32 the CRC-32 (as in zlib) of the whole content, which S3 confirms by
///     `x-amz-checksum-crc32`
public record ContentHash(long sizeBytes, Md5 md5, int crc32) {
  public ContentHash {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("negative size: " + sizeBytes);
    }
  }
}
