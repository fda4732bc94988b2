package dev.vat.cloud.s3;

import dev.vat.cloud.ETag;
import dev.vat.cloud.StoreException;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/// What every kind of call needs.
///
/// @param name of the bucket
/// @param client for control calls
record Bucket(String name, S3Client client, Retries retries, S3Errors errors) {

  /// For what S3 answers with an error of its own when it is not set. Servers have other words for
  /// these errors, but all say 404.
  <T> Optional<T> ifSet(Doing doing, Supplier<T> call) throws StoreException {
    return unless(doing, said -> said.status() == 404 && !said.is("NoSuchBucket"), call);
  }

  /// @return empty when it was refused in this way
  <T> Optional<T> unless(Doing doing, Predicate<Fault.Answered> so, Supplier<T> call)
      throws StoreException {
    return retries.run(
        doing,
        _ -> {
          try {
            return Optional.ofNullable(Calls.make(call));
          } catch (FaultException e) {
            if (e.fault() instanceof Fault.Answered said && so.test(said)) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  /// The version that an answer names.
  ///
  /// @param header may be null: a server that gives none is of no use, because nothing could be
  ///     conditional
  ETag version(Doing doing, String header) throws StoreException {
    if (header == null || header.replace("\"", "").isEmpty()) {
      throw errors.unexpected(doing, "names no version (ETag) of the object");
    }
    return ETag.ofHeader(header);
  }
}
