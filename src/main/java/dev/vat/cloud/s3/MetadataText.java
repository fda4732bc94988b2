package dev.vat.cloud.s3;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// User metadata in HTTP headers, which hold ASCII only: anything else is written as RFC 2047
/// encoded words (`=?UTF-8?B?...?=`), the form that S3 itself answers with. Source: S3 User Guide,
/// "Working with object metadata".
final class MetadataText {
  /// An encoded word has at most 75 characters (RFC 2047, 2): 45 bytes make 60 of them, the frame
  /// 12.
  private static final int BYTES_PER_WORD = 45;

  private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?\\s]*)\\?=");
  private static final Pattern NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]+");

  private MetadataText() {}

  /// @throws IllegalArgumentException when a name cannot be a header
  static Map<String, String> encode(Map<String, String> metadata) {
    Map<String, String> encoded = new HashMap<>();
    metadata.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for metadata: " + name);
          }
          encoded.put(name, encode(value));
        });
    return encoded;
  }

  static Map<String, String> decode(Map<String, String> metadata) {
    Map<String, String> decoded = new HashMap<>();
    metadata.forEach((name, value) -> decoded.put(name.toLowerCase(Locale.ROOT), decode(value)));
    return decoded;
  }

  static String encode(String value) {
    if (travelsAsIs(value)) {
      return value;
    }
    StringBuilder words = new StringBuilder();
    StringBuilder chunk = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < value.length(); ) {
      String point = Character.toString(value.codePointAt(at));
      int more = point.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + more > BYTES_PER_WORD) {
        appendWord(words, chunk);
        bytes = 0;
      }
      chunk.append(point);
      bytes += more;
      at += point.length();
    }
    appendWord(words, chunk);
    return words.toString();
  }

  /// HTTP trims blanks at the ends and the signature folds several into one, so such text is
  /// encoded as well; so is text that looks encoded already.
  private static boolean travelsAsIs(String value) {
    return value.chars().allMatch(c -> c >= ' ' && c <= '~')
        && value.strip().equals(value)
        && !value.contains("  ")
        && !value.contains("=?");
  }

  private static void appendWord(StringBuilder words, StringBuilder chunk) {
    byte[] bytes = chunk.toString().getBytes(StandardCharsets.UTF_8);
    words.append(words.isEmpty() ? "" : " ");
    words.append("=?UTF-8?B?").append(Base64.getEncoder().encodeToString(bytes)).append("?=");
    chunk.setLength(0);
  }

  /// Text that is not well encoded comes back as it is.
  static String decode(String value) {
    Matcher word = WORD.matcher(value);
    StringBuilder text = new StringBuilder();
    int end = 0;
    while (word.find()) {
      String between = value.substring(end, word.start());
      // Blanks between two encoded words are no part of the text (RFC 2047, 6.2).
      if (end == 0 || !between.isBlank()) {
        text.append(between);
      }
      text.append(decodeWord(word));
      end = word.end();
    }
    return text.append(value.substring(end)).toString();
  }

  private static String decodeWord(Matcher word) {
    try {
      Charset charset = Charset.forName(word.group(1));
      byte[] bytes =
          word.group(2).equalsIgnoreCase("B")
              ? Base64.getDecoder().decode(word.group(3))
              : unquote(word.group(3));
      return charset.decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException _) {
      // An unknown character set or broken base64: somebody else's text, shown as it is.
      return word.group();
    }
  }

  private static byte[] unquote(String quoted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < quoted.length(); at++) {
      char c = quoted.charAt(at);
      if (c == '=' && at + 2 < quoted.length()) {
        bytes.write(Integer.parseInt(quoted.substring(at + 1, at + 3), 16));
        at += 2;
      } else {
        bytes.write(c == '_' ? ' ' : c);
      }
    }
    return bytes.toByteArray();
  }
}
