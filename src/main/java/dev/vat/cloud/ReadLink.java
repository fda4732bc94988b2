package dev.vat.cloud;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// A link by which anybody can read an object, without credentials, until it expires. It leads to
/// the key, not to a version: whatever is under the key at that moment is what one gets.
///
/// @param address a secret for as long as it works: it takes the place of a password
/// @param expires when the store stops taking it, if nothing ends it before
/// @param signedBy what may end it before: a link works no longer than the credentials it was
///     signed by
public record ReadLink(URI address, Instant expires, Signer signedBy) {
  /// The longest that S3 lets a link be valid. Source: Amazon S3 API Reference, "Authenticating
  /// Requests: Using Query Parameters", `X-Amz-Expires`.
  public static final Duration LONGEST = Duration.ofDays(7);

  public ReadLink {
    Objects.requireNonNull(address);
    Objects.requireNonNull(expires);
    Objects.requireNonNull(signedBy);
  }

  /// How long the credentials last that a link was signed by.
  public sealed interface Signer {
    /// Until somebody revokes them.
    record Lasting() implements Signer {}

    /// They are temporary, and whoever gave them said until when.
    record Until(Instant end) implements Signer {}

    /// They are temporary (there is a session token), and nothing tells until when.
    record Temporary() implements Signer {}
  }

  /// How a browser is to take the object, whatever was recorded when it was uploaded.
  ///
  /// @param fileName offered when it is saved; any text
  /// @param contentType for example `video/mp4`
  /// @param opening what a click does
  public record Shown(String fileName, String contentType, Opening opening) {
    public Shown {
      Objects.requireNonNull(fileName);
      if (!contentType.matches("[\\x21-\\x7e]+(?: [\\x21-\\x7e]+)*")) {
        throw new IllegalArgumentException("not a content type: " + contentType);
      }
      Objects.requireNonNull(opening);
    }
  }

  /// What a click on a link does.
  public enum Opening {
    /// The browser plays or shows it, if it can.
    IN_BROWSER,
    /// The browser saves it as a file.
    AS_DOWNLOAD
  }

  /// How long a link is to be valid.
  ///
  /// @throws IllegalArgumentException when no store would take it
  public static Duration requireValid(Duration valid) {
    if (valid.toSeconds() < 1 || valid.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("a link is valid from a second to 7 days: " + valid);
    }
    return valid;
  }

  /// Without the signature.
  @Override
  public String toString() {
    return "ReadLink[" + address.getPath() + ", expires " + expires + "]";
  }
}
