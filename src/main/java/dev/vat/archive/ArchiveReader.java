package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Reads archive objects, ours and eStargz archives of others without links: the table of
/// contents, any file by one ranged read, or everything in one pass.
///
/// Nothing in an archive is believed. Opening refuses what must not be unpacked at all (see
/// [ArchiveException.Refused]); contents are proven by digest, and never longer than declared.
/// May be used by several threads at once, if the source may.
public final class ArchiveReader {
  /// Most tables of contents are within the first read, with the footer.
  private static final int TAIL_BYTES = 256 * 1024;

  /// Deflate never gets more out of a byte (zlib's technical notes: 1032 to 1).
  private static final long MOST_EXPANSION = 1032;

  private final RangeSource source;
  private final Toc toc;
  private final long tocOffset;
  private final Map<RelativeName, Long> ends;

  private ArchiveReader(RangeSource source, Toc toc, long tocOffset) throws ArchiveException {
    this.source = source;
    this.toc = toc;
    this.tocOffset = tocOffset;
    this.ends = HashMap.newHashMap(toc.entries().size());
    long next = tocOffset;
    for (TocEntry.File file : toc.files().reversed()) {
      if (!file.chunks().isEmpty()) {
        ends.put(file.name(), next);
        next = checked(file, next);
      }
    }
  }

  /// Reads the end of an archive: one ranged read, two when the table of contents is big.
  ///
  /// @throws ArchiveException.Refused when it holds what must not be unpacked
  /// @throws ArchiveException.Damaged when it is no archive object, or not a whole one
  /// @throws IOException when the source throws it
  public static ArchiveReader open(RangeSource source, ReadLimits limits) throws IOException {
    long size = source.size();
    if (size < Footer.BYTES) {
      throw new ArchiveException.Damaged("it is too short for an archive object");
    }
    int tailBytes = (int) Math.min(size, TAIL_BYTES);
    byte[] tail;
    try (InputStream in = source.read(size - tailBytes, tailBytes)) {
      tail = in.readNBytes(tailBytes);
    }
    if (tail.length < tailBytes) {
      throw new IOException("the archive's data ended early");
    }
    int footerAt = tailBytes - Footer.BYTES;
    long tocOffset = Footer.tocOffset(Arrays.copyOfRange(tail, footerAt, tailBytes));
    long tocEnd = size - Footer.BYTES;
    if (tocOffset < 0 || tocOffset >= tocEnd) {
      throw new ArchiveException.Damaged("its end points to no table of contents");
    }
    long tailOffset = size - tailBytes;
    InputStream raw =
        tocOffset >= tailOffset
            ? new ByteArrayInputStream(
                tail, (int) (tocOffset - tailOffset), (int) (tocEnd - tocOffset))
            : source.read(tocOffset, tocEnd - tocOffset);
    try (Members members = new Members(raw, tocOffset)) {
      return new ArchiveReader(source, toc(members, tocEnd, limits), tocOffset);
    }
  }

  private static Toc toc(Members members, long end, ReadLimits limits) throws IOException {
    TarBytes bytes = new TarBytes(members, end);
    TarWalk walk = new TarWalk(bytes);
    TarArchiveInputStream content = walk.toc(limits.tocBytes());
    Toc toc;
    try {
      toc = Toc.read(content, limits);
      content.transferTo(OutputStream.nullOutputStream());
    } catch (IOException fault) {
      throw bytes.failure().orElse(fault);
    }
    if (!walk.isAtEnd(true)) {
      throw new ArchiveException.Damaged("something follows its table of contents");
    }
    return toc;
  }

  /// What the archive holds.
  public Toc toc() {
    return toc;
  }

  /// Where in the archive its table of contents begins.
  public long tocOffset() {
    return tocOffset;
  }

  /// A file of that name.
  public Optional<TocEntry.File> find(RelativeName name) {
    return toc.files().stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /// Reads one file, by one ranged read.
  ///
  /// @param file one of [#toc]
  /// @param out gets at most the file's size; what it got is the file only when this returns
  /// @throws ArchiveException.Damaged when that is not the content that the table of contents tells
  /// @throws IOException when the source or `out` throws it
  public void read(TocEntry.File file, OutputStream out) throws IOException {
    if (file.chunks().isEmpty()) {
      return;
    }
    long begin = file.chunks().getFirst().offset();
    long end = endOf(file);
    try (Members members = new Members(source.read(begin, end - begin), begin)) {
      new ContentReading(members).file(file, end, out);
    }
  }

  /// Reads one piece of a file, by one ranged read: big files are fetched by several at once, and
  /// go on where they were cut.
  ///
  /// @param index which of the file's chunks
  /// @throws ArchiveException.Damaged when that is not the content that the table of contents tells
  /// @throws IOException when the source or `out` throws it
  public void readChunk(TocEntry.File file, int index, OutputStream out) throws IOException {
    List<TocEntry.Chunk> chunks = file.chunks();
    long begin = chunks.get(index).offset();
    long end = index + 1 < chunks.size() ? chunks.get(index + 1).offset() : endOf(file);
    try (Members members = new Members(source.read(begin, end - begin), begin)) {
      new ContentReading(members).chunk(chunks.get(index), end, null, out);
    }
  }

  /// Unpacks everything in one pass over the archive, and compares the table of contents with what
  /// `tar` would unpack. A damaged file does not keep the others from being unpacked; an archive
  /// whose headers say something else than its table does, from there on.
  ///
  /// @throws IOException when the source or the sink throws it; the file under way was abandoned,
  ///     those completed are proven
  public Extraction extract(ExtractionSink sink) throws IOException {
    if (tocOffset == 0) {
      return new Extracting(null, toc, tocOffset, sink).run();
    }
    try (Members members = new Members(source.read(0, tocOffset), 0)) {
      return new Extracting(members, toc, tocOffset, sink).run();
    }
  }

  private long endOf(TocEntry.File file) {
    Long end = ends.get(file.name());
    if (end == null) {
      throw new IllegalArgumentException("not of this archive: " + file.name());
    }
    return end;
  }

  /// @return where the file's first member begins
  private static long checked(TocEntry.File file, long end) throws ArchiveException {
    long next = end;
    for (TocEntry.Chunk chunk : file.chunks().reversed()) {
      if (chunk.offset() >= next) {
        throw new ArchiveException.Refused(
            "its table of contents is wrong: " + file.name() + " would lie behind it");
      }
      if (chunk.sizeBytes() / MOST_EXPANSION > next - chunk.offset()) {
        throw new ArchiveException.Refused(
            file.name()
                + " would have "
                + file.sizeBytes()
                + " bytes, which cannot come out of what is there");
      }
      next = chunk.offset();
    }
    return next;
  }
}
