package dev.vat.staging;

import dev.vat.project.ContentHash;
import java.io.IOException;

/// What came down is not what was uploaded. Nothing was placed.
public final class DamagedDownloadException extends IOException {
  private static final long serialVersionUID = 1;

  DamagedDownloadException(RemoteFile file, ContentHash content) {
    super(
        file.name()
            + " came down damaged: MD5 "
            + content.md5()
            + " ("
            + content.sizeBytes()
            + " bytes) instead of "
            + file.md5().map(Object::toString).orElse("what has the ETag " + file.etag())
            + " ("
            + file.sizeBytes()
            + " bytes). It was not placed; run the command again. If it stays so, the object in S3"
            + " is not what its uploader recorded: ask them to upload it again.");
  }
}
