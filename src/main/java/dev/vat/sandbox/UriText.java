package dev.vat.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding by the rules of Signature Version 4: everything but `A-Z a-z 0-9 - . _ ~`.
final class UriText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriText() {}

  /// @param keepSlash leaves `/` as it is, as in a path
  static String encode(String text, boolean keepSlash) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (unreserved(b) || (keepSlash && b == '/')) {
        out.append((char) b);
      } else {
        HEX.toHexDigits(out.append('%'), b);
      }
    }
    return out.toString();
  }

  private static boolean unreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  /// @param plusIsSpace as in a query
  /// @throws S3Error when it is not the encoding of UTF-8
  static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] raw = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
    try {
      for (int i = 0; i < raw.length; i++) {
        if (raw[i] == '%') {
          int high = HexFormat.fromHexDigit(raw[i + 1]);
          out.write(high << 4 | HexFormat.fromHexDigit(raw[i + 2]));
          i += 2;
        } else {
          out.write(raw[i] == '+' && plusIsSpace ? ' ' : raw[i]);
        }
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())) + "";
    } catch (IndexOutOfBoundsException | NumberFormatException | CharacterCodingException e) {
      throw ErrorCode.INVALID_URI.error();
    }
  }
}
