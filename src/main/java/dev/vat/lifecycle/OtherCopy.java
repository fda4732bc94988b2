package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import java.nio.file.Path;
import java.util.Optional;

/// Where another copy of a file is said to be. That it is said justifies nothing: [Release] proves
/// it.
public sealed interface OtherCopy {
  /// How users call the place.
  String label();

  /// On a disk.
  ///
  /// @param file the copy
  /// @param label for example the drive's name
  /// @param proof of a reading in this run, which spares reading it once more
  record OnDisk(Path file, String label, Optional<DeviceProof> proof) implements OtherCopy {}

  /// In an archive object in S3.
  ///
  /// @param archive proven to be whole, and asked again right before anything is deleted
  /// @param digest of the file's content in it
  record InCloud(CloudProof archive, Sha256 digest) implements OtherCopy {
    @Override
    public String label() {
      return archive.label();
    }
  }
}
