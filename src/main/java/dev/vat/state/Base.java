package dev.vat.state;

import dev.vat.project.Md5;
import java.time.Instant;

/// What both sides last agreed on for one staged file: the third side of the compare.
///
/// @param md5 of the whole content
/// @param sizeBytes of the content
/// @param etag the object's version that held it
/// @param agreedAt when both sides were confirmed equal
public record Base(Md5 md5, long sizeBytes, String etag, Instant agreedAt) {
  public Base {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("negative size: " + sizeBytes);
    }
    if (etag.isEmpty()) {
      throw new IllegalArgumentException("no ETag");
    }
  }
}
