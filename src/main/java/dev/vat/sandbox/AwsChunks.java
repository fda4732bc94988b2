package dev.vat.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Takes a body in `aws-chunked` coding apart, checking the signature of each chunk where there is
/// one. For one body and one thread.
///
/// Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header:
/// Transferring Payload in Multiple Chunks" and "… Including Trailing Headers".
final class AwsChunks {
  private static final int MIN_CHUNK_BYTES = 8192;
  private static final int MAX_LINE_BYTES = 4096;

  private final InputStream in;
  private final OutputStream out;
  private final Signature signature;
  private final boolean signed;
  private final boolean trailed;
  private final MessageDigest sha256 = Checksum.SHA256.start();
  private final byte[] buffer = new byte[64 * 1024];

  AwsChunks(InputStream wire, Signature signature, OutputStream out) {
    this.in = new BufferedInputStream(wire, 16 * 1024);
    this.out = out;
    this.signature = signature;
    this.signed = signature.payload.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    this.trailed = signature.payload.endsWith("-TRAILER");
  }

  /// Passes the content on.
  ///
  /// @return the headers after the last chunk, names in lower case
  Map<String, String> transfer() throws IOException {
    long before = MIN_CHUNK_BYTES;
    while (true) {
      String[] header = line().split(";chunk-signature=", 2);
      ErrorCode.INCOMPLETE_BODY.when(
          !header[0].matches("[0-9a-fA-F]{1,12}") || signed && header.length < 2,
          "The body is not in aws-chunked coding.");
      long size = Long.parseLong(header[0], 16);
      ErrorCode.INVALID_CHUNK_SIZE.when(size > 0 && before < MIN_CHUNK_BYTES);
      before = size;
      pass(size);
      if (signed) {
        signature.checkChunk(sha256.digest(), header[1]);
      }
      if (size == 0) {
        return trailers();
      }
      ErrorCode.INCOMPLETE_BODY.when(!line().isEmpty(), "A chunk is longer than it says.");
    }
  }

  private void pass(long size) throws IOException {
    for (long left = size; left > 0; ) {
      int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      ErrorCode.INCOMPLETE_BODY.when(n < 0);
      if (signed) {
        sha256.update(buffer, 0, n);
      }
      out.write(buffer, 0, n);
      left -= n;
    }
  }

  private Map<String, String> trailers() throws IOException {
    Map<String, String> trailers = new TreeMap<>();
    StringBuilder toSign = new StringBuilder();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] sides = (line + ":").split(":", 3);
      String name = sides[0].strip().toLowerCase(Locale.ROOT);
      trailers.put(name, sides[1].strip());
      if (!name.equals("x-amz-trailer-signature")) {
        toSign.append(name).append(':').append(sides[1].strip()).append('\n');
      }
    }
    ErrorCode.INCOMPLETE_BODY.when(
        in.read() >= 0 || !trailed && !trailers.isEmpty(),
        "The body does not end as aws-chunked coding must.");
    if (trailed && signed) {
      String given = trailers.getOrDefault("x-amz-trailer-signature", "");
      signature.checkTrailer(toSign.toString(), given);
    }
    return trailers;
  }

  /// A line without its end; at the end of the body, an empty one.
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      ErrorCode.INCOMPLETE_BODY.when(
          line.length() == MAX_LINE_BYTES, "The body is not in aws-chunked coding.");
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
