package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.Removed;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is made of an archive goes only while the archive is gone, and only as it was looked at.
final class SidecarRemovalTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final String TOC = "p/b00-b49/b40-old.toc.json";
  private static final String ARCHIVE = "p/b00-b49/b40-old.tar.gz";

  private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.fixed(NOW));

  @BeforeEach
  void left() throws IOException {
    put(TOC, "{}");
  }

  private void put(String key, String content) throws IOException {
    Guard guard =
        store
            .head(key)
            .<Guard>map(one -> Guard.unchanged(one.summary().etag()))
            .orElse(Guard.absent());
    store.put(
        key,
        Body.of(content.getBytes()),
        new ObjectAttributes(
            "application/json", Map.of("repo", "v-appydave", "project-id", "b40-old")),
        guard);
  }

  private Orphan found() throws IOException {
    return new OrphanSearch(store, "p/", "v-appydave", Set.of(new ProjectId("b40-old")), _ -> false)
        .run(Progress.none())
        .orphans()
        .getFirst();
  }

  @Test
  void one_whose_archive_came_back_since_it_was_looked_at_stays() throws IOException {
    Orphan toc = found();
    put(ARCHIVE, "back");

    assertThat(new SidecarRemoval(store, "v-appydave").remove(toc))
        .isEqualTo(new SidecarRemoval.Outcome.Stayed("its archive is there again"));
    assertThat(store.head(TOC)).isPresent();
  }

  @Test
  void one_that_was_replaced_since_stays() throws IOException {
    Orphan toc = found();
    put(TOC, "{\"another\": 1}");

    assertThat(new SidecarRemoval(store, "v-appydave").remove(toc))
        .isEqualTo(new SidecarRemoval.Outcome.Stayed("it was replaced in this moment"));
    assertThat(store.head(TOC)).isPresent();
  }

  @Test
  void an_archive_that_comes_back_in_the_very_moment_is_told_and_stays() throws IOException {
    ForwardingStore meanwhile =
        new ForwardingStore(store) {
          @Override
          public Removed remove(String key, ETag version) {
            try {
              SidecarRemovalTest.this.put(ARCHIVE, "back");
            } catch (IOException impossible) {
              throw new AssertionError(impossible);
            }
            return store.remove(key, version);
          }
        };

    assertThat(new SidecarRemoval(meanwhile, "v-appydave").remove(found()))
        .isEqualTo(new SidecarRemoval.Outcome.Gone(true));
    assertThat(store.head(ARCHIVE)).isPresent();
  }

  @Test
  void thirty_days_begin_when_it_was_stored_or_its_archive_was_last_seen() throws IOException {
    SidecarRemoval removal = new SidecarRemoval(store, "v-appydave");
    Instant later = NOW.plus(Duration.ofDays(31));

    assertThat(removal.staysBecause(found(), at(NOW.plus(Duration.ofDays(29)), Optional.empty())))
        .hasValueSatisfying(why -> assertThat(why).contains("30 days, until 2026-12-25"));
    assertThat(removal.staysBecause(found(), at(later, Optional.of(NOW.plus(Duration.ofDays(9))))))
        .hasValueSatisfying(why -> assertThat(why).contains("until 2027-01-03"));
    assertThat(removal.staysBecause(found(), at(later, Optional.empty())))
        .hasValueSatisfying(why -> assertThat(why).doesNotContain("30 days"));
  }

  private static SidecarRemoval.Circumstances at(Instant now, Optional<Instant> seen) {
    return new SidecarRemoval.Circumstances(now, seen, Set.of(), List.of(), 1);
  }
}
