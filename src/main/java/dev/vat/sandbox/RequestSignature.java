package dev.vat.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Checks the signature of a request, in its header or (presigned) in its query. Any region is
/// taken; there are no session tokens and no anonymous requests.
///
/// Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
final class RequestSignature {
  private static final Duration MAX_SKEW = Duration.ofMinutes(15);
  private static final int MAX_EXPIRES_SECONDS = 7 * 24 * 3600;
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final SandboxOptions options;

  RequestSignature(SandboxOptions options) {
    this.options = options;
  }

  /// What a request claims, wherever it says so.
  private record Claim(
      String credential, String signedHeaders, String signature, String time, String payload) {
    String scope() {
      return credential.substring(credential.indexOf('/') + 1);
    }
  }

  /// @return what the signature says about the body
  /// @throws S3Error when the request is not to be trusted
  Payload verify(Call call) {
    if (call.has("X-Amz-Algorithm") || call.has("X-Amz-Signature")) {
      return check(call, presigned(call));
    }
    String header = call.header("Authorization").orElseThrow(() -> ErrorCode.ACCESS_DENIED.error());
    if (!header.startsWith(ALGORITHM + " ")) {
      throw ErrorCode.INVALID_REQUEST.error(
          "The authorization mechanism you have provided is not supported. Please use "
              + ALGORITHM
              + ".");
    }
    return check(call, inHeader(call, header.substring(ALGORITHM.length() + 1)));
  }

