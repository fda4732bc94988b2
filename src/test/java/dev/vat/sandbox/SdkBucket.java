package dev.vat.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/// An empty bucket of a sandbox, and Amazon's own client with its defaults before it.
record SdkBucket(SandboxServer server, S3Client s3) implements AutoCloseable {
  static final String BUCKET = "videos";
  static final Region REGION = Region.AP_SOUTHEAST_1;
  static final int PART = 5 * 1024 * 1024;

  static SdkBucket in(Path dir) throws Exception {
    SandboxServer server = SdkClients.start(dir, options -> options);
    S3Client s3 = SdkClients.of(server, REGION);
    s3.createBucket(b -> b.bucket(BUCKET));
    return new SdkBucket(server, s3);
  }

  @Override
  public void close() throws IOException {
    s3.close();
    server.close();
  }

  PutObjectResponse put(String key, String text) {
    return s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(text));
  }

  String get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
  }

  String begin(String key, Consumer<CreateMultipartUploadRequest.Builder> more) {
    return s3.createMultipartUpload(
            b -> {
              b.bucket(BUCKET).key(key);
              more.accept(b);
            })
        .uploadId();
  }

  CompletedPart part(String key, String id, int number, byte[] bytes) {
    var answer =
        s3.uploadPart(
            b ->
                b.bucket(BUCKET)
                    .key(key)
                    .uploadId(id)
                    .partNumber(number)
                    .checksumAlgorithm(ChecksumAlgorithm.CRC32),
            RequestBody.fromBytes(bytes));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .build();
  }

  CompleteMultipartUploadResponse complete(
      String key,
      String id,
      List<CompletedPart> parts,
      Consumer<CompleteMultipartUploadRequest.Builder> more) {
    return s3.completeMultipartUpload(
        b -> {
          b.bucket(BUCKET).key(key).uploadId(id).multipartUpload(m -> m.parts(parts));
          more.accept(b);
        });
  }

  static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }
}
