package dev.vat.staging;

import dev.vat.disk.GrowingHash;
import dev.vat.project.ContentHash;
import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/// Hashes a download while its later ranges are still coming: whoever has finished a range hashes
/// on as far as the file is finished from its beginning, unless another does so already.
final class ProofOnTheWay {
  private final GrowingHash hash;
  private final long rangeBytes;
  private final int count;
  private final BitSet finished = new BitSet();
  private final ReentrantLock turn = new ReentrantLock();

  ProofOnTheWay(GrowingHash hash, long rangeBytes, int count) {
    this.hash = hash;
    this.rangeBytes = rangeBytes;
    this.count = count;
  }

  /// To be told when all bytes of the range, counted from 0, are in the file.
  void finished(int range) throws IOException {
    synchronized (finished) {
      finished.set(range);
    }
    // A lone range is left to [#content].
    if (count > 1 && turn.tryLock()) {
      try {
        int hashed = 0;
        for (int now = ranges(); now > hashed; now = ranges()) {
          hash.follow(now * rangeBytes);
          hashed = now;
        }
      } finally {
        turn.unlock();
      }
    }
  }

  /// How many ranges are finished from the beginning on.
  private int ranges() {
    synchronized (finished) {
      return finished.nextClearBit(0);
    }
  }

  /// Of the whole file, when every range is finished.
  ContentHash content() throws IOException {
    return hash.finish();
  }
}
