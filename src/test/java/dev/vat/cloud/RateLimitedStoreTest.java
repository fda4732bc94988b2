package dev.vat.cloud;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A limit changes nothing but the pace.
class RateLimitedStoreTest extends ObjectStoreContract {
  private Duration ahead = Duration.ZERO;
  private final MemoryObjectStore memory = new MemoryObjectStore(() -> Instant.now().plus(ahead));
  private final ObjectStore store =
      new RateLimitedStore(memory, new RateLimit(1_000_000, InstantSource.system(), length -> {}));

  @Override
  public ObjectStore open() {
    return store;
  }

  @Override
  public void pass(Duration time) {
    ahead = ahead.plus(time);
  }
}
