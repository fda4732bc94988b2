package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// The requests by which [ConditionProbe] tries a server out: each goes as the real ones do, but
/// without their looks, and tells what the server made of it.
final class ProbeRequests {
  private static final ObjectAttributes PLAIN = new ObjectAttributes("text/plain", Map.of());
  private static final Body BODY = Body.of("vat\n".getBytes(StandardCharsets.UTF_8));

  private final Bucket bucket;
  private final SmallWrites writes;
  private final Uploads uploads;
  private final Completions completions;
  private final Copies copies;
  private final LeanTransport transport;

  ProbeRequests(
      Bucket bucket,
      SmallWrites writes,
      Uploads uploads,
      Completions completions,
      Copies copies,
      LeanTransport transport) {
    this.bucket = bucket;
    this.writes = writes;
    this.uploads = uploads;
    this.completions = completions;
    this.copies = copies;
    this.transport = transport;
  }

  /// What a server made of a request.
  enum How {
    DONE,
    REFUSED,
    NOT_UNDERSTOOD,
    /// The object or the upload in parts is no longer there.
    GONE
  }

  /// @param version of what was written
  /// @param maybeDone whether an earlier attempt may have been carried out, its answer lost
  record Said(How how, Optional<ETag> version, boolean maybeDone) {
    /// Whether the server did what was asked: also when it refuses to do it a second time.
    boolean passed() {
      return switch (how) {
        case DONE -> true;
        case REFUSED, GONE -> maybeDone;
        case NOT_UNDERSTOOD -> false;
      };
    }
  }

  private interface Trial {
    Optional<ETag> run() throws FaultException, StoreException;
  }

  private Said said(Doing doing, Trial trial) throws StoreException {
    return bucket
        .retries()
        .run(
            doing,
            maybeDone -> {
              try {
                return new Said(How.DONE, trial.run(), maybeDone);
              } catch (FaultException e) {
                return new Said(meaning(e), Optional.empty(), maybeDone);
              }
            });
  }

  /// @throws FaultException for what says nothing about the condition
  private static How meaning(FaultException failed) throws FaultException {
    if (failed.fault() instanceof Fault.Answered answered) {
      if (answered.status() == 412) {
        return How.REFUSED;
      }
      if (answered.status() == 404 && !answered.is("NoSuchBucket")) {
        return How.GONE;
      }
      if (answered.status() == 501
          || answered.status() == 400
              && answered.is("", "InvalidArgument", "InvalidRequest", "NotImplemented")) {
        return How.NOT_UNDERSTOOD;
      }
    }
    throw failed;
  }

  Said put(String key, Optional<Guard> guard) throws StoreException {
    LeanTransport.Sending sending = transport.sending(BODY);
    return said(
        new Doing("write the probe object", key, "s3:PutObject and s3:GetObject"),
        () -> {
          try {
            return Optional.of(writes.putOnce(key, BODY, sending, PLAIN, guard));
          } catch (StoreException e) {
            throw e;
          } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
          }
        });
  }

  /// Nobody else knows the key.
  ETag created(String key) throws StoreException {
    Said made = put(key, Optional.empty());
    return made.version()
        .orElseThrow(
            () ->
                bucket
                    .errors()
                    .unexpected(
                        new Doing("write the probe object", key, ""),
                        "refused a write without any condition"));
  }

  /// An upload whose only part is there.
  record Upload(String key, String id, UploadedPart part) {}

  Upload begun(String key, ProbeLeavings leavings) throws StoreException {
    String id = uploads.create(key, PLAIN);
    leavings.begun(key, id);
    try {
      return new Upload(key, id, uploads.part(key, id, 1, BODY));
    } catch (StoreException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }

  Said complete(Upload upload, Guard guard) throws StoreException {
    return said(
        new Doing("complete the probe object", upload.key(), "s3:PutObject and s3:GetObject"),
        () ->
            Optional.of(
                completions.completeOnce(
                    new Completions.Completion(
                        upload.key(),
                        upload.id(),
                        List.of(upload.part()),
                        BODY.sizeBytes(),
                        OptionalInt.of(crc()),
                        guard),
                    Optional.of(guard))));
  }

  private static int crc() {
    try {
      return BODY.crc32();
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }

  Said copy(String source, ETag version, String target) throws StoreException {
    return said(
        new Doing("copy to the probe object", target, "s3:PutObject and s3:GetObject"),
        () -> Optional.of(copies.copyPlainly(source, version, target, Guard.absent())));
  }

  Said remove(String key, ETag version) throws StoreException {
    return said(
        new Doing("remove the probe object", key, "s3:DeleteObject and s3:GetObject"),
        () -> {
          writes.removeOnce(key, Optional.of(version));
          return Optional.empty();
        });
  }

  /// Removes it whatever it is: nobody else knows the key.
  void removeAny(String key) throws StoreException {
    bucket
        .retries()
        .run(
            new Doing("remove the probe object", key, "s3:DeleteObject"),
            _ -> {
              writes.removeOnce(key, Optional.empty());
              return key;
            });
  }

  void abort(String key, String uploadId) throws StoreException {
    uploads.abort(key, uploadId);
  }
}
