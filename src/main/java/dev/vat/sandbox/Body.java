package dev.vat.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The body of a request, proven against everything that the client said about it: length,
/// `x-amz-content-sha256`, chunk signatures, `Content-MD5` and a checksum in a header or a trailer.
final class Body {
  /// What one request takes at most: S3's limit.
  static final long MAX_BYTES = 5L * 1024 * 1024 * 1024;

  private static final int MAX_XML_BYTES = 4 * 1024 * 1024;

  private final Call call;
  private final Signature signature;

  Body(Call call, Signature signature) {
    this.call = call;
    this.signature = signature;
  }

  /// The algorithm of the one checksum that the client sends, in a header or a trailer.
  Optional<Checksum> sent() {
    String trailer = call.header("x-amz-trailer");
    List<Checksum> sent =
        Arrays.stream(Checksum.values())
            .filter(c -> !call.header(c.header).isEmpty() || trailer.equalsIgnoreCase(c.header))
            .toList();
    boolean promised = !call.header("x-amz-sdk-checksum-algorithm").isEmpty();
    ErrorCode.INVALID_REQUEST.when(
        sent.size() > 1 || sent.isEmpty() && promised,
        "Expecting a single x-amz-checksum-* header.");
    return sent.stream().findFirst();
  }

  /// Reads it all into `content`, then checks it: what was written is worth nothing before this
  /// returns.
  void receive(Incoming content) throws IOException {
    receive(content, sent(), MAX_BYTES);
  }

  private void receive(Incoming content, Optional<Checksum> sent, long limit) throws IOException {
    long expected = length();
    ErrorCode.ENTITY_TOO_LARGE.when(Math.max(expected, call.wireLength()) > limit);
    String md5 = call.header("Content-MD5");
    ErrorCode.INVALID_DIGEST.when(!md5.matches("([A-Za-z0-9+/]{22}==)?"));
    sent.ifPresent(content::calculate);
    boolean fixed = signature.payload.matches("[0-9a-f]{64}");
    if (fixed) {
      content.calculate(Checksum.SHA256);
    }
    Map<String, String> trailers = transfer(content);
    ErrorCode.INCOMPLETE_BODY.when(content.size() != expected);
    sent.ifPresent(c -> check(c, content, trailers));
    ErrorCode.SHA256_MISMATCH.when(
        fixed && !signature.payload.equals(content.hex(Checksum.SHA256)));
    ErrorCode.BAD_DIGEST.when(
        !md5.isEmpty() && !md5.equals(Base64.getEncoder().encodeToString(content.md5())),
        "The Content-MD5 you specified did not match the body.");
  }

  /// @return the trailers
  private Map<String, String> transfer(OutputStream content) throws IOException {
    // Not closed: that would fail the connection instead of leaving the rest to be drained.
    InputStream in = call.wire();
    if (chunked()) {
      return new AwsChunks(in, signature, content).transfer();
    }
    in.transferTo(content);
    return Map.of();
  }

  private boolean chunked() {
    return signature.payload.startsWith("STREAMING-");
  }

  private long length() {
    long length = call.wireLength();
    if (chunked()) {
      String decoded = call.header("x-amz-decoded-content-length");
      length = decoded.matches("\\d{1,15}") ? Long.parseLong(decoded) : -1;
    }
    ErrorCode.MISSING_CONTENT_LENGTH.when(length < 0);
    return length;
  }

  private void check(Checksum checksum, Incoming content, Map<String, String> trailers) {
    String said = trailers.getOrDefault(checksum.header, call.header(checksum.header));
    ErrorCode.INVALID_REQUEST.when(said.isEmpty(), "The announced trailer did not come.");
    ErrorCode.BAD_DIGEST.when(
        !said.equals(content.base64(checksum)),
        "The " + checksum + " you specified did not match the calculated checksum.");
  }

  /// The body as a document.
  ///
  /// @param root what the document must be
  Xml.Element xml(String root) throws IOException {
    return xml(root, sent());
  }

  /// The body as a document, where a checksum in the headers is about something else.
  Xml.Element xmlBesideChecksum(String root) throws IOException {
    return xml(root, Optional.empty());
  }

  private Xml.Element xml(String root, Optional<Checksum> sent) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    receive(new Incoming(out), sent, MAX_XML_BYTES);
    return Xml.read(out.toByteArray(), root);
  }

  /// The body as text.
  ///
  /// @throws S3Error when it is longer
  String text(int mostBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    receive(new Incoming(out), sent(), mostBytes);
    return out.toString(StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return call.wireLength() <= 0;
  }
}
