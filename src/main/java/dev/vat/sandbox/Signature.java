package dev.vat.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The signature of one request, in its header or (presigned) in its query, and those of the chunks
/// and the trailer that follow. Any region is taken; there are no anonymous requests. For one
/// thread.
///
/// Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
final class Signature {
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);
  private static final int MAX_EXPIRES_SECONDS = 7 * 24 * 3600;
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern PAYLOAD =
      Pattern.compile(
          "[0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-UNSIGNED-PAYLOAD-TRAILER"
              + "|STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?");

  /// What is signed of the body: its SHA-256 in hex, or how it comes.
  final String payload;

  private final byte[] key;
  private final String time;
  private final String scope;
  private String previous;

  private Signature(String time, String scope, String payload) {
    this.time = time;
    this.scope = scope;
    this.payload = payload;
    byte[] derived = ("AWS4" + SandboxOptions.SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    for (String step : scope.split("/")) {
      derived = hmac(derived, step);
    }
    this.key = derived;
  }

  /// @throws S3Error when the request is not to be trusted
  static Signature verified(Call call) {
    boolean link = call.has("X-Amz-Algorithm") || call.has("X-Amz-Signature");
    Map<String, String> claim = link ? inQuery(call) : inHeader(call);
    ErrorCode malformed = link ? ErrorCode.AUTHORIZATION_QUERY : ErrorCode.AUTHORIZATION_HEADER;
    malformed.when(
        !claim.keySet().containsAll(List.of("Credential", "SignedHeaders", "Signature", "Date")));
    String date = claim.get("Date");
    if (link) {
      checkExpiry(time(date), claim.getOrDefault("Expires", ""), call.sentAt);
    } else {
      checkSkew(time(date), call.sentAt);
    }
    String[] credential = claim.get("Credential").split("/", 2);
    malformed.when(
        credential.length < 2
            || !credential[1].matches(date.substring(0, 8) + "/[^/]+/s3/aws4_request"),
        "The credential must be KEY/DATE/REGION/s3/aws4_request");
    ErrorCode.INVALID_ACCESS_KEY_ID.when(!credential[0].equals(SandboxOptions.ACCESS_KEY));
    ErrorCode.INVALID_ARGUMENT.when(
        !PAYLOAD.matcher(claim.get("Payload")).matches(),
        "x-amz-content-sha256 is missing or not known");
    Signature signature = new Signature(date, credential[1], claim.get("Payload"));
    signature.checkRequest(call, claim.get("SignedHeaders"), claim.get("Signature"));
    return signature;
  }

  private static Map<String, String> inQuery(Call call) {
    Map<String, String> claim = new HashMap<>();
    call.params.forEach(p -> claim.put(p.getKey().replaceFirst("^X-Amz-", ""), p.getValue()));
    ErrorCode.AUTHORIZATION_QUERY.when(
        !ALGORITHM.equals(claim.get("Algorithm")), "Please sign with " + ALGORITHM);
    String said = call.header("x-amz-content-sha256");
    claim.put("Payload", said.isEmpty() ? "UNSIGNED-PAYLOAD" : said);
    return claim;
  }

  private static Map<String, String> inHeader(Call call) {
    String header = call.header("Authorization");
    ErrorCode.ACCESS_DENIED.when(header.isEmpty());
    ErrorCode.INVALID_REQUEST.when(
        !header.startsWith(ALGORITHM + " "), "Please sign with " + ALGORITHM);
    Map<String, String> claim = new HashMap<>();
    for (String field : header.substring(ALGORITHM.length()).split(",")) {
      String[] sides = (field.strip() + "=").split("=", 3);
      claim.put(sides[0], sides[1]);
    }
    claim.put("Date", call.header("x-amz-date"));
    claim.put("Payload", call.header("x-amz-content-sha256"));
    return claim;
  }

  private static Instant time(String text) {
    try {
      return ZonedDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeException e) {
      throw ErrorCode.ACCESS_DENIED.error("The date must be like 20260131T235959Z");
    }
  }

  private static void checkSkew(Instant time, Instant now) {
    ErrorCode.REQUEST_TIME_TOO_SKEWED.when(
        Duration.between(time, now).abs().compareTo(MAX_SKEW) > 0,
        "The request is of " + time + ", but here it is " + now + ": check your clock.");
  }

  private static void checkExpiry(Instant from, String expires, Instant now) {
    int seconds = expires.matches("\\d{1,9}") ? Integer.parseInt(expires) : -1;
    ErrorCode.AUTHORIZATION_QUERY.when(
        seconds < 1 || seconds > MAX_EXPIRES_SECONDS,
        "X-Amz-Expires is 1 to 604800 seconds (a week)");
    ErrorCode.ACCESS_DENIED.when(now.isAfter(from.plusSeconds(seconds)), "Request has expired");
    ErrorCode.ACCESS_DENIED.when(from.isAfter(now.plus(MAX_SKEW)), "Request is not valid yet");
  }

  private void checkRequest(Call call, String signedHeaders, String signature) {
    List<String> signed = List.of(signedHeaders.split(";"));
    for (String name : call.headerNames()) {
      ErrorCode.ACCESS_DENIED.when(
          (name.equals("host") || name.startsWith("x-amz-")) && !signed.contains(name),
          "This header must be signed: " + name);
    }
    String query =
        call.params.stream()
            .filter(p -> !p.getKey().equals("X-Amz-Signature"))
            .map(p -> Map.entry(UriText.encode(p.getKey()), UriText.encode(p.getValue())))
            .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry::getValue))
            .map(p -> p.getKey() + "=" + p.getValue())
            .collect(Collectors.joining("&"));
    String headers =
        signed.stream()
            .map(n -> n + ":" + signedValue(call.header(n)) + "\n")
            .collect(Collectors.joining());
    String path = UriText.encodePath(call.path);
    String canonical = String.join("\n", call.method, path, query, headers, signedHeaders, payload);
    check(ALGORITHM, sha256(canonical), signature);
  }

  /// Clients sign UTF-8; the HTTP library reads header bytes as ISO 8859-1.
  private static String signedValue(String value) {
    return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
        .replaceAll(" +", " ");
  }

  /// Chunks are checked in their order, each signed together with the signature before it.
  void checkChunk(byte[] sha256, String signature) {
    String hashes = String.join("\n", previous, sha256(""), HexFormat.of().formatHex(sha256));
    check(ALGORITHM + "-PAYLOAD", hashes, signature);
  }

  void checkTrailer(String trailer, String signature) {
    check(ALGORITHM + "-TRAILER", previous + "\n" + sha256(trailer), signature);
  }

  private void check(String kind, String hashes, String signature) {
    String toSign = String.join("\n", kind, time, scope, hashes);
    byte[] right = HexFormat.of().formatHex(hmac(key, toSign)).getBytes(StandardCharsets.UTF_8);
    ErrorCode.SIGNATURE_DOES_NOT_MATCH.when(
        !MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8)));
    previous = signature;
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
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Checksum.digest("SHA-256").digest(bytes));
  }
}
