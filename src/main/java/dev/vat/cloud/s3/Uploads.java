package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;

/// Writes in parts. The checksum is CRC-32 of the full object: comparable with the file whatever
/// the size of the parts, and it needs no native library.
final class Uploads {
  private final Bucket bucket;
  private final Lookups lookups;
  private final Presigning presigning;
  private final LeanTransport transport;

  Uploads(Bucket bucket, Lookups lookups, Presigning presigning, LeanTransport transport) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.presigning = presigning;
    this.transport = transport;
  }

  String create(String key, ObjectAttributes attributes) throws StoreException {
    Doing doing = new Doing("begin the upload of", key, "s3:PutObject");
    return bucket
        .retries()
        .run(
            doing,
            _ ->
                Calls.make(
                    () ->
                        bucket
                            .client()
                            .createMultipartUpload(
                                c ->
                                    c.bucket(bucket.name())
                                        .key(key)
                                        .contentType(attributes.contentType())
                                        .metadata(MetadataText.encode(attributes.metadata()))
                                        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                                        .checksumType(ChecksumType.FULL_OBJECT))
                            .uploadId()));
  }

  UploadedPart part(String key, String uploadId, int number, Body body) throws IOException {
    Doing doing = new Doing("upload part " + number + " of", key, "s3:PutObject");
    LeanTransport.Sending sending = transport.sending(body);
    return bucket
        .retries()
        .<UploadedPart, IOException>send(
            doing,
            _ -> {
              var accepted = sending.send(presigning.uploadPart(key, uploadId, number, body));
              ETag etag = bucket.version(doing, accepted.etag());
              return new UploadedPart(number, body.sizeBytes(), etag, Crc.of(accepted.crc32()));
            });
  }

  List<UploadedPart> list(String key, String uploadId) throws StoreException {
    Doing doing = new Doing("list the parts of", key, "s3:ListMultipartUploadParts");
    List<UploadedPart> parts = new ArrayList<>();
    Integer marker = null;
    boolean more;
    do {
      Integer from = marker;
      ListPartsResponse page =
          bucket.retries().run(doing, _ -> Calls.make(() -> partsPage(key, uploadId, from)));
      for (Part part : page.parts()) {
        parts.add(
            new UploadedPart(
                part.partNumber(),
                part.size(),
                bucket.version(doing, part.eTag()),
                Crc.of(part.checksumCRC32())));
      }
      marker = page.nextPartNumberMarker();
      if (page.isTruncated() == null) {
        throw bucket.errors().unexpected(doing, "answered with something that is no listing");
      }
      more = page.isTruncated();
      if (more && (marker == null || marker.equals(from))) {
        throw bucket.errors().unexpected(doing, "broke its listing off without saying where");
      }
    } while (more);
    return List.copyOf(parts);
  }

  private ListPartsResponse partsPage(String key, String uploadId, Integer from) {
    return bucket
        .client()
        .listParts(l -> l.bucket(bucket.name()).key(key).uploadId(uploadId).partNumberMarker(from));
  }

  /// @param crc32 of the whole; empty where it is not known (a copy of somebody else's object)
  Written complete(
      String key,
      String uploadId,
      List<UploadedPart> parts,
      long sizeBytes,
      OptionalInt crc32,
      Guard guard)
      throws StoreException {
    Doing doing = new Doing("complete the upload of", key, "s3:PutObject and s3:GetObject");
    CompleteMultipartUploadRequest request = request(key, uploadId, parts, sizeBytes, crc32, guard);
    Completion completion = new Completion(key, parts, sizeBytes, crc32, guard);
    return bucket
        .retries()
        .run(
            doing,
            maybeDone -> {
              try {
                String etag =
                    Calls.make(() -> bucket.client().completeMultipartUpload(request)).eTag();
                return new Written.Stored(bucket.version(doing, etag));
              } catch (FaultException e) {
                return afterRefusal(doing, completion, maybeDone, e);
              }
            });
  }

  private record Completion(
      String key, List<UploadedPart> parts, long sizeBytes, OptionalInt crc32, Guard guard) {}

  private CompleteMultipartUploadRequest request(
      String key,
      String uploadId,
      List<UploadedPart> parts,
      long sizeBytes,
      OptionalInt crc32,
      Guard guard) {
    List<CompletedPart> completed =
        parts.stream()
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.number())
                        .eTag(part.etag().quoted())
                        .checksumCRC32(header(part.crc32()))
                        .build())
            .toList();
    return CompleteMultipartUploadRequest.builder()
        .bucket(bucket.name())
        .key(key)
        .uploadId(uploadId)
        .multipartUpload(m -> m.parts(completed))
        .checksumType(ChecksumType.FULL_OBJECT)
        .checksumCRC32(header(crc32))
        .mpuObjectSize(sizeBytes)
        .ifNoneMatch(Guards.ifNoneMatch(guard))
        .ifMatch(Guards.ifMatch(guard))
        .build();
  }

  private static String header(OptionalInt crc32) {
    return crc32.isPresent() ? Crc.header(crc32.getAsInt()) : null;
  }

  private Written afterRefusal(
      Doing doing, Completion completion, boolean maybeDone, FaultException failed)
      throws FaultException, StoreException {
    if (!(failed.fault() instanceof Fault.Answered answered)) {
      throw failed;
    }
    if (answered.is("NoSuchUpload")) {
      // Also when an earlier run completed it and was cut before it heard so.
      Optional<ETag> ours = ourOwn(completion);
      if (ours.isEmpty()) {
        throw failed;
      }
      return new Written.Stored(ours.get());
    }
    if (answered.is("BadDigest", "XAmzContentChecksumMismatch")) {
      throw bucket
          .errors()
          .unexpected(
              doing,
              "found that the parts do not make the announced content: the file was changed while"
                  + " it was uploaded. Nothing was stored; run again to begin this upload anew");
    }
    if (Guards.refuses(completion.guard(), answered)) {
      Optional<ETag> ours = maybeDone ? ourOwn(completion) : Optional.empty();
      return ours.<Written>map(Written.Stored::new).orElseGet(Written.Refused::new);
    }
    throw failed;
  }

  /// The version under the key, if it is what these parts make.
  private Optional<ETag> ourOwn(Completion completion) throws StoreException {
    Optional<ObjectFacts> there = lookups.head(completion.key());
    if (there.isEmpty() || there.get().summary().sizeBytes() != completion.sizeBytes()) {
      return Optional.empty();
    }
    ETag etag = there.get().summary().etag();
    OptionalInt crc32 = there.get().crc32();
    boolean same =
        crc32.isPresent() && completion.crc32().isPresent()
            ? crc32.equals(completion.crc32())
            : PartsEtag.of(completion.parts()).equals(Optional.of(etag));
    return same ? Optional.of(etag) : Optional.empty();
  }

  void abort(String key, String uploadId) throws StoreException {
    Doing doing = new Doing("abort the upload of", key, "s3:AbortMultipartUpload");
    bucket
        .retries()
        .run(
            doing,
            _ -> {
              try {
                Calls.make(
                    () ->
                        bucket
                            .client()
                            .abortMultipartUpload(
                                a -> a.bucket(bucket.name()).key(key).uploadId(uploadId)));
              } catch (FaultException e) {
                if (!(e.fault() instanceof Fault.Answered answered)
                    || !answered.is("NoSuchUpload")) {
                  throw e;
                }
              }
              return null;
            });
  }
}
