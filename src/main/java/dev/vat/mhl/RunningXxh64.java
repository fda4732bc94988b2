package dev.vat.mhl;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;

/// The XXH64 of the bytes that came so far, for a reading that establishes the MD5 by itself. Not
/// for several threads.
public final class RunningXxh64 {
  private final HashStream64 stream = Hashing.xxh64().hashStream();

  public void update(byte[] bytes, int offset, int length) {
    stream.putBytes(bytes, offset, length);
  }

  /// Of all that came; more may come afterwards.
  public long value() {
    return stream.getAsLong();
  }
}
