package dev.vat.staging;

import java.io.IOException;

/// The team's notes were written by a newer vat, which this one must not overwrite. Nothing was
/// changed.
public final class NewerFormatException extends IOException {
  private static final long serialVersionUID = 1;

  NewerFormatException(StagedPlace place, String version) {
    super(
        "cannot use "
            + place.address()
            + StagedPlace.METADATA_NAME
            + ": a newer vat wrote it (format "
            + version
            + ", this one knows "
            + MetadataCodec.VERSION
            + "). Update vat on this computer.");
  }
}
