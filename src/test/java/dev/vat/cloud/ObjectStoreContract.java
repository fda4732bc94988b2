package dev.vat.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do. Where servers differ, a hook says which way, and
/// the difference is asserted, not skipped.
public abstract class ObjectStoreContract {
  static final int MIB = 1024 * 1024;
  static final int PART = 5 * MIB;
  static final ObjectAttributes PLAIN = new ObjectAttributes("video/mp4", Map.of());

  ObjectStore store;

  /// Below which this test's keys are: tests share a bucket.
  String prefix;

  /// Opens the store under test: each time the same bucket.
  protected abstract ObjectStore open();

  /// Whether the server keeps the CRC-32 of whole objects, returns it, and checks it when an upload
  /// is completed.
  protected abstract boolean keepsChecksums();

  /// Whether the sizes of a finished object's parts are told.
  protected abstract boolean tellsSizesOfParts();

  /// Whether a listing of parts tells their checksums.
  protected abstract boolean listsChecksumsOfParts();

  /// Whether an upload that was aborted is known to be none.
  protected abstract boolean knowsWhichUploadsAreGone();

  /// Whether a key may lie "below" another one, as `a/b` below `a`.
  protected abstract boolean keysMayLieBelowKeys();

  /// Whether a completion minds `If-Match`.
  protected abstract boolean completionMindsIfMatch();

  /// Whether uploads are listed with the user who began them.
  protected abstract boolean namesInitiators();

  /// Whether looks stand in for conditions that the server lacks: then of writes at the very same
  /// moment more than one may go through, and a guard that does not hold is seen before anything
  /// else.
  protected boolean looksInsteadOfConditions() {
    return false;
  }

  /// Whether the server freezes, thaws, and changes the storage class by a copy.
  protected boolean hasGlacier() {
    return true;
  }

  /// Whether the server keeps the tags of objects.
  protected boolean keepsTags() {
    return true;
  }

  /// Whether the server takes other tags for an object that is there.
  protected boolean replacesTags() {
    return keepsTags();
  }

  /// Lets the server's time pass; only where it freezes.
  protected void pass(Duration time) throws Exception {
    throw new UnsupportedOperationException(String.valueOf(time));
  }

