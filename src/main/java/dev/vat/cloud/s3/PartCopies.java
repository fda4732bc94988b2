package dev.vat.cloud.s3;

import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import dev.vat.cloud.s3.Copies.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// Copies of what is too big for one request. The target stays what it was until the completion,
/// which minds the guard.
final class PartCopies {
  /// S3 does the work, and a part takes it seconds: more at once would only fill its limits.
  private static final int PARTS_AT_ONCE = 4;

  private final Bucket bucket;
  private final Lookups lookups;
  private final Uploads uploads;
  private final Completions completions;
  private final Tuning tuning;
  private final TagCalls tagging;

  PartCopies(
      Bucket bucket,
      Lookups lookups,
      Uploads uploads,
      Completions completions,
      Tuning tuning,
      TagCalls tagging) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.uploads = uploads;
    this.completions = completions;
    this.tuning = tuning;
    this.tagging = tagging;
  }

  Written copy(Job job, CopyWatch watch) throws StoreException {
    String uploadId = uploads.create(job.target(), tags(job), request -> describe(job, request));
    Written written;
    try {
      watch.began(job.target(), uploadId);
      List<UploadedPart> parts = copyParts(job, uploadId, watch);
      written =
          completions.complete(
              job.target(),
              uploadId,
              parts,
              job.sizeBytes(),
              job.source().facts().crc32(),
              job.guard());
    } catch (StoreException e) {
      abortAfter(e, job.target(), uploadId, watch);
      throw e;
    }
    if (written instanceof Written.Refused) {
      uploads.abort(job.target(), uploadId);
    }
    watch.ended(job.target(), uploadId);
    return written;
  }

  /// S3 copies tags by itself only in one request. Who may not read them makes copies without, but
  /// changes nothing in place.
  private Map<String, String> tags(Job job) throws StoreException {
    if (job.attributes().tags().isPresent()) {
      return job.attributes().tags().get();
    }
    try {
      return tagging.of(job.key(), job.version());
    } catch (StoreException.Unsupported _) {
      // Where there are no tags, none can be lost.
      return Map.of();
    } catch (StoreException.AccessDenied denied) {
      if (job.ontoItself()) {
        throw denied;
      }
      return Map.of();
    }
  }

  /// What CopyObject would have kept by itself.
  private static void describe(Job job, CreateMultipartUploadRequest.Builder request) {
    HeadObjectResponse said = job.source().said();
    request
        .metadata(MetadataText.encode(job.source().facts().metadata()))
        .contentType(said.contentType())
        .cacheControl(said.cacheControl())
        .contentDisposition(said.contentDisposition())
        .contentEncoding(said.contentEncoding())
        .contentLanguage(said.contentLanguage())
        .storageClass(StorageClasses.header(job.attributes().storageClass()));
    Encryption.of(said)
        .ifPresent(kept -> request.serverSideEncryption(kept.kind()).ssekmsKeyId(kept.key()));
  }

  /// The first failure is the one to report; a second one, while tidying up, goes with it.
  private void abortAfter(StoreException failure, String key, String uploadId, CopyWatch watch) {
    try {
      uploads.abort(key, uploadId);
      watch.ended(key, uploadId);
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private List<UploadedPart> copyParts(Job job, String uploadId, CopyWatch watch)
      throws StoreException {
    List<Future<UploadedPart>> running = new ArrayList<>();
    try (ExecutorService copying =
        Executors.newFixedThreadPool(PARTS_AT_ONCE, Thread.ofVirtual().factory())) {
      long offset = 0;
      for (int number = 1; offset < job.sizeBytes(); number++) {
        Part part =
            new Part(number, offset, Math.min(tuning.copyPartBytes(), job.sizeBytes() - offset));
        running.add(copying.submit(() -> copyPart(job, uploadId, part)));
        offset += part.length();
      }
      try {
        List<UploadedPart> parts = new ArrayList<>();
        for (Future<UploadedPart> part : running) {
          parts.add(part.get());
          watch.copied(parts.getLast().sizeBytes());
        }
        return parts;
      } catch (ExecutionException e) {
        copying.shutdownNow();
        throw failure(e.getCause());
      } catch (InterruptedException e) {
        copying.shutdownNow();
        Thread.currentThread().interrupt();
        throw bucket.errors().stopped(job.doing(), e);
      }
    }
  }

  private static StoreException failure(Throwable cause) {
    return switch (cause) {
      case StoreException store -> store;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      default -> throw new IllegalStateException(cause);
    };
  }

  private record Part(int number, long offset, long length) {}

  private UploadedPart copyPart(Job job, String uploadId, Part part) throws StoreException {
    Doing doing =
        new Doing(
            "copy part " + part.number() + " to", job.target(), "s3:PutObject and s3:GetObject");
    return bucket
        .retries()
        .run(
            doing,
            _ -> {
              try {
                CopyPartResult result = Calls.make(() -> copyPartOnce(job, uploadId, part));
                return new UploadedPart(
                    part.number(),
                    part.length(),
                    bucket.version(doing, result.eTag()),
                    Crc.of(result.checksumCRC32()));
              } catch (FaultException e) {
                if (e.fault() instanceof Fault.Answered answered && answered.status() == 412) {
                  throw bucket.errors().changed(job.key());
                }
                if (Thaws.meansFrozen(e.fault())) {
                  throw Thaws.frozen(lookups, bucket.errors(), job.doing(), job.key());
                }
                throw e;
              }
            });
  }

  private CopyPartResult copyPartOnce(Job job, String uploadId, Part part) {
    return bucket
        .client()
        .uploadPartCopy(
            c ->
                c.sourceBucket(bucket.name())
                    .sourceKey(job.key())
                    .copySourceIfMatch(job.version().quoted())
                    .copySourceRange(
                        "bytes=" + part.offset() + "-" + (part.offset() + part.length() - 1))
                    .destinationBucket(bucket.name())
                    .destinationKey(job.target())
                    .uploadId(uploadId)
                    .partNumber(part.number()))
        .copyPartResult();
  }
}
