package dev.vat.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The body of a request, proven against everything that the client said about it: length,
/// `x-amz-content-sha256`, chunk signatures, `Content-MD5` and a checksum in a header or a trailer.
final class RequestBody {
  /// What a PUT takes at most: S3's limit.
  static final long MAX_PUT_BYTES = 5L * 1024 * 1024 * 1024;

  private static final int MAX_XML_BYTES = 4 * 1024 * 1024;

  private final Call call;
  private final Payload payload;

  RequestBody(Call call, Payload payload) {
    this.call = call;
    this.payload = payload;
  }

  /// The algorithm of the one checksum that the client sends, in a header or a trailer.
  Optional<ChecksumAlgorithm> sent() {
    List<ChecksumAlgorithm> sent =
        Arrays.stream(ChecksumAlgorithm.values())
            .filter(a -> call.header(a.header).isPresent() || announced().equals(a.header))
            .toList();
    if (sent.size() > 1) {
      throw ErrorCode.INVALID_REQUEST.error(
          "Expecting a single x-amz-checksum- header. Multiple checksum types are not allowed.");
    }
    if (sent.isEmpty() && call.header("x-amz-sdk-checksum-algorithm").isPresent()) {
      throw ErrorCode.INVALID_REQUEST.error(
          "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or"
              + " x-amz-trailer headers were found.");
    }
    return sent.stream().findFirst();
  }

  private String announced() {
    return call.header("x-amz-trailer").orElse("").strip().toLowerCase(Locale.ROOT);
  }

  /// Reads it all into `out`, then checks it: what was written is worth nothing before this
  /// returns.
  ///
  /// @param wanted checksums to calculate beside the one that was sent
  Digests receive(OutputStream out, long limit, Set<ChecksumAlgorithm> wanted) throws IOException {
    return receive(out, limit, wanted, sent());
  }

  private Digests receive(
      OutputStream out, long limit, Set<ChecksumAlgorithm> wanted, Optional<ChecksumAlgorithm> sent)
      throws IOException {
    long expected = length();
    if (expected > limit) {
      throw ErrorCode.ENTITY_TOO_LARGE.error();
    }
    byte[] md5 = contentMd5();
    Set<ChecksumAlgorithm> algorithms = EnumSet.noneOf(ChecksumAlgorithm.class);
    algorithms.addAll(wanted);
    sent.ifPresent(algorithms::add);
    if (payload instanceof Payload.Fixed) {
      algorithms.add(ChecksumAlgorithm.SHA256);
    }
    Digests digests = new Digests(algorithms);
    // Not closed: that would fail the connection instead of leaving the rest to be drained.
    InputStream wire = call.wire();
    InputStream in = payload instanceof Payload.Chunked c ? new AwsChunkedInput(wire, c) : wire;
    digests.pump(in, out, expected, limit);
    if (digests.size() != expected) {
      throw ErrorCode.INCOMPLETE_BODY.error();
    }
    sent.ifPresent(a -> checkSum(a, digests, in));
    if (payload instanceof Payload.Fixed fixed
        && !fixed
            .sha256()
            .equals(HexFormat.of().formatHex(digests.sum(ChecksumAlgorithm.SHA256)))) {
      throw ErrorCode.SHA256_MISMATCH.error();
    }
    if (md5 != null && !MessageDigest.isEqual(md5, digests.md5())) {
      throw ErrorCode.BAD_DIGEST.error("The Content-MD5 you specified did not match the body.");
    }
    return digests;
  }

  private long length() {
    long length = call.wireLength();
    if (payload instanceof Payload.Chunked) {
      String decoded = call.header("x-amz-decoded-content-length").orElse("");
      length = decoded.matches("\\d{1,15}") ? Long.parseLong(decoded) : -1;
    }
    if (length < 0) {
      throw ErrorCode.MISSING_CONTENT_LENGTH.error();
    }
    return length;
  }

  private byte[] contentMd5() {
    String text = call.header("Content-MD5").orElse(null);
    if (text == null) {
      return null;
    }
    try {
      byte[] md5 = Base64.getDecoder().decode(text);
      if (md5.length == 16) {
        return md5;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw ErrorCode.INVALID_DIGEST.error();
  }

  private void checkSum(ChecksumAlgorithm algorithm, Digests digests, InputStream in) {
    Map<String, String> trailers =
        in instanceof AwsChunkedInput chunked ? chunked.trailers() : Map.of();
    String said =
        call.header(algorithm.header)
            .or(() -> Optional.ofNullable(trailers.get(algorithm.header)))
            .orElseThrow(
                () -> ErrorCode.INVALID_REQUEST.error("The announced trailer did not come."));
    if (!MessageDigest.isEqual(algorithm.parse(said), digests.sum(algorithm))) {
      throw ErrorCode.BAD_DIGEST.error(
          "The " + algorithm + " you specified did not match the calculated checksum.");
    }
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

  private Xml.Element xml(String root, Optional<ChecksumAlgorithm> sent) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    receive(out, MAX_XML_BYTES, Set.of(), sent);
    return Xml.read(out.toByteArray(), root);
  }

  boolean isEmpty() {
    return call.wireLength() <= 0;
  }
}
