package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes archive objects: plain `.tar.gz` files, laid out as eStargz (public specification:
/// `docs/estargz.md` of containerd/stargz-snapshotter, without its landmark files, which are for
/// container runtimes).
///
/// Each content stands in gzip members of its own, big ones in chunks, and a table of contents
/// with all offsets and digests at the end, so that any file is read by one range. Contents that
/// do not get smaller are stored. The archive goes out while it is made, in one pass; nothing of
/// it lies anywhere meanwhile, and memory does not grow with the files, but for the table of
/// contents (about 300 bytes a file).
///
/// The same tree gives the same bytes, with any number of cores, as long as [#WRITER] and the
/// JVM's zlib stay the same. So a run that was cut is carried on by writing again to whoever skips
/// what it has, comparing checksums.
public final class ArchiveWriter {
  /// Changes when the same tree begins to give other bytes.
  public static final String WRITER = "vat-archive/1";

  private static final long CHUNK_BYTES = 64L << 20;

  /// More than an entry takes beside its content, with names of the longest kind: headers, and its
  /// lines in the table of contents.
  private static final long ENTRY_BYTES = 8 * 1024;

  private final long chunkBytes;
  private final int cores;

  /// @param cores how many pieces are hashed and compressed at once; memory is 6 MiB for each, at
  ///     most 100 MiB
  public ArchiveWriter(int cores) {
    this(cores, CHUNK_BYTES);
  }

  ArchiveWriter(int cores, long chunkBytes) {
    if (cores < 1 || chunkBytes < 1) {
      throw new IllegalArgumentException(cores + " cores, chunks of " + chunkBytes);
    }
    this.cores = cores;
    this.chunkBytes = chunkBytes;
  }

  /// Writes an archive. The stream stays open; what was written when an exception is thrown is of
  /// no use.
  ///
  /// @param items in any order: the archive has them by name
  /// @param contents asked once for each file that is not empty
  /// @param out gets pieces of a few bytes up to 64 KiB, on this thread; whether to buffer them is
  ///     its own affair
  /// @throws IllegalArgumentException when two items have one name, a file is also another's
  ///     folder, or one has the table of contents' own name
  /// @throws ArchiveException.Refused when there are more items than a reader of ours takes;
  ///     nothing was written
  /// @throws ArchiveException.SourceChanged when a file is longer or shorter than its item says
  /// @throws IOException when a content cannot be read, or `out` throws it
  public WrittenArchive write(List<ArchiveItem> items, Contents contents, OutputStream out)
      throws IOException {
    refuseUnreadable(items);
    try (WritingRun run =
        new WritingRun(checked(items), contents, chunkBytes, cores, new ArchiveOutput(out))) {
      return run.write();
    }
  }

  /// More than any archive of these items gets: for choosing the size of parts.
  public static long largestSize(List<ArchiveItem> items) {
    long sum = ENTRY_BYTES;
    for (ArchiveItem item : items) {
      sum += ENTRY_BYTES;
      if (item instanceof ArchiveItem.File file) {
        long whole = file.sizeBytes() / CHUNK_BYTES;
        sum += whole * (ArchiveOutput.largestMember(CHUNK_BYTES) + ENTRY_BYTES);
        sum += ArchiveOutput.largestMember(file.sizeBytes() % CHUNK_BYTES);
      }
    }
    return sum;
  }

  private void refuseUnreadable(List<ArchiveItem> items) throws ArchiveException.Refused {
    ReadLimits limits = ReadLimits.usual();
    long entries = 0;
    long characters = 0;
    for (ArchiveItem item : items) {
      long size = item instanceof ArchiveItem.File file ? file.sizeBytes() : 0;
      entries += Math.max(1, (size + chunkBytes - 1) / chunkBytes);
      characters += item.name().value().length();
    }
    if (entries > limits.entries() || characters > limits.nameCharacters()) {
      throw new ArchiveException.Refused(
          "there are too many files for one archive ("
              + items.size()
              + " files and folders; "
              + limits.entries()
              + " entries is the most, and a big file counts once for each 64 MiB)");
    }
  }

  private static List<ArchiveItem> checked(List<ArchiveItem> items) {
    List<ArchiveItem> sorted = new ArrayList<>(items);
    sorted.sort(Comparator.comparing(ArchiveItem::name));
    Set<String> files = new HashSet<>();
    RelativeName last = null;
    for (ArchiveItem item : sorted) {
      String name = item.name().value();
      if (item.name().equals(last)) {
        throw new IllegalArgumentException("two entries have the name " + name);
      }
      last = item.name();
      if (name.equals(Toc.NAME)) {
        throw new IllegalArgumentException("the name is the table of contents' own: " + name);
      }
      // The name of a folder is shorter, so it came before.
      String file = Names.fileAbove(name, files::contains);
      if (file != null) {
        throw new IllegalArgumentException(file + " is a file, and also the folder of " + name);
      }
      if (item instanceof ArchiveItem.File) {
        files.add(name);
      }
    }
    return sorted;
  }
}
