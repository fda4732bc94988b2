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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;

class ArchiveReaderTest {
  private static final SampleTree TREE = SampleTree.rich();
  private static final byte[] ARCHIVE = archive();

  @Test
  void everything_comes_out_in_one_read() throws IOException {
    SampleTree.Memory source = new SampleTree.Memory(ARCHIVE);
    ArchiveReader reader = ArchiveReader.open(source, ReadLimits.usual());
    source.reads = 0;
    SampleTree.Kept kept = new SampleTree.Kept();
    Extraction extraction = reader.extract(kept);
    assertThat(source.reads).isEqualTo(1);
    assertThat(extraction.problem()).isEmpty();
    assertThat(extraction.notExtracted()).isEmpty();
    assertThat(extraction.extracted()).hasSize(TREE.items().size());
    assertThat(kept.files).containsExactlyEntriesOf(TREE.contents());
    assertThat(kept.folders)
        .containsExactlyInAnyOrderElementsOf(
            TREE.items().stream()
                .filter(ArchiveItem.Folder.class::isInstance)
                .map(ArchiveItem::name)
                .toList());
    assertThat(kept.abandoned).isEmpty();
  }

  @Test
  void any_single_file_comes_out_with_one_ranged_read_of_little_more_than_itself()
      throws IOException {
    SampleTree.Memory source = new SampleTree.Memory(ARCHIVE);
    ArchiveReader reader = ArchiveReader.open(source, ReadLimits.usual());
    assertThat(source.reads).as("reads of the end").isLessThanOrEqualTo(2);
    for (TocEntry.File file : reader.toc().files()) {
      source.reads = 0;
      source.bytesAsked = 0;
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      reader.read(file, out);
      assertThat(out.toByteArray()).isEqualTo(TREE.contents().get(file.name()));
      assertThat(source.reads).isEqualTo(file.sizeBytes() == 0 ? 0 : 1);
      assertThat(source.bytesAsked).isLessThan(file.sizeBytes() + file.sizeBytes() / 1000 + 2000);
    }
  }

