package dev.vat.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The headers that S3 keeps with an object and gives back.
///
/// Source: Amazon S3 API Reference, PutObject, GetObject; User Guide, "Working with object
/// metadata".
final class ObjectHeaders {
  static final String STORAGE_CLASS = "x-amz-storage-class";

  private static final String USER = "x-amz-meta-";
  private static final int USER_BYTES = 2048;
  private static final List<String> KEPT =
      List.of(
          "cache-control",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-type",
          "expires");
  private static final Set<String> STORAGE_CLASSES =
      Set.of(
          "STANDARD",
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "ONEZONE_IA",
          "INTELLIGENT_TIERING",
          "GLACIER",
          "GLACIER_IR",
          "DEEP_ARCHIVE");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ObjectHeaders() {}

  /// What a request wants kept, the storage class included.
  static Map<String, String> kept(Call call) {
    Map<String, String> kept = new TreeMap<>(Map.of("content-type", "binary/octet-stream"));
    int bytes = 0;
    for (String name : call.headerNames()) {
      String value = call.header(name).orElse("");
      if (name.startsWith(USER)) {
        bytes += name.length() - USER.length() + value.getBytes(StandardCharsets.UTF_8).length;
        kept.put(name, value);
      } else if (name.equals("content-encoding")) {
        putEncoding(kept, value);
      } else if (KEPT.contains(name) && !value.isEmpty()) {
        kept.put(name, value);
      }
    }
    if (bytes > USER_BYTES) {
      throw ErrorCode.METADATA_TOO_LARGE.error();
    }
    putStorageClass(kept, call);
    return kept;
  }

  /// `aws-chunked` is how the body came, not what it is.
  private static void putEncoding(Map<String, String> kept, String value) {
    List<String> codings = new ArrayList<>(Arrays.asList(value.split("\\s*,\\s*")));
    codings.removeIf(c -> c.isEmpty() || c.equals("aws-chunked"));
    if (!codings.isEmpty()) {
      kept.put("content-encoding", String.join(",", codings));
    }
  }

  /// Sets the class that the request names; STANDARD, also the default, is kept as nothing.
  static void putStorageClass(Map<String, String> kept, Call call) {
    String wanted = call.header(STORAGE_CLASS).orElse("STANDARD");
    if (!STORAGE_CLASSES.contains(wanted)) {
      throw ErrorCode.INVALID_STORAGE_CLASS.error();
    }
    kept.remove(STORAGE_CLASS);
    if (!wanted.equals("STANDARD")) {
      kept.put(STORAGE_CLASS, wanted);
    }
  }

  /// What GET and HEAD say of an object, with the overrides that a link may carry.
  static Map<String, String> of(StoredObject object, Call call) {
    Map<String, String> headers = new TreeMap<>(object.headers());
    for (String name : KEPT) {
      call.param("response-" + name).ifPresent(v -> headers.put(name, v));
    }
    headers.put("etag", object.etag());
    headers.put("last-modified", httpDate(object.modified()));
    headers.put("accept-ranges", "bytes");
    return headers;
  }

  static boolean wantsChecksum(Call call) {
    return call.header("x-amz-checksum-mode").filter("ENABLED"::equalsIgnoreCase).isPresent();
  }

  static void putChecksum(Map<String, String> headers, Checksum checksum) {
    headers.put(checksum.algorithm().header, checksum.value());
    headers.put("x-amz-checksum-type", checksum.type().name());
  }

  static String httpDate(Instant time) {
    return HTTP_DATE.format(time);
  }
}
