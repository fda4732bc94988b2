package dev.vat.cloud;

import java.time.InstantSource;

final class MemoryReplicationTest extends ReplicationContract {
  @Override
  BucketSettings bucket() {
    return new MemoryObjectStore(InstantSource.system()).settings();
  }
}
