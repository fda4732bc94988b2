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
  protected ObjectStore open() {
    return store;
  }

  @Override
  protected void pass(Duration time) {
    ahead = ahead.plus(time);
  }

  @Override
  protected boolean keepsChecksums() {
    return true;
  }

  @Override
  protected boolean tellsSizesOfParts() {
    return true;
  }

  @Override
  protected boolean listsChecksumsOfParts() {
    return true;
  }

  @Override
  protected boolean knowsWhichUploadsAreGone() {
    return true;
  }

  @Override
  protected boolean keysMayLieBelowKeys() {
    return true;
  }

  @Override
  protected boolean completionMindsIfMatch() {
    return true;
  }

  @Override
  protected boolean namesInitiators() {
    return true;
  }
}
