package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.TaggingDirective;
import software.amazon.awssdk.services.s3.model.Tier;
import software.amazon.awssdk.services.s3.model.TransitionDefaultMinimumObjectSize;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/// Life cycle rules as the API reference and the User Guide have them, by Amazon's own client.
final class LifecycleTest {
  private static final String BUCKET = "videos";
  private static final Instant MORNING = Instant.parse("2060-01-01T10:30:00Z");
  private static final byte[] BIG = new byte[128 * 1024];

  @TempDir private Path dir;
  private SandboxServer server;
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    server = SdkClients.start(dir, o -> o.withBuckets(BUCKET));
    s3 = SdkClients.of(server);
    server.forward(Duration.between(server.now(), MORNING));
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    server.close();
  }

  private void put(String key, byte[] bytes) {
    s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
  }

  @SafeVarargs
  private void rules(Consumer<LifecycleRule.Builder>... rules) {
    s3.putBucketLifecycleConfiguration(
        b ->
            b.bucket(BUCKET)
                .lifecycleConfiguration(
                    c -> c.rules(Arrays.stream(rules).map(LifecycleTest::rule).toList())));
  }

  private static LifecycleRule rule(Consumer<LifecycleRule.Builder> more) {
    LifecycleRule.Builder rule = LifecycleRule.builder().status(ExpirationStatus.ENABLED);
    rule.filter(f -> f.prefix(""));
    more.accept(rule);
    return rule.build();
  }

  private static Consumer<LifecycleRule.Builder> moving(int days, TransitionStorageClass to) {
    return r -> r.transitions(t -> t.days(days).storageClass(to));
  }

  @SafeVarargs
  private void refused(int status, String code, Consumer<LifecycleRule.Builder>... rules) {
    SdkClients.refused(status, code, () -> rules(rules));
  }

  private void goTo(String time) throws Exception {
    server.forward(Duration.between(server.now(), Instant.parse(time)));
  }

  private String storageClass(String key) {
    StorageClass in = s3.headObject(b -> b.bucket(BUCKET).key(key)).storageClass();
    return in == null ? "STANDARD" : in.toString();
  }

  private List<String> keys() {
    return s3.listObjectsV2(b -> b.bucket(BUCKET)).contents().stream().map(S3Object::key).toList();
  }

  @Test
  void rules_are_kept_given_back_replaced_as_a_whole_and_removed() throws Exception {
    SdkClients.refused(
        404,
        "NoSuchLifecycleConfiguration",
        () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET)));
    rules(moving(30, TransitionStorageClass.DEEP_ARCHIVE));
    LifecycleRule full =
        rule(
            r ->
                r.id("all of it")
                    .filter(
                        f ->
                            f.and(
                                a ->
                                    a.prefix("a<&>/")
                                        .tags(Tag.builder().key("k").value("v").build())
                                        .objectSizeGreaterThan(0L)
                                        .objectSizeLessThan(1L << 40)))
                    .transitions(
                        t -> t.days(30).storageClass(TransitionStorageClass.STANDARD_IA),
                        t -> t.days(60).storageClass(TransitionStorageClass.GLACIER),
                        t -> t.days(150).storageClass(TransitionStorageClass.DEEP_ARCHIVE))
                    .expiration(e -> e.days(3650))
                    .noncurrentVersionTransitions(
                        t ->
                            t.noncurrentDays(30)
                                .newerNoncurrentVersions(3)
                                .storageClass(TransitionStorageClass.GLACIER))
                    .noncurrentVersionExpiration(e -> e.noncurrentDays(90)));
    LifecycleRule uploads =
        rule(r -> r.id("uploads").abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(14)));
    s3.putBucketLifecycleConfiguration(
        b ->
            b.bucket(BUCKET)
                .transitionDefaultMinimumObjectSize(
                    TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS)
                .lifecycleConfiguration(c -> c.rules(full, uploads)));
    stop();
    server = SdkClients.start(dir, o -> o);
    s3 = SdkClients.of(server);
    var kept = s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET));
    assertThat(kept.rules()).containsExactly(full, uploads);
    assertThat(kept.transitionDefaultMinimumObjectSizeAsString())
        .isEqualTo("varies_by_storage_class");
    rules(r -> r.expiration(e -> e.days(1)));
    kept = s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET));
    assertThat(kept.rules()).hasSize(1);
    assertThat(kept.rules().getFirst().id()).isNotEmpty();
    assertThat(kept.transitionDefaultMinimumObjectSizeAsString())
        .isEqualTo("all_storage_classes_128K");
    s3.deleteBucketLifecycle(b -> b.bucket(BUCKET));
    SdkClients.refused(
        404,
        "NoSuchLifecycleConfiguration",
        () -> s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET)));
  }

  @Test
  void rules_that_s3_refuses_are_refused_and_leave_the_old_ones() {
    rules(r -> r.id("old").expiration(e -> e.days(5)));
    refused(400, "InvalidRequest", r -> {});
    refused(400, "MalformedXML", r -> r.filter(f -> {}).prefix("x").expiration(e -> e.days(1)));
    refused(400, "MalformedXML", r -> r.status("On").expiration(e -> e.days(1)));
    refused(400, "InvalidArgument", r -> r.expiration(e -> e.days(0)));
    refused(400, "MalformedXML", r -> r.expiration(e -> e.days(1).date(MORNING)));
    refused(400, "InvalidArgument", r -> r.expiration(e -> e.date(MORNING)));
    refused(400, "InvalidArgument", moving(-1, TransitionStorageClass.GLACIER));
    refused(400, "InvalidArgument", moving(29, TransitionStorageClass.STANDARD_IA));
    refused(400, "MalformedXML", r -> r.transitions(t -> t.days(1).storageClass("STANDARD")));
    refused(400, "MalformedXML", r -> r.transitions(t -> t.storageClass("GLACIER")));
    refused(
        400,
        "InvalidArgument",
        r -> r.transitions(t -> t.days(5).storageClass("GLACIER")).expiration(e -> e.days(5)));
    refused(
        400,
        "InvalidArgument",
        r ->
            r.transitions(
                t -> t.days(30).storageClass("STANDARD_IA"),
                t -> t.days(59).storageClass("GLACIER")));
    refused(
        400,
        "InvalidRequest",
        r ->
            r.transitions(t -> t.days(5).storageClass("GLACIER"))
                .expiration(e -> e.date(Instant.parse("2061-01-01T00:00:00Z"))));
    refused(
        400,
        "InvalidRequest",
        r ->
            r.filter(f -> f.tag(t -> t.key("k").value("v")))
                .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(1)));
    refused(
        400,
        "InvalidArgument",
        r -> r.id("twice").expiration(e -> e.days(1)),
        r -> r.id("twice").expiration(e -> e.days(2)));
    refused(400, "InvalidArgument", r -> r.id("x".repeat(256)).expiration(e -> e.days(1)));
    refused(400, "InvalidArgument", r -> r.noncurrentVersionExpiration(n -> n.noncurrentDays(0)));
    assertThat(s3.getBucketLifecycleConfiguration(b -> b.bucket(BUCKET)).rules().getFirst().id())
        .isEqualTo("old");
  }

  @Test
  void objects_go_down_the_classes_after_the_midnights_of_their_days() throws Exception {
    rules(
        r ->
            r.filter(f -> f.prefix("archive/"))
                .transitions(
                    t -> t.days(30).storageClass("STANDARD_IA"),
                    t -> t.days(180).storageClass("DEEP_ARCHIVE")));
    put("archive/film", BIG);
    put("other/film", BIG);
    var before = s3.headObject(b -> b.bucket(BUCKET).key("archive/film"));
    goTo("2060-01-31T23:00:00Z");
    assertThat(storageClass("archive/film")).isEqualTo("STANDARD");
    goTo("2060-02-01T00:00:00Z");
    assertThat(storageClass("archive/film")).isEqualTo("STANDARD_IA");
    server.forward(Duration.ofDays(180));
    assertThat(storageClass("archive/film")).isEqualTo("DEEP_ARCHIVE");
    SdkClients.refused(
        403,
        "InvalidObjectState",
        () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("archive/film")));
    var after = s3.headObject(b -> b.bucket(BUCKET).key("archive/film"));
    assertThat(after.eTag()).isEqualTo(before.eTag());
    assertThat(after.lastModified()).isEqualTo(before.lastModified());
    assertThat(storageClass("other/film")).isEqualTo("STANDARD");
  }

  @Test
  void what_was_thawed_comes_back_after_180_days_and_a_copy_of_it_stays_warm() throws Exception {
    rules(r -> r.filter(f -> f.prefix("a/")).transitions(t -> t.days(180).storageClass("GLACIER")));
    put("a/film", BIG);
    server.forward(Duration.ofDays(181));
    s3.restoreObject(
        b ->
            b.bucket(BUCKET)
                .key("a/film")
                .restoreRequest(q -> q.days(7).glacierJobParameters(g -> g.tier(Tier.EXPEDITED))));
    server.forward(Duration.ofMinutes(5));
    assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a/film")).asByteArray())
        .isEqualTo(BIG);
    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey("a/film")
                .destinationBucket(BUCKET)
                .destinationKey("warm"));
    server.forward(Duration.ofDays(400));
    assertThat(storageClass("warm")).isEqualTo("STANDARD");
    assertThat(storageClass("a/film")).isEqualTo("GLACIER");
  }

  @Test
  void small_objects_stay_unless_the_rules_say_otherwise() throws Exception {
    put("small", new byte[10]);
    put("big", BIG);
    Consumer<LifecycleRule.Builder> now = moving(0, TransitionStorageClass.GLACIER);
    rules(now);
    server.forward(Duration.ofDays(1));
    assertThat(storageClass("small")).isEqualTo("STANDARD");
    assertThat(storageClass("big")).isEqualTo("GLACIER");
    s3.putBucketLifecycleConfiguration(
        b ->
            b.bucket(BUCKET)
                .transitionDefaultMinimumObjectSize("varies_by_storage_class")
                .lifecycleConfiguration(
                    c ->
                        c.rules(
                            rule(now.andThen(r -> r.filter(f -> f.prefix("sm")))),
                            rule(moving(0, TransitionStorageClass.GLACIER_IR)))));
    put("tiny", new byte[10]);
    server.forward(Duration.ofDays(1));
    assertThat(storageClass("small")).isEqualTo("GLACIER");
    assertThat(storageClass("tiny")).isEqualTo("STANDARD");
    rules(
        r ->
            r.filter(f -> f.objectSizeGreaterThan(9L))
                .transitions(t -> t.days(0).storageClass("GLACIER_IR")));
    put("nine", new byte[9]);
    server.forward(Duration.ofDays(1));
    assertThat(storageClass("tiny")).isEqualTo("GLACIER_IR");
    assertThat(storageClass("nine")).isEqualTo("STANDARD");
    assertThat(storageClass("big")).isEqualTo("GLACIER");
  }

  @Test
  void objects_expire_and_say_when_and_disabled_rules_do_nothing() throws Exception {
    rules(
        r -> r.id("go ne").filter(f -> f.prefix("tmp/")).expiration(e -> e.days(7)),
        r -> r.status(ExpirationStatus.DISABLED).expiration(e -> e.days(1)),
        r ->
            r.filter(f -> f.prefix("day/"))
                .expiration(e -> e.date(Instant.parse("2060-01-05T00:00:00Z"))));
    put("tmp/x", BIG);
    put("kept", BIG);
    put("day/x", BIG);
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("tmp/x")).expiration())
        .isEqualTo("expiry-date=\"Fri, 09 Jan 2060 00:00:00 GMT\", rule-id=\"go%20ne\"");
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("kept")).expiration()).isNull();
    goTo("2060-01-05T00:00:00Z");
    assertThat(keys()).containsExactly("kept", "tmp/x");
    goTo("2060-01-09T00:00:00Z");
    assertThat(keys()).containsExactly("kept");
    put("tmp/x", BIG);
    server.forward(Duration.ofDays(7));
    assertThat(keys()).containsExactly("kept", "tmp/x");
  }

  @Test
  void uploads_that_nobody_completes_are_aborted() throws Exception {
    rules(
        r ->
            r.id("mpu")
                .filter(f -> f.prefix("a/"))
                .abortIncompleteMultipartUpload(a -> a.daysAfterInitiation(14)));
    var begun = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("a/big"));
    assertThat(begun.abortDate()).isEqualTo("2060-01-16T00:00:00Z");
    assertThat(begun.abortRuleId()).isEqualTo("mpu");
    s3.createMultipartUpload(b -> b.bucket(BUCKET).key("other"));
    s3.uploadPart(
        b -> b.bucket(BUCKET).key("a/big").uploadId(begun.uploadId()).partNumber(1),
        RequestBody.fromBytes(BIG));
    goTo("2060-01-15T23:00:00Z");
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads()).hasSize(2);
    goTo("2060-01-16T00:00:00Z");
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads())
        .extracting(u -> u.key())
        .containsExactly("other");
    SdkClients.refused(
        404,
        "NoSuchUpload",
        () -> s3.listParts(b -> b.bucket(BUCKET).key("a/big").uploadId(begun.uploadId())));
    assertThat(dir.resolve("data")).isEmptyDirectory();
  }

  @Test
  void tags_choose_what_a_rule_is_about_and_are_kept_by_copies() throws Exception {
    rules(
        r ->
            r.filter(f -> f.tag(t -> t.key("vat-freeze").value("auto")))
                .transitions(t -> t.days(30).storageClass("DEEP_ARCHIVE")));
    s3.putObject(
        b -> b.bucket(BUCKET).key("tagged").tagging("vat-freeze=auto&who=a%2Bb"),
        RequestBody.fromBytes(BIG));
    put("later", BIG);
    put("plain", BIG);
    assertThat(tags("tagged")).containsExactly("vat-freeze=auto", "who=a+b");
    assertThat(s3.headObject(b -> b.bucket(BUCKET).key("tagged")).tagCount()).isEqualTo(2);
    copy("tagged", "copied", TaggingDirective.COPY);
    copy("tagged", "bare", TaggingDirective.REPLACE);
    assertThat(tags("copied")).hasSize(2);
    assertThat(tags("bare")).isEmpty();
    s3.putObjectTagging(
        b ->
            b.bucket(BUCKET)
                .key("later")
                .tagging(t -> t.tagSet(s -> s.key("vat-freeze").value("auto"))));
    s3.deleteObjectTagging(b -> b.bucket(BUCKET).key("copied"));
    assertThat(tags("copied")).isEmpty();
    SdkClients.refused(
        400,
        "InvalidTag",
        () ->
            s3.putObjectTagging(
                b ->
                    b.bucket(BUCKET)
                        .key("later")
                        .tagging(t -> t.tagSet(s -> s.key("").value("")))));
    server.forward(Duration.ofDays(31));
    assertThat(List.of("tagged", "later"))
        .allSatisfy(k -> assertThat(storageClass(k)).isEqualTo("DEEP_ARCHIVE"));
    assertThat(List.of("plain", "copied", "bare"))
        .allSatisfy(k -> assertThat(storageClass(k)).isEqualTo("STANDARD"));
  }

  private void copy(String from, String to, TaggingDirective directive) {
    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey(from)
                .destinationBucket(BUCKET)
                .destinationKey(to)
                .taggingDirective(directive));
  }

  private List<String> tags(String key) {
    return s3.getObjectTagging(b -> b.bucket(BUCKET).key(key)).tagSet().stream()
        .map(t -> t.key() + "=" + t.value())
        .toList();
  }

  @Test
  void a_rule_that_came_after_its_days_works_from_the_next_midnight() throws Exception {
    put("old", BIG);
    server.forward(Duration.ofDays(400));
    rules(moving(180, TransitionStorageClass.DEEP_ARCHIVE));
    assertThat(storageClass("old")).isEqualTo("STANDARD");
    server.forward(Duration.ofDays(1));
    assertThat(storageClass("old")).isEqualTo("DEEP_ARCHIVE");
  }
}
