package dev.vat.mhl;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// The digests that ASC MHL knows (its XSD, `HashType`), in the order in which that schema wants
/// them.
public enum HashFormat {
  /// SHA-512 in base 58, as the C4 framework writes it.
  C4("c4", "c4[1-9A-HJ-NP-Za-km-z]{88}"),
  MD5("md5", "[0-9a-f]{32}"),
  SHA1("sha1", "[0-9a-f]{40}"),
  XXH128("xxh128", "[0-9a-f]{32}"),
  XXH3("xxh3", "[0-9a-f]{16}"),
  XXH64("xxh64", "[0-9a-f]{16}");

  private final String element;
  private final Pattern text;

  HashFormat(String element, String text) {
    this.element = element;
    this.text = Pattern.compile(text);
  }

  /// The name of the XML element, which is also how users know the format.
  public String element() {
    return element;
  }

  /// Whether this is how a digest of this format is written.
  public boolean accepts(String digest) {
    return text.matcher(digest).matches();
  }

  /// @return empty for elements that are no hashes, and formats of a later schema
  public static Optional<HashFormat> of(String element) {
    return Arrays.stream(values()).filter(format -> format.element.equals(element)).findFirst();
  }
}
