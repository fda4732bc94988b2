package dev.vat.cloud;

/// S3's name for one version of a key's content: a token to compare, not a hash to compute with,
/// except where [#looksLikeMd5()] says so.
///
/// @param value without the quotes of the HTTP header
public record ETag(String value) {
  public ETag {
    if (value.isEmpty() || value.indexOf('"') >= 0) {
      throw new IllegalArgumentException("not an ETag: " + value);
    }
  }

  /// Takes the quotes of the header off, where there are any.
  public static ETag ofHeader(String header) {
    return new ETag(header.replace("\"", ""));
  }

  /// The form that HTTP headers want.
  public String quoted() {
    return '"' + value + '"';
  }

  /// Whether it has the shape of an MD5: what S3 gives objects that were put whole, without KMS.
  /// One with a `-` was uploaded in parts and is no content's MD5.
  public boolean looksLikeMd5() {
    return value.matches("[0-9a-f]{32}");
  }

  @Override
  public String toString() {
    return value;
  }
}
