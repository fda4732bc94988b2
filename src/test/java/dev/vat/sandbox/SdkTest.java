package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// What Amazon's own client makes of the sandbox, with its defaults.
final class SdkTest {
  private static final String BUCKET = "videos";
  private static final int PART = 5 * 1024 * 1024;

  @TempDir private Path dir;
  private SandboxServer server;
  private S3Client s3;
  private S3Presigner presigner;

  @BeforeEach
  void start() throws Exception {
    server = SandboxServer.start(SandboxOptions.in(dir, InstantSource.system()));
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY));
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.AP_SOUTHEAST_1)
            .forcePathStyle(true)
            .credentialsProvider(credentials)
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    presigner =
        S3Presigner.builder()
            .endpointOverride(server.endpoint())
            .region(Region.AP_SOUTHEAST_1)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .credentialsProvider(credentials)
            .build();
    s3.createBucket(b -> b.bucket(BUCKET));
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    presigner.close();
    server.close();
  }

  private PutObjectResponse put(String key, String text) {
    return s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(text));
  }

  private String get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
  }

  private static void refused(int status, String code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(e.statusCode()).isEqualTo(status);
            });
  }

  @Test
  void buckets_are_made_listed_located_and_removed_when_empty() {
    s3.createBucket(
        b -> b.bucket("second").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
    assertThat(s3.listBuckets().buckets())
        .extracting(b -> b.name())
        .containsExactly("second", BUCKET);
    assertThat(s3.getBucketLocation(b -> b.bucket("second")).locationConstraintAsString())
        .isEqualTo("eu-west-1");
    put("a", "1");
    refused(409, "BucketNotEmpty", () -> s3.deleteBucket(b -> b.bucket(BUCKET)));
    refused(409, "BucketAlreadyOwnedByYou", () -> s3.createBucket(b -> b.bucket(BUCKET)));
    s3.deleteBucket(b -> b.bucket("second"));
    assertThatThrownBy(() -> s3.headBucket(b -> b.bucket("second")))
        .isInstanceOf(S3Exception.class);
    s3.createBucket(b -> b.bucket("second"));
    refused(404, "NoSuchBucket", () -> s3.listObjectsV2(b -> b.bucket("third")));
    refused(501, "NotImplemented", () -> s3.getBucketAcl(b -> b.bucket(BUCKET)));
  }

  @Test
  void the_clients_default_checksum_is_checked_kept_and_returned() {
    PutObjectResponse answer = put("a.txt", "hello");
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
      assertThat(get("b")).isEqualTo("x");
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
    put("standard", "x");
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
    put("digits", "0123456789");
    assertThat(range("bytes=2-4")).isEqualTo("234");
    assertThat(range("bytes=7-")).isEqualTo("789");
    assertThat(range("bytes=-3")).isEqualTo("789");
    assertThat(range("bytes=-30")).isEqualTo("0123456789");
    assertThat(range("bytes=8-100")).isEqualTo("89");
    refused(416, "InvalidRange", () -> range("bytes=10-"));
    refused(416, "InvalidRange", () -> range("bytes=-0"));
    put("empty", "");
    assertThat(get("empty")).isEmpty();
  }

  private String range(String range) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("digits").range(range)).asUtf8String();
  }

  @Test
  void a_write_happens_only_under_its_condition() {
    String etag = put("k", "one").eTag();
    refused(412, "PreconditionFailed", () -> putIf("k", b -> b.ifNoneMatch("*")));
    refused(412, "PreconditionFailed", () -> putIf("k", b -> b.ifMatch("\"other\"")));
    refused(404, "NoSuchKey", () -> putIf("missing", b -> b.ifMatch(etag)));
    refused(501, "NotImplemented", () -> putIf("k", b -> b.ifNoneMatch(etag)));
    assertThat(get("k")).isEqualTo("one");
    putIf("k", b -> b.ifMatch(etag));
    putIf("new", b -> b.ifNoneMatch("*"));
    assertThat(get("k") + get("new")).isEqualTo("twotwo");
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
    String etag = put("k", "one").eTag();
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

  @Test
  void keys_of_every_kind_live_beside_each_other() {
    List<String> keys =
        new ArrayList<>(
            List.of(
                "a",
                "a/",
                "a/b",
                "a/../b",
                "x//y",
                "..",
                "./z",
                "/lead",
                "line\nbreak\r\ttab",
                "a b+c&d=e?f#g%41;h",
                "ไทย/é/é",
                "😀",
                "\uFFFD",
                "<x>\"'&amp;",
                "C:\\con",
                "k".repeat(1024)));
    keys.forEach(k -> put(k, "content of " + k));
    assertThat(keys).allSatisfy(k -> assertThat(get(k)).isEqualTo("content of " + k));
    List<String> listed =
        s3.listObjectsV2(b -> b.bucket(BUCKET)).contents().stream().map(S3Object::key).toList();
    keys.sort(
        Comparator.comparing(
            k -> k.getBytes(StandardCharsets.UTF_8), (a, b) -> Arrays.compareUnsigned(a, b)));
    assertThat(listed).containsExactlyElementsOf(keys);
    refused(400, "KeyTooLongError", () -> put("k".repeat(1025), "x"));
    DeleteObjectsResponse deleted =
        s3.deleteObjects(
            b ->
                b.bucket(BUCKET)
                    .delete(
                        Delete.builder()
                            .objects(
                                keys.stream()
                                    .map(k -> ObjectIdentifier.builder().key(k).build())
                                    .toList())
                            .build()));
    assertThat(deleted.errors()).isEmpty();
    assertThat(deleted.deleted()).extracting(d -> d.key()).containsExactlyElementsOf(keys);
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents()).isEmpty();
  }

  @Test
  void many_objects_are_deleted_each_under_its_own_condition() {
    String etag = put("a", "1").eTag();
    put("b", "2");
    DeleteObjectsResponse answer =
        s3.deleteObjects(
            b ->
                b.bucket(BUCKET)
                    .delete(
                        d ->
                            d.quiet(true)
                                .objects(
                                    ObjectIdentifier.builder().key("a").eTag(etag).build(),
                                    ObjectIdentifier.builder().key("b").eTag(etag).build(),
                                    ObjectIdentifier.builder().key("none").build())));
    assertThat(answer.deleted()).isEmpty();
    assertThat(answer.errors()).hasSize(1);
    assertThat(answer.errors().getFirst().key()).isEqualTo("b");
    assertThat(answer.errors().getFirst().code()).isEqualTo("PreconditionFailed");
  }

  @Test
  void a_listing_of_2500_objects_comes_in_pages_and_in_order() {
    List<String> keys = IntStream.range(0, 2500).mapToObj(i -> "p/%04d/x".formatted(i)).toList();
    keys.parallelStream().forEach(k -> put(k, k));
    List<ListObjectsV2Response> pages =
        s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).prefix("p/")).stream().toList();
    assertThat(pages).extracting(ListObjectsV2Response::keyCount).containsExactly(1000, 1000, 500);
    assertThat(pages.stream().flatMap(p -> p.contents().stream()).map(S3Object::key))
        .containsExactlyElementsOf(keys);
    assertThat(
            s3
                .listObjectsV2Paginator(
                    b -> b.bucket(BUCKET).prefix("p/").delimiter("/").maxKeys(700))
                .stream()
                .flatMap(p -> p.commonPrefixes().stream())
                .map(CommonPrefix::prefix))
        .containsExactlyElementsOf(keys.stream().map(k -> k.substring(0, 7)).toList());
    ListObjectsV2Response after = s3.listObjectsV2(b -> b.bucket(BUCKET).startAfter("p/2497/x"));
    assertThat(after.contents()).hasSize(2);
    assertThat(after.isTruncated()).isFalse();
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).maxKeys(0)).keyCount()).isZero();
    refused(501, "NotImplemented", () -> s3.listObjects(b -> b.bucket(BUCKET)));
  }

  private static byte[] noise(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private String begin(String key, Consumer<CreateMultipartUploadRequest.Builder> more) {
    return s3.createMultipartUpload(
            b -> {
              b.bucket(BUCKET).key(key);
              more.accept(b);
            })
        .uploadId();
  }

  private CompletedPart part(String key, String id, int number, byte[] bytes) {
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

  private CompleteMultipartUploadResponse complete(
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

  @Test
  void parts_become_one_object_proven_by_a_checksum_of_the_whole() {
    byte[] whole = noise(2 * PART + 1234, 7);
    String id =
        begin(
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
          part(
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
    refused(400, "InvalidRequest", () -> complete("big.mov", id, parts, b -> b.mpuObjectSize(1L)));
    refused(
        400,
        "BadDigest",
        () ->
            complete(
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
    var done = complete("big.mov", id, parts, proof);
    assertThat(done.checksumCRC32()).isEqualTo(crc);
    assertThat(done.eTag()).endsWith("-3\"");
    assertThat(complete("big.mov", id, parts, proof).eTag()).isEqualTo(done.eTag());
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
    String id = begin("c", b -> b.checksumAlgorithm(ChecksumAlgorithm.CRC32));
    List<CompletedPart> parts =
        List.of(part("c", id, 1, noise(PART, 1)), part("c", id, 2, noise(10, 2)));
    var done = complete("c", id, parts, b -> {});
    assertThat(done.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    assertThat(done.checksumCRC32()).endsWith("-2");
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("c").partNumber(2)).asByteArray())
        .isEqualTo(noise(10, 2));
  }

  @Test
  void a_completion_with_wrong_parts_is_refused_and_leaves_the_upload() {
    String id = begin("c", b -> b.checksumAlgorithm(ChecksumAlgorithm.CRC32));
    CompletedPart one = part("c", id, 1, noise(100, 1));
    CompletedPart two = part("c", id, 2, noise(100, 2));
    CompletedPart other = one.toBuilder().eTag(two.eTag()).build();
    refused(400, "EntityTooSmall", () -> complete("c", id, List.of(one, two), b -> {}));
    refused(400, "InvalidPartOrder", () -> complete("c", id, List.of(two, one), b -> {}));
    refused(400, "InvalidPart", () -> complete("c", id, List.of(other), b -> {}));
    refused(
        400,
        "InvalidPart",
        () -> complete("c", id, List.of(one, one.toBuilder().partNumber(3).build()), b -> {}));
    put("c", "there already");
    refused(
        412, "PreconditionFailed", () -> complete("c", id, List.of(one), b -> b.ifNoneMatch("*")));
    assertThat(get("c")).isEqualTo("there already");
    complete("c", id, List.of(one), b -> {});
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("c")).contentLength()).isEqualTo(100);
  }

  @Test
  void uploads_under_way_are_listed_in_pages_and_can_be_aborted() {
    List<String> ids = new ArrayList<>();
    for (String key : List.of("b", "a", "a", "z/1")) {
      ids.add(begin(key, b -> {}));
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
    refused(404, "NoSuchUpload", () -> part("b", ids.getFirst(), 1, noise(10, 1)));
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET).prefix("z/")).uploads()).hasSize(1);
    put("k", "kept");
    String id = begin("k", b -> {});
    s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("k").uploadId(id));
    assertThat(get("k")).isEqualTo("kept");
  }

  @Test
  void copies_keep_or_replace_metadata_and_obey_conditions() {
    s3.putObject(
        b -> b.bucket(BUCKET).key("from/ä+b").metadata(Map.of("a", "1")).contentType("text/plain"),
        RequestBody.fromString("text"));
    String etag = s3.headObject(b -> b.bucket(BUCKET).key("from/ä+b")).eTag();
    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey("from/ä+b")
                .destinationBucket(BUCKET)
                .destinationKey("to")
                .copySourceIfMatch(etag)
                .ifNoneMatch("*"));
    HeadObjectResponse copy = s3.headObject(b -> b.bucket(BUCKET).key("to"));
    assertThat(copy.metadata()).containsEntry("a", "1");
    assertThat(copy.contentType()).isEqualTo("text/plain");
    assertThat(get("to")).isEqualTo("text");
    refused(
        412,
        "PreconditionFailed",
        () -> copySelf(b -> b.copySourceIfMatch("\"x\"").storageClass(StorageClass.STANDARD_IA)));
    refused(
        412,
        "PreconditionFailed",
        () -> copySelf(b -> b.ifNoneMatch("*").storageClass(StorageClass.STANDARD_IA)));
    refused(400, "InvalidRequest", () -> copySelf(b -> {}));
    copySelf(b -> b.storageClass(StorageClass.STANDARD_IA));
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("to")).storageClass())
        .isEqualTo(StorageClass.STANDARD_IA);
    copySelf(b -> b.metadataDirective(MetadataDirective.REPLACE).metadata(Map.of("b", "2")));
    HeadObjectResponse replaced = s3.headObject(b -> b.bucket(BUCKET).key("to"));
    assertThat(replaced.metadata()).containsOnlyKeys("b");
    assertThat(replaced.storageClass()).isNull();
  }

  private void copySelf(Consumer<CopyObjectRequest.Builder> more) {
    s3.copyObject(
        b ->
            more.accept(
                b.sourceBucket(BUCKET)
                    .sourceKey("to")
                    .destinationBucket(BUCKET)
                    .destinationKey("to")));
  }

  @Test
  void parts_can_be_copied_from_ranges_of_objects() {
    byte[] bytes = noise(PART + 100, 3);
    s3.putObject(b -> b.bucket(BUCKET).key("src"), RequestBody.fromBytes(bytes));
    String id =
        begin(
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
    complete("dst", id, parts, b -> {});
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
                        .uploadId(begin("dst2", c -> {}))
                        .partNumber(1)));
  }

  @Test
  void presigned_links_get_put_and_upload_parts() throws Exception {
    put("share me.mp4", "film");
    var get =
        presigner.presignGetObject(
            p ->
                p.signatureDuration(Duration.ofMinutes(5))
                    .getObjectRequest(
                        g ->
                            g.bucket(BUCKET).key("share me.mp4").responseContentType("video/mp4")));
    HttpURLConnection read = (HttpURLConnection) get.url().openConnection();
    assertThat(read.getInputStream().readAllBytes()).asString().isEqualTo("film");
    assertThat(read.getContentType()).isEqualTo("video/mp4");
    var put =
        presigner.presignPutObject(
            p ->
                p.signatureDuration(Duration.ofMinutes(5))
                    .putObjectRequest(g -> g.bucket(BUCKET).key("sent")));
    assertThat(send(put, "by link")).isEqualTo(200);
    assertThat(get("sent")).isEqualTo("by link");
    String id = begin("parts", b -> {});
    var part =
        presigner.presignUploadPart(
            p ->
                p.signatureDuration(Duration.ofMinutes(5))
                    .uploadPartRequest(
                        g -> g.bucket(BUCKET).key("parts").uploadId(id).partNumber(1)));
    assertThat(send(part, "a part by link")).isEqualTo(200);
    assertThat(s3.listParts(b -> b.bucket(BUCKET).key("parts").uploadId(id)).parts()).hasSize(1);
  }

  private static int send(PresignedRequest link, String body) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) link.url().openConnection();
    connection.setRequestMethod("PUT");
    link.signedHeaders().forEach((n, v) -> connection.setRequestProperty(n, v.getFirst()));
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length());
    connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
    return connection.getResponseCode();
  }
}
