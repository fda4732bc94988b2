package dev.vat.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArchiveWriterTest {
  private static final SampleTree TREE = SampleTree.rich();

  @Test
  void the_same_tree_gives_the_same_bytes_with_any_number_of_cores_and_in_any_order()
      throws IOException {
    byte[] once = TREE.archived(1);
    assertThat(TREE.archived(7)).isEqualTo(once);
    List<ArchiveItem> shuffled = new ArrayList<>(TREE.items());
    Collections.shuffle(shuffled, new Random(1));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ArchiveWriter(3, SampleTree.CHUNK).write(shuffled, TREE, out);
    assertThat(out.toByteArray()).isEqualTo(once);
  }

  @Test
  void it_says_what_it_wrote_and_where() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WrittenArchive written = new ArchiveWriter(2, SampleTree.CHUNK).write(TREE.items(), TREE, out);
    assertThat(written.sizeBytes()).isEqualTo(out.size());
    ArchiveReader reader =
        ArchiveReader.open(new SampleTree.Memory(out.toByteArray()), ReadLimits.usual());
    assertThat(reader.toc()).isEqualTo(written.toc());
    assertThat(reader.toc().writer()).isEqualTo(ArchiveWriter.WRITER);
  }

  @Test
  void media_and_noise_are_stored_and_text_gets_smaller() throws IOException {
    assertThat(new SampleTree().file("a.mp4", SampleTree.text(2_000_000)).archived().length)
        .isBetween(2_000_000, 2_002_000);
    assertThat(new SampleTree().file("noise", SampleTree.noise(2_000_000)).archived().length)
        .isBetween(2_000_000, 2_002_000);
    assertThat(new SampleTree().file("a.txt", SampleTree.text(2_000_000)).archived().length)
        .isLessThan(900_000);
  }

  @Test
  void no_archive_gets_larger_than_foretold() throws IOException {
    assertThat((long) TREE.archived().length).isLessThan(ArchiveWriter.largestSize(TREE.items()));
    SampleTree mixed = new SampleTree();
    byte[] content = SampleTree.text(6 * PieceReading.PIECE_BYTES);
    byte[] noise = SampleTree.noise(5 * PieceReading.PIECE_BYTES);
    System.arraycopy(noise, 0, content, PieceReading.PIECE_BYTES, noise.length);
    mixed.file("mixed", content);
    assertThat((long) mixed.archived().length).isLessThan(ArchiveWriter.largestSize(mixed.items()));
    assertThat(extracted(mixed.archived()).get(RelativeName.of("mixed"))).isEqualTo(content);
  }

  @Test
  void an_empty_tree_is_an_archive_too() throws IOException {
    byte[] archive = new SampleTree().archived();
    Extraction extraction =
        ArchiveReader.open(new SampleTree.Memory(archive), ReadLimits.usual())
            .extract(new SampleTree.Kept());
    assertThat(extraction.isWhole()).isTrue();
    assertThat(extraction.extracted()).isEmpty();
  }

  @Test
  void a_time_that_no_date_of_four_digits_has_is_moved_to_the_nearest() throws IOException {
    SampleTree tree =
        new SampleTree().file("a", SampleTree.text(5), Instant.parse("+30828-09-14T02:48:05Z"));
    ArchiveReader reader =
        ArchiveReader.open(new SampleTree.Memory(tree.archived()), ReadLimits.usual());
    assertThat(reader.toc().files().getFirst().modifiedAt())
        .isEqualTo(Instant.parse("9999-12-31T23:59:59Z"));
  }

  @Test
  void a_file_that_is_longer_or_shorter_than_it_was_ends_the_writing() {
    SampleTree tree = new SampleTree().file("a.mp4", new byte[3_000_000]);
    for (int actual : new int[] {0, 2_999_999, 3_000_001}) {
      AtomicInteger open = new AtomicInteger();
      Contents changed = file -> counted(new ByteArrayInputStream(new byte[actual]), open);
      assertThatThrownBy(
              () ->
                  new ArchiveWriter(2)
                      .write(tree.items(), changed, OutputStream.nullOutputStream()))
          .isInstanceOf(ArchiveException.SourceChanged.class)
          .hasMessageContaining("a.mp4 was changed while it was read");
      assertThat(open).hasValue(0);
    }
  }

  @Test
  void when_nobody_takes_the_archive_any_more_all_files_are_closed() {
    SampleTree tree = new SampleTree();
    for (int i = 0; i < 40; i++) {
      tree.file("f" + i + ".txt", SampleTree.text(700_000));
    }
    AtomicInteger open = new AtomicInteger();
    AtomicLong left = new AtomicLong(3_000_000);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            if (left.addAndGet(-length) < 0) {
              throw new IOException("no more");
            }
          }
        };
    assertThatThrownBy(
            () ->
                new ArchiveWriter(2)
                    .write(tree.items(), file -> counted(tree.open(file), open), full))
        .isInstanceOf(IOException.class)
        .hasMessage("no more");
    assertThat(open).hasValue(0);
  }

  @Test
  void a_file_that_cannot_be_read_ends_the_writing() {
    SampleTree tree = new SampleTree().file("a", new byte[10]);
    Contents broken =
        file -> {
          throw new IOException("unplugged");
        };
    assertThatThrownBy(
            () -> new ArchiveWriter(2).write(tree.items(), broken, OutputStream.nullOutputStream()))
        .isInstanceOf(IOException.class)
        .hasMessage("unplugged");
  }

  @Test
  void names_that_cannot_be_beside_each_other_are_refused() {
    refused(new SampleTree().file("a", new byte[1]).folder("a"), "two entries");
    refused(new SampleTree().file("a/b", new byte[1]).file("a", new byte[1]), "also the folder");
    refused(new SampleTree().file("a/b/c", new byte[1]).file("a", new byte[1]), "also the folder");
    refused(new SampleTree().file(Toc.NAME, new byte[1]), "own");
  }

  @Test
  void more_entries_than_are_read_are_not_written() {
    List<ArchiveItem> many = new ArrayList<>();
    many.add(new ArchiveItem.File(RelativeName.of("a.mp4"), 300_000L << 26, SampleTree.TIME));
    many.add(new ArchiveItem.File(RelativeName.of("b"), 0, SampleTree.TIME));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> new ArchiveWriter(2).write(many, TREE, out))
        .isInstanceOf(ArchiveException.Refused.class)
        .hasMessageContaining("too many files");
    assertThat(out.size()).isZero();
  }

  private static void refused(SampleTree tree, String why) {
    assertThatThrownBy(tree::archived)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static Map<RelativeName, byte[]> extracted(byte[] archive) throws IOException {
    SampleTree.Kept kept = new SampleTree.Kept();
    ArchiveReader.open(new SampleTree.Memory(archive), ReadLimits.usual()).extract(kept);
    return kept.files;
  }

  private static InputStream counted(InputStream in, AtomicInteger open) {
    open.incrementAndGet();
    return new FilterInputStream(in) {
      @Override
      public void close() throws IOException {
        open.decrementAndGet();
        super.close();
      }
    };
  }
}
