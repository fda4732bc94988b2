package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.settings.S3Access;

/// What commands need and only `Main` can make, because it alone knows the implementations.
public interface Services {
  /// Opens a bucket; asks the network nothing yet.
  ///
  /// @param access how to reach S3, and as whom
  /// @return to be closed by the caller
  ObjectStore openStore(S3Access access, String bucket);

  /// Keeps the computer awake during transfers.
  KeepAwake keepAwake();
}
