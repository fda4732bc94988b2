package dev.vat.cloud.s3;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Makes one call of the SDK and turns its exceptions into [Fault]s.
final class Calls {
  private Calls() {}

  static <T> T make(Supplier<T> call) throws FaultException {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw new FaultException(answered(e), e);
    } catch (SdkClientException | NoCredentialsException e) {
      throw new FaultException(unanswered(e), e);
    }
  }

  /// Reads the form of HTTP's Date header (RFC 9110, 5.6.7).
  static Optional<Instant> httpDate(String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      // An unreadable date says as much as none.
      return Optional.empty();
    }
  }

  private static Fault answered(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    Optional<SdkHttpResponse> response =
        Optional.ofNullable(e.awsErrorDetails()).map(details -> details.sdkHttpResponse());
    return new Fault.Answered(
        e.statusCode() == 200 ? statusOf(code) : e.statusCode(),
        code == null ? "" : code,
        response.flatMap(r -> r.firstMatchingHeader("x-amz-bucket-region")),
        response.flatMap(r -> r.firstMatchingHeader("Date")).flatMap(Calls::httpDate),
        Optional.empty());
  }

  /// Completions and copies begin their answer before they are done, so that an error comes inside
  /// a good status. Source: Amazon S3 API Reference, CopyObject and CompleteMultipartUpload.
  private static int statusOf(String code) {
    return switch (String.valueOf(code)) {
      case "PreconditionFailed" -> 412;
      case "ConditionalRequestConflict", "OperationAborted" -> 409;
      case "NoSuchKey", "NoSuchUpload" -> 404;
      case "AccessDenied" -> 403;
      case "SlowDown", "ServiceUnavailable" -> 503;
      case "NotImplemented" -> 501;
      case "BadDigest", "InvalidPart", "InvalidPartOrder", "InvalidRequest", "EntityTooSmall" ->
          400;
      default -> 500;
    };
  }

  private static Fault unanswered(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoCredentialsException) {
        return new Fault.NoCredentials();
      }
      if (cause instanceof IOException io) {
        return new Fault.Unanswered(io);
      }
    }
    return new Fault.NotSendable("the request could not be built (" + e.getMessage() + ").");
  }
}
