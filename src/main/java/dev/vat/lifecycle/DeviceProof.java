package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.FileIdentity;
import dev.vat.disk.ReadFrom;
import dev.vat.mhl.FileDigests;
import java.time.Instant;
import java.util.Optional;

/// That a copy was read whole from its device (design 7.1).
///
/// @param identity of the copy at that reading: with another one it is another file, or was written
///     to since
/// @param at a moment at which it had not been read yet, so that the proof is never older than it
///     says
public record DeviceProof(FileIdentity identity, FileDigests digests, Instant at) {
  /// Of a copy that was just made.
  ///
  /// @param begun when the copying began
  /// @return empty when it may have been read from memory
  static Optional<DeviceProof> of(CopiedFile copied, Instant begun) {
    return copied.readBack() == ReadFrom.DEVICE
        ? Optional.of(new DeviceProof(copied.identity(), copied.digests(), begun))
        : Optional.empty();
  }
}
