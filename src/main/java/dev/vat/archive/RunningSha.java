package dev.vat.archive;

import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// A digest that grows on other threads, piece by piece in order.
final class RunningSha {
  private final MessageDigest sha = Sha256.algorithm();
  private final Executor threads;
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

  RunningSha(Executor threads) {
    this.threads = threads;
  }

  /// @return done when the piece is no longer needed
  CompletableFuture<Void> add(byte[] piece, int length) {
    last = last.thenRunAsync(() -> sha.update(piece, 0, length), threads);
    return last;
  }

  /// Of all that was added; nothing may be added afterwards.
  CompletableFuture<Sha256> finish() {
    return last.thenApply(done -> Sha256.of(sha.digest()));
  }
}
