package dev.vat.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Takes a body in `aws-chunked` coding apart, checking the signature of each chunk where there is
/// one. The trailers are known once the end was reached. For one thread.
///
/// Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header:
/// Transferring Payload in Multiple Chunks" and "… Including Trailing Headers".
final class AwsChunkedInput extends InputStream {
  private static final int MIN_CHUNK_BYTES = 8192;
  private static final int MAX_LINE_BYTES = 4096;

  private final InputStream in;
  private final Payload.Chunked coding;
  private final MessageDigest sha256;
  private final Map<String, String> trailers = new TreeMap<>();
  private String signature = "";
  private long left;
  private boolean last;
  private boolean ended;

  AwsChunkedInput(InputStream wire, Payload.Chunked coding) {
    this.in = new BufferedInputStream(wire, 16 * 1024);
    this.coding = coding;
    this.sha256 = coding.signer() == null ? null : Digests.of("SHA-256");
  }

  /// The headers after the last chunk, names in lower case.
  Map<String, String> trailers() {
    return Map.copyOf(trailers);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!ended && left == 0) {
      beginChunk();
    }
    if (ended) {
      return -1;
    }
    int n = in.read(buffer, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw ErrorCode.INCOMPLETE_BODY.error();
    }
    if (sha256 != null) {
      sha256.update(buffer, offset, n);
    }
    left -= n;
    if (left == 0) {
      endChunk();
      expectEmptyLine();
    }
    return n;
  }

  private void beginChunk() throws IOException {
    String[] header = line().split(";", 2);
    if (!header[0].matches("[0-9a-fA-F]{1,12}")) {
      throw ErrorCode.INCOMPLETE_BODY.error("The body is not in aws-chunked coding.");
    }
    left = Long.parseLong(header[0], 16);
    if (left > 0 && last) {
      throw ErrorCode.INVALID_CHUNK_SIZE.error();
    }
    last = left < MIN_CHUNK_BYTES;
    if (sha256 != null) {
      if (header.length < 2 || !header[1].startsWith("chunk-signature=")) {
        throw ErrorCode.SIGNATURE_DOES_NOT_MATCH.error("A chunk has no signature.");
      }
      signature = header[1].substring("chunk-signature=".length());
    }
    if (left == 0) {
      endChunk();
      readTrailers();
      if (in.read() >= 0) {
        throw ErrorCode.INCOMPLETE_BODY.error("Bytes follow the last chunk.");
      }
      ended = true;
    }
  }

  private void endChunk() {
    if (sha256 != null) {
      coding.signer().checkChunk(sha256.digest(), signature);
    }
  }

  private void readTrailers() throws IOException {
    StringBuilder signed = new StringBuilder();
    String line;
    String trailerSignature = "";
    while (!(line = line()).isEmpty()) {
      int colon = line.indexOf(':');
      if (colon < 1 || !coding.trailer()) {
        throw ErrorCode.INCOMPLETE_BODY.error("The body does not end as aws-chunked coding must.");
      }
      String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      if (name.equals("x-amz-trailer-signature")) {
        trailerSignature = value;
      } else {
        trailers.put(name, value);
        signed.append(name).append(':').append(value).append('\n');
      }
    }
    if (coding.trailer() && coding.signer() != null) {
      coding.signer().checkTrailer(signed.toString(), trailerSignature);
    }
  }

  private void expectEmptyLine() throws IOException {
    if (!line().isEmpty()) {
      throw ErrorCode.INCOMPLETE_BODY.error("A chunk is longer than it says.");
    }
  }

  /// A line without its end; at the end of the body, an empty one.
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int c;
    while ((c = in.read()) >= 0 && c != '\n') {
      if (line.length() == MAX_LINE_BYTES) {
        throw ErrorCode.INCOMPLETE_BODY.error("The body is not in aws-chunked coding.");
      }
      line.append((char) c);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }
}
