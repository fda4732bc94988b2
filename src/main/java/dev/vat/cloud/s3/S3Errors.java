package dev.vat.cloud.s3;

import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Thaw;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// Turns S3's error codes into what a person can do about them. By code and status, never by the
/// text of a message, which every server words differently. Source of the codes: Amazon S3 API
/// Reference, "Error responses".
final class S3Errors {
  /// S3 refuses requests that were signed more than this away from its own time.
  private static final Duration TOLERATED_SKEW = Duration.ofMinutes(15);

  private final String server;
  private final String bucket;

  /// @param server as messages name it
  S3Errors(String server, String bucket) {
    this.server = server;
    this.bucket = bucket;
  }

  /// The exception for a fault that no further attempt mends.
  StoreException explain(Doing doing, FaultException failed) {
    String could = "Could not " + doing.verb() + " " + place(doing) + ": ";
    return switch (failed.fault()) {
      case Fault.Unanswered unanswered -> unreachable(could, unanswered.cause());
      case Fault.NoCredentials _ ->
          new StoreException.BadCredentials(
              could
                  + "there are no credentials for "
                  + server
                  + ". Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE.",
              failed.getCause());
      case Fault.NotSendable notSendable ->
          new StoreException.Failed(
              could + notSendable.why() + " Check the bucket's name, the region and the endpoint.",
              failed.getCause());
      case Fault.Answered answered -> answered(doing, could, answered, failed.getCause());
    };
  }

  /// The version that was asked for is no longer under the key.
  StoreException changed(String key) {
    return new StoreException.Changed(
        "s3://" + bucket + "/" + key + " was replaced or removed meanwhile. Look again.", null);
  }

  /// The object has to be thawed first.
  StoreException frozen(Doing doing, ObjectSummary object) {
    String how =
        switch (object.thaw()) {
          case Thaw.Thawing _ -> "is being thawed, and cannot be read before that is done.";
          case Thaw.Thawed _ -> "was only thawed in this moment. Try again.";
          case Thaw.Frozen _, Thaw.NotFrozen _ ->
              "is frozen ("
                  + object.storageClass()
                  + ") and has to be thawed before it can be read.";
        };
    return new StoreException.Frozen(
        "Could not " + doing.verb() + " " + place(doing) + ": it " + how, object, null);
  }

  /// The server answered with success, but not what was asked for.
  StoreException unexpected(Doing doing, String what) {
    return new StoreException.Failed(
        "Could not " + doing.verb() + " " + place(doing) + ": " + server + " " + what + ".", null);
  }

  /// Somebody stopped the work while it waited for the next attempt.
  StoreException stopped(Doing doing, InterruptedException cause) {
    return new StoreException.Failed(
        "Stopped before it could " + doing.verb() + " " + place(doing) + ".", cause);
  }

  private String place(Doing doing) {
    return "s3://" + bucket + "/" + doing.key();
  }

  private StoreException unreachable(String could, IOException cause) {
    String why =
        switch (cause) {
          case UnknownHostException _ -> "the name of " + server + " is not known";
          case ConnectException _ -> server + " does not take connections";
          case NoRouteToHostException _ -> "there is no way to " + server;
          case SocketTimeoutException _ -> server + " did not answer in time";
          case SSLException _ -> "no secure connection to " + server + " came about";
          default -> "the connection to " + server + " broke";
        };
    return new StoreException.Unreachable(
        could + why + ". Check the internet connection, and whether that is the right address.",
        cause);
  }

