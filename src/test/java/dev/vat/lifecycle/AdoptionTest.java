package dev.vat.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.index.ArchiveFeeding;
import dev.vat.index.CopyPlace;
import dev.vat.index.Filter;
import dev.vat.index.Index;
import dev.vat.index.Query;
import dev.vat.progress.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading what archives hold into the index: many of them, big ones, and a line that goes.
final class AdoptionTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final long ALL = Long.MAX_VALUE;

  @TempDir Path vatDir;
  private final MemoryObjectStore bucket = new MemoryObjectStore(() -> NOW);
  private final Counted store = new Counted(bucket);

  /// Counts what is read, and how much at once; the line may end.
  private static final class Counted extends ForwardingStore {
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private int readsLeft = Integer.MAX_VALUE;

    private Counted(ObjectStore store) {
      super(store);
    }

    @Override
    public InputStream read(String key, ETag version, long offset, long length)
        throws StoreException {
      if (reads.incrementAndGet() > readsLeft) {
        throw new StoreException.Unreachable("the line is gone", null);
      }
      mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
      return new FilterInputStream(super.read(key, version, offset, length)) {
        private boolean closed;

        @Override
        public void close() throws IOException {
          if (!closed) {
            closed = true;
            open.decrementAndGet();
          }
          super.close();
        }
      };
    }
  }

  private void archive(String project, Map<String, byte[]> files) throws IOException {
    StoredArchives.put(bucket, "p/", "v-voz", project, files);
  }

  private Adopted adopt(long mostBytes) throws IOException {
    try (ArchiveFeeding index = ArchiveFeeding.open(vatDir, NOW)) {
      AdoptionPlan plan = plan(index.known(), false);
      return new Adoption(store, "v-voz", index, Progress.none()).read(plan, mostBytes);
    }
  }

  private AdoptionPlan plan(Map<CopyPlace, String> known, boolean daily) throws IOException {
    List<ArchiveListing.Found> ours =
        ArchiveListing.of(bucket, "p/").archives().values().stream().flatMap(List::stream).toList();
    return AdoptionPlan.of(bucket.bucket(), "p/", ours, known, daily);
  }

  private long texts(String words) throws IOException {
    try (Index index = Index.open(vatDir).orElseThrow()) {
      return index.find(Query.of(words).orElseThrow(), Filter.all(10), List.of()).textsInAll();
    }
  }

  private static String id(int i) {
    return "b%02d-film-%d".formatted(i % 100, i);
  }

  @Test
  void five_hundred_archives_take_two_requests_each_and_never_more_than_some_at_once()
      throws IOException {
    for (int i = 0; i < 500; i++) {
      archive(
          id(i),
          Map.of(
              id(i) + "/film.mp4",
              new byte[1_000],
              id(i) + "/said.txt",
              ("word" + i).getBytes(UTF_8)));
    }

    Adopted first = adopt(ALL);

    assertThat(first.read()).isEqualTo(500);
    assertThat(first.texts()).isEqualTo(500);
    assertThat(first.problems()).isEmpty();
    assertThat(store.reads.get()).isEqualTo(1_000);
    assertThat(store.mostOpen.get()).isLessThanOrEqualTo(8);
    assertThat(store.open.get()).as("streams left open").isZero();
    assertThat(texts("word499")).isEqualTo(1);
    try (ArchiveFeeding index = ArchiveFeeding.open(vatDir, NOW)) {
      assertThat(plan(index.known(), false).toRead()).isEmpty();
    }
  }

  @Test
  void of_many_light_files_only_texts_are_fetched_in_few_requests() throws IOException {
    byte[] picture = new byte[900_000];
    new SplittableRandom(7).nextBytes(picture);
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      files.put("b40-old/thumbs/%02d.png".formatted(i), picture);
    }
    for (int i = 0; i < 300; i++) {
      files.put("b40-old/transcripts/%03d.txt".formatted(i), ("word" + i).getBytes(UTF_8));
    }
    archive("b40-old", files);

    Adopted adopted = adopt(ALL);

    assertThat(adopted.texts()).isEqualTo(300);
    assertThat(store.reads.get()).isLessThan(6);
    assertThat(adopted.fetchedBytes()).isLessThan(1_500_000);
    assertThat(texts("word299")).isEqualTo(1);
  }

  @Test
  void a_look_by_the_way_leaves_what_is_much_and_a_line_that_goes_loses_nothing_that_came()
      throws IOException {
    for (int i = 10; i < 30; i++) {
      archive(id(i), Map.of(id(i) + "/said.txt", ("word" + i).getBytes(UTF_8)));
    }
    assertThat(adopt(3_000).left()).isBetween(1, 19);
    store.readsLeft = store.reads.get() + 9;
    assertThatThrownBy(() -> adopt(ALL)).isInstanceOf(StoreException.Unreachable.class);
    store.readsLeft = Integer.MAX_VALUE;
    int left;
    try (ArchiveFeeding index = ArchiveFeeding.open(vatDir, NOW)) {
      left = plan(index.known(), false).toRead().size();
    }

    Adopted rest = adopt(ALL);

    assertThat(left).isBetween(1, 18);
    assertThat(rest.read()).isEqualTo(left);
    for (int i = 10; i < 30; i++) {
      assertThat(texts("word" + i)).as("%d", i).isEqualTo(1);
    }
  }

  @Test
  void a_file_of_a_copy_that_left_keeps_the_text_that_the_archive_does_not_give()
      throws IOException {
    archive("b40-old", Map.of("b40-old/said.txt", "a spoon".getBytes(UTF_8)));
    adopt(ALL);
    String light = "p/b00-b49/b40-old.light.tar.gz";
    bucket.remove(light, bucket.head(light).orElseThrow().summary().etag());
    String archive = "p/b00-b49/b40-old.tar.gz";
    // Nothing but the table of contents is left to read.
    bucket.copy(
        archive,
        bucket.head(archive).orElseThrow().summary().etag(),
        archive,
        CopyAttributes.in(StorageClass.DEEP_ARCHIVE),
        Guard.unchanged(bucket.head(archive).orElseThrow().summary().etag()),
        CopyWatch.none());

    Adopted again = adopt(ALL);

    assertThat(again.read()).isEqualTo(1);
    assertThat(again.problems()).as("the text is known by its digest").isEmpty();
    assertThat(texts("spoon")).isEqualTo(1);
  }
}
