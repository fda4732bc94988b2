package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A project's tree in memory.
final class SampleTree implements Contents {
  static final Instant TIME = Instant.parse("2026-05-04T10:00:00.123456789Z");

  private final List<ArchiveItem> items = new ArrayList<>();
  private final Map<RelativeName, byte[]> contents = new TreeMap<>();

  SampleTree folder(String name) {
    items.add(new ArchiveItem.Folder(RelativeName.of(name), TIME));
    return this;
  }

  SampleTree file(String name, byte[] content) {
    return file(name, content, TIME);
  }

  SampleTree file(String name, byte[] content, Instant modifiedAt) {
    RelativeName safe = RelativeName.of(name);
    items.add(new ArchiveItem.File(safe, content.length, modifiedAt));
    contents.put(safe, content);
    return this;
  }

  List<ArchiveItem> items() {
    return items;
  }

  Map<RelativeName, byte[]> contents() {
    return contents;
  }

  @Override
  public InputStream open(ArchiveItem.File file) {
    return new ByteArrayInputStream(contents.get(file.name()));
  }

  /// Video and text, in several chunks of [#CHUNK] and in one; empty ones; names and times of all
  /// kinds.
  static SampleTree rich() {
    return new SampleTree()
        .folder("b40-old")
        .folder("b40-old/empty folder")
        .folder("b40-old/recordings")
        .file("b40-old/recordings/take 1.mp4", noise(3 * CHUNK + 17))
        .file("b40-old/recordings/one chunk.mov", noise(CHUNK))
        .file("b40-old/recordings/nothing.mp4", new byte[0])
        .file("b40-old/recordings/noise without a known name", noise(200_000))
        .file("b40-old/text/transcript.srt", text(2 * CHUNK + 1_100_000))
        .file("b40-old/text/short.txt", "ä".getBytes(StandardCharsets.UTF_8))
        .file("b40-old/text/exactly a record", new byte[512])
        .file("b40-old/text/no sub-seconds.txt", text(10), Instant.parse("2026-05-04T10:00:00Z"))
        .file("b40-old/text/before 1970.txt", text(11), Instant.parse("1969-01-02T03:04:05Z"))
        .file("b40-old/text/.nothing either", new byte[0])
        .file("b40-old/accents/Übergrößen-日本語-🎬.txt", text(999))
        .file("b40-old/" + "long name ".repeat(15) + "/" + "x".repeat(200) + ".txt", text(3000))
        .file("b40-old/quotes \"'`$(x) & ; %s.txt", text(77))
        .folder("b40-old/zz");
  }

  /// Two pieces and a bit.
  static final int CHUNK = 2 * PieceReading.PIECE_BYTES + 4096;

  static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append("word").append(random.nextInt(5000)).append(random.nextInt(9) == 0 ? '\n' : ' ');
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  byte[] archived() throws IOException {
    return archived(2);
  }

  byte[] archived(int cores) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ArchiveWriter(cores, CHUNK).write(items, this, out);
    return out.toByteArray();
  }

  /// What a folder should hold after unpacking: names, with contents of files and the time of
  /// each.
  Map<String, String> expected(boolean subSeconds) {
    Map<String, String> all = new TreeMap<>();
    for (ArchiveItem item : items) {
      switch (item) {
        case ArchiveItem.Folder folder -> all.put(folder.name().value(), "folder");
        case ArchiveItem.File file -> {
          for (String name = file.name().value(); name.contains("/"); ) {
            name = name.substring(0, name.lastIndexOf('/'));
            all.put(name, "folder");
          }
          all.put(
              file.name().value(),
              described(contents.get(file.name()), time(file.modifiedAt(), subSeconds)));
        }
      }
    }
    return all;
  }

  static Map<String, String> found(Path root, boolean subSeconds) throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(path -> !path.equals(root))
          .forEach(
              path -> {
                try {
                  FileTime time = Files.getLastModifiedTime(path);
                  String name = RelativeName.of(root.relativize(path).toString()).value();
                  all.put(
                      name,
                      Files.isDirectory(path)
                          ? "folder"
                          : described(
                              Files.readAllBytes(path), time(time.toInstant(), subSeconds)));
                } catch (IOException fault) {
                  throw new UncheckedIOException(fault);
                }
              });
    }
    return all;
  }

  private static Instant time(Instant time, boolean subSeconds) {
    return subSeconds ? time : Instant.ofEpochSecond(time.getEpochSecond());
  }

  private static String described(byte[] content, Instant time) {
    return content.length
        + " bytes, "
        + Sha256.of(Sha256.algorithm().digest(content))
        + ", "
        + time;
  }

  /// An archive in memory that counts how it is read.
  static final class Memory implements RangeSource {
    private final byte[] bytes;
    int reads;
    long bytesAsked;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream read(long offset, long length) {
      if (offset < 0 || length <= 0 || offset + length > bytes.length) {
        throw new IllegalArgumentException(length + " bytes at " + offset);
      }
      reads++;
      bytesAsked += length;
      return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }
  }

  /// Keeps what comes out, and watches the contract.
  static final class Kept implements ExtractionSink {
    final Map<RelativeName, byte[]> files = new TreeMap<>();
    final List<RelativeName> folders = new ArrayList<>();
    final List<RelativeName> abandoned = new ArrayList<>();
    private TocEntry.File underWay;
    private ByteArrayOutputStream content;

    @Override
    public void folder(TocEntry.Folder folder) {
      folders.add(folder.name());
    }

    @Override
    public OutputStream begin(TocEntry.File file) {
      if (underWay != null) {
        throw new IllegalStateException(underWay + " is under way");
      }
      underWay = file;
      content =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
              super.write(bytes, offset, length);
              if (size() > file.sizeBytes()) {
                throw new IllegalStateException("more than declared of " + file.name());
              }
            }
          };
      return content;
    }

    @Override
    public void complete(TocEntry.File file) {
      files.put(ended(file), content.toByteArray());
    }

    @Override
    public void abandon(TocEntry.File file) {
      abandoned.add(ended(file));
    }

    private RelativeName ended(TocEntry.File file) {
      if (underWay != file) {
        throw new IllegalStateException(file + " is not under way");
      }
      underWay = null;
      return file.name();
    }
  }
}
