package dev.vat.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of contents as docs/formats/archive-toc.schema.json has it.
final class TocFormatTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  /// What was written once must be read for ever, and is what is written now.
  private static final String GOLDEN =
      """
      {"version":1,"writer":"vat-archive/1","entries":[\
      {"name":"b40/","type":"dir","modtime":"2026-05-04T10:00:00Z","mode":493,"uid":0,"gid":0},\
      {"name":"b40/a.mp4","type":"reg","size":150,"modtime":"2026-05-04T10:00:00.000000001Z",\
      "mode":420,"uid":0,"gid":0,"digest":"sha256:%1$s","offset":120,"chunkSize":100,\
      "chunkDigest":"sha256:%2$s"},\
      {"name":"b40/a.mp4","type":"chunk","offset":900,"chunkOffset":100,"chunkSize":0,\
      "chunkDigest":"sha256:%1$s"},\
      {"name":"b40/one","type":"reg","size":7,"modtime":"2026-05-04T10:00:00Z","mode":420,\
      "uid":0,"gid":0,"digest":"sha256:%2$s","offset":1200,"chunkDigest":"sha256:%2$s"}]}"""
          .formatted(A, B);

  private static final Instant TIME = Instant.parse("2026-05-04T10:00:00Z");

  @Test
  void a_golden_table_is_read_and_written_to_the_byte() throws IOException {
    Sha256 a = Sha256.parse("sha256:" + A);
    Sha256 b = Sha256.parse("sha256:" + B);
    Toc expected =
        new Toc(
            "vat-archive/1",
            List.of(
                new TocEntry.Folder(RelativeName.of("b40"), TIME),
                new TocEntry.File(
                    RelativeName.of("b40/a.mp4"),
                    150,
                    TIME.plusNanos(1),
                    a,
                    List.of(new TocEntry.Chunk(120, 100, b), new TocEntry.Chunk(900, 50, a))),
                new TocEntry.File(
                    RelativeName.of("b40/one"),
                    7,
                    TIME,
                    b,
                    List.of(new TocEntry.Chunk(1200, 7, b)))));
    byte[] golden = GOLDEN.getBytes(StandardCharsets.UTF_8);
    assertThat(Toc.read(new ByteArrayInputStream(golden), ReadLimits.usual())).isEqualTo(expected);
    assertThat(written(expected)).isEqualTo(GOLDEN);
  }

  @Test
  void what_is_written_follows_the_published_schema() throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs/formats/archive-toc.schema.json")));
    Toc real =
        ArchiveReader.open(new SampleTree.Memory(SampleTree.rich().archived()), ReadLimits.usual())
            .toc();
    assertThat(schema.validate(GOLDEN, InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(written(real), InputFormat.JSON)).isEmpty();
    assertThat(schema.validate(GOLDEN.replace("sha256:", "md5:"), InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void the_file_beside_an_archive_is_read_back_and_follows_the_published_schema()
      throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("docs/formats/toc.schema.json")));
    Toc toc =
        ArchiveReader.open(new SampleTree.Memory(SampleTree.rich().archived()), ReadLimits.usual())
            .toc();
    TocFile beside =
        new TocFile(
            "b40-old",
            "v-appydave",
            TIME,
            new TocFile.Archive(4_000_000_000L, 0xfe00_0001, 3_999_999_000L),
            toc);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    beside.write(out);
    String text = out.toString(StandardCharsets.UTF_8);

    assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
    assertThat(readBeside(text)).isEqualTo(beside);
    assertThat(Toc.read(new ByteArrayInputStream(out.toByteArray()), ReadLimits.usual()))
        .isEqualTo(toc);
    assertThatThrownBy(() -> readBeside(text.replace("vat.toc/1", "vat.toc/2")))
        .isInstanceOf(ArchiveException.Refused.class);
    assertThatThrownBy(() -> readBeside(text.replace("fe000001", "fe0001")))
        .isInstanceOf(ArchiveException.Damaged.class);
    assertThatThrownBy(() -> readBeside(text.replace("\"crc32\":", "\"x\":{},\"crc32\":[],\"y\":")))
        .isInstanceOf(ArchiveException.Damaged.class);
    assertThatThrownBy(() -> readBeside(GOLDEN)).isInstanceOf(ArchiveException.Damaged.class);
  }

  private static TocFile readBeside(String text) throws IOException {
    return TocFile.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ReadLimits.usual());
  }

  private static String written(Toc toc) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    toc.write(out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