  private StoreException answered(Doing doing, String could, Fault.Answered said, Throwable cause) {
    if (isSkewed(said)) {
      return new StoreException.ClockSkewed(
          could + "this computer's clock is too far from that of " + server + ".", cause);
    }
    return switch (said.code()) {
      case "NoSuchBucket" ->
          new StoreException.NoSuchBucket(
              could
                  + "there is no bucket "
                  + bucket
                  + " on "
                  + server
                  + ". Create it or correct its name.",
              cause);
      case "PermanentRedirect",
          "TemporaryRedirect",
          "AuthorizationHeaderMalformed",
          "AuthorizationQueryParametersError",
          "IllegalLocationConstraintException" ->
          wrongRegion(could, said, cause);
      case "InvalidAccessKeyId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "InvalidToken",
          "TokenRefreshRequired",
          "InvalidSecurity",
          "NotSignedUp" ->
          badCredentials(could, said, cause);
      case "NoSuchUpload" ->
          new StoreException.NoSuchUpload(
              could + "its upload in parts is no longer open. Begin it again.", cause);
      case "BucketAlreadyExists" ->
          new StoreException.Failed(
              could
                  + "somebody else has a bucket of this name, and there is only one of each in the"
                  + " world. Choose another name.",
              cause);
      case "InvalidObjectState" ->
          new StoreException.Failed(
              could + "it is in Glacier and has to be thawed before it can be read.", cause);
      case "BadDigest", "XAmzContentChecksumMismatch" ->
          new StoreException.Failed(
              could
                  + "each time other bytes arrived at "
                  + server
                  + " than were sent, and it stored none of them. Something on the way damages what"
                  + " passes: try another network, or without VPN, proxy or virus scanner.",
              cause);
      case "ConditionalRequestConflict", "OperationAborted" ->
          new StoreException.Failed(
              could
                  + "somebody else is writing it in the same moment, again and again. Run the"
                  + " command again when they are done.",
              cause);
      case "NotImplemented" -> unsupported(could, cause);
      default -> byStatus(doing, could, said, cause);
    };
  }

  private StoreException byStatus(Doing doing, String could, Fault.Answered said, Throwable cause) {
    String http = "HTTP " + said.status();
    String code = said.code().isEmpty() ? http : said.code() + ", " + http;
    return switch (said.status()) {
      case 301, 307 -> wrongRegion(could, said, cause);
      case 401, 403 ->
          new StoreException.AccessDenied(
              could
                  + "the credentials may not do this ("
                  + code
                  + "). Ask the bucket's owner for "
                  + doing.permission()
                  + " on it.",
              cause);
      case 408, 429, 500, 502, 503, 504 ->
          new StoreException.Unreachable(
              could
                  + server
                  + " keeps failing ("
                  + code
                  + "), also after several attempts. That is the server's own trouble and may take"
                  + " some minutes.",
              cause);
      case 405, 501 -> unsupported(could, cause);
      default -> new StoreException.Failed(could + server + " refused with " + code + ".", cause);
    };
  }

  private static boolean isSkewed(Fault.Answered said) {
    if (said.is("RequestTimeTooSkewed")) {
      return true;
    }
    // A presigned request that comes too early or too late is refused as AccessDenied.
    return said.status() == 403
        && said.server().isPresent()
        && said.signed().isPresent()
        && Duration.between(said.server().get(), said.signed().get())
                .abs()
                .compareTo(TOLERATED_SKEW)
            > 0;
  }

  private StoreException wrongRegion(String could, Fault.Answered said, Throwable cause) {
    String where =
        said.region()
            .map(region -> "the bucket is in region " + region + ". Set AWS_REGION=" + region)
            .orElse("the bucket is in another region. Set AWS_REGION to the bucket's own");
    return new StoreException.NoSuchBucket(could + where + ".", cause);
  }

  private StoreException badCredentials(String could, Fault.Answered said, Throwable cause) {
    boolean old = said.is("ExpiredToken", "TokenRefreshRequired");
    return new StoreException.BadCredentials(
        could
            + (old
                ? "the credentials have expired. Log in again, or get new ones."
                : server
                    + " does not accept the credentials ("
                    + said.code()
                    + "). Check the access key id and the secret, or renew them."),
        cause);
  }

  private StoreException unsupported(String could, Throwable cause) {
    return new StoreException.Unsupported(
        could
            + server
            + " does not implement what is needed. Use another server, or a newer version of it.",
        cause);
  }
}
