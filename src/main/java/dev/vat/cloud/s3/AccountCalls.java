package dev.vat.cloud.s3;

import dev.vat.cloud.StoreException;
import java.util.function.Supplier;

/// Calls of an account's services beside S3. The SDK repeats what passes; here errors become what a
/// person can do about them. Source of the codes: AWS IAM and CloudTrail API References, "Common
/// errors".
///
/// @param service as messages name it
record AccountCalls(String service) {
  /// @param what follows "could not"
  /// @param permission that it takes
  <T> T call(String what, String permission, Supplier<T> call) throws StoreException {
    try {
      return Calls.make(call);
    } catch (FaultException e) {
      throw explain("Could not " + what + ": ", permission, e);
    }
  }

  private StoreException explain(String could, String permission, FaultException failed) {
    Throwable cause = failed.getCause();
    return switch (failed.fault()) {
      case Fault.Unanswered _ ->
          new StoreException.Unreachable(
              could + service + " cannot be reached. Check the internet connection.", cause);
      case Fault.NoCredentials _ ->
          new StoreException.BadCredentials(
              could
                  + "there are no credentials. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
                  + " AWS_PROFILE.",
              cause);
      case Fault.NotSendable notSendable ->
          new StoreException.Failed(could + notSendable.why(), cause);
      case Fault.Answered said -> answered(could, permission, said, cause);
    };
  }

  private StoreException answered(
      String could, String permission, Fault.Answered said, Throwable cause) {
    String code = said.code().isEmpty() ? "HTTP " + said.status() : said.code();
    return switch (code) {
      case "InvalidClientTokenId",
          "SignatureDoesNotMatch",
          "ExpiredToken",
          "UnrecognizedClientException",
          "IncompleteSignature" ->
          new StoreException.BadCredentials(
              could
                  + service
                  + " does not accept the credentials ("
                  + code
                  + "). Check them, or renew them.",
              cause);
      case "EntityAlreadyExists", "TrailAlreadyExistsException", "ConcurrentModification" ->
          new StoreException.Changed(could + "somebody made or changed it meanwhile.", cause);
      default ->
          switch (said.status()) {
            case 401, 403 -> denied(could, permission, code, cause);
            case 404, 405, 501 ->
                new StoreException.Unsupported(could + service + " answers " + code + ".", cause);
            default ->
                code.startsWith("AccessDenied")
                    ? denied(could, permission, code, cause)
                    : new StoreException.Failed(
                        could + service + " refused with " + code + ".", cause);
          };
    };
  }

  private static StoreException denied(
      String could, String permission, String code, Throwable cause) {
    return new StoreException.AccessDenied(
        could
            + "the credentials may not do this ("
            + code
            + "). It takes an administrator of the account, or somebody with "
            + permission
            + ".",
        cause);
  }
}
