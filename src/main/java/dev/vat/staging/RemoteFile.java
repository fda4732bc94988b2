package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.cloud.MultipartETag;
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
/// @param parts what the ETag says of a content that was uploaded in parts, where it says anything
/// @param toldApart whether it was shown to be another content than the local file of its name,
///     also where nobody can tell which
/// @param asked whether the object or the team's notes told this; false when only this computer's
///     memory did, which knows no uploader
public record RemoteFile(
    RelativeName name,
    String key,
    long sizeBytes,
    ETag etag,
    Instant writtenAt,
    Optional<Md5> md5,
    OptionalInt crc32,
    Optional<String> uploadedBy,
    Optional<Instant> modifiedAt,
    Optional<MultipartETag> parts,
    boolean toldApart,
    boolean asked) {
  RemoteFile withMd5(Optional<Md5> known) {
    return with(known, toldApart, asked);
  }

  /// The same, which is not what the local file of its name holds.
  RemoteFile otherThanHere() {
    return with(md5, true, asked);
  }

  /// The same, as remembered: the object was not asked.
  RemoteFile notAsked() {
    return with(md5, toldApart, false);
  }

  private RemoteFile with(Optional<Md5> md5, boolean toldApart, boolean asked) {
    return new RemoteFile(
        name,
        key,
        sizeBytes,
        etag,
        writtenAt,
        md5,
        crc32,
        uploadedBy,
        modifiedAt,
        parts,
        toldApart,
        asked);
  }

  /// Whether nobody of the team put it there by vat, as far as is noted.
  public boolean isFromOutside() {
    return uploadedBy.isEmpty();
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
