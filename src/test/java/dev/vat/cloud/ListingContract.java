package dev.vat.cloud;

import static dev.vat.cloud.Guard.absent;
import static dev.vat.cloud.SampleBodies.text;
import static dev.vat.cloud.StoreUnderTest.inParallel;
import static dev.vat.cloud.StoreUnderTest.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every server behind the port has to do when it lists, and which names it has to take for a
/// key.
interface ListingContract extends StoreUnderTest {
  @Test
  default void a_listing_of_more_than_two_pages_tells_every_object_once_and_in_order()
      throws Exception {
    int count = 2_100;
    inParallel(
        count,
        i -> stored(store().put(prefix() + "%05d".formatted(i), text("x"), PLAIN, absent())));

    List<String> keys = keysBelow(prefix());

    assertThat(keys).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  default void a_listing_tells_size_version_time_and_storage_class() throws Exception {
    ETag version = stored(store().put(prefix() + "draft.mp4", text("12345"), PLAIN, absent()));

    List<ObjectSummary> all = new ArrayList<>();
    store().list(prefix(), all::add);

    assertThat(all).hasSize(1);
    ObjectSummary only = all.getFirst();
    assertThat(only.key()).isEqualTo(prefix() + "draft.mp4");
    assertThat(only.sizeBytes()).isEqualTo(5);
    assertThat(only.etag()).isEqualTo(version);
    assertThat(only.storageClass()).isEqualTo(StorageClass.STANDARD);
    assertThat(Duration.between(only.lastModified(), store().serverTime(prefix())).abs())
        .isLessThan(Duration.ofMinutes(1));
  }

  @Test
  default void a_listing_of_nothing_tells_nothing() throws Exception {
    assertThat(keysBelow(prefix())).isEmpty();
  }

  @Test
  default void folders_below_a_prefix_are_told_once_each_whatever_they_hold() throws Exception {
    List<String> keys =
        List.of(
            "a b/x.mp4", "a+b/y/z.mp4", "a+b/y/zz.mp4", "b63-flivideo/x.mp4", "ไทย%25/x", "top");
    for (String key : keys) {
      stored(store().put(prefix() + key, text("x"), PLAIN, absent()));
    }

    assertThat(foldersBelow(prefix())).containsExactly("a b", "a+b", "b63-flivideo", "ไทย%25");
    assertThat(foldersBelow(prefix() + "a+b/")).containsExactly("y");
    assertThat(foldersBelow(prefix() + "a+b/y/")).isEmpty();
    assertThat(foldersBelow(prefix() + "none/")).isEmpty();
  }

  @Test
  default void folders_that_fill_more_than_one_page_are_told_once_and_in_order() throws Exception {
    int count = 1_050;
    inParallel(
        count,
        i -> stored(store().put(prefix() + "%05d/x".formatted(i), text("x"), PLAIN, absent())));

    assertThat(foldersBelow(prefix())).hasSize(count).isSorted().doesNotHaveDuplicates();
  }

  @Test
  default void odd_keys_are_stored_listed_and_read_byte_by_byte() throws Exception {
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
      stored(store().put(prefix() + name, text(name), PLAIN, absent()));
    }

    assertThat(keysBelow(prefix()))
        .containsExactlyInAnyOrderElementsOf(names.stream().map(n -> prefix() + n).toList());
    for (String name : names) {
      ObjectFacts facts = store().head(prefix() + name).orElseThrow();
      assertThat(contentOf(facts)).as(name).isEqualTo(name.getBytes(UTF_8));
      assertThat(store().remove(prefix() + name, facts.summary().etag())).isEqualTo(Removed.GONE);
    }
    assertThat(keysBelow(prefix())).isEmpty();
  }

  @Test
  default void the_two_unicode_forms_of_a_name_are_two_keys() throws Exception {
    String composed = prefix() + Normalizer.normalize("é.mp4", Normalizer.Form.NFC);
    String decomposed = prefix() + Normalizer.normalize("é.mp4", Normalizer.Form.NFD);
    stored(store().put(composed, text("one"), PLAIN, absent()));
    stored(store().put(decomposed, text("two"), PLAIN, absent()));

    assertThat(keysBelow(prefix())).containsExactlyInAnyOrder(composed, decomposed);
  }

  @Test
  default void a_key_below_another_key_is_one_more_object() throws Exception {
    stored(store().put(prefix() + "a", text("one"), PLAIN, absent()));
    if (keysMayLieBelowKeys()) {
      stored(store().put(prefix() + "a/b", text("two"), PLAIN, absent()));
      assertThat(keysBelow(prefix())).containsExactly(prefix() + "a", prefix() + "a/b");
    } else {
      assertThatThrownBy(() -> store().put(prefix() + "a/b", text("two"), PLAIN, absent()))
          .isInstanceOf(StoreException.class);
      assertThat(keysBelow(prefix())).containsExactly(prefix() + "a");
    }
  }

  private List<String> foldersBelow(String start) throws IOException {
    List<String> folders = new ArrayList<>();
    store().listFolders(start, folders::add);
    return folders;
  }

  private List<String> keysBelow(String start) throws IOException {
    List<String> keys = new ArrayList<>();
    store().list(start, each -> keys.add(each.key()));
    return keys;
  }
}
