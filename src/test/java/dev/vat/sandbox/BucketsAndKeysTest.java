package dev.vat.sandbox;

import static dev.vat.sandbox.SdkBucket.BUCKET;
import static dev.vat.sandbox.SdkClients.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/// Buckets, and which keys are in them, as Amazon's own client lists and deletes them with its
/// defaults.
final class BucketsAndKeysTest {
  @AutoClose private SdkBucket videos;
  private S3Client s3;

  @BeforeEach
  void open(@TempDir Path dir) throws Exception {
    videos = SdkBucket.in(dir);
    s3 = videos.s3();
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
    videos.put("a", "1");
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
    keys.forEach(k -> videos.put(k, "content of " + k));
    assertThat(keys).allSatisfy(k -> assertThat(videos.get(k)).isEqualTo("content of " + k));
    List<String> listed =
        s3.listObjectsV2(b -> b.bucket(BUCKET)).contents().stream().map(S3Object::key).toList();
    keys.sort(
        Comparator.comparing(
            k -> k.getBytes(StandardCharsets.UTF_8), (a, b) -> Arrays.compareUnsigned(a, b)));
    assertThat(listed).containsExactlyElementsOf(keys);
    refused(400, "KeyTooLongError", () -> videos.put("k".repeat(1025), "x"));
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
    String etag = videos.put("a", "1").eTag();
    videos.put("b", "2");
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
    keys.parallelStream().forEach(k -> videos.put(k, k));
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
}