  @BeforeEach
  void openStore() {
    store = open();
    prefix = "test-" + UUID.randomUUID() + "/";
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  // ---- links

  static final ReadLink.Shown PLAYED =
      new ReadLink.Shown("draft.mp4", "video/mp4", ReadLink.Opening.IN_BROWSER);

  @Test
  void a_link_expires_when_it_was_asked_to_and_does_not_print_its_signature() throws Exception {
    Instant before = Instant.now();
    ReadLink link =
        store.readLink(prefix + "cafe\u0301 & co/draft 1.mp4", PLAYED, Duration.ofHours(12));
    Instant after = Instant.now();

    assertThat(link.expires())
        .isBetween(
            before.plus(Duration.ofHours(12)).minusSeconds(1), after.plus(Duration.ofHours(12)));
    assertThat(link.signedBy()).isEqualTo(new ReadLink.Signer.Lasting());
    assertThat(link.address().getPath()).endsWith(prefix + "cafe\u0301 & co/draft 1.mp4");
    assertThat(link.address().getQuery()).contains("X-Amz-Signature=");
    assertThat(link.toString()).doesNotContain("X-Amz-");
  }

  @Test
  void no_link_is_made_for_longer_than_s3_allows_or_for_no_time_at_all() {
    for (Duration wrong :
        List.of(ReadLink.LONGEST.plusSeconds(1), Duration.ZERO, Duration.ofHours(-1))) {
      assertThatThrownBy(() -> store.readLink(prefix + "k", PLAYED, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // ---- listing and keys

  @Test
  void a_listing_of_more_than_two_pages_tells_every_object_once_and_in_order() throws Exception {
    int count = 2_100;
    inParallel(
        count, i -> stored(store.put(prefix + "%05d".formatted(i), text("x"), PLAIN, absent())));

    List<String> keys = keysBelow(prefix);

    assertThat(keys).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_listing_tells_size_version_time_and_storage_class() throws Exception {
    ETag version = stored(store.put(prefix + "draft.mp4", text("12345"), PLAIN, absent()));

    List<ObjectSummary> all = new ArrayList<>();
    store.list(prefix, all::add);

    assertThat(all).hasSize(1);
    ObjectSummary only = all.getFirst();
    assertThat(only.key()).isEqualTo(prefix + "draft.mp4");
    assertThat(only.sizeBytes()).isEqualTo(5);
    assertThat(only.etag()).isEqualTo(version);
    assertThat(only.storageClass()).isEqualTo(StorageClass.STANDARD);
    assertThat(Duration.between(only.lastModified(), store.serverTime(prefix)).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void a_listing_of_nothing_tells_nothing() throws Exception {
    assertThat(keysBelow(prefix)).isEmpty();
  }

  @Test
  void folders_below_a_prefix_are_told_once_each_whatever_they_hold() throws Exception {
    List<String> keys =
        List.of(
            "a b/x.mp4", "a+b/y/z.mp4", "a+b/y/zz.mp4", "b63-flivideo/x.mp4", "ไทย%25/x", "top");
    for (String key : keys) {
      stored(store.put(prefix + key, text("x"), PLAIN, absent()));
    }

    assertThat(foldersBelow(prefix)).containsExactly("a b", "a+b", "b63-flivideo", "ไทย%25");
    assertThat(foldersBelow(prefix + "a+b/")).containsExactly("y");
    assertThat(foldersBelow(prefix + "a+b/y/")).isEmpty();
    assertThat(foldersBelow(prefix + "none/")).isEmpty();
  }

  @Test
  void folders_that_fill_more_than_one_page_are_told_once_and_in_order() throws Exception {
    int count = 1_050;
    inParallel(
        count, i -> stored(store.put(prefix + "%05d/x".formatted(i), text("x"), PLAIN, absent())));

    assertThat(foldersBelow(prefix)).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void odd_keys_are_stored_listed_and_read_byte_by_byte() throws Exception {
    String accents = "Äpfel café.mp4";
    List<String> names =
        List.of(
            "with space.mp4",
            "a+b.mp4",
            "50%.mp4",
            "50%25.mp4",
            "question?.mp4",
            "hash#1.mp4",
            "amp&ers=and.mp4",
            "quote'\".mp4",
            "semi;colon,comma@at$dollar!.mp4",
            "[brackets](round){curly}.mp4",
            "tilde~star*.mp4",
            "ไทย.mp4",
            "emoji🎬.mp4",
            "NFC-" + Normalizer.normalize(accents, Normalizer.Form.NFC),
            "NFD-" + Normalizer.normalize(accents, Normalizer.Form.NFD));
    for (String name : names) {
      stored(store.put(prefix + name, text(name), PLAIN, absent()));
    }

    assertThat(keysBelow(prefix))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(n -> prefix + n).toList());
    for (String name : names) {
      ObjectFacts facts = store.head(prefix + name).orElseThrow();
      assertThat(contentOf(facts)).as(name).isEqualTo(name.getBytes(UTF_8));
      assertThat(store.remove(prefix + name, facts.summary().etag())).isEqualTo(Removed.GONE);
    }
    assertThat(keysBelow(prefix)).isEmpty();
  }

  @Test
  void the_two_unicode_forms_of_a_name_are_two_keys() throws Exception {
    String composed = prefix + Normalizer.normalize("é.mp4", Normalizer.Form.NFC);
    String decomposed = prefix + Normalizer.normalize("é.mp4", Normalizer.Form.NFD);
    stored(store.put(composed, text("one"), PLAIN, absent()));
    stored(store.put(decomposed, text("two"), PLAIN, absent()));

    assertThat(keysBelow(prefix)).containsExactlyInAnyOrder(composed, decomposed);
  }

  @Test
  void a_key_below_another_key_is_one_more_object() throws Exception {
    stored(store.put(prefix + "a", text("one"), PLAIN, absent()));
    if (keysMayLieBelowKeys()) {
      stored(store.put(prefix + "a/b", text("two"), PLAIN, absent()));
      assertThat(keysBelow(prefix)).containsExactly(prefix + "a", prefix + "a/b");
    } else {
      assertThatThrownBy(() -> store.put(prefix + "a/b", text("two"), PLAIN, absent()))
          .isInstanceOf(StoreException.class);
      assertThat(keysBelow(prefix)).containsExactly(prefix + "a");
    }
  }

  // ---- single writes

  @Test
  void a_new_object_is_created_and_its_facts_are_known() throws Exception {
    String key = prefix + "draft.mp4";
    ObjectAttributes attributes =
        new ObjectAttributes(
            "video/mp4", Map.of("uploaded-by", "jan", "md5chksum", "CY9rzUYh03PK3k6DJie09g=="));

    ETag version = stored(store.put(key, text("test"), attributes, absent()));

    ObjectFacts facts = store.head(key).orElseThrow();
    assertThat(facts.summary().key()).isEqualTo(key);
    assertThat(facts.summary().etag()).isEqualTo(version);
    assertThat(facts.summary().sizeBytes()).isEqualTo(4);
    assertThat(facts.summary().storageClass()).isEqualTo(StorageClass.STANDARD);
    assertThat(facts.metadata()).isEqualTo(attributes.metadata());
    assertThat(facts.contentType()).contains("video/mp4");
    assertThat(facts.encryptedByKms()).isFalse();
    assertThat(version.value()).isEqualTo("098f6bcd4621d373cade4e832627b4f6");
    assertThat(facts.crc32())
        .isEqualTo(keepsChecksums() ? OptionalInt.of(text("test").crc32()) : OptionalInt.empty());
  }

  @Test
  void metadata_of_any_text_comes_back_as_it_was() throws Exception {
    Map<String, String> metadata =
        Map.of(
            "uploaded-by", "Jan Ågård ไทย 🎬",
            "spaces", " two  blanks ",
            "looks-encoded", "=?UTF-8?B?eA==?=",
            "long", "ü".repeat(200),
            "plain", "a=b; c, \"d\"");
    stored(
        store.put(prefix + "m", text("x"), new ObjectAttributes("text/plain", metadata), absent()));

    assertThat(store.head(prefix + "m").orElseThrow().metadata()).isEqualTo(metadata);
  }

  @Test
  void an_empty_object_is_an_object() throws Exception {
    ETag version = stored(store.put(prefix + "empty", text(""), PLAIN, absent()));

    assertThat(store.head(prefix + "empty").orElseThrow().summary().sizeBytes()).isZero();
    try (InputStream in = store.read(prefix + "empty", version, 0, 0)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  void the_facts_of_a_missing_object_are_none() throws Exception {
    assertThat(store.head(prefix + "missing")).isEmpty();
  }

  @Test
  void creating_what_exists_is_refused_and_changes_nothing() throws Exception {
    ETag first = stored(store.put(prefix + "k", text("first"), PLAIN, absent()));

    assertThat(store.put(prefix + "k", text("second"), PLAIN, absent()))
        .isEqualTo(new Written.Refused());

    assertThat(store.head(prefix + "k").orElseThrow().summary().etag()).isEqualTo(first);
  }

  @Test
  void a_big_body_is_refused_as_clearly_as_a_small_one() throws Exception {
    stored(store.put(prefix + "k", text("first"), PLAIN, absent()));

    assertThat(store.put(prefix + "k", Body.of(random(24 * MIB, 5)), PLAIN, absent()))
        .isEqualTo(new Written.Refused());
  }

  @Test
  void replacing_needs_the_version_that_is_there() throws Exception {
    ETag first = stored(store.put(prefix + "k", text("first"), PLAIN, absent()));
    ETag second = stored(store.put(prefix + "k", text("second"), PLAIN, Guard.unchanged(first)));

    assertThat(store.put(prefix + "k", text("third"), PLAIN, Guard.unchanged(first)))
        .isEqualTo(new Written.Refused());

    assertThat(contentOf(store.head(prefix + "k").orElseThrow()))
        .isEqualTo("second".getBytes(UTF_8));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void replacing_what_is_gone_is_refused_and_creates_nothing() throws Exception {
    ETag never = new ETag("098f6bcd4621d373cade4e832627b4f6");

    assertThat(store.put(prefix + "k", text("x"), PLAIN, Guard.unchanged(never)))
        .isEqualTo(new Written.Refused());

    assertThat(store.head(prefix + "k")).isEmpty();
  }

  @Test
  void of_several_concurrent_creations_exactly_one_is_stored() throws Exception {
    String key = prefix + "race";
    int writers = 8;
    List<Written> results =
        inParallel(writers, i -> store.put(key, text("writer " + i), PLAIN, absent()));

    if (looksInsteadOfConditions()) {
      assertThat(store.head(key)).isPresent();
      assertThat(store.put(key, text("late"), PLAIN, absent())).isEqualTo(new Written.Refused());
    } else {
      assertThat(results).filteredOn(Written.Stored.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(Written.Refused.class::isInstance).hasSize(writers - 1);
    }
  }

  @Test
  void a_body_that_is_not_its_checksum_is_not_stored() {
    Body changing = new AnotherSum(text("these bytes"), 42);

    assertThatThrownBy(() -> store.put(prefix + "k", changing, PLAIN, absent()))
        .isInstanceOf(SourceChangedException.class);
    assertThat(absentNow(prefix + "k")).isTrue();
  }

  @Test
  void a_body_that_shrank_or_grew_is_not_stored() {
    Body shrunk = new AnotherSize(text("12345"), 6);
    Body grown = new AnotherSize(text("12345"), 4);

    for (Body body : List.of(shrunk, grown)) {
      assertThatThrownBy(() -> store.put(prefix + "k", body, PLAIN, absent()))
          .isInstanceOf(SourceChangedException.class);
    }
    assertThat(absentNow(prefix + "k")).isTrue();
  }

  // ---- removal

  @Test
  void a_removal_takes_exactly_the_version_it_names() throws Exception {
    ETag first = stored(store.put(prefix + "k", text("first"), PLAIN, absent()));
    ETag second = stored(store.put(prefix + "k", text("second"), PLAIN, Guard.unchanged(first)));

    assertThat(store.remove(prefix + "k", first)).isEqualTo(Removed.CHANGED);
    assertThat(store.head(prefix + "k")).isPresent();
    assertThat(store.remove(prefix + "k", second)).isEqualTo(Removed.GONE);
    assertThat(store.head(prefix + "k")).isEmpty();
    assertThat(store.remove(prefix + "k", second)).isEqualTo(Removed.GONE);
  }

  // ---- reading

  @Test
  void ranges_give_exactly_what_was_asked_for() throws Exception {
    byte[] content = random(300_000, 1);
    ETag version = stored(store.put(prefix + "k", Body.of(content), PLAIN, absent()));

    for (long[] range : new long[][] {{0, 300_000}, {0, 1}, {299_999, 1}, {100_000, 123_456}}) {
      try (InputStream in = store.read(prefix + "k", version, range[0], range[1])) {
        assertThat(in.readAllBytes())
            .isEqualTo(Arrays.copyOfRange(content, (int) range[0], (int) (range[0] + range[1])));
      }
    }
  }

  @Test
  void reading_a_version_that_was_replaced_or_removed_says_so() throws Exception {
    ETag first = stored(store.put(prefix + "k", text("first"), PLAIN, absent()));
    ETag second = stored(store.put(prefix + "k", text("second"), PLAIN, Guard.unchanged(first)));

    assertThatThrownBy(() -> store.read(prefix + "k", first, 0, 5))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store.read(prefix + "k", first, 0, 0))
        .isInstanceOf(StoreException.Changed.class);
    store.remove(prefix + "k", second);
    assertThatThrownBy(() -> store.read(prefix + "k", second, 0, 5))
        .isInstanceOf(StoreException.Changed.class);
  }

  @Test
  void a_range_that_is_not_there_is_an_error_and_not_less() throws Exception {
    ETag version = stored(store.put(prefix + "k", text("12345"), PLAIN, absent()));

    assertThatThrownBy(() -> store.read(prefix + "k", version, 3, 5))
        .isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.read(prefix + "k", version, 5, 1))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void many_streams_given_up_half_way_leave_the_store_usable() throws Exception {
    ETag version = stored(store.put(prefix + "k", Body.of(random(4 * MIB, 2)), PLAIN, absent()));
    for (int i = 0; i < 20; i++) {
      try (InputStream in = store.read(prefix + "k", version, 0, 4 * MIB)) {
        assertThat(in.read()).isNotNegative();
      }
    }
    assertThat(store.head(prefix + "k")).isPresent();
  }

  // ---- uploads in parts

  @Test
  void parts_become_one_object_with_its_metadata() throws Exception {
    String key = prefix + "big ü+.mp4";
    byte[] content = random(2 * PART + 12_345, 3);
    ObjectAttributes attributes = new ObjectAttributes("video/mp4", Map.of("uploaded-by", "Jän"));

    String id = store.createUpload(key, attributes);
    List<UploadedPart> parts = sendParts(key, id, content);
    assertThat(store.head(key)).isEmpty();
    ETag version =
        stored(store.completeUpload(key, id, parts, content.length, crcOf(content), absent()));

    ObjectFacts facts = store.head(key).orElseThrow();
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
  void an_interrupted_upload_goes_on_from_the_parts_that_are_there() throws Exception {
    String key = prefix + "resumed.mp4";
    byte[] content = random(2 * PART + 99, 4);
    String id = store.createUpload(key, PLAIN);
    store.uploadPart(key, id, 3, slice(content, 2));
    store.uploadPart(key, id, 1, slice(content, 0));

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

    assertThat(contentOf(store.head(key).orElseThrow())).isEqualTo(content);
  }

  @Test
  void a_part_that_is_sent_again_replaces_the_first() throws Exception {
    String key = prefix + "k";
    String id = store.createUpload(key, PLAIN);
    store.uploadPart(key, id, 1, text("wrong"));
    UploadedPart right = store.uploadPart(key, id, 1, text("right!"));

    stored(store.completeUpload(key, id, List.of(right), 6, text("right!").crc32(), absent()));

    assertThat(contentOf(store.head(key).orElseThrow())).isEqualTo("right!".getBytes(UTF_8));
  }

  @Test
  void a_part_that_is_not_its_checksum_is_not_taken() throws Exception {
    String key = prefix + "k";
    String id = store.createUpload(key, PLAIN);
    Body changing = new AnotherSum(text("these bytes"), 42);

    assertThatThrownBy(() -> store.uploadPart(key, id, 1, changing))
        .isInstanceOf(SourceChangedException.class);
    assertThat(store.listParts(key, id)).isEmpty();
    store.abortUpload(key, id);
  }

  @Test
  void a_whole_that_is_not_its_checksum_is_refused_where_the_server_keeps_checksums()
      throws Exception {
    String key = prefix + "k";
    String id = store.createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(store.uploadPart(key, id, 1, text("content")));
    int wrong = ~text("content").crc32();

    if (keepsChecksums()) {
      assertThatThrownBy(() -> store.completeUpload(key, id, parts, 7, wrong, absent()))
          .isInstanceOf(StoreException.Failed.class);
      assertThat(store.head(key)).isEmpty();
      store.abortUpload(key, id);
    } else {
      // Proof of such a server's objects is downloading them.
      stored(store.completeUpload(key, id, parts, 7, wrong, absent()));
      assertThat(store.head(key).orElseThrow().crc32()).isEmpty();
    }
  }

  @Test
  void completing_over_an_object_that_appeared_is_refused_and_the_upload_stays_open()
      throws Exception {
    String key = prefix + "k";
    String id = store.createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(store.uploadPart(key, id, 1, text("mine")));
    ETag theirs = stored(store.put(key, text("theirs"), PLAIN, absent()));

    assertThat(store.completeUpload(key, id, parts, 4, text("mine").crc32(), absent()))
        .isEqualTo(new Written.Refused());

    assertThat(store.head(key).orElseThrow().summary().etag()).isEqualTo(theirs);
    assertThat(store.listParts(key, id)).hasSize(1);
    stored(store.completeUpload(key, id, parts, 4, text("mine").crc32(), Guard.unchanged(theirs)));
    assertThat(contentOf(store.head(key).orElseThrow())).isEqualTo("mine".getBytes(UTF_8));
  }

  @Test
  void completing_over_another_version_than_the_compared_one_is_refused() throws Exception {
    String key = prefix + "k";
    ETag first = stored(store.put(key, text("first"), PLAIN, absent()));
    String id = store.createUpload(key, PLAIN);
    List<UploadedPart> parts = List.of(store.uploadPart(key, id, 1, text("mine")));
    ETag second = stored(store.put(key, text("second"), PLAIN, Guard.unchanged(first)));

    Written written =
        store.completeUpload(key, id, parts, 4, text("mine").crc32(), Guard.unchanged(first));

    if (completionMindsIfMatch()) {
      assertThat(written).isEqualTo(new Written.Refused());
      assertThat(store.head(key).orElseThrow().summary().etag()).isEqualTo(second);
      store.abortUpload(key, id);
    } else {
      stored(written);
    }
  }

  @Test
  void completing_once_more_says_stored_again() throws Exception {
    String key = prefix + "k";
    byte[] content = random(PART + 7, 6);
    String id = store.createUpload(key, PLAIN);
    List<UploadedPart> parts = sendParts(key, id, content);
    ETag version =
        stored(store.completeUpload(key, id, parts, content.length, crcOf(content), absent()));

    assertThat(
            stored(
                store.completeUpload(
                    key, id, parts, content.length, crcOf(content), Guard.unchanged(version))))
        .isEqualTo(version);
  }

  @Test
  void an_aborted_upload_is_gone_and_may_be_aborted_again() throws Exception {
    String key = prefix + "k";
    ETag there = stored(store.put(key, text("there before"), PLAIN, absent()));
    String id = store.createUpload(key, PLAIN);
    UploadedPart part = store.uploadPart(key, id, 1, text("x"));

    store.abortUpload(key, id);
    store.abortUpload(key, id);

    if (knowsWhichUploadsAreGone()) {
      assertThatThrownBy(() -> store.listParts(key, id))
          .isInstanceOf(StoreException.NoSuchUpload.class);
      assertThatThrownBy(() -> store.uploadPart(key, id, 2, text("y")))
          .isInstanceOf(StoreException.NoSuchUpload.class);
    } else {
      assertThat(store.listParts(key, id)).isEmpty();
    }
    Guard held = looksInsteadOfConditions() ? Guard.unchanged(there) : absent();
    assertThatThrownBy(
            () -> store.completeUpload(key, id, List.of(part), 1, text("x").crc32(), held))
        .isInstanceOf(StoreException.NoSuchUpload.class);
    assertThat(store.head(key).orElseThrow().summary().etag()).isEqualTo(there);
  }

  @Test
  void open_uploads_below_a_prefix_are_listed() throws Exception {
    Instant before = store.serverTime(prefix).minusSeconds(5);
    String first = store.createUpload(prefix + "one ü+%.mp4", PLAIN);
    String second = store.createUpload(prefix + "two.mp4", PLAIN);
    String elsewhere = store.createUpload("elsewhere-" + prefix + "three.mp4", PLAIN);

    List<OpenUpload> all = new ArrayList<>();
    store.listUploads(prefix, all::add);

    assertThat(all)
        .extracting(OpenUpload::key)
        .containsExactlyInAnyOrder(prefix + "one ü+%.mp4", prefix + "two.mp4");
    assertThat(all).extracting(OpenUpload::uploadId).containsExactlyInAnyOrder(first, second);
    assertThat(all).allMatch(upload -> !upload.initiator().isEmpty() == namesInitiators());
    assertThat(all).allMatch(upload -> upload.initiatedAt().isAfter(before));
    store.abortUpload(prefix + "one ü+%.mp4", first);
    store.abortUpload(prefix + "two.mp4", second);
    store.abortUpload("elsewhere-" + prefix + "three.mp4", elsewhere);
  }

  @Test
  void a_finished_object_tells_the_sizes_of_its_parts_where_the_server_knows_them()
      throws Exception {
    String key = prefix + "parts.mp4";
    byte[] content = random(2 * PART + 99, 9);
    String id = store.createUpload(key, PLAIN);
    List<UploadedPart> sent = sendParts(key, id, content);
    ETag version =
        stored(store.completeUpload(key, id, sent, content.length, crcOf(content), absent()));

    if (tellsSizesOfParts()) {
      assertThat(store.part(key, version, 1)).contains(new StoredPart(PART, 3));
      assertThat(store.part(key, version, 3)).contains(new StoredPart(99, 3));
      assertThatThrownBy(() -> store.part(key, new ETag("0".repeat(32) + "-3"), 1))
          .isInstanceOf(StoreException.Changed.class);
    } else {
      assertThat(store.part(key, version, 1)).isEmpty();
    }
    assertThat(store.part(key, version, 4)).isEmpty();
  }

  @Test
  void an_object_that_was_put_whole_has_no_parts_and_one_that_is_gone_has_changed()
      throws Exception {
    ETag version = stored(store.put(prefix + "k", text("whole"), PLAIN, absent()));

    assertThat(store.part(prefix + "k", version, 1)).isEmpty();
    store.remove(prefix + "k", version);
    assertThatThrownBy(() -> store.part(prefix + "k", version, 1))
        .isInstanceOf(StoreException.Changed.class);
  }

  // ---- copies

  @Test
  void a_copy_has_the_content_the_metadata_and_the_type() throws Exception {
    ObjectAttributes attributes =
        new ObjectAttributes("video/quicktime", Map.of("uploaded-by", "Jän", "plain", "p"));
    byte[] content = random(200_000, 7);
    String source = prefix + "source ü+%?.mov";
    ETag version = stored(store.put(source, Body.of(content), attributes, absent()));

    ETag copied = stored(store.copy(source, version, prefix + "target #1.mov", absent()));

    ObjectFacts target = store.head(prefix + "target #1.mov").orElseThrow();
    assertThat(target.summary().etag()).isEqualTo(copied);
    assertThat(target.metadata()).isEqualTo(attributes.metadata());
    assertThat(target.contentType()).contains("video/quicktime");
    assertThat(contentOf(target)).isEqualTo(content);
  }

  @Test
  void a_copy_minds_both_ends() throws Exception {
    ETag first = stored(store.put(prefix + "s", text("first"), PLAIN, absent()));
    ETag second = stored(store.put(prefix + "s", text("second"), PLAIN, Guard.unchanged(first)));
    ETag target = stored(store.put(prefix + "t", text("target"), PLAIN, absent()));

    assertThatThrownBy(() -> store.copy(prefix + "s", first, prefix + "new", absent()))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store.copy(prefix + "gone", first, prefix + "new", absent()))
        .isInstanceOf(StoreException.Changed.class);
    assertThat(store.copy(prefix + "s", second, prefix + "t", absent()))
        .isEqualTo(new Written.Refused());
    assertThat(store.copy(prefix + "s", second, prefix + "t", Guard.unchanged(first)))
        .isEqualTo(new Written.Refused());
    assertThat(store.copy(prefix + "s", second, prefix + "new", Guard.unchanged(first)))
        .isEqualTo(new Written.Refused());
    assertThat(store.head(prefix + "new")).isEmpty();
    assertThat(store.head(prefix + "t").orElseThrow().summary().etag()).isEqualTo(target);

    stored(store.copy(prefix + "s", second, prefix + "t", Guard.unchanged(target)));
    assertThat(contentOf(store.head(prefix + "t").orElseThrow()))
        .isEqualTo("second".getBytes(UTF_8));
  }

  // ---- storage classes, tags, thaws

  private static final ObjectAttributes RICH =
      new ObjectAttributes(
          "application/gzip",
          Map.of("repo", "v-appydave", "project-id", "b40-ö"),
          StorageClass.STANDARD,
          Map.of("vat-freeze", "auto"));

  private Written moved(String key, ETag version, StorageClass to) throws StoreException {
    return store.copy(
        key, version, key, CopyAttributes.in(to), Guard.unchanged(version), CopyWatch.none());
  }

  private ObjectSummary listed(String key) throws StoreException {
    List<ObjectSummary> found = new ArrayList<>();
    store.list(key, found::add);
    return found.getFirst();
  }

  private ETag frozen(String key) throws IOException {
    ObjectAttributes deep =
        new ObjectAttributes("application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of());
    return stored(store.put(key, text("frozen"), deep, absent()));
  }

  @Test
  void what_is_stored_has_the_storage_class_and_the_tags_that_were_asked_for() throws Exception {
    String key = prefix + "b40.tar.gz";
    ObjectAttributes rich =
        new ObjectAttributes(
            "application/gzip", Map.of(), StorageClass.GLACIER_IR, Map.of("vat-freeze", "auto"));
    ETag version = stored(store.put(key, text("content"), rich, absent()));

    assertThat(store.head(key).orElseThrow().summary().storageClass())
        .isEqualTo(StorageClass.GLACIER_IR);
    assertThat(listed(key).storageClass()).isEqualTo(StorageClass.GLACIER_IR);
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.NotFrozen());
    if (keepsTags()) {
      assertThat(store.tags(key, version)).isEqualTo(Map.of("vat-freeze", "auto"));
      assertThat(store.takeRemarks()).isEmpty();
    } else {
      assertThatThrownBy(() -> store.tags(key, version))
          .isInstanceOf(StoreException.Unsupported.class);
    }
  }

  @Test
  void what_is_sent_in_parts_has_the_storage_class_and_the_tags_too() throws Exception {
    String key = prefix + "b40.tar.gz";
    ObjectAttributes deep =
        new ObjectAttributes(
            "application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of("vat-freeze", "auto"));
    String id = store.createUpload(key, deep);
    List<UploadedPart> parts = List.of(store.uploadPart(key, id, 1, text("content")));
    ETag version =
        stored(store.completeUpload(key, id, parts, 7, text("content").crc32(), absent()));

    if (hasGlacier()) {
      assertThat(listed(key).thaw()).isEqualTo(new Thaw.Frozen());
    }
    if (keepsTags()) {
      assertThat(store.tags(key, version)).isEqualTo(Map.of("vat-freeze", "auto"));
    }
  }

  @Test
  void tags_are_replaced_only_while_the_object_is_the_one_that_was_looked_at() throws Exception {
    String key = prefix + "b40.tar.gz";
    ETag first = stored(store.put(key, text("first"), RICH, absent()));
    if (!replacesTags()) {
      assertThatThrownBy(() -> store.retag(key, first, Map.of("pin", "yes")))
          .isInstanceOf(StoreException.Unsupported.class);
      return;
    }
    store.retag(key, first, Map.of("pin", "yes", "ä", "ö 1"));
    assertThat(store.tags(key, first)).isEqualTo(Map.of("pin", "yes", "ä", "ö 1"));
    store.retag(key, first, Map.of());
    assertThat(store.tags(key, first)).isEmpty();

    ETag second = stored(store.put(key, text("second"), RICH, Guard.unchanged(first)));
    assertThatThrownBy(() -> store.retag(key, first, Map.of("pin", "yes")))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store.tags(key, first)).isInstanceOf(StoreException.Changed.class);
    assertThat(store.tags(key, second)).isEqualTo(RICH.tags());
  }

  @Test
  void a_copy_onto_itself_changes_the_storage_class_and_nothing_else() throws Exception {
    String key = prefix + "b40.tar.gz";
    ETag version = stored(store.put(key, text("content"), RICH, absent()));
    ObjectFacts before = store.head(key).orElseThrow();
    if (!hasGlacier()) {
      assertThatThrownBy(() -> moved(key, version, StorageClass.GLACIER_IR))
          .isInstanceOf(StoreException.class);
      assertThat(store.head(key)).contains(before);
      return;
    }

    ETag now = stored(moved(key, version, StorageClass.GLACIER_IR));

    ObjectFacts after = store.head(key).orElseThrow();
    assertThat(after.summary().storageClass()).isEqualTo(StorageClass.GLACIER_IR);
    assertThat(after.summary().etag()).isEqualTo(now);
    assertThat(after.metadata()).isEqualTo(before.metadata());
    assertThat(after.contentType()).isEqualTo(before.contentType());
    assertThat(after.crc32()).isEqualTo(before.crc32());
    assertThat(contentOf(after)).isEqualTo("content".getBytes(UTF_8));
    if (keepsTags()) {
      assertThat(store.tags(key, now)).isEqualTo(RICH.tags());
    }
  }

  @Test
  void a_copy_can_take_other_tags() throws Exception {
    String key = prefix + "b40.tar.gz";
    ETag version = stored(store.put(key, text("content"), RICH, absent()));
    if (!hasGlacier()) {
      return;
    }
    CopyAttributes untagged = CopyAttributes.in(StorageClass.GLACIER_IR).tagged(Map.of());
    ETag now =
        stored(store.copy(key, version, key, untagged, Guard.unchanged(version), CopyWatch.none()));

    assertThat(store.tags(key, now)).isEmpty();
    assertThat(store.head(key).orElseThrow().metadata()).isEqualTo(RICH.metadata());
  }

  @Test
  void a_copy_onto_itself_leaves_another_version_alone() throws Exception {
    String key = prefix + "b40.tar.gz";
    ETag first = stored(store.put(key, text("first"), RICH, absent()));
    ETag second = stored(store.put(key, text("second"), RICH, Guard.unchanged(first)));

    assertThatThrownBy(() -> moved(key, first, StorageClass.DEEP_ARCHIVE))
        .isInstanceOf(StoreException.Changed.class);

    assertThat(store.head(key).orElseThrow().summary().etag()).isEqualTo(second);
    assertThat(listed(key).storageClass()).isEqualTo(StorageClass.STANDARD);
  }

  @Test
  void what_is_frozen_is_neither_read_nor_copied_and_that_is_said() throws Exception {
    String key = prefix + "b40.tar.gz";
    ETag version = frozen(key);
    if (!hasGlacier()) {
      return;
    }
    assertThat(store.head(key).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Frozen());
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.Frozen());
    assertThatThrownBy(() -> store.read(key, version, 0, 3))
        .isInstanceOfSatisfying(
            StoreException.Frozen.class,
            frozen -> {
              assertThat(frozen.object().storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);
              assertThat(frozen.object().thaw()).isEqualTo(new Thaw.Frozen());
            });
    assertThatThrownBy(() -> moved(key, version, StorageClass.STANDARD))
        .isInstanceOf(StoreException.Frozen.class);
    assertThatThrownBy(() -> store.copy(key, version, prefix + "copy", absent()))
        .isInstanceOf(StoreException.Frozen.class);
    assertThat(store.head(prefix + "copy")).isEmpty();
    assertThat(store.remove(key, version)).isEqualTo(Removed.GONE);
  }

  @Test
  void a_thaw_goes_its_way_and_is_seen_in_listings() throws Exception {
    String key = prefix + "b40.tar.gz";
    ETag version = frozen(key);
    if (!hasGlacier()) {
      assertThatThrownBy(() -> store.thaw(key, version, 7, ThawTier.BULK))
          .isInstanceOf(StoreException.class);
      return;
    }
    assertThat(store.thaw(key, version, 2, ThawTier.BULK)).isEqualTo(new ThawAnswer.Begun());
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.Thawing());
    assertThat(store.head(key).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Thawing());
    assertThat(store.thaw(key, version, 2, ThawTier.BULK)).isEqualTo(new ThawAnswer.UnderWay());
    assertThat(store.thaw(key, version, 2, ThawTier.STANDARD)).isEqualTo(new ThawAnswer.Begun());

    pass(Duration.ofHours(13));

    Thaw.Thawed thawed = (Thaw.Thawed) listed(key).thaw();
    assertThat(thawed.until()).isAfter(store.serverTime(prefix).plus(Duration.ofDays(1)));
    assertThat(store.head(key).orElseThrow().summary().thaw()).isEqualTo(thawed);
    assertThat(contentOf(store.head(key).orElseThrow())).isEqualTo("frozen".getBytes(UTF_8));
    assertThat(store.thaw(key, version, 5, ThawTier.BULK))
        .isInstanceOfSatisfying(
            ThawAnswer.Kept.class, kept -> assertThat(kept.until()).isAfter(thawed.until()));
    assertThat(listed(key).storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);

    pass(Duration.ofDays(7));
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.Frozen());
  }

  @Test
  void a_thaw_of_what_is_not_there_not_frozen_or_not_offered_is_told_apart() throws Exception {
    ETag plain = stored(store.put(prefix + "plain", text("x"), PLAIN, absent()));
    assertThat(store.thaw(prefix + "plain", plain, 1, ThawTier.BULK))
        .isEqualTo(new ThawAnswer.NotFrozen());
    assertThatThrownBy(() -> store.thaw(prefix + "none", plain, 1, ThawTier.BULK))
        .isInstanceOf(StoreException.Changed.class);
    ETag deep = frozen(prefix + "deep");
    assertThatThrownBy(() -> store.thaw(prefix + "deep", plain, 1, ThawTier.BULK))
        .isInstanceOf(StoreException.Changed.class);
    if (hasGlacier()) {
      assertThatThrownBy(() -> store.thaw(prefix + "deep", deep, 1, ThawTier.EXPEDITED))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(listed(prefix + "deep").thaw()).isEqualTo(new Thaw.Frozen());
    }
  }

  // ---- time

  @Test
  void the_servers_time_is_about_now() throws Exception {
    assertThat(Duration.between(store.serverTime(prefix), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  // ---- pieces

  static Guard absent() {
    return Guard.absent();
  }

  static ETag stored(Written written) {
    assertThat(written).isInstanceOf(Written.Stored.class);
    return ((Written.Stored) written).version();
  }

  private List<String> keysBelow(String start) throws IOException {
    List<String> keys = new ArrayList<>();
    store.list(start, each -> keys.add(each.key()));
    return keys;
  }

  private List<String> foldersBelow(String start) throws IOException {
    List<String> folders = new ArrayList<>();
    store.listFolders(start, folders::add);
    return folders;
  }

  private boolean absentNow(String key) {
    try {
      return store.head(key).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  byte[] contentOf(ObjectFacts facts) throws IOException {
    ObjectSummary summary = facts.summary();
    try (InputStream in = store.read(summary.key(), summary.etag(), 0, summary.sizeBytes())) {
      return in.readAllBytes();
    }
  }

  private List<UploadedPart> sendParts(String key, String id, byte[] content) throws Exception {
    int count = (content.length + PART - 1) / PART;
    return inParallel(count, i -> store.uploadPart(key, id, i + 1, slice(content, i)));
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

  private interface Numbered<T> {
    T run(int number) throws IOException;
  }

  /// Eight at a time; results in the order of their numbers.
  private static <T> List<T> inParallel(int count, Numbered<T> work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        calls.add(() -> work.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    }
  }

  static Body text(String text) {
    return Body.of(text.getBytes(UTF_8));
  }

  static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static int crcOf(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// A body whose bytes are no longer those of its checksum.
  private record AnotherSum(Body body, int crc32) implements Body {
    @Override
    public long sizeBytes() {
      return body.sizeBytes();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }
  }

  /// A body that is no longer as long as it was.
  private record AnotherSize(Body body, long sizeBytes) implements Body {
    @Override
    public int crc32() throws IOException {
      return body.crc32();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      body.writeTo(out);
    }
  }
}
