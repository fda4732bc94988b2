package dev.vat.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.RelativeName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Archives that were damaged or forged in any way: whatever the reader makes of them, it ends,
/// throws nothing but what it promises, and completes no file with another content than the table
/// of contents has the digest of. That a file gets no byte too many is watched by
/// [SampleTree.Kept].
class ArchiveReaderProperties {
  private static final byte[] ARCHIVE = small();

  private static final List<String> WORDS =
      List.of(
          "\"name\":\"../x\",",
          "\"type\":\"chunk\",",
          "\"size\":0",
          "9223372036854775807",
          "-1",
          "{",
          "}",
          "[",
          "]",
          "null",
          "\"offset\":1,",
          "\"chunkSize\":",
          "\"chunkOffset\":",
          "\"type\":\"symlink\"",
          "\"innerOffset\":5,",
          "sha256:",
          "1e999",
          "\"",
          "\\u0000",
          "\"entries\":");

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
  void damage_anywhere_never_gives_a_wrong_file(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] bytes = ARCHIVE.clone();
    for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
      bytes = mutated(bytes, random);
    }
    read(bytes);
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
  void forged_tables_of_contents_never_give_a_wrong_file(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    read(
        Forged.withToc(
            ARCHIVE,
            toc -> {
              String changed = toc;
              for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                changed = mutated(changed, random);
              }
              return changed;
            }));
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void any_bytes_as_headers_of_the_tar_are_survived(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] headers =
        TarHeaders.of(
            new ArchiveItem.File(
                RelativeName.of("n".repeat(1 + random.nextInt(150)) + "ä"),
                random.nextLong(1L << 40),
                SampleTree.TIME));
    for (int hits = 1 + random.nextInt(30); hits > 0; hits--) {
      headers[random.nextInt(headers.length)] =
          (byte) (random.nextBoolean() ? random.nextInt() : '9');
    }
    checksummed(headers);
    read(
        new Forged()
            .member(headers)
            .member(new byte[random.nextInt(100_000)])
            .toc("{\"version\":1,\"entries\":[{\"name\":\"a\",\"type\":\"reg\"}]}"));
  }

  /// Makes each record a valid header, so that more than the checksum is looked at.
  private static void checksummed(byte[] headers) {
    for (int at = 0; at + 512 <= headers.length; at += 512) {
      Arrays.fill(headers, at + 148, at + 156, (byte) ' ');
      int sum = 0;
      for (int i = at; i < at + 512; i++) {
        sum += headers[i] & 0xff;
      }
      byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, headers, at + 148, 8);
    }
  }

  private static void read(byte[] bytes) {
    SampleTree.Kept kept = new SampleTree.Kept();
    try {
      ArchiveReader reader =
          ArchiveReader.open(
              new SampleTree.Memory(bytes), new ReadLimits(1000, 100_000, 1_000_000));
      Extraction extraction = reader.extract(kept);
      for (TocEntry.File file : reader.toc().files()) {
        byte[] content = kept.files.get(file.name());
        if (content != null) {
          assertThat(Sha256.of(Sha256.algorithm().digest(content))).isEqualTo(file.digest());
        }
        single(reader, file);
      }
      assertThat(extraction.extracted().size() + extraction.notExtracted().size())
          .isEqualTo(reader.toc().entries().size());
    } catch (IOException promised) {
      assertThat(promised).isInstanceOf(ArchiveException.class);
    }
  }

  private static void single(ArchiveReader reader, TocEntry.File file) throws IOException {
    long[] written = {0};
    OutputStream bounded =
        new OutputStream() {
          @Override
          public void write(int b) {
            written[0]++;
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            written[0] += length;
          }
        };
    try {
      reader.read(file, bounded);
      assertThat(written[0]).isEqualTo(file.sizeBytes());
    } catch (ArchiveException.Damaged damaged) {
      assertThat(written[0]).isLessThanOrEqualTo(file.sizeBytes());
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    if (random.nextInt(3) == 0) {
      // Where the table of contents and the footer are.
      at = Math.max(0, bytes.length - 1 - random.nextInt(700));
    }
    int length = Math.min(bytes.length - at, 1 + random.nextInt(40));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 ->
          joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
      case 2 ->
          joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
      default -> {
        byte[] changed = bytes.clone();
        for (int i = at; i < at + Math.min(length, 3); i++) {
          changed[i] = (byte) random.nextInt();
        }
        yield changed;
      }
    };
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String mutated(String text, Random random) {
    int at = random.nextInt(text.length() + 1);
    int length = Math.min(text.length() - at, random.nextInt(60));
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return switch (random.nextInt(5)) {
      case 0 -> text.substring(0, at) + text.substring(at + length);
      case 1 -> text.substring(0, at) + word + text.substring(at);
      case 2 -> text.substring(0, at) + text.substring(at, at + length) + text.substring(at);
      case 3 -> text.substring(0, at) + word + text.substring(at + length);
      default -> digitChanged(text, random);
    };
  }

  private static String digitChanged(String text, Random random) {
    for (int at = random.nextInt(text.length() + 1); at < text.length(); at++) {
      if (Character.isDigit(text.charAt(at))) {
        return text.substring(0, at) + random.nextInt(10) + text.substring(at + 1);
      }
    }
    return text;
  }

  private static byte[] small() {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      SampleTree tree =
          new SampleTree()
              .folder("b40")
              .file("b40/a.mp4", SampleTree.noise(2500))
              .file("b40/empty", new byte[0])
              .file("b40/text.txt", SampleTree.text(1800))
              .file("b40/ünï.srt", SampleTree.text(300))
              .folder("b40/z");
      new ArchiveWriter(1, 1000).write(tree.items(), tree, out);
      return out.toByteArray();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
