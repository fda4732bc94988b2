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
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do when an object is written at once, and when it is
/// removed: exactly what was guarded, or nothing.
interface SingleWriteContract extends StoreUnderTest {
  @Test
  default void a_new_object_is_created_and_its_facts_are_known() throws Exception {
    String key = prefix() + "draft.mp4";
    ObjectAttributes attributes =
        new ObjectAttributes(
            "video/mp4", Map.of("uploaded-by", "jan", "md5chksum", "CY9rzUYh03PK3k6DJie09g=="));

    ETag version = stored(store().put(key, text("test"), attributes, absent()));

    ObjectFacts facts = store().head(key).orElseThrow();
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
  default void metadata_of_any_text_comes_back_as_it_was() throws Exception {
    Map<String, String> metadata =
        Map.of(
            "uploaded-by", "Jan Ågård ไทย 🎬",
            "spaces", " two  blanks ",
            "looks-encoded", "=?UTF-8?B?eA==?=",
            "long", "ü".repeat(200),
            "plain", "a=b; c, \"d\"");
    stored(
        store()
            .put(
                prefix() + "m", text("x"), new ObjectAttributes("text/plain", metadata), absent()));

    assertThat(store().head(prefix() + "m").orElseThrow().metadata()).isEqualTo(metadata);
  }

  @Test
  default void an_empty_object_is_an_object() throws Exception {
    ETag version = stored(store().put(prefix() + "empty", text(""), PLAIN, absent()));

    assertThat(store().head(prefix() + "empty").orElseThrow().summary().sizeBytes()).isZero();
    try (InputStream in = store().read(prefix() + "empty", version, 0, 0)) {
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @Test
  default void the_facts_of_a_missing_object_are_none() throws Exception {
    assertThat(store().head(prefix() + "missing")).isEmpty();
  }

  @Test
  default void creating_what_exists_is_refused_and_changes_nothing() throws Exception {
    ETag first = stored(store().put(prefix() + "k", text("first"), PLAIN, absent()));

    assertThat(store().put(prefix() + "k", text("second"), PLAIN, absent()))
        .isEqualTo(new Written.Refused());

    assertThat(store().head(prefix() + "k").orElseThrow().summary().etag()).isEqualTo(first);
  }

  @Test
  default void a_big_body_is_refused_as_clearly_as_a_small_one() throws Exception {
    stored(store().put(prefix() + "k", text("first"), PLAIN, absent()));

    assertThat(store().put(prefix() + "k", Body.of(random(24 * MIB, 5)), PLAIN, absent()))
        .isEqualTo(new Written.Refused());
  }

  @Test
  default void replacing_needs_the_version_that_is_there() throws Exception {
    ETag first = stored(store().put(prefix() + "k", text("first"), PLAIN, absent()));
    ETag second =
        stored(store().put(prefix() + "k", text("second"), PLAIN, Guard.unchanged(first)));

    assertThat(store().put(prefix() + "k", text("third"), PLAIN, Guard.unchanged(first)))
        .isEqualTo(new Written.Refused());

    assertThat(contentOf(store().head(prefix() + "k").orElseThrow()))
        .isEqualTo("second".getBytes(UTF_8));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  default void replacing_what_is_gone_is_refused_and_creates_nothing() throws Exception {
    ETag never = new ETag("098f6bcd4621d373cade4e832627b4f6");

    assertThat(store().put(prefix() + "k", text("x"), PLAIN, Guard.unchanged(never)))
        .isEqualTo(new Written.Refused());

    assertThat(store().head(prefix() + "k")).isEmpty();
  }

  @Test
  default void of_several_concurrent_creations_exactly_one_is_stored() throws Exception {
    String key = prefix() + "race";
    int writers = 8;
    List<Written> results =
        inParallel(writers, i -> store().put(key, text("writer " + i), PLAIN, absent()));

    if (looksInsteadOfConditions()) {
      assertThat(store().head(key)).isPresent();
      assertThat(store().put(key, text("late"), PLAIN, absent())).isEqualTo(new Written.Refused());
    } else {
      assertThat(results).filteredOn(Written.Stored.class::isInstance).hasSize(1);
      assertThat(results).filteredOn(Written.Refused.class::isInstance).hasSize(writers - 1);
    }
  }

  @Test
  default void a_body_that_is_not_its_checksum_is_not_stored() {
    Body changing = new SampleBodies.AnotherSum(text("these bytes"), 42);

    assertThatThrownBy(() -> store().put(prefix() + "k", changing, PLAIN, absent()))
        .isInstanceOf(SourceChangedException.class);
    assertThat(absentNow(prefix() + "k")).isTrue();
  }

  @Test
  default void a_body_that_shrank_or_grew_is_not_stored() {
    Body shrunk = new SampleBodies.AnotherSize(text("12345"), 6);
    Body grown = new SampleBodies.AnotherSize(text("12345"), 4);

    for (Body body : List.of(shrunk, grown)) {
      assertThatThrownBy(() -> store().put(prefix() + "k", body, PLAIN, absent()))
          .isInstanceOf(SourceChangedException.class);
    }
    assertThat(absentNow(prefix() + "k")).isTrue();
  }

  @Test
  default void a_removal_takes_exactly_the_version_it_names() throws Exception {
    ETag first = stored(store().put(prefix() + "k", text("first"), PLAIN, absent()));
    ETag second =
        stored(store().put(prefix() + "k", text("second"), PLAIN, Guard.unchanged(first)));

    assertThat(store().remove(prefix() + "k", first)).isEqualTo(Removed.CHANGED);
    assertThat(store().head(prefix() + "k")).isPresent();
    assertThat(store().remove(prefix() + "k", second)).isEqualTo(Removed.GONE);
    assertThat(store().head(prefix() + "k")).isEmpty();
    assertThat(store().remove(prefix() + "k", second)).isEqualTo(Removed.GONE);
  }

  private boolean absentNow(String key) {
    try {
      return store().head(key).isEmpty();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
