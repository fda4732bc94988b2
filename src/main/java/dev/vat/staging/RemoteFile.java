package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// A staged object in S3.
///
/// @param name as both sides know it
/// @param key as S3 has it, which may be in another Unicode form
/// @param sizeBytes of the content
/// @param etag the version that all of this is about
/// @param writtenAt by S3's clock
/// @param md5 of the content; empty when nothing there tells it without downloading
/// @param crc32 of the whole content, where S3 computed and kept one and it was asked for
/// @param uploadedBy the team member; empty when it was put there outside vat
/// @param modifiedAt the file's own time where the uploader recorded it
public record RemoteFile(
    RelativeName name,
    String key,
    long sizeBytes,
    ETag etag,
    Instant writtenAt,
    Optional<Md5> md5,
    OptionalInt crc32,
    Optional<String> uploadedBy,
    Optional<Instant> modifiedAt) {
  RemoteFile withMd5(Optional<Md5> known) {
    return new RemoteFile(
        name, key, sizeBytes, etag, writtenAt, known, crc32, uploadedBy, modifiedAt);
  }

  /// Whether S3 tells something by which a downloaded content can be proven.
  boolean isProvable() {
    return md5.isPresent() || crc32.isPresent();
  }

  /// Whether a content is this one, by everything that S3 tells of it.
  boolean holds(ContentHash content) {
    return content.sizeBytes() == sizeBytes
        && (md5.isEmpty() || md5.get().equals(content.md5()))
        && (crc32.isEmpty() || crc32.getAsInt() == content.crc32());
  }
}
