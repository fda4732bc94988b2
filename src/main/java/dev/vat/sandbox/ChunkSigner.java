package dev.vat.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs by Signature Version 4: the request first, then each chunk with the signature before it.
/// For one thread.
///
/// Source: Amazon S3 API Reference, "Signature Calculations for the Authorization Header".
final class ChunkSigner {
  private static final String EMPTY = hex(Digests.of("SHA-256").digest());

  private final byte[] key;
  private final String time;
  private final String scope;
  private String previous = "";

  /// @param time as in `x-amz-date`
  /// @param scope date, region, service and terminator, joined by `/`
  ChunkSigner(String secret, String time, String scope) {
    byte[] derived = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String step : scope.split("/")) {
      derived = hmac(derived, step);
    }
    this.key = derived;
    this.time = time;
    this.scope = scope;
  }

  String stringToSign(String canonicalRequest) {
    return String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(canonicalRequest));
  }

  /// @throws S3Error naming what was signed here, so that the client's maker can compare
  void checkRequest(String canonicalRequest, String signature) {
    String toSign = stringToSign(canonicalRequest);
    if (!same(toSign, signature)) {
      throw ErrorCode.SIGNATURE_DOES_NOT_MATCH.error(
          Map.of("StringToSign", toSign, "CanonicalRequest", canonicalRequest));
    }
    previous = signature;
  }

  void checkChunk(byte[] sha256, String signature) {
    check("AWS4-HMAC-SHA256-PAYLOAD", EMPTY + "\n" + hex(sha256), signature);
  }

  void checkTrailer(String trailer, String signature) {
    check("AWS4-HMAC-SHA256-TRAILER", sha256(trailer), signature);
  }

  private void check(String kind, String hashes, String signature) {
    if (!same(String.join("\n", kind, time, scope, previous, hashes), signature)) {
      throw ErrorCode.SIGNATURE_DOES_NOT_MATCH.error();
    }
    previous = signature;
  }

  private boolean same(String toSign, String signature) {
    return MessageDigest.isEqual(
        hex(hmac(key, toSign)).getBytes(StandardCharsets.UTF_8),
        signature.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static String sha256(String text) {
    return hex(Digests.of("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
