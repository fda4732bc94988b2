package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.archive.Sha256;
import dev.vat.cloud.Body;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The page in the bucket is ours or somebody's, and nobody's work is replaced by it.
final class RecoveryPageTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
  private static final String KEY = "p/RECOVER-WITHOUT-VAT.md";

  private final MemoryObjectStore store = new MemoryObjectStore(CLOCK);

  private static RecoveryPage page(int version, String words) {
    return RecoveryPage.of(
        ("# How\n" + words + "\n\nVersion " + version + " of this page.\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private String there() {
    return new String(store.content(KEY).orElseThrow(), StandardCharsets.UTF_8);
  }

  private void replace(String content, Map<String, String> metadata) throws IOException {
    Guard guard =
        store
            .head(KEY)
            .<Guard>map(one -> Guard.unchanged(one.summary().etag()))
            .orElse(Guard.absent());
    store.put(
        KEY,
        Body.of(content.getBytes(StandardCharsets.UTF_8)),
        new ObjectAttributes("text/plain", metadata),
        guard);
  }

  @Test
  void it_is_the_very_page_of_the_documentation_without_a_tag_that_freezes_it() throws Exception {
    assertThat(RecoveryPage.shipped().store(store, "p/")).isEqualTo(RecoveryPage.State.MISSING);

    assertThat(there()).isEqualTo(Files.readString(Path.of("docs/recover-without-vat.md")));
    ObjectFacts facts = store.head(KEY).orElseThrow();
    assertThat(store.tags(KEY, facts.summary().etag())).isEmpty();
    assertThat(facts.contentType()).contains("text/plain; charset=utf-8");
    assertThat(ArchiveKeys.parse("p/", KEY)).isEmpty();
    assertThat(RecoveryPage.shipped().store(store, "p/")).isEqualTo(RecoveryPage.State.CURRENT);
    assertThat(store.head(KEY)).contains(facts);
  }

  @Test
  void an_older_one_is_replaced_and_a_newer_one_stays() throws Exception {
    page(2, "now").store(store, "p/");

    assertThat(page(1, "then").look(store, "p/")).isEqualTo(RecoveryPage.State.NEWER);
    assertThat(page(1, "then").store(store, "p/")).isEqualTo(RecoveryPage.State.NEWER);
    assertThat(there()).contains("now");
    assertThat(page(3, "later").look(store, "p/")).isEqualTo(RecoveryPage.State.OLDER);
    assertThat(there()).contains("now");
    assertThat(page(3, "later").store(store, "p/")).isEqualTo(RecoveryPage.State.OLDER);
    assertThat(there()).contains("later");
  }

  /// Whoever may write to the bucket could say so of anything.
  @Test
  void what_is_too_big_for_a_page_is_not_read_whatever_it_says_of_itself() throws Exception {
    page(1, "then").store(store, "p/");
    Map<String, String> metadata = new HashMap<>(store.head(KEY).orElseThrow().metadata());
    String big = "x".repeat((1 << 20) + 1);
    metadata.put(
        "vat-document-sha256",
        Sha256.of(Sha256Reading.algorithm().digest(big.getBytes(StandardCharsets.UTF_8))).hex());
    replace(big, metadata);

    assertThat(page(2, "now").store(store, "p/")).isEqualTo(RecoveryPage.State.NOT_OURS);
    assertThat(there()).isEqualTo(big);
  }

  @Test
  void what_somebody_else_has_there_or_has_edited_stays() throws Exception {
    replace("my own notes", Map.of());
    assertThat(page(9, "x").store(store, "p/")).isEqualTo(RecoveryPage.State.NOT_OURS);
    assertThat(there()).isEqualTo("my own notes");

    store.remove(KEY, store.head(KEY).orElseThrow().summary().etag());
    page(1, "as written").store(store, "p/");
    Map<String, String> ours = store.head(KEY).orElseThrow().metadata();
    replace("as written, and ring Anna on 555", ours);
    assertThat(page(9, "x").store(store, "p/")).isEqualTo(RecoveryPage.State.NOT_OURS);
    assertThat(there()).contains("Anna");

    Map<String, String> hostile = new HashMap<>(ours);
    hostile.put("vat-document-version", "-99999999999999");
    replace("x", hostile);
    assertThat(page(9, "x").store(store, "p/")).isEqualTo(RecoveryPage.State.NOT_OURS);
  }

  @Test
  void one_that_somebody_stores_in_the_same_moment_stays() throws Exception {
    ForwardingStore meanwhile =
        new ForwardingStore(store) {
          @Override
          public Optional<ObjectFacts> head(String key) {
            Optional<ObjectFacts> nothing = store.head(key);
            try {
              replace("theirs", Map.of());
            } catch (IOException impossible) {
              throw new AssertionError(impossible);
            }
            return nothing;
          }
        };

    assertThat(page(1, "mine").store(meanwhile, "p/")).isEqualTo(RecoveryPage.State.NOT_OURS);
    assertThat(there()).isEqualTo("theirs");
  }
}
