package dev.vat.cloud.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/// Why one attempt failed, before it is decided whether another one may help.
sealed interface Fault {
  /// The server answered, but not with success.
  ///
  /// @param status of HTTP
  /// @param code S3's own word for the error; empty where the answer had no body (HEAD)
  /// @param region where the bucket is, if the server says so
  /// @param server the server's clock, if it says so
  /// @param signed when we signed the request, by this computer's clock, where that is known
  record Answered(
      int status,
      String code,
      Optional<String> region,
      Optional<Instant> server,
      Optional<Instant> signed)
      implements Fault {
    boolean is(String... codes) {
      for (String each : codes) {
        if (code.equals(each)) {
          return true;
        }
      }
      return false;
    }
  }

  /// No answer, or only half of one: the request may or may not have been carried out.
  record Unanswered(IOException cause) implements Fault {}

  /// There is nothing to sign with.
  record NoCredentials() implements Fault {}

  /// The request could not even be built: a bucket name or region that cannot exist.
  record NotSendable(String why) implements Fault {}
}
