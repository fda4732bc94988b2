package dev.vat.sandbox;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Percent-encoding by the rules of Signature Version 4: everything but `A-Z a-z 0-9 - . _ ~`.
final class UriText {
  private UriText() {}

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /// Leaves `/` as it is.
  static String encodePath(String path) {
    return encode(path).replace("%2F", "/");
  }

  /// Reads `+` as a space, as in a query. What is no UTF-8 becomes another text, which breaks the
  /// signature.
  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ErrorCode.INVALID_URI.error();
    }
  }

  static String decodePath(String path) {
    return decode(path.replace("+", "%2B"));
  }
}
