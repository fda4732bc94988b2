package dev.vat.cloud;

import java.time.InstantSource;

/// The contract on the store that the simulations use.
class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());

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
}
