package dev.vat.cloud.s3;

import dev.vat.cloud.ReadLink;
import java.nio.charset.StandardCharsets;

/// The header that tells a browser whether to show or to save, and under which name. Source: RFC
/// 6266, with the encoding of RFC 8187 for what is not ASCII.
final class Disposition {
  /// RFC 8187, `attr-char`, without letters and digits.
  private static final String PLAIN = "!#$&+-.^_`|~";

  private Disposition() {}

  /// Plain ASCII, whatever is in the file's name: no quote, control or line break can get out of
  /// it.
  static String of(ReadLink.Shown shown) {
    String how =
        switch (shown.opening()) {
          case IN_BROWSER -> "inline";
          case AS_DOWNLOAD -> "attachment";
        };
    String name = shown.fileName();
    return how + "; filename=\"" + fallback(name) + "\"; filename*=UTF-8''" + encoded(name);
  }

  /// For what does not know the encoded form.
  private static String fallback(String name) {
    StringBuilder plain = new StringBuilder();
    name.codePoints()
        .forEach(
            c -> plain.append(isLetterOrDigit(c) || " .-_()".indexOf(c) >= 0 ? (char) c : '_'));
    return plain.toString();
  }

  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (isLetterOrDigit(b) || PLAIN.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format("%%%02X", b));
      }
    }
    return encoded.toString();
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }
}
