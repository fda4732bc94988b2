package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.ObjectNotInActiveTierErrorException;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.RestoreRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tier;

/// Freezing and thawing, as the API reference and the User Guide have it, by Amazon's own client.
/// The day is always the same, so that no midnight comes between.
final class GlacierTest {
  private static final String BUCKET = "videos";
  private static final Instant MORNING = Instant.parse("2060-10-15T10:30:00Z");
  private static final StorageClass DEEP = StorageClass.DEEP_ARCHIVE;

  @TempDir private Path dir;
  private SandboxServer server;
  private S3Client s3;

  @BeforeEach
  void start() throws Exception {
    restart(o -> o);
    s3.createBucket(b -> b.bucket(BUCKET));
    server.forward(Duration.between(server.now(), MORNING));
  }

  private void restart(UnaryOperator<SandboxOptions> more) throws Exception {
    if (server != null) {
      stop();
    }
    server = SdkClients.start(dir, more);
    s3 = SdkClients.of(server);
  }

  @AfterEach
  void stop() throws Exception {
    s3.close();
    server.close();
  }

  private void put(String key, StorageClass in) {
    s3.putObject(
        b -> b.bucket(BUCKET).key(key).storageClass(in).metadata(Map.of("by", "jan")),
        RequestBody.fromString("film " + key));
  }

