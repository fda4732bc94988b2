package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// Has the SDK sign the requests that carry bodies. The payload is not signed; its sum ([Sums]) is,
/// in a header, and S3 compares it with what arrives. So nobody on the way can change either.
final class Presigning implements AutoCloseable {
  /// S3 looks at the signature when a request begins, so this covers no more than connecting. Every
  /// attempt is signed anew.
  private static final Duration VALID = Duration.ofMinutes(15);

  private final S3Access access;
  private final String bucket;

  /// Made when first needed: a listing needs none, and starts faster without.
  private S3Presigner presigner;

  Presigning(S3Access access, String bucket) {
    this.access = access;
    this.bucket = bucket;
  }

  /// @param tags null for none
  /// @param guard empty where a look stands in for it ([Looks])
  Presigned put(
      String key,
      Body body,
      ObjectAttributes attributes,
      Tagging tags,
      Optional<Guard> guard,
      Sums.Kind sum)
      throws IOException, FaultException {
    PutObjectRequest.Builder put =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .contentType(attributes.contentType())
            .metadata(MetadataText.encode(attributes.metadata()))
            .storageClass(StorageClasses.header(attributes.storageClass()))
            .tagging(tags)
            .ifNoneMatch(guard.map(Guards::ifNoneMatch).orElse(null))
            .ifMatch(guard.map(Guards::ifMatch).orElse(null));
    switch (sum) {
      case CRC32 -> put.checksumCRC32(Crc.header(body.crc32()));
      case MD5 -> put.contentMD5(md5Header(body));
    }
    PutObjectRequest request = put.build();
    return sign(
        () ->
            presigner()
                .presignPutObject(p -> p.signatureDuration(VALID).putObjectRequest(request)));
  }

  private static String md5Header(Body body) throws IOException {
    return Base64.getEncoder().encodeToString(body.md5());
  }

  Presigned uploadPart(String key, String uploadId, int number, Body body, Sums.Kind sum)
      throws IOException, FaultException {
    UploadPartRequest.Builder part =
        UploadPartRequest.builder().bucket(bucket).key(key).uploadId(uploadId).partNumber(number);
    switch (sum) {
      case CRC32 -> part.checksumCRC32(Crc.header(body.crc32()));
      case MD5 -> part.contentMD5(md5Header(body));
    }
    UploadPartRequest request = part.build();
    return sign(
        () ->
            presigner()
                .presignUploadPart(p -> p.signatureDuration(VALID).uploadPartRequest(request)));
  }

  Presigned get(String key, ETag version, long offset, long length) throws FaultException {
    GetObjectRequest get =
        GetObjectRequest.builder()
            .bucket(bucket)
            .key(key)
            .ifMatch(version.quoted())
            .range("bytes=" + offset + "-" + (offset + length - 1))
            .build();
    return sign(
        () -> presigner().presignGetObject(p -> p.signatureDuration(VALID).getObjectRequest(get)));
  }

  private static Presigned sign(Supplier<PresignedRequest> signing) throws FaultException {
    PresignedRequest request = Calls.make(signing);
    return new Presigned(
        request.httpRequest().method().name(),
        request.url(),
        request.signedHeaders(),
        request.expiration().minus(VALID));
  }

  private synchronized S3Presigner presigner() {
    if (presigner == null) {
      presigner = access.presigner();
    }
    return presigner;
  }

  @Override
  public synchronized void close() {
    if (presigner != null) {
      presigner.close();
    }
  }
}
