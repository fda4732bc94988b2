package dev.vat.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// A condition on what a write replaces or a delete removes, evaluated when it happens.
///
/// Source: Amazon S3 User Guide, "Conditional requests"; RFC 9110, section 13, whose order of
/// evaluation S3 follows.
interface Condition {
  /// @param current null when nothing is there
  /// @throws S3Error when it does not hold
  void check(Stored current);

  /// The condition of a put, copy or complete.
  static Condition onWrite(Call call) {
    String none = call.header("If-None-Match");
    String match = call.header("If-Match");
    ErrorCode.NOT_IMPLEMENTED.when(
        match.equals("*") || !none.isEmpty() && !(none.equals("*") && match.isEmpty()),
        "A write takes either If-None-Match: * or If-Match with an ETag.");
    return none.isEmpty() ? onMatch(match) : absent(ErrorCode.PRECONDITION_FAILED);
  }

  /// Nothing may be there.
  static Condition absent(ErrorCode otherwise) {
    return current -> {
      otherwise.when(current != null);
    };
  }

  /// @param etag what must be there, `*` for anything; empty when it does not matter
  static Condition onMatch(String etag) {
    return current -> {
      ErrorCode.NO_SUCH_KEY.when(!etag.isEmpty() && current == null);
      ErrorCode.PRECONDITION_FAILED.when(!etag.isEmpty() && !matches(etag, current.fact("etag")));
    };
  }

  /// Checks the conditions of a read.
  ///
  /// @param prefix of the headers' names: empty, or `x-amz-copy-source-`
  /// @return false when the client has this version already
  /// @throws S3Error when a condition does not hold
  static boolean isNews(Call call, String prefix, Stored object) {
    String match = call.header(prefix + "If-Match");
    String none = call.header(prefix + "If-None-Match");
    Instant unmodified = date(call.header(prefix + "If-Unmodified-Since"), Instant.MAX);
    ErrorCode.PRECONDITION_FAILED.when(
        match.isEmpty()
            ? object.modified().isAfter(unmodified)
            : !matches(match, object.fact("etag")));
    return none.isEmpty()
        ? object.modified().isAfter(date(call.header(prefix + "If-Modified-Since"), Instant.MIN))
        : !matches(none, object.fact("etag"));
  }

  private static boolean matches(String wanted, String etag) {
    return wanted.equals("*")
        || Arrays.stream(wanted.split(",")).anyMatch(w -> unquoted(w).equals(unquoted(etag)));
  }

  static String unquoted(String etag) {
    return etag.replace("\"", "").strip();
  }

  /// @param otherwise when it is no date, which RFC 9110 says to ignore
  private static Instant date(String text, Instant otherwise) {
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return otherwise;
    }
  }
}
