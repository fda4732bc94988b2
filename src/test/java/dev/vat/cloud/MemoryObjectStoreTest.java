package dev.vat.cloud;

import java.time.Duration;
import java.time.Instant;

/// The contract on the store that the simulations use.
class MemoryObjectStoreTest extends ObjectStoreContract {
  private Duration ahead = Duration.ZERO;
  private final MemoryObjectStore store = new MemoryObjectStore(() -> Instant.now().plus(ahead));

  @Override
  protected ObjectStore open() {
    return store;
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

  @Override
  protected void pass(Duration time) {
    ahead = ahead.plus(time);
  }
}
