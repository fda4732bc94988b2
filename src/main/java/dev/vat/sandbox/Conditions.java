package dev.vat.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;

/// The conditions that a request can set.
///
/// Source: Amazon S3 User Guide, "Conditional requests"; RFC 9110, section 13, whose order of
/// evaluation S3 follows.
final class Conditions {
  private Conditions() {}

  /// A condition on what a write replaces or a delete removes; evaluated at the commit, under the
  /// key's lock.
  ///
  /// @param absent nothing may be there
  /// @param etag what must be there, `*` for anything; null when it does not matter
  record OnWrite(boolean absent, String etag) {
    static final OnWrite NONE = new OnWrite(false, null);

    /// @throws S3Error when it does not hold
    void check(Optional<StoredObject> current) {
      if (absent && current.isPresent()) {
        throw ErrorCode.PRECONDITION_FAILED.error();
      }
      if (etag != null
          && !matches(etag, current.orElseThrow(ErrorCode.NO_SUCH_KEY::error).etag())) {
        throw ErrorCode.PRECONDITION_FAILED.error();
      }
    }
  }

  /// The condition of a put, copy or complete.
  static OnWrite onWrite(Call call) {
    String none = call.header("If-None-Match").orElse(null);
    String match = call.header("If-Match").orElse(null);
    if ((none != null && (match != null || !none.strip().equals("*"))) || "*".equals(match)) {
      throw ErrorCode.NOT_IMPLEMENTED.error(
          "A write takes either If-None-Match: * or If-Match with an ETag.");
    }
    return new OnWrite(none != null, match);
  }

  /// The condition of a delete.
  static OnWrite onDelete(Call call) {
    if (call.header("If-None-Match").isPresent()) {
      throw ErrorCode.NOT_IMPLEMENTED.error("A delete takes only If-Match.");
    }
    return new OnWrite(false, call.header("If-Match").orElse(null));
  }

  /// Checks the conditions of a read.
  ///
  /// @param prefix of the headers' names: empty, or `x-amz-copy-source-`
  /// @return false when the client has this version already
  /// @throws S3Error when a condition does not hold
  static boolean isNews(Call call, String prefix, StoredObject object) {
    Optional<String> match = call.header(prefix + "If-Match");
    Optional<String> none = call.header(prefix + "If-None-Match");
    Optional<Instant> since = call.header(prefix + "If-Unmodified-Since").flatMap(Conditions::date);
    if (match.isPresent()
        ? !matches(match.get(), object.etag())
        : since.isPresent() && object.modified().isAfter(since.get())) {
      throw ErrorCode.PRECONDITION_FAILED.error();
    }
    if (none.isPresent()) {
      return !matches(none.get(), object.etag());
    }
    Optional<Instant> modified =
        call.header(prefix + "If-Modified-Since").flatMap(Conditions::date);
    return modified.isEmpty() || object.modified().isAfter(modified.get());
  }

  private static boolean matches(String wanted, String etag) {
    return Arrays.stream(wanted.split(","))
        .map(String::strip)
        .anyMatch(w -> w.equals("*") || unquoted(w).equals(unquoted(etag)));
  }

  static String unquoted(String etag) {
    return etag.replace("\"", "");
  }

  /// An HTTP date; empty when it is none, which RFC 9110 says to ignore.
  static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
