package dev.vat.state;

import dev.vat.project.ContentHash;
import java.nio.file.Path;
import java.time.Instant;

/// An upload in parts of ours, from just after S3 gave it an id until it is completed or aborted.
///
/// @param place bucket and prefix as one text
/// @param key what it becomes
/// @param uploadId S3's name for it
/// @param file the local file, absolute
/// @param sizeBytes of the file when the upload began
/// @param modifiedAt the file's time then
/// @param content the file's hashes then: parts of another content must not be mixed in
/// @param partBytes size of each part but the last
/// @param begunAt by this machine's clock
public record JournalledUpload(
    String place,
    String key,
    String uploadId,
    Path file,
    long sizeBytes,
    Instant modifiedAt,
    ContentHash content,
    long partBytes,
    Instant begunAt) {
  public JournalledUpload {
    if (key.isEmpty() || uploadId.isEmpty()) {
      throw new IllegalArgumentException("an upload needs a key and an id");
    }
    if (!file.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + file);
    }
    if (sizeBytes != content.sizeBytes()) {
      throw new IllegalArgumentException(
          "file has " + sizeBytes + " bytes, content " + content.sizeBytes());
    }
    if (partBytes <= 0) {
      throw new IllegalArgumentException("part size: " + partBytes);
    }
  }
}
