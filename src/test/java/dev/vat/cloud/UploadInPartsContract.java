package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.random;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.inParallel;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do when an object is sent in parts: nothing is seen of
/// it before it is completed, and an interrupted upload can go on.
interface UploadInPartsContract extends StoreUnderTest {
  @Test
  default void parts_become_one_object_with_its_metadata() throws Exception {
    String key = prefix() + "big ü+.mp4";
    byte[] content = random(2 * PART + 12_345, 3);
    ObjectAttributes attributes = new ObjectAttributes("video/mp4", Map.of("uploaded-by", "Jän"));

    String id = store().createUpload(key, attributes);
    List<UploadedPart> parts = sendParts(key, id, content);
    assertThat(store().head(key)).isEmpty();
    ETag version =
        stored(store().completeUpload(key, id, parts, content.length, crcOf(content), absent()));

    ObjectFacts facts = store().head(key).orElseThrow();
    assertThat(facts.summary().etag()).isEqualTo(version);
    assertThat(facts.summary().sizeBytes()).isEqualTo(content.length);
    assertThat(facts.metadata()).isEqualTo(attributes.metadata());
    assertThat(facts.contentType()).contains("video/mp4");
    assertThat(version.looksLikeMd5()).isFalse();
    assertThat(facts.crc32())
        .isEqualTo(keepsChecksums() ? OptionalInt.of(crcOf(content)) : OptionalInt.empty());
    assertThat(contentOf(facts)).isEqualTo(content);
  }

  @Test
  default void an_interrupted_upload_goes_on_from_the_parts_that_are_there() throws Exception {
    String key = prefix() + "resumed.mp4";
    byte[] content = random(2 * PART + 99, 4);
    String id = store().createUpload(key, PLAIN);
    store().uploadPart(key, id, 3, slice(content, 2));
    store().uploadPart(key, id, 1, slice(content, 0));

    try (ObjectStore later = open()) {
      List<UploadedPart> there = later.listParts(key, id);
      assertThat(there).extracting(UploadedPart::number).containsExactly(1, 3);
      assertThat(there).extracting(UploadedPart::sizeBytes).containsExactly((long) PART, 99L);
      assertThat(there).allMatch(part -> part.crc32().isPresent() == listsChecksumsOfParts());
      List<UploadedPart> all =
          List.of(
              summed(there.get(0), slice(content, 0)),
              later.uploadPart(key, id, 2, slice(content, 1)),
              summed(there.get(1), slice(content, 2)));
      stored(later.completeUpload(key, id, all, content.length, crcOf(content), absent()));
    }

    assertThat(contentOf(store().head(key).orElseThrow())).isEqualTo(content);
  }

  @Test
  default void a_part_that_is_sent_again_replaces_the_first() throws Exception {
    String key = prefix() + "k";
    String id = store().createUpload(key, PLAIN);
    store().uploadPart(key, id, 1, text("wrong"));
    UploadedPart right = store().uploadPart(key, id, 1, text("right!"));

    stored(store().completeUpload(key, id, List.of(right), 6, text("right!").crc32(), absent()));

    assertThat(contentOf(store().head(key).orElseThrow())).isEqualTo("right!".getBytes(UTF_8));
  }

  @Test
  default void a_part_that_is_not_its_checksum_is_not_taken() throws Exception {
    String key = prefix() + "k";
    String id = store().createUpload(key, PLAIN);
    Body changing = new SampleBodies.AnotherSum(text("these bytes"), 42);

    assertThatThrownBy(() -> store().uploadPart(key, id, 1, changing))
        .isInstanceOf(SourceChangedException.class);
    assertThat(store().listParts(key, id)).isEmpty();
    store().abortUpload(key, id);
  }

  @Test
  default void a_whole_that_is_not_its_checksum_is_refused_where_the_server_keeps_checksums()
      throws Exception {
    String key = prefix() + "k";
    String id = store().createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(store().uploadPart(key, id, 1, text("content")));
    int wrong = ~text("content").crc32();

    if (keepsChecksums()) {
      assertThatThrownBy(() -> store().completeUpload(key, id, parts, 7, wrong, absent()))
          .isInstanceOf(StoreException.Failed.class);
      assertThat(store().head(key)).isEmpty();
      store().abortUpload(key, id);
    } else {
      // Proof of such a server's objects is downloading them.
      stored(store().completeUpload(key, id, parts, 7, wrong, absent()));
      assertThat(store().head(key).orElseThrow().crc32()).isEmpty();
    }
  }

  @Test
  default void completing_over_an_object_that_appeared_is_refused_and_the_upload_stays_open()
      throws Exception {
    String key = prefix() + "k";
    String id = store().createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(store().uploadPart(key, id, 1, text("mine")));
    ETag theirs = stored(store().put(key, text("theirs"), PLAIN, absent()));

    assertThat(store().completeUpload(key, id, parts, 4, text("mine").crc32(), absent()))
        .isEqualTo(new Written.Refused());

    assertThat(store().head(key).orElseThrow().summary().etag()).isEqualTo(theirs);
    assertThat(store().listParts(key, id)).hasSize(1);
    stored(
        store().completeUpload(key, id, parts, 4, text("mine").crc32(), Guard.unchanged(theirs)));
    assertThat(contentOf(store().head(key).orElseThrow())).isEqualTo("mine".getBytes(UTF_8));
  }

