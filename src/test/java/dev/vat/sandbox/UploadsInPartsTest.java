package dev.vat.sandbox;

import static dev.vat.sandbox.SdkBucket.BUCKET;
import static dev.vat.sandbox.SdkBucket.PART;
import static dev.vat.sandbox.SdkBucket.noise;
import static dev.vat.sandbox.SdkClients.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.StorageClass;

/// Uploads in parts by Amazon's own client: completed, refused, listed, aborted.
final class UploadsInPartsTest {
  @AutoClose private SdkBucket videos;
  private S3Client s3;

  @BeforeEach
  void open(@TempDir Path dir) throws Exception {
    videos = SdkBucket.in(dir);
    s3 = videos.s3();
  }

  @Test
  void parts_become_one_object_proven_by_a_checksum_of_the_whole() {
    byte[] whole = noise(2 * PART + 1234, 7);
    String id =
        videos.begin(
            "big.mov",
            b ->
                b.checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .checksumType(ChecksumType.FULL_OBJECT)
                    .contentType("video/quicktime")
                    .metadata(Map.of("uploaded-by", "david"))
                    .storageClass(StorageClass.GLACIER_IR));
    List<CompletedPart> parts = new ArrayList<>();
    for (int i = 2; i >= 0; i--) {
      parts.addFirst(
          videos.part(
              "big.mov",
              id,
              i + 1,
              Arrays.copyOfRange(whole, i * PART, Math.min(whole.length, (i + 1) * PART))));
    }
    var listed = s3.listParts(b -> b.bucket(BUCKET).key("big.mov").uploadId(id).maxParts(2));
    assertThat(listed.parts()).extracting(p -> p.checksumCRC32()).doesNotContainNull().hasSize(2);
    assertThat(listed.isTruncated()).isTrue();
    assertThat(listed.nextPartNumberMarker()).isEqualTo(2);
    String crc = SignatureTest.crc32(whole);
    refused(
        400,
        "InvalidRequest",
        () -> videos.complete("big.mov", id, parts, b -> b.mpuObjectSize(1L)));
    refused(
        400,
        "BadDigest",
        () ->
            videos.complete(
                "big.mov",
                id,
                parts,
                b -> b.checksumCRC32("AAAAAA==").checksumType(ChecksumType.FULL_OBJECT)));
    Consumer<CompleteMultipartUploadRequest.Builder> proof =
        b ->
            b.checksumCRC32(crc)
                .checksumType(ChecksumType.FULL_OBJECT)
                .mpuObjectSize((long) whole.length)
                .ifNoneMatch("*");
    var done = videos.complete("big.mov", id, parts, proof);
    assertThat(done.checksumCRC32()).isEqualTo(crc);
    assertThat(done.eTag()).endsWith("-3\"");
    assertThat(videos.complete("big.mov", id, parts, proof).eTag()).isEqualTo(done.eTag());
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("big.mov")).asByteArray())
        .isEqualTo(whole);
    HeadObjectResponse second = s3.headObject(b -> b.bucket(BUCKET).key("big.mov").partNumber(3));
    assertThat(second.partsCount()).isEqualTo(3);
    assertThat(second.contentLength()).isEqualTo(1234);
    assertThat(second.contentType()).isEqualTo("video/quicktime");
    assertThat(second.metadata()).containsEntry("uploaded-by", "david");
    assertThat(second.storageClass()).isEqualTo(StorageClass.GLACIER_IR);
    assertThat(
            s3.getObjectAsBytes(
                    b ->
                        b.bucket(BUCKET)
                            .key("big.mov")
                            .range("bytes=" + (PART - 3) + "-" + (PART + 2)))
                .asByteArray())
        .isEqualTo(Arrays.copyOfRange(whole, PART - 3, PART + 3));
    refused(
        404, "NoSuchUpload", () -> s3.listParts(b -> b.bucket(BUCKET).key("big.mov").uploadId(id)));
  }

  @Test
  void parts_with_declared_checksums_make_a_composite_one_by_default() {
    String id = videos.begin("c", b -> b.checksumAlgorithm(ChecksumAlgorithm.CRC32));
    List<CompletedPart> parts =
        List.of(videos.part("c", id, 1, noise(PART, 1)), videos.part("c", id, 2, noise(10, 2)));
    var done = videos.complete("c", id, parts, b -> {});
    assertThat(done.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    assertThat(done.checksumCRC32()).endsWith("-2");
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("c").partNumber(2)).asByteArray())
        .isEqualTo(noise(10, 2));
  }

  @Test
  void a_completion_with_wrong_parts_is_refused_and_leaves_the_upload() {
    String id = videos.begin("c", b -> b.checksumAlgorithm(ChecksumAlgorithm.CRC32));
    CompletedPart one = videos.part("c", id, 1, noise(100, 1));
    CompletedPart two = videos.part("c", id, 2, noise(100, 2));
    CompletedPart other = one.toBuilder().eTag(two.eTag()).build();
    refused(400, "EntityTooSmall", () -> videos.complete("c", id, List.of(one, two), b -> {}));
    refused(400, "InvalidPartOrder", () -> videos.complete("c", id, List.of(two, one), b -> {}));
    refused(400, "InvalidPart", () -> videos.complete("c", id, List.of(other), b -> {}));
    refused(
        400,
        "InvalidPart",
        () ->
            videos.complete("c", id, List.of(one, one.toBuilder().partNumber(3).build()), b -> {}));
    videos.put("c", "there already");
    refused(
        412,
        "PreconditionFailed",
        () -> videos.complete("c", id, List.of(one), b -> b.ifNoneMatch("*")));
    assertThat(videos.get("c")).isEqualTo("there already");
    videos.complete("c", id, List.of(one), b -> {});
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("c")).contentLength()).isEqualTo(100);
  }

  @Test
  void uploads_under_way_are_listed_in_pages_and_can_be_aborted() {
    List<String> ids = new ArrayList<>();
    for (String key : List.of("b", "a", "a", "z/1")) {
      ids.add(videos.begin(key, b -> {}));
    }
    List<MultipartUpload> all =
        s3.listMultipartUploadsPaginator(b -> b.bucket(BUCKET).maxUploads(1)).uploads().stream()
            .toList();
    assertThat(all).extracting(MultipartUpload::key).containsExactly("a", "a", "b", "z/1");
    assertThat(all).extracting(MultipartUpload::uploadId).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(all.getFirst().initiator().id()).isNotEmpty();
    s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("b").uploadId(ids.getFirst()));
    refused(
        404,
        "NoSuchUpload",
        () -> s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("b").uploadId(ids.getFirst())));
    refused(404, "NoSuchUpload", () -> videos.part("b", ids.getFirst(), 1, noise(10, 1)));
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET).prefix("z/")).uploads()).hasSize(1);
    videos.put("k", "kept");
    String id = videos.begin("k", b -> {});
    s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("k").uploadId(id));
    assertThat(videos.get("k")).isEqualTo("kept");
  }

  @Test
  void parts_can_be_copied_from_ranges_of_objects() {
    byte[] bytes = noise(PART + 100, 3);
    s3.putObject(b -> b.bucket(BUCKET).key("src"), RequestBody.fromBytes(bytes));
    String id =
        videos.begin(
            "dst",
            b ->
                b.checksumAlgorithm(ChecksumAlgorithm.CRC32)
                    .checksumType(ChecksumType.FULL_OBJECT));
    List<CompletedPart> parts = new ArrayList<>();
    for (String range : List.of("bytes=0-" + (PART - 1), "bytes=" + PART + "-" + (PART + 99))) {
      int number = parts.size() + 1;
      var answer =
          s3.uploadPartCopy(
              b ->
                  b.sourceBucket(BUCKET)
                      .sourceKey("src")
                      .copySourceRange(range)
                      .destinationBucket(BUCKET)
                      .destinationKey("dst")
                      .uploadId(id)
                      .partNumber(number));
      parts.add(
          CompletedPart.builder().partNumber(number).eTag(answer.copyPartResult().eTag()).build());
    }
    videos.complete("dst", id, parts, b -> {});
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("dst")).asByteArray())
        .isEqualTo(bytes);
    refused(
        400,
        "InvalidArgument",
        () ->
            s3.uploadPartCopy(
                b ->
                    b.sourceBucket(BUCKET)
                        .sourceKey("src")
                        .copySourceRange("bytes=0-99999999")
                        .destinationBucket(BUCKET)
                        .destinationKey("dst2")
                        .uploadId(videos.begin("dst2", c -> {}))
                        .partNumber(1)));
  }
}
