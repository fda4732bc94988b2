package dev.vat.cloud;

import java.time.Duration;
import java.time.Instant;

/// The contract on the store that the simulations use.
class MemoryObjectStoreTest extends ObjectStoreContract {
  private Duration ahead = Duration.ZERO;
  private final MemoryObjectStore store = new MemoryObjectStore(() -> Instant.now().plus(ahead));

  @Override
  public ObjectStore open() {
    return store;
  }

  @Override
  public void pass(Duration time) {
    ahead = ahead.plus(time);
  }
}