  @Test
  default void completing_over_another_version_than_the_compared_one_is_refused() throws Exception {
    String key = prefix() + "k";
    ETag first = stored(store().put(key, text("first"), PLAIN, absent()));
    String id = store().createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(store().uploadPart(key, id, 1, text("mine")));
    ETag second = stored(store().put(key, text("second"), PLAIN, Guard.unchanged(first)));

    Written written =
        store().completeUpload(key, id, parts, 4, text("mine").crc32(), Guard.unchanged(first));

    if (completionMindsIfMatch()) {
      assertThat(written).isEqualTo(new Written.Refused());
      assertThat(store().head(key).orElseThrow().summary().etag()).isEqualTo(second);
      store().abortUpload(key, id);
    } else {
      stored(written);
    }
  }

  @Test
  default void completing_once_more_says_stored_again() throws Exception {
    String key = prefix() + "k";
    byte[] content = random(PART + 7, 6);
    String id = store().createUpload(key, PLAIN);
    List<UploadedPart> parts = sendParts(key, id, content);
    ETag version =
        stored(store().completeUpload(key, id, parts, content.length, crcOf(content), absent()));

    assertThat(
            stored(
                store()
                    .completeUpload(
                        key, id, parts, content.length, crcOf(content), Guard.unchanged(version))))
        .isEqualTo(version);
  }

  @Test
  default void an_aborted_upload_is_gone_and_may_be_aborted_again() throws Exception {
    String key = prefix() + "k";
    ETag there = stored(store().put(key, text("there before"), PLAIN, absent()));
    String id = store().createUpload(key, PLAIN);
    UploadedPart part = store().uploadPart(key, id, 1, text("x"));

    store().abortUpload(key, id);
    store().abortUpload(key, id);

    if (knowsWhichUploadsAreGone()) {
      assertThatThrownBy(() -> store().listParts(key, id))
          .isInstanceOf(StoreException.NoSuchUpload.class);
      assertThatThrownBy(() -> store().uploadPart(key, id, 2, text("y")))
          .isInstanceOf(StoreException.NoSuchUpload.class);
    } else {
      assertThat(store().listParts(key, id)).isEmpty();
    }
    Guard held = looksInsteadOfConditions() ? Guard.unchanged(there) : absent();
    assertThatThrownBy(
            () -> store().completeUpload(key, id, List.of(part), 1, text("x").crc32(), held))
        .isInstanceOf(StoreException.NoSuchUpload.class);
    assertThat(store().head(key).orElseThrow().summary().etag()).isEqualTo(there);
  }

  @Test
  default void open_uploads_below_a_prefix_are_listed() throws Exception {
    Instant before = store().serverTime(prefix()).minusSeconds(5);
    String first = store().createUpload(prefix() + "one ü+%.mp4", PLAIN);
    String second = store().createUpload(prefix() + "two.mp4", PLAIN);
    String elsewhere = store().createUpload("elsewhere-" + prefix() + "three.mp4", PLAIN);

    List<OpenUpload> all = new ArrayList<>();
    store().listUploads(prefix(), all::add);

    assertThat(all)
        .extracting(OpenUpload::key)
        .containsExactlyInAnyOrder(prefix() + "one ü+%.mp4", prefix() + "two.mp4");
    assertThat(all).extracting(OpenUpload::uploadId).containsExactlyInAnyOrder(first, second);
    assertThat(all).allMatch(upload -> !upload.initiator().isEmpty() == namesInitiators());
    assertThat(all).allMatch(upload -> upload.initiatedAt().isAfter(before));
    store().abortUpload(prefix() + "one ü+%.mp4", first);
    store().abortUpload(prefix() + "two.mp4", second);
    store().abortUpload("elsewhere-" + prefix() + "three.mp4", elsewhere);
  }

  @Test
  default void a_finished_object_tells_the_sizes_of_its_parts_where_the_server_knows_them()
      throws Exception {
    String key = prefix() + "parts.mp4";
    byte[] content = random(2 * PART + 99, 9);
    String id = store().createUpload(key, PLAIN);
    List<UploadedPart> sent = sendParts(key, id, content);
    ETag version =
        stored(store().completeUpload(key, id, sent, content.length, crcOf(content), absent()));

    if (tellsSizesOfParts()) {
      assertThat(store().part(key, version, 1)).contains(new StoredPart(PART, 3));
      assertThat(store().part(key, version, 3)).contains(new StoredPart(99, 3));
      assertThatThrownBy(() -> store().part(key, new ETag("0".repeat(32) + "-3"), 1))
          .isInstanceOf(StoreException.Changed.class);
    } else {
      assertThat(store().part(key, version, 1)).isEmpty();
    }
    assertThat(store().part(key, version, 4)).isEmpty();
  }

  @Test
  default void an_object_that_was_put_whole_has_no_parts_and_one_that_is_gone_has_changed()
      throws Exception {
    ETag version = stored(store().put(prefix() + "k", text("whole"), PLAIN, absent()));

    assertThat(store().part(prefix() + "k", version, 1)).isEmpty();
    store().remove(prefix() + "k", version);
    assertThatThrownBy(() -> store().part(prefix() + "k", version, 1))
        .isInstanceOf(StoreException.Changed.class);
  }

  private List<UploadedPart> sendParts(String key, String id, byte[] content) throws Exception {
    int count = (content.length + PART - 1) / PART;
    return inParallel(count, i -> store().uploadPart(key, id, i + 1, slice(content, i)));
  }

  /// With the checksum that the one who resumes has computed from the file.
  private static UploadedPart summed(UploadedPart part, Body body) throws IOException {
    OptionalInt crc32 = OptionalInt.of(body.crc32());
    return new UploadedPart(part.number(), part.sizeBytes(), part.etag(), crc32);
  }

  private static Body slice(byte[] content, int index) {
    int from = index * PART;
    return Body.of(Arrays.copyOfRange(content, from, Math.min(content.length, from + PART)));
  }

  private static int crcOf(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
