package dev.vat.sandbox;

import java.time.Instant;

/// One stored content: a part, or the whole of an object that came in one request.
///
/// @param file its name among the data
/// @param md5 hex
/// @param checksum base64, in the algorithm of its object or upload
record Part(int number, String file, long size, String md5, String checksum, Instant modified) {
  String etag() {
    return "\"" + md5 + "\"";
  }

  String line() {
    return String.join(" ", file, Long.toString(size), md5, checksum, modified.toString());
  }

  static Part of(int number, String line) {
    String[] f = line.split(" ");
    return new Part(number, f[0], Long.parseLong(f[1]), f[2], f[3], Instant.parse(f[4]));
  }
}
