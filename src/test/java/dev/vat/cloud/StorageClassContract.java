package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do with storage classes and tags: a change of either
/// leaves all else as it was.
interface StorageClassContract extends StoreUnderTest {
  ObjectAttributes RICH =
      new ObjectAttributes(
          "application/gzip",
          Map.of("repo", "v-appydave", "project-id", "b40-ö"),
          StorageClass.STANDARD,
          Map.of("vat-freeze", "auto"));

  @Test
  default void what_is_stored_has_the_storage_class_and_the_tags_that_were_asked_for()
      throws Exception {
    String key = prefix() + "b40.tar.gz";
    ObjectAttributes rich =
        new ObjectAttributes(
            "application/gzip", Map.of(), StorageClass.GLACIER_IR, Map.of("vat-freeze", "auto"));
    ETag version = stored(store().put(key, text("content"), rich, absent()));

    assertThat(store().head(key).orElseThrow().summary().storageClass())
        .isEqualTo(StorageClass.GLACIER_IR);
    assertThat(listed(key).storageClass()).isEqualTo(StorageClass.GLACIER_IR);
    assertThat(listed(key).thaw()).isEqualTo(new Thaw.NotFrozen());
    if (keepsTags()) {
      assertThat(store().tags(key, version)).isEqualTo(Map.of("vat-freeze", "auto"));
      assertThat(store().takeRemarks()).isEmpty();
    } else {
      assertThatThrownBy(() -> store().tags(key, version))
          .isInstanceOf(StoreException.Unsupported.class);
    }
  }

  @Test
  default void what_is_sent_in_parts_has_the_storage_class_and_the_tags_too() throws Exception {
    String key = prefix() + "b40.tar.gz";
    ObjectAttributes deep =
        new ObjectAttributes(
            "application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of("vat-freeze", "auto"));
    String id = store().createUpload(key, deep);
    List<UploadedPart> parts = List.of(store().uploadPart(key, id, 1, text("content")));
    ETag version =
        stored(store().completeUpload(key, id, parts, 7, text("content").crc32(), absent()));

    if (hasGlacier()) {
      assertThat(listed(key).thaw()).isEqualTo(new Thaw.Frozen());
    }
    if (keepsTags()) {
      assertThat(store().tags(key, version)).isEqualTo(Map.of("vat-freeze", "auto"));
    }
  }

  @Test
  default void tags_are_replaced_only_while_the_object_is_the_one_that_was_looked_at()
      throws Exception {
    String key = prefix() + "b40.tar.gz";
    ETag first = stored(store().put(key, text("first"), RICH, absent()));
    if (!replacesTags()) {
      assertThatThrownBy(() -> store().retag(key, first, Map.of("pin", "yes")))
          .isInstanceOf(StoreException.Unsupported.class);
      return;
    }
    store().retag(key, first, Map.of("pin", "yes", "ä", "ö 1"));
    assertThat(store().tags(key, first)).isEqualTo(Map.of("pin", "yes", "ä", "ö 1"));
    store().retag(key, first, Map.of());
    assertThat(store().tags(key, first)).isEmpty();

    ETag second = stored(store().put(key, text("second"), RICH, Guard.unchanged(first)));
    assertThatThrownBy(() -> store().retag(key, first, Map.of("pin", "yes")))
        .isInstanceOf(StoreException.Changed.class);
    assertThatThrownBy(() -> store().tags(key, first)).isInstanceOf(StoreException.Changed.class);
    assertThat(store().tags(key, second)).isEqualTo(RICH.tags());
  }

  @Test
  default void a_copy_onto_itself_changes_the_storage_class_and_nothing_else() throws Exception {
    String key = prefix() + "b40.tar.gz";
    ETag version = stored(store().put(key, text("content"), RICH, absent()));
    ObjectFacts before = store().head(key).orElseThrow();
    if (!hasGlacier()) {
      assertThatThrownBy(() -> moved(key, version, StorageClass.GLACIER_IR))
          .isInstanceOf(StoreException.class);
      assertThat(store().head(key)).contains(before);
      return;
    }

    ETag now = stored(moved(key, version, StorageClass.GLACIER_IR));

    ObjectFacts after = store().head(key).orElseThrow();
    assertThat(after.summary().storageClass()).isEqualTo(StorageClass.GLACIER_IR);
    assertThat(after.summary().etag()).isEqualTo(now);
    assertThat(after.metadata()).isEqualTo(before.metadata());
    assertThat(after.contentType()).isEqualTo(before.contentType());
    assertThat(after.crc32()).isEqualTo(before.crc32());
    assertThat(contentOf(after)).isEqualTo("content".getBytes(UTF_8));
    if (keepsTags()) {
      assertThat(store().tags(key, now)).isEqualTo(RICH.tags());
    }
  }

  @Test
  default void a_copy_can_take_other_tags() throws Exception {
    String key = prefix() + "b40.tar.gz";
    ETag version = stored(store().put(key, text("content"), RICH, absent()));
    if (!hasGlacier()) {
      return;
    }
    CopyAttributes untagged = CopyAttributes.in(StorageClass.GLACIER_IR).tagged(Map.of());
    ETag now =
        stored(
            store().copy(key, version, key, untagged, Guard.unchanged(version), CopyWatch.none()));

    assertThat(store().tags(key, now)).isEmpty();
    assertThat(store().head(key).orElseThrow().metadata()).isEqualTo(RICH.metadata());
  }

  @Test
  default void a_copy_onto_itself_leaves_another_version_alone() throws Exception {
    String key = prefix() + "b40.tar.gz";
    ETag first = stored(store().put(key, text("first"), RICH, absent()));
    ETag second = stored(store().put(key, text("second"), RICH, Guard.unchanged(first)));

    assertThatThrownBy(() -> moved(key, first, StorageClass.DEEP_ARCHIVE))
        .isInstanceOf(StoreException.Changed.class);

    assertThat(store().head(key).orElseThrow().summary().etag()).isEqualTo(second);
    assertThat(listed(key).storageClass()).isEqualTo(StorageClass.STANDARD);
  }
}
