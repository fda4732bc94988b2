package dev.vat.settings;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// S3's rules for the names of general purpose buckets ("Bucket naming rules", Amazon S3 User
/// Guide).
final class BucketName {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final List<String> TAKEN_BEGINNINGS = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> TAKEN_ENDINGS =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  private BucketName() {}

  /// What is wrong with the name, in words to follow "it is wrong: "; empty when it is good.
  static Optional<String> problemOf(String name) {
    if (name.contains("/") || name.contains(":")) {
      return Optional.of(
          "give the bucket's name alone; what follows it in an address belongs in the prefix");
    }
    if (!FORM.matcher(name).matches()) {
      return Optional.of(
          "a bucket's name has 3 to 63 characters: small letters, digits, dots and hyphens, with a"
              + " letter or digit at both ends");
    }
    if (name.contains("..") || IP_ADDRESS.matcher(name).matches()) {
      return Optional.of(
          "a bucket's name has no two dots in a row and does not look like an" + " IP address");
    }
    if (TAKEN_BEGINNINGS.stream().anyMatch(name::startsWith)
        || TAKEN_ENDINGS.stream().anyMatch(name::endsWith)) {
      return Optional.of("S3 keeps names with this beginning or end for itself");
    }
    return Optional.empty();
  }
}
