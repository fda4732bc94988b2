package dev.vat.sandbox;

import static dev.vat.sandbox.SdkBucket.BUCKET;
import static dev.vat.sandbox.SdkClients.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.StorageClass;

/// Objects that Amazon's own client puts, reads and removes at once with its defaults: proven by
/// checksums, under conditions, kept as they were sent.
final class ObjectsTest {
  @AutoClose private SdkBucket videos;
  private S3Client s3;

  @BeforeEach
  void open(@TempDir Path dir) throws Exception {
    videos = SdkBucket.in(dir);
    s3 = videos.s3();
  }

  @Test
  void the_clients_default_checksum_is_checked_kept_and_returned() {
    PutObjectResponse answer = videos.put("a.txt", "hello");
    assertThat(answer.checksumCRC32()).isEqualTo(SignatureTest.crc32("hello"));
    HeadObjectResponse head =
        s3.headObject(b -> b.bucket(BUCKET).key("a.txt").checksumMode(ChecksumMode.ENABLED));
    assertThat(head.checksumCRC32()).isEqualTo(SignatureTest.crc32("hello"));
    assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("a.txt")).checksumCRC32()).isNull();
    for (ChecksumAlgorithm algorithm :
        List.of(ChecksumAlgorithm.CRC32_C, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256)) {
      s3.putObject(
          b -> b.bucket(BUCKET).key("b").checksumAlgorithm(algorithm), RequestBody.fromString("x"));
      assertThat(videos.get("b")).isEqualTo("x");
    }
    refused(
        400,
        "BadDigest",
        () ->
            s3.putObject(
                b -> b.bucket(BUCKET).key("c").checksumSHA1("qqqqqqqqqqqqqqqqqqqqqqqqqqo="),
                RequestBody.fromString("x")));
    refused(
        400,
        "BadDigest",
        () ->
            s3.putObject(
                b -> b.bucket(BUCKET).key("c").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                RequestBody.fromString("x")));
    refused(
        400,
        "InvalidDigest",
        () ->
            s3.putObject(
                b -> b.bucket(BUCKET).key("c").contentMD5("nonsense"),
                RequestBody.fromString("x")));
  }

  @Test
  void metadata_headers_and_storage_class_are_kept() {
    s3.putObject(
        b ->
            b.bucket(BUCKET)
                .key("k")
                .metadata(Map.of("uploaded-by", "jan", "md5chksum", "XUFAKrxLKna5cZ2REBfFkg=="))
                .contentType("video/mp4")
                .cacheControl("no-cache")
                .contentDisposition("attachment; filename=\"a.mp4\"")
                .contentEncoding("gzip")
                .contentLanguage("th")
                .storageClass(StorageClass.DEEP_ARCHIVE),
        RequestBody.fromString("x"));
    HeadObjectResponse head = s3.headObject(b -> b.bucket(BUCKET).key("k"));
    assertThat(head.metadata())
        .containsOnly(
            Map.entry("uploaded-by", "jan"), Map.entry("md5chksum", "XUFAKrxLKna5cZ2REBfFkg=="));
    assertThat(head.contentType()).isEqualTo("video/mp4");
    assertThat(head.cacheControl()).isEqualTo("no-cache");
    assertThat(head.contentDisposition()).isEqualTo("attachment; filename=\"a.mp4\"");
    assertThat(head.contentEncoding()).isEqualTo("gzip");
    assertThat(head.contentLanguage()).isEqualTo("th");
    assertThat(head.storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(head.contentLength()).isEqualTo(1);
    videos.put("standard", "x");
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("standard")).storageClass()).isNull();
    refused(
        400,
        "InvalidStorageClass",
        () ->
            s3.putObject(
                b -> b.bucket(BUCKET).key("k").storageClass("COLD"), RequestBody.fromString("x")));
  }

  @Test
  void ranges_are_cut_as_asked() {
    videos.put("digits", "0123456789");
    assertThat(range("bytes=2-4")).isEqualTo("234");
    assertThat(range("bytes=7-")).isEqualTo("789");
    assertThat(range("bytes=-3")).isEqualTo("789");
    assertThat(range("bytes=-30")).isEqualTo("0123456789");
    assertThat(range("bytes=8-100")).isEqualTo("89");
    refused(416, "InvalidRange", () -> range("bytes=10-"));
    refused(416, "InvalidRange", () -> range("bytes=-0"));
    videos.put("empty", "");
    assertThat(videos.get("empty")).isEmpty();
  }

  private String range(String range) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("digits").range(range)).asUtf8String();
  }

  @Test
  void a_write_happens_only_under_its_condition() {
    String etag = videos.put("k", "one").eTag();
    refused(412, "PreconditionFailed", () -> putIf("k", b -> b.ifNoneMatch("*")));
    refused(412, "PreconditionFailed", () -> putIf("k", b -> b.ifMatch("\"other\"")));
    refused(404, "NoSuchKey", () -> putIf("missing", b -> b.ifMatch(etag)));
    refused(501, "NotImplemented", () -> putIf("k", b -> b.ifNoneMatch(etag)));
    assertThat(videos.get("k")).isEqualTo("one");
    putIf("k", b -> b.ifMatch(etag));
    putIf("new", b -> b.ifNoneMatch("*"));
    assertThat(videos.get("k") + videos.get("new")).isEqualTo("twotwo");
    refused(
        412,
        "PreconditionFailed",
        () -> s3.deleteObject(b -> b.bucket(BUCKET).key("k").ifMatch(etag)));
    String now = s3.headObject(b -> b.bucket(BUCKET).key("k")).eTag();
    s3.deleteObject(b -> b.bucket(BUCKET).key("k").ifMatch(now));
    refused(404, "NoSuchKey", () -> s3.deleteObject(b -> b.bucket(BUCKET).key("k").ifMatch(now)));
    s3.deleteObject(b -> b.bucket(BUCKET).key("k"));
  }

  private void putIf(String key, Consumer<PutObjectRequest.Builder> condition) {
    s3.putObject(b -> condition.accept(b.bucket(BUCKET).key(key)), RequestBody.fromString("two"));
  }

  @Test
  void a_read_tells_what_changed_and_what_did_not() {
    String etag = videos.put("k", "one").eTag();
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifMatch(etag)).asUtf8String())
        .isEqualTo("one");
    refused(
        412,
        "PreconditionFailed",
        () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifMatch("\"x\"")));
    assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifNoneMatch(etag)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
    assertThatThrownBy(() -> s3.headObject(b -> b.bucket(BUCKET).key("none")))
        .isInstanceOf(NoSuchKeyException.class);
    var modified = s3.headObject(b -> b.bucket(BUCKET).key("k")).lastModified();
    assertThatThrownBy(
            () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").ifModifiedSince(modified)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
    refused(
        412,
        "PreconditionFailed",
        () ->
            s3.getObjectAsBytes(
                b -> b.bucket(BUCKET).key("k").ifUnmodifiedSince(modified.minusSeconds(1))));
  }
}