  @Test
  void a_big_file_comes_out_in_its_pieces_too() throws IOException {
    SampleTree.Memory source = new SampleTree.Memory(ARCHIVE);
    ArchiveReader reader = ArchiveReader.open(source, ReadLimits.usual());
    TocEntry.File file =
        reader.find(RelativeName.of("b40-old/recordings/take 1.mp4")).orElseThrow();
    assertThat(file.chunks()).hasSize(4);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < file.chunks().size(); i++) {
      reader.readChunk(file, i, out);
    }
    assertThat(out.toByteArray()).isEqualTo(TREE.contents().get(file.name()));
  }

  @Test
  void times_are_kept_to_the_nanosecond() throws IOException {
    ArchiveReader reader = ArchiveReader.open(new SampleTree.Memory(ARCHIVE), ReadLimits.usual());
    assertThat(reader.toc().entries())
        .extracting(TocEntry::modifiedAt)
        .containsExactlyInAnyOrderElementsOf(
            TREE.items().stream().map(ArchiveItem::modifiedAt).toList());
  }

  @Test
  void a_table_of_contents_tells_of_sizes_over_8_gib() throws IOException {
    long size = 3L << 40;
    Sha256 digest = Sha256.ofNothing();
    Toc toc =
        new Toc(
            "w",
            List.of(
                new TocEntry.File(
                    RelativeName.of("big.mov"),
                    size,
                    Instant.parse("2026-01-01T00:00:00.000000001Z"),
                    digest,
                    List.of(
                        new TocEntry.Chunk(100, 2L << 40, digest),
                        new TocEntry.Chunk((2L << 40) + 900_000_000, 1L << 40, digest)))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    toc.write(out);
    Toc read = Toc.read(new ByteArrayInputStream(out.toByteArray()), ReadLimits.usual());
    assertThat(read).isEqualTo(toc);
  }

  @Test
  void a_damaged_file_is_not_extracted_and_all_others_are() throws IOException {
    TocEntry.File hit = named("b40-old/recordings/take 1.mp4");
    byte[] damaged = ARCHIVE.clone();
    damaged[(int) hit.chunks().get(1).offset() + 5000] ^= 1;
    onlyMissing(damaged, hit);
    // In the header of its first member.
    damaged = ARCHIVE.clone();
    damaged[(int) hit.chunks().getFirst().offset()] ^= 1;
    onlyMissing(damaged, hit);
    // In a compressed one.
    hit = named("b40-old/text/transcript.srt");
    damaged = ARCHIVE.clone();
    damaged[(int) hit.chunks().get(1).offset() + 5000] ^= 1;
    onlyMissing(damaged, hit);
  }

  @Test
  void damage_between_files_is_said_and_every_file_still_comes_out() throws IOException {
    byte[] damaged = ARCHIVE.clone();
    damaged[12] ^= 0x55;
    SampleTree.Kept kept = new SampleTree.Kept();
    Extraction extraction = open(damaged).extract(kept);
    assertThat(extraction.isWhole()).isFalse();
    assertThat(extraction.problem()).hasValueSatisfying(why -> assertThat(why).contains("damaged"));
    assertThat(kept.files).containsExactlyEntriesOf(TREE.contents());
  }

  @Test
  void a_cut_archive_is_not_opened() {
    for (int length : new int[] {0, 50, 51, ARCHIVE.length / 2, ARCHIVE.length - 1}) {
      assertThatThrownBy(() -> open(Arrays.copyOf(ARCHIVE, length)))
          .isInstanceOf(ArchiveException.Damaged.class);
    }
  }

  @Test
  void names_that_leave_their_folder_are_refused_before_anything_is_extracted() throws IOException {
    for (String name :
        new String[] {
          "../x",
          "/etc/passwd",
          "b40/../../x",
          "C:x",
          "a\\\\b",
          "a//b",
          "./a",
          "",
          "a\\u0000b",
          "a\\nb"
        }) {
      refused(new Forged().toc(toc("{\"name\":\"" + name + "\",\"type\":\"reg\"}")), "is refused");
      refused(new Forged().toc(toc("{\"name\":\"" + name + "\",\"type\":\"dir\"}")), "is refused");
    }
  }

  @Test
  void links_and_devices_are_refused() throws IOException {
    refused(
        new Forged().toc(toc("{\"name\":\"a\",\"type\":\"symlink\",\"linkName\":\"/etc\"}")),
        "holds a link");
    refused(
        new Forged().toc(toc("{\"name\":\"a\",\"type\":\"hardlink\",\"linkName\":\"../b\"}")),
        "holds a link");
    refused(new Forged().toc(toc("{\"name\":\"a\",\"type\":\"fifo\"}")), "neither file nor folder");
  }

  @Test
  void two_entries_of_one_name_are_refused_in_any_spelling() throws IOException {
    refused(
        new Forged()
            .toc(
                toc(
                    "{\"name\":\"\u00e9\",\"type\":\"reg\"},{\"name\":\"e\u0301\",\"type\":\"reg\"}")),
        "two entries of the name");
    refused(
        new Forged()
            .toc(toc("{\"name\":\"a\",\"type\":\"reg\"},{\"name\":\"a/\",\"type\":\"dir\"}")),
        "two entries of the name");
    refused(
        new Forged()
            .toc(toc("{\"name\":\"a/b\",\"type\":\"reg\"},{\"name\":\"a\",\"type\":\"reg\"}")),
        "also as the folder");
  }

  @Test
  void a_file_larger_than_anything_its_bytes_can_hold_is_refused() throws IOException {
    refused(
        changed(toc -> toc.replaceAll("(one chunk.mov.*?\"size\":)\\d+", "$19999999999999")),
        "cannot come out of what is there");
  }

  @Test
  void a_file_that_holds_more_or_less_than_declared_is_not_extracted() throws IOException {
    TocEntry.File hit = named("b40-old/recordings/one chunk.mov");
    for (long other : new long[] {hit.sizeBytes() - 1, hit.sizeBytes() + 1}) {
      byte[] forged =
          changed(toc -> toc.replaceAll("(one chunk.mov.*?\"size\":)\\d+", "$1" + other));
      SampleTree.Kept kept = new SampleTree.Kept();
      ArchiveReader reader = open(forged);
      assertThatThrownBy(
              () -> reader.read(reader.find(hit.name()).orElseThrow(), new ByteArrayOutputStream()))
          .isInstanceOf(ArchiveException.Damaged.class);
      Extraction extraction = reader.extract(kept);
      assertThat(extraction.problem())
          .hasValueSatisfying(why -> assertThat(why).contains("do not agree about"));
      assertThat(kept.files).doesNotContainKey(hit.name());
    }
  }

  @Test
  void a_file_of_one_piece_has_one_digest() throws IOException {
    Sha256 digest = named("b40-old/recordings/one chunk.mov").digest();

    refused(
        changed(toc -> toc.replace("\"digest\":\"" + digest, "\"digest\":\"" + Sha256.ofNothing())),
        "two digests of b40-old/recordings/one chunk.mov");
  }

  @Test
  void a_bomb_stops_at_the_declared_size() throws IOException {
    Forged forged = new Forged().member(TarHeaders.of(file("zeros", 1000)));
    int offset = forged.position();
    forged.member(new byte[50_000_000]);
    Sha256 digest = Sha256.of(Sha256.algorithm().digest(new byte[1000]));
    ArchiveReader reader =
        open(
            forged.toc(
                toc(
                    "{\"name\":\"zeros\",\"type\":\"reg\",\"size\":1000,\"offset\":"
                        + offset
                        + ",\"chunkDigest\":\""
                        + digest
                        + "\"}")));
    SampleTree.Kept kept = new SampleTree.Kept();
    Extraction extraction = reader.extract(kept);
    assertThat(kept.files).isEmpty();
    assertThat(extraction.notExtracted().getFirst().why()).contains("more than the table");
  }

  @Test
  void a_flood_between_two_files_is_not_taken_in() throws IOException {
    // A pax header of 40 MB, in 40 kB.
    TarArchiveEntry pax = new TarArchiveEntry("pax", (byte) 'x');
    pax.setSize(40_000_000);
    byte[] header = new byte[512];
    pax.writeEntryHeader(header);
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(member)) {
      gzip.write(header);
      gzip.write("39999999 comment=".getBytes(StandardCharsets.US_ASCII));
      byte[] block = new byte[1_000_000];
      Arrays.fill(block, (byte) 'x');
      for (int i = 0; i < 40; i++) {
        gzip.write(block);
      }
    }
    Extraction extraction =
        open(new Forged().raw(member.toByteArray()).toc(toc("{\"name\":\"a\",\"type\":\"reg\"}")))
            .extract(new SampleTree.Kept());
    assertThat(extraction.isWhole()).isFalse();
  }

  @Test
  void what_the_table_of_contents_does_not_tell_is_noticed() throws IOException {
    byte[] hidden =
        new Forged()
            .member(TarHeaders.of(file("a", 0)))
            .member(TarHeaders.of(file("hidden", 0)))
            .toc(toc("{\"name\":\"a\",\"type\":\"reg\"}"));
    Extraction extraction = open(hidden).extract(new SampleTree.Kept());
    assertThat(extraction.problem())
        .hasValueSatisfying(why -> assertThat(why).contains("not tell"));
  }

  @Test
  void another_name_in_the_tar_than_in_the_table_stops_the_extraction() throws IOException {
    SampleTree.Kept kept = new SampleTree.Kept();
    Extraction extraction =
        open(changed(toc -> toc.replace("transcript.srt", "transcripT.srt"))).extract(kept);
    assertThat(extraction.problem())
        .hasValueSatisfying(
            why -> assertThat(why).endsWith("do not agree about b40-old/text/transcripT.srt"));
    assertThat(extraction.notExtracted()).isNotEmpty();
    assertThat(kept.files)
        .isNotEmpty()
        .doesNotContainKey(RelativeName.of("b40-old/text/transcripT.srt"));
    assertThat(extraction.extracted().size() + extraction.notExtracted().size())
        .isEqualTo(TREE.items().size());
  }

  @Test
  void offsets_that_point_elsewhere_give_no_file() throws IOException {
    TocEntry.File hit = named("b40-old/recordings/one chunk.mov");
    long offset = hit.chunks().getFirst().offset();
    byte[] forged =
        changed(toc -> toc.replace("\"offset\":" + offset, "\"offset\":" + (offset + 3)));
    SampleTree.Kept kept = new SampleTree.Kept();
    assertThat(open(forged).extract(kept).isWhole()).isFalse();
    assertThat(kept.files).doesNotContainKey(hit.name());
    refused(
        changed(toc -> toc.replace("\"offset\":" + offset, "\"offset\":" + Long.MAX_VALUE)),
        "table of contents is wrong");
    refused(
        changed(toc -> toc.replace("\"offset\":" + offset, "\"offset\":1")),
        "not one after the other");
  }

  @Test
  void a_table_of_contents_that_would_fill_the_memory_is_refused() throws IOException {
    ReadLimits few = new ReadLimits(5, 1000, 100_000);
    assertThatThrownBy(() -> ArchiveReader.open(new SampleTree.Memory(ARCHIVE), few))
        .isInstanceOf(ArchiveException.Refused.class)
        .hasMessageContaining("more than 5 entries");
    ReadLimits shortNames = new ReadLimits(500, 100, 100_000);
    assertThatThrownBy(() -> ArchiveReader.open(new SampleTree.Memory(ARCHIVE), shortNames))
        .isInstanceOf(ArchiveException.Refused.class)
        .hasMessageContaining("names");
    ReadLimits small = new ReadLimits(500, 10_000, 1000);
    assertThatThrownBy(() -> ArchiveReader.open(new SampleTree.Memory(ARCHIVE), small))
        .isInstanceOf(ArchiveException.Refused.class)
        .hasMessageContaining("more than is read");
  }

  @Test
  void tables_of_another_version_or_of_no_form_are_not_read() throws IOException {
    refused(new Forged().toc("{\"version\":2,\"entries\":[]}"), "version 2");
    for (String json :
        new String[] {
          "",
          "[]",
          "{",
          "{\"version\":1,\"entries\":[1]}",
          "{\"version\":1,\"entries\":{}}",
          "nothing"
        }) {
      byte[] forged = new Forged().toc(json);
      assertThatThrownBy(() -> open(forged)).isInstanceOf(ArchiveException.Damaged.class);
    }
  }

  @Test
  void a_source_that_fails_is_no_damaged_archive() throws IOException {
    RangeSource failing =
        new RangeSource() {
          private final SampleTree.Memory memory = new SampleTree.Memory(ARCHIVE);

          @Override
          public long size() {
            return memory.size();
          }

          @Override
          public InputStream read(long offset, long length) {
            InputStream in = memory.read(offset, length);
            return offset > 0
                ? in
                : new FilterInputStream(in) {
                  @Override
                  public int read(byte[] bytes, int at, int most) throws IOException {
                    int got = super.read(bytes, at, Math.min(most, 7001));
                    if (in.available() < ARCHIVE.length / 2) {
                      throw new IOException("line cut");
                    }
                    return got;
                  }
                };
          }
        };
    SampleTree.Kept kept = new SampleTree.Kept();
    ArchiveReader reader = ArchiveReader.open(failing, ReadLimits.usual());
    assertThatThrownBy(() -> reader.extract(kept))
        .isInstanceOf(IOException.class)
        .hasMessage("line cut");
    assertThat(kept.files).isNotEmpty();
    assertThat(kept.abandoned).hasSize(1);
  }

  private static byte[] archive() {
    try {
      return TREE.archived();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static void onlyMissing(byte[] archive, TocEntry.File file) throws IOException {
    SampleTree.Kept kept = new SampleTree.Kept();
    Extraction extraction = open(archive).extract(kept);
    assertThat(extraction.notExtracted())
        .extracting(Extraction.NotExtracted::name)
        .containsExactly(file.name());
    assertThat(kept.abandoned).containsExactly(file.name());
    assertThat(kept.files).hasSize(TREE.contents().size() - 1).doesNotContainKey(file.name());
    kept.files.forEach((name, content) -> assertThat(content).isEqualTo(TREE.contents().get(name)));
    ArchiveReader reader = open(archive);
    assertThatThrownBy(() -> reader.read(file, OutputStream.nullOutputStream()))
        .isInstanceOf(ArchiveException.Damaged.class);
  }

  private static void refused(byte[] archive, String why) {
    assertThatThrownBy(() -> open(archive))
        .isInstanceOf(ArchiveException.Refused.class)
        .hasMessageContaining(why);
  }

  private static ArchiveReader open(byte[] archive) throws IOException {
    return ArchiveReader.open(new SampleTree.Memory(archive), ReadLimits.usual());
  }

  private static byte[] changed(UnaryOperator<String> change) throws IOException {
    return Forged.withToc(ARCHIVE, change);
  }

  private static TocEntry.File named(String name) throws IOException {
    return open(ARCHIVE).find(RelativeName.of(name)).orElseThrow();
  }

  private static ArchiveItem.File file(String name, long size) {
    return new ArchiveItem.File(RelativeName.of(name), size, SampleTree.TIME);
  }

  private static String toc(String entries) {
    return "{\"version\":1,\"entries\":[" + entries + "]}";
  }
}
