package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StorageClass;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What belongs to nothing is found, of however much, and nothing of others is taken for it.
final class OrphanSearchTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
  private static final ProjectId KNOWN = new ProjectId("b40-old");

  private final MemoryObjectStore store = new MemoryObjectStore(CLOCK);

  private void put(String key, String repo, String project) throws IOException {
    Map<String, String> metadata =
        repo.isEmpty() ? Map.of() : Map.of("repo", repo, "project-id", project);
    store.put(key, Body.of(new byte[] {1}), new ObjectAttributes("x/y", metadata), Guard.absent());
  }

  private List<String> found() throws IOException {
    return new OrphanSearch(store, "p/", "v-appydave", Set.of(KNOWN), _ -> false)
        .run(Progress.none()).orphans().stream()
            .map(one -> one.kind() + (one.ours() ? " " : "? ") + one.object().key())
            .toList();
  }

  @Test
  void lone_sidecars_unknown_archives_and_strange_objects_are_told_apart() throws IOException {
    put("p/b00-b49/b40-old.tar.gz", "v-appydave", "b40-old");
    put("p/b00-b49/b40-old.toc.json", "v-appydave", "b40-old");
    put("p/b00-b49/b40-old.2026-01-16_091500Z.toc.json", "v-appydave", "b40-old");
    put("p/b00-b49/b41-gone.light.tar.gz", "v-appydave", "b41-gone");
    put("p/b00-b49/b41-gone.toc.json", "", "");
    put("p/b00-b49/b42-new.tar.gz", "v-appydave", "b42-new");
    put("p/b00-b49/b43-whose.tar.gz", "", "");
    put("p/holiday.jpg", "", "");
    put("p/RECOVER-WITHOUT-VAT.md", "", "");
    put("p/.vat/thaws/b40-old.json", "v-appydave", "b40-old");
    put("q/elsewhere.toc.json", "v-appydave", "elsewhere");

    assertThat(found())
        .containsExactlyInAnyOrder(
            "TOC p/b00-b49/b40-old.2026-01-16_091500Z.toc.json",
            "LIGHT p/b00-b49/b41-gone.light.tar.gz",
            "TOC? p/b00-b49/b41-gone.toc.json",
            "UNKNOWN_PROJECT p/b00-b49/b42-new.tar.gz",
            "UNKNOWN_PROJECT? p/b00-b49/b43-whose.tar.gz",
            "NO_ARCHIVE? p/holiday.jpg");
  }

  @Test
  void nothing_of_another_repository_in_the_same_place_is_an_orphan() throws IOException {
    put("p/b00-b49/b41-voz.toc.json", "v-voz", "b41-voz");
    put("p/b00-b49/b42-voz.tar.gz", "v-voz", "b42-voz");
    put("p/voz/b00-b49/b43.tar.gz", "v-voz", "b43");
    put("p/voz/.vat/thaws/b43.json", "v-voz", "b43");
    RecoveryPage.shipped().store(store, "p/voz/");

    assertThat(found()).isEmpty();
  }

  @Test
  void an_archive_in_another_spelling_of_the_same_name_is_no_other_archive() throws IOException {
    String composed = Normalizer.normalize("p/Küche.toc.json", Normalizer.Form.NFC);
    String apart = Normalizer.normalize("p/Küche.tar.gz", Normalizer.Form.NFD);
    put(composed, "v-appydave", Normalizer.normalize("Küche", Normalizer.Form.NFC));
    put(apart, "v-appydave", Normalizer.normalize("Küche", Normalizer.Form.NFC));

    assertThat(found()).containsExactly("UNKNOWN_PROJECT " + apart);
  }

  @Test
  void hostile_keys_are_strange_objects_and_no_more() throws IOException {
    List<String> hostile =
        List.of(
            "p/../b40-old.toc.json",
            "p//b40-old.toc.json",
            "p/b00-b49/../../x.light.tar.gz",
            "p/.toc.json",
            "p/b00-b49/.tar.gz",
            "p/\u001b[31mred.toc.json",
            "p/a\u0000b.tar.gz",
            "p/b00-b49/" + "x".repeat(900) + ".toc.json",
            "p/deep/er/still/b40-old.toc.json");
    for (String key : hostile) {
      put(key, "v-appydave", "b40-old");
    }

    assertThat(found()).allMatch(line -> !line.startsWith("TOC p") && !line.startsWith("LIGHT p"));
  }

  /// Against the plain way, which keeps everything.
  @Test
  void pairs_are_found_in_one_pass_whatever_the_names() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] pieces = {"a", "b", ".", "-", "light", "tar", "é", "z", "\ue000", "\ud83c\udfac"};
    for (int run = 0; run < 300; run++) {
      TreeSet<String> keys = new TreeSet<>(OrphanSearchTest::byBytes);
      for (int i = 0; i < 30; i++) {
        StringBuilder name = new StringBuilder("p/n");
        for (int length = random.nextInt(4); length >= 0; length--) {
          name.append(pieces[random.nextInt(pieces.length)]);
        }
        for (ArchiveKeys.Kind kind : ArchiveKeys.Kind.values()) {
          if (random.nextInt(3) > 0) {
            keys.add(name + kind.ending());
          }
        }
      }
      Set<String> expected = new TreeSet<>();
      Set<String> lone = new TreeSet<>();
      LoneSidecars search = new LoneSidecars((named, _) -> lone.add(named.key()));
      for (String key : keys) {
        Optional<ArchiveKeys.Named> named = ArchiveKeys.parse("p/", key);
        if (named.isPresent()) {
          search.next(named.get(), summary(key));
          ArchiveKeys.Kind kind = named.get().kind();
          String archive =
              key.substring(0, key.length() - kind.ending().length())
                  + ArchiveKeys.Kind.ARCHIVE.ending();
          boolean isThere =
              keys.contains(archive)
                  && ArchiveKeys.parse("p/", archive)
                      .filter(one -> one.kind() == ArchiveKeys.Kind.ARCHIVE)
                      .isPresent();
          if (kind != ArchiveKeys.Kind.ARCHIVE && !isThere) {
            expected.add(key);
          }
        }
      }
      search.end();
      assertThat(lone).as("seed %d, run %d: %s", seed, run, keys).isEqualTo(expected);
    }
  }

  private static int byBytes(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectSummary summary(String key) {
    return new ObjectSummary(key, 1, new ETag("e"), CLOCK.instant(), StorageClass.STANDARD);
  }

  /// A place that nobody could keep in memory as it comes, with two sidecars too many in it.
  @Test
  void of_100_000_objects_only_what_may_be_an_orphan_is_asked_about() throws IOException {
    Set<ProjectId> known = new TreeSet<>();
    AtomicInteger asked = new AtomicInteger();
    for (int i = 0; i < 33_333; i++) {
      known.add(new ProjectId("b%05d-film".formatted(i)));
    }
    ForwardingStore big =
        new ForwardingStore(store) {
          @Override
          public void list(String prefix, Consumer<ObjectSummary> each) {
            for (int i = 0; i < 33_333; i++) {
              String base = "p/b%05d-film".formatted(i);
              each.accept(summary(base + ".light.tar.gz"));
              if (i != 7 && i != 20_000) {
                each.accept(summary(base + ".tar.gz"));
              }
              if (i != 7) {
                each.accept(summary(base + ".toc.json"));
              }
            }
          }

          @Override
          public Optional<ObjectFacts> head(String key) {
            asked.incrementAndGet();
            return Optional.of(
                new ObjectFacts(
                    summary(key),
                    Map.of("repo", "v-appydave", "project-id", key.substring(2, 13)),
                    Optional.empty(),
                    OptionalInt.empty(),
                    false));
          }
        };

    OrphanSearch.Found found =
        new OrphanSearch(big, "p/", "v-appydave", known, _ -> false).run(Progress.none());

    assertThat(found.orphans())
        .extracting(one -> one.object().key())
        .containsExactly(
            "p/b00007-film.light.tar.gz", "p/b20000-film.light.tar.gz", "p/b20000-film.toc.json");
    assertThat(asked).hasValue(3);
  }

  @Test
  void more_than_anybody_reads_are_counted_and_not_asked_about() throws IOException {
    List<String> asked = new ArrayList<>();
    ForwardingStore full =
        new ForwardingStore(store) {
          @Override
          public void list(String prefix, Consumer<ObjectSummary> each) {
            for (int i = 0; i < 10_050; i++) {
              each.accept(summary("p/%06d.jpg".formatted(i)));
            }
            each.accept(summary("p/z-gone.toc.json"));
          }

          @Override
          public Optional<ObjectFacts> head(String key) {
            synchronized (asked) {
              asked.add(key);
            }
            return Optional.of(
                new ObjectFacts(
                    summary(key), Map.of(), Optional.empty(), OptionalInt.empty(), false));
          }
        };

    OrphanSearch.Found found =
        new OrphanSearch(full, "p/", "v-appydave", Set.of(), _ -> false).run(Progress.none());

    assertThat(found.orphans()).hasSize(10_001);
    assertThat(found.orphans().getFirst().kind()).isEqualTo(Orphan.Kind.TOC);
    assertThat(found.more()).isEqualTo(50);
    assertThat(found.moreBytes()).isEqualTo(50);
    assertThat(asked).hasSize(10_001);
  }
}
