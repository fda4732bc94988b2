package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.Tagging;

/// Writes in parts, up to their completion ([Completions]). The checksum is CRC-32 of the full
/// object: comparable with the file whatever the size of the parts, and it needs no native library.
final class Uploads {
  private final Bucket bucket;
  private final Presigning presigning;
  private final LeanTransport transport;
  private final Sums sums;
  private final TagCalls tagging;

  Uploads(
      Bucket bucket, Presigning presigning, LeanTransport transport, Sums sums, TagCalls tagging) {
    this.bucket = bucket;
    this.presigning = presigning;
    this.transport = transport;
    this.sums = sums;
    this.tagging = tagging;
  }

  String create(String key, ObjectAttributes attributes) throws StoreException {
    return create(
        key,
        attributes.tags(),
        request ->
            request
                .contentType(attributes.contentType())
                .metadata(MetadataText.encode(attributes.metadata()))
                .storageClass(StorageClasses.header(attributes.storageClass())));
  }

  /// @param told sets what is stored beside the content
  String create(
      String key, Map<String, String> tags, Consumer<CreateMultipartUploadRequest.Builder> told)
      throws StoreException {
    Doing doing = new Doing("begin the upload of", key, "s3:PutObject");
    return bucket
        .retries()
        .run(
            doing,
            _ ->
                tagging.<String, StoreException>attempt(
                    tags,
                    set ->
                        sums.<String, StoreException>attempt(
                            sum ->
                                Calls.make(
                                    () ->
                                        bucket
                                            .client()
                                            .createMultipartUpload(beginning(key, told, set, sum))
                                            .uploadId()))));
  }

  private CreateMultipartUploadRequest beginning(
      String key,
      Consumer<CreateMultipartUploadRequest.Builder> told,
      Tagging tags,
      Sums.Kind sum) {
    CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder();
    told.accept(request);
    request.bucket(bucket.name()).key(key).tagging(tags);
    return switch (sum) {
      case CRC32 ->
          request
              .checksumAlgorithm(ChecksumAlgorithm.CRC32)
              .checksumType(ChecksumType.FULL_OBJECT)
              .build();
      case MD5 -> request.build();
    };
  }

  UploadedPart part(String key, String uploadId, int number, Body body) throws IOException {
    Doing doing = new Doing("upload part " + number + " of", key, "s3:PutObject");
    LeanTransport.Sending sending = transport.sending(body);
    return bucket
        .retries()
        .<UploadedPart, IOException>send(
            doing,
            _ -> {
              var accepted =
                  sums.attempt(
                      sum -> sending.send(presigning.uploadPart(key, uploadId, number, body, sum)));
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