  private Claim inHeader(Call call, String header) {
    Map<String, String> fields = new HashMap<>();
    for (String field : header.split(",")) {
      int equals = field.indexOf('=');
      if (equals > 0) {
        fields.put(field.substring(0, equals).strip(), field.substring(equals + 1).strip());
      }
    }
    if (!fields.keySet().containsAll(List.of("Credential", "SignedHeaders", "Signature"))) {
      throw ErrorCode.AUTHORIZATION_HEADER_MALFORMED.error();
    }
    Instant time =
        call.header("x-amz-date")
            .map(RequestSignature::time)
            .or(() -> call.header("Date").flatMap(Conditions::date))
            .orElseThrow(
                () ->
                    ErrorCode.ACCESS_DENIED.error(
                        "AWS authentication requires a valid Date or x-amz-date header"));
    if (Duration.between(time, options.clock().instant()).abs().compareTo(MAX_SKEW) > 0) {
      throw ErrorCode.REQUEST_TIME_TOO_SKEWED.error(
          Map.of(
              "RequestTime", time.toString(),
              "ServerTime", options.clock().instant().toString(),
              "MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis())));
    }
    String payload =
        call.header("x-amz-content-sha256")
            .orElseThrow(
                () ->
                    ErrorCode.INVALID_REQUEST.error(
                        "Missing required header for this request: x-amz-content-sha256"));
    return new Claim(
        fields.get("Credential"),
        fields.get("SignedHeaders"),
        fields.get("Signature"),
        TIME.format(time),
        payload);
  }

  private Claim presigned(Call call) {
    if (!query(call, "X-Amz-Algorithm").equals(ALGORITHM)) {
      throw ErrorCode.AUTHORIZATION_QUERY_PARAMETERS.error();
    }
    String text = query(call, "X-Amz-Expires");
    Instant from = time(query(call, "X-Amz-Date"));
    int seconds = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    if (seconds < 1 || seconds > MAX_EXPIRES_SECONDS) {
      throw ErrorCode.AUTHORIZATION_QUERY_PARAMETERS.error(
          "X-Amz-Expires must be from 1 to 604800 seconds (a week)");
    }
    Instant now = options.clock().instant();
    if (now.isAfter(from.plusSeconds(seconds))) {
      throw ErrorCode.ACCESS_DENIED.error("Request has expired");
    }
    if (from.isAfter(now.plus(MAX_SKEW))) {
      throw ErrorCode.ACCESS_DENIED.error("Request is not valid yet");
    }
    return new Claim(
        query(call, "X-Amz-Credential"),
        query(call, "X-Amz-SignedHeaders"),
        query(call, "X-Amz-Signature"),
        query(call, "X-Amz-Date"),
        call.header("x-amz-content-sha256")
            .or(() -> call.param("X-Amz-Content-Sha256"))
            .orElse("UNSIGNED-PAYLOAD"));
  }

  private static String query(Call call, String name) {
    return call.param(name)
        .orElseThrow(() -> ErrorCode.AUTHORIZATION_QUERY_PARAMETERS.error(name + " is missing"));
  }

  private static Instant time(String text) {
    try {
      return ZonedDateTime.parse(text, TIME).toInstant();
    } catch (DateTimeException e) {
      throw ErrorCode.ACCESS_DENIED.error("The date must be like 20260131T235959Z");
    }
  }

  private Payload check(Call call, Claim claim) {
    String[] scope = claim.credential.split("/", -1);
    if (scope.length != 5
        || !scope[1].equals(claim.time.substring(0, 8))
        || !scope[3].equals("s3")
        || !scope[4].equals("aws4_request")) {
      throw ErrorCode.AUTHORIZATION_HEADER_MALFORMED.error(
          "The credential must be KEY/YYYYMMDD/REGION/s3/aws4_request, of the request's date");
    }
    if (!scope[0].equals(options.accessKey())) {
      throw ErrorCode.INVALID_ACCESS_KEY_ID.error(Map.of("AWSAccessKeyId", scope[0]));
    }
    if (call.header("x-amz-security-token").isPresent() || call.has("X-Amz-Security-Token")) {
      throw ErrorCode.INVALID_TOKEN.error();
    }
    List<String> signed = Arrays.asList(claim.signedHeaders.split(";"));
    List<String> unsigned =
        call.headerNames().stream()
            .filter(n -> n.equals("host") || n.startsWith("x-amz-"))
            .filter(n -> !signed.contains(n))
            .toList();
    if (!unsigned.isEmpty()) {
      throw ErrorCode.ACCESS_DENIED.error(
          "There were headers present in the request which were not signed: " + unsigned);
    }
    ChunkSigner signer = new ChunkSigner(options.secretKey(), claim.time, claim.scope());
    signer.checkRequest(canonical(call, signed, claim), claim.signature);
    return payload(claim.payload, signer);
  }

  private static String canonical(Call call, List<String> signed, Claim claim) {
    String query =
        call.params.stream()
            .filter(p -> !p.name().equals("X-Amz-Signature"))
            .map(p -> UriText.encode(p.name(), false) + "=" + UriText.encode(p.value(), false))
            .sorted(RequestSignature::byNameThenValue)
            .collect(Collectors.joining("&"));
    String headers =
        signed.stream()
            .map(n -> n + ":" + signedValue(call, n) + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        call.method,
        UriText.encode(call.path, true),
        query,
        headers,
        claim.signedHeaders,
        claim.payload);
  }

  /// Clients sign UTF-8; the HTTP library reads header bytes as ISO 8859-1.
  private static String signedValue(Call call, String name) {
    byte[] raw = call.header(name).orElse("").getBytes(StandardCharsets.ISO_8859_1);
    return new String(raw, StandardCharsets.UTF_8).strip().replaceAll(" +", " ");
  }

  private static int byNameThenValue(String a, String b) {
    String[] left = a.split("=", 2);
    String[] right = b.split("=", 2);
    int names = left[0].compareTo(right[0]);
    return names != 0 ? names : left[1].compareTo(right[1]);
  }

  private static Payload payload(String said, ChunkSigner signer) {
    return switch (said) {
      case "UNSIGNED-PAYLOAD" -> new Payload.Unsigned();
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" -> new Payload.Chunked(signer, false);
      case "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" -> new Payload.Chunked(signer, true);
      case "STREAMING-UNSIGNED-PAYLOAD-TRAILER" -> new Payload.Chunked(null, true);
      default -> {
        if (said.startsWith("STREAMING-")) {
          throw ErrorCode.NOT_IMPLEMENTED.error();
        }
        if (!said.matches("[0-9a-f]{64}")) {
          throw ErrorCode.INVALID_ARGUMENT.error(
              "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-… or a SHA-256 in hex");
        }
        yield new Payload.Fixed(said);
      }
    };
  }
}
