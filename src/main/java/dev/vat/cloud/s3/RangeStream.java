package dev.vat.cloud.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;

/// Exactly the bytes that were asked for, or an [IOException]: a connection that closes early does
/// not look like the end.
final class RangeStream extends InputStream {
  private final HttpURLConnection connection;
  private final InputStream network;
  private final String what;
  private long remaining;

  /// @param what for messages
  RangeStream(HttpURLConnection connection, InputStream network, long length, String what) {
    this.connection = connection;
    this.network = network;
    this.remaining = length;
    this.what = what;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (remaining == 0) {
      return -1;
    }
    int got = network.read(bytes, offset, (int) Math.min(length, remaining));
    if (got < 0) {
      throw new EOFException(
          "The connection broke " + remaining + " bytes before the end of " + what);
    }
    remaining -= got;
    return got;
  }

  @Override
  public int available() throws IOException {
    return (int) Math.min(network.available(), remaining);
  }

  /// What was read to its end leaves its connection for the next request; otherwise the rest would
  /// have to be fetched for that, so the connection is given up.
  @Override
  public void close() throws IOException {
    if (remaining > 0) {
      connection.disconnect();
    } else {
      network.close();
    }
  }
}