  private String get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
  }

  private HeadObjectResponse head(String key) {
    return s3.headObject(b -> b.bucket(BUCKET).key(key));
  }

  private int restore(String key, int days, Tier tier) {
    return restore(key, r -> r.days(days).glacierJobParameters(g -> g.tier(tier)));
  }

  private int restore(String key, Consumer<RestoreRequest.Builder> request) {
    return s3.restoreObject(b -> b.bucket(BUCKET).key(key).restoreRequest(request))
        .sdkHttpResponse()
        .statusCode();
  }

  private void copy(String from, String to, Consumer<CopyObjectRequest.Builder> more) {
    s3.copyObject(
        b ->
            more.accept(
                b.sourceBucket(BUCKET)
                    .sourceKey(from)
                    .destinationBucket(BUCKET)
                    .destinationKey(to)));
  }

  private void frozen(String key, StorageClass in) {
    InvalidObjectStateException e =
        SdkClients.refused(
            InvalidObjectStateException.class, 403, "InvalidObjectState", () -> get(key));
    assertThat(e.storageClass()).isEqualTo(in);
  }

  @Test
  void only_glacier_and_deep_archive_must_be_thawed_and_head_tells_everything_before() {
    for (StorageClass in :
        List.of(
            StorageClass.GLACIER_IR,
            StorageClass.STANDARD_IA,
            StorageClass.ONEZONE_IA,
            StorageClass.INTELLIGENT_TIERING)) {
      put(in.toString(), in);
      assertThat(get(in.toString())).isEqualTo("film " + in);
    }
    for (StorageClass in : List.of(StorageClass.GLACIER, DEEP)) {
      put("k", in);
      frozen("k", in);
      SdkClients.refused(
          403,
          "InvalidObjectState",
          () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("k").range("bytes=0-1")));
      assertThat(head("k").storageClass()).isEqualTo(in);
      assertThat(head("k").contentLength()).isEqualTo(6);
      assertThat(head("k").metadata()).containsEntry("by", "jan");
      assertThat(head("k").restore()).isNull();
    }
  }

  @Test
  void an_upload_in_parts_is_of_its_class_from_the_beginning() {
    String id =
        s3.createMultipartUpload(b -> b.bucket(BUCKET).key("k").storageClass(DEEP)).uploadId();
    String etag =
        s3.uploadPart(
                b -> b.bucket(BUCKET).key("k").uploadId(id).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    assertThat(s3.listParts(b -> b.bucket(BUCKET).key("k").uploadId(id)).storageClassAsString())
        .isEqualTo("DEEP_ARCHIVE");
    assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads().getFirst().storageClass())
        .isEqualTo(DEEP);
    s3.completeMultipartUpload(
        b ->
            b.bucket(BUCKET)
                .key("k")
                .uploadId(id)
                .multipartUpload(
                    m -> m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
    frozen("k", DEEP);
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents().getFirst().storageClassAsString())
        .isEqualTo("DEEP_ARCHIVE");
  }

  @Test
  void a_thaw_goes_through_its_states_by_the_clock_and_ends_frozen_again() throws Exception {
    put("k", DEEP);
    assertThat(restore("k", 3, Tier.STANDARD)).isEqualTo(202);
    assertThat(head("k").restore()).isEqualTo("ongoing-request=\"true\"");
    frozen("k", DEEP);
    SdkClients.refused(409, "RestoreAlreadyInProgress", () -> restore("k", 3, Tier.STANDARD));
    SdkClients.refused(409, "RestoreAlreadyInProgress", () -> restore("k", 3, Tier.BULK));
    server.forward(Duration.ofHours(12));
    assertThat(get("k")).isEqualTo("film k");
    assertThat(head("k").restore())
        .isEqualTo("ongoing-request=\"false\", expiry-date=\"Tue, 19 Oct 2060 00:00:00 GMT\"");
    assertThat(head("k").storageClass()).isEqualTo(DEEP);
    server.forward(Duration.between(server.now(), Instant.parse("2060-10-19T00:00:00Z")));
    frozen("k", DEEP);
    assertThat(head("k").restore()).isNull();
    assertThat(restore("k", 1, Tier.BULK)).isEqualTo(202);
  }

  /// The very example of the User Guide, "Restoring an archived object".
  @Test
  void asking_again_while_it_is_thawed_counts_the_days_from_then() throws Exception {
    put("k", StorageClass.GLACIER);
    restore("k", 3, Tier.STANDARD);
    server.forward(Duration.between(server.now(), Instant.parse("2060-10-16T11:00:00Z")));
    assertThat(head("k").restore()).contains("19 Oct 2060 00:00:00");
    assertThat(restore("k", 1, Tier.BULK)).isEqualTo(200);
    assertThat(head("k").restore()).contains("18 Oct 2060 00:00:00");
    assertThat(get("k")).isEqualTo("film k");
  }

  @Test
  void a_thaw_that_ends_after_its_days_is_there_until_midnight() throws Exception {
    put("k", DEEP);
    restore("k", 1, Tier.BULK);
    server.forward(Duration.ofHours(47));
    assertThat(head("k").restore()).isEqualTo("ongoing-request=\"true\"");
    server.forward(Duration.ofHours(1));
    assertThat(head("k").restore()).contains("18 Oct 2060 00:00:00");
  }

  @Test
  void each_tier_has_its_time_and_a_faster_one_is_an_upgrade() throws Exception {
    put("deep", DEEP);
    put("flexible", StorageClass.GLACIER);
    assertThat(restore("deep", 5, Tier.BULK)).isEqualTo(202);
    assertThat(restore("flexible", 5, Tier.BULK)).isEqualTo(202);
    SdkClients.refused(400, "InvalidArgument", () -> restore("deep", 5, Tier.EXPEDITED));
    SdkClients.refused(409, "RestoreAlreadyInProgress", () -> restore("deep", 6, Tier.STANDARD));
    assertThat(restore("deep", 5, Tier.STANDARD)).isEqualTo(202);
    SdkClients.refused(409, "RestoreAlreadyInProgress", () -> restore("deep", 5, Tier.BULK));
    assertThat(restore("flexible", 5, Tier.EXPEDITED)).isEqualTo(202);
    server.forward(Duration.ofMinutes(5));
    assertThat(get("flexible")).isEqualTo("film flexible");
    frozen("deep", DEEP);
    server.forward(Duration.ofHours(12));
    assertThat(get("deep")).isEqualTo("film deep");
  }

  @Test
  void requests_that_make_no_sense_are_refused() {
    put("warm", StorageClass.STANDARD);
    put("k", DEEP);
    InvalidObjectStateException e =
        SdkClients.refused(
            InvalidObjectStateException.class,
            403,
            "InvalidObjectState",
            () -> restore("warm", 1, Tier.BULK));
    assertThat(e.storageClass()).isEqualTo(StorageClass.STANDARD);
    SdkClients.refused(404, "NoSuchKey", () -> restore("none", 1, Tier.BULK));
    SdkClients.refused(400, "InvalidArgument", () -> restore("k", 0, Tier.BULK));
    SdkClients.refused(
        400, "MalformedXML", () -> restore("k", r -> r.glacierJobParameters(g -> g.tier("Bulk"))));
    SdkClients.refused(
        400,
        "MalformedXML",
        () -> restore("k", r -> r.days(1).glacierJobParameters(g -> g.tier("Fast"))));
    assertThat(head("k").restore()).isNull();
    assertThat(restore("k", r -> r.days(1))).isEqualTo(202);
  }

  @Test
  void one_listing_tells_the_state_of_every_thaw_when_it_is_asked_to() throws Exception {
    put("a", DEEP);
    put("b", DEEP);
    put("c", DEEP);
    put("d", StorageClass.STANDARD);
    restore("a", 2, Tier.STANDARD);
    server.forward(Duration.ofHours(12));
    restore("b", 2, Tier.BULK);
    List<S3Object> listed =
        s3.listObjectsV2(
                b ->
                    b.bucket(BUCKET)
                        .optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS))
            .contents();
    assertThat(listed).extracting(S3Object::key).containsExactly("a", "b", "c", "d");
    assertThat(listed.get(0).restoreStatus().isRestoreInProgress()).isFalse();
    assertThat(listed.get(0).restoreStatus().restoreExpiryDate()).isEqualTo("2060-10-18T00:00:00Z");
    assertThat(listed.get(1).restoreStatus().isRestoreInProgress()).isTrue();
    assertThat(listed.get(1).restoreStatus().restoreExpiryDate()).isNull();
    assertThat(listed.subList(2, 4)).allMatch(o -> o.restoreStatus() == null);
    assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET)).contents())
        .allMatch(o -> o.restoreStatus() == null);
  }

  @Test
  void copies_of_a_frozen_object_wait_for_its_thaw_and_can_warm_it_for_good() throws Exception {
    put("k", DEEP);
    SdkClients.refused(
        ObjectNotInActiveTierErrorException.class,
        403,
        "ObjectNotInActiveTierError",
        () -> copy("k", "k", b -> b.storageClass(StorageClass.STANDARD)));
    String id = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("big")).uploadId();
    Runnable part =
        () ->
            s3.uploadPartCopy(
                b ->
                    b.sourceBucket(BUCKET)
                        .sourceKey("k")
                        .destinationBucket(BUCKET)
                        .destinationKey("big")
                        .uploadId(id)
                        .partNumber(1));
    SdkClients.refused(403, "InvalidObjectState", part);
    restore("k", 1, Tier.STANDARD);
    SdkClients.refused(
        403, "ObjectNotInActiveTierError", () -> copy("k", "other", b -> b.metadata(Map.of())));
    server.forward(Duration.ofHours(12));
    part.run();
    copy("k", "k", b -> b.storageClass(StorageClass.STANDARD));
    assertThat(head("k").storageClass()).isNull();
    assertThat(head("k").restore()).isNull();
    assertThat(head("k").metadata()).containsEntry("by", "jan");
    server.forward(Duration.ofDays(10));
    assertThat(get("k")).isEqualTo("film k");
    copy("k", "k", b -> b.storageClass(DEEP));
    frozen("k", DEEP);
  }

  @Test
  void an_overwritten_object_forgets_its_thaw() throws Exception {
    put("k", DEEP);
    restore("k", 9, Tier.STANDARD);
    server.forward(Duration.ofHours(12));
    put("k", DEEP);
    assertThat(head("k").restore()).isNull();
    frozen("k", DEEP);
  }

  @Test
  void clock_thaws_and_copies_survive_a_restart() throws Exception {
    put("ready", DEEP);
    put("waiting", DEEP);
    restore("ready", 3, Tier.STANDARD);
    server.forward(Duration.ofHours(12));
    restore("waiting", 3, Tier.STANDARD);
    Instant before = server.now();
    restart(o -> o);
    assertThat(server.now()).isBetween(before, before.plusSeconds(600));
    assertThat(get("ready")).isEqualTo("film ready");
    assertThat(head("waiting").restore()).isEqualTo("ongoing-request=\"true\"");
    server.forward(Duration.ofHours(12));
    assertThat(get("waiting")).isEqualTo("film waiting");
  }

  @Test
  void a_delay_of_ones_own_stands_for_every_tier() throws Exception {
    restart(o -> o.withThawDelay(Duration.ofMinutes(20)));
    put("k", DEEP);
    restore("k", 3, Tier.BULK);
    frozen("k", DEEP);
    server.forward(Duration.ofMinutes(20));
    assertThat(get("k")).isEqualTo("film k");
  }
}
