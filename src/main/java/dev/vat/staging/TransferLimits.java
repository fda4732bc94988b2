package dev.vat.staging;

import java.util.concurrent.Semaphore;

/// How much goes over the line at once, and in what pieces. Shared by all transfers of a run.
public final class TransferLimits {
  /// Big enough that a request's overhead does not count, small enough that little is sent twice
  /// after a cut: on an uplink of 1 MB/s the parts under way, 64 MiB, are a minute's work.
  private static final long PART_BYTES = 8L * 1024 * 1024;

  private static final int AT_ONCE = 8;

  private final long partBytes;
  private final int atOnce;
  private final Semaphore slots;

  /// @param partBytes the size of parts and ranges; at least 5 MiB for S3, except in tests of
  ///     downloads
  /// @param atOnce how many requests carry content at the same time
  public TransferLimits(long partBytes, int atOnce) {
    this.partBytes = partBytes;
    this.atOnce = atOnce;
    this.slots = new Semaphore(atOnce);
  }

  /// Measured in docs/design.md, against a server on the same machine and over a slow line.
  public static TransferLimits standard() {
    return new TransferLimits(PART_BYTES, AT_ONCE);
  }

  long partBytes() {
    return partBytes;
  }

  int atOnce() {
    return atOnce;
  }

  void take() {
    slots.acquireUninterruptibly();
  }

  void giveBack() {
    slots.release();
  }
}
