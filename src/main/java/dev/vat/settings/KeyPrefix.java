package dev.vat.settings;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/// What S3 keys begin with.
final class KeyPrefix {
  private static final int MAX_BYTES = 400;

  private KeyPrefix() {}

  /// Reads a prefix with or without `/` at its ends.
  ///
  /// @return empty text, or text that ends in exactly one `/` and begins with none
  /// @throws SettingsException when a part of it is empty, `.` or `..`, or it is far too long
  static String of(Settings settings, Optional<SettingValue> value) {
    if (value.isEmpty()) {
      return "";
    }
    String text = Normalizer.normalize(value.get().text(), Normalizer.Form.NFC);
    String inner = text.replaceAll("^/+|/+$", "");
    if (inner.isEmpty()) {
      return "";
    }
    for (String part : inner.split("/", -1)) {
      if (part.isBlank() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        throw settings.wrong(
            value.get(), "\"" + text + "\" is no prefix: folder names with one / between them are");
      }
    }
    if (inner.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw settings.wrong(value.get(), "it is longer than " + MAX_BYTES + " bytes");
    }
    return inner + "/";
  }
}
