package dev.vat.archive;

import dev.vat.archive.TocReader.RawEntry;
import dev.vat.project.RelativeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Makes a [Toc] of the lines of a written one, and refuses what must not be unpacked: names that
/// leave their folder, links and devices, two entries of one name, files that are folders of
/// others, contents that lie in each other, and more than fits into memory.
final class TocBuilder {
  private final ReadLimits limits;
  private final List<TocEntry> entries = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Set<String> folders = new HashSet<>();
  private int lines;
  private long nameCharacters;
  private long offset;

  // The file under way: its first line, its pieces, and how much of it they are.
  private RawEntry first;
  private RelativeName name;
  private final List<TocEntry.Chunk> chunks = new ArrayList<>();
  private long reached;

  TocBuilder(ReadLimits limits) {
    this.limits = limits;
  }

  void add(RawEntry entry) throws ArchiveException {
    lines++;
    if (lines > limits.entries()) {
      throw new ArchiveException.Refused(
          "its table of contents has more than " + limits.entries() + " entries");
    }
    switch (entry.type) {
      case "chunk" -> further(entry);
      case "reg" -> {
        endFile();
        beginFile(entry);
      }
      case "dir" -> {
        endFile();
        TocEntry.Folder folder = new TocEntry.Folder(newName(entry), entry.modifiedAt);
        folders.add(folder.name().value());
        entries.add(folder);
      }
      case "symlink", "hardlink" ->
          throw new ArchiveException.Refused(
              "it holds a link (" + entry.safeName() + "), which could lead out of its folder");
      default ->
          throw new ArchiveException.Refused(
              "it holds what is neither file nor folder (" + entry.safeName() + ")");
    }
  }

  Toc finish(String writer) throws ArchiveException {
    endFile();
    for (String each : names) {
      String file =
          Names.fileAbove(each, above -> names.contains(above) && !folders.contains(above));
      if (file != null) {
        throw new ArchiveException.Refused(
            "it has " + file + " as a file, and also as the folder of " + each);
      }
    }
    return new Toc(writer, entries);
  }

  private RelativeName newName(RawEntry entry) throws ArchiveException {
    RelativeName safe = entry.safeName();
    nameCharacters += safe.value().length();
    if (nameCharacters > limits.nameCharacters()) {
      throw new ArchiveException.Refused("the names in its table of contents are too long");
    }
    if (!names.add(safe.value())) {
      throw new ArchiveException.Refused("it has two entries of the name " + safe);
    }
    return safe;
  }

  private void beginFile(RawEntry entry) throws ArchiveException {
    first = entry;
    name = newName(entry);
    reached = 0;
    if (entry.size > 0) {
      chunk(entry);
    }
  }

  private void further(RawEntry entry) throws ArchiveException {
    if (first == null
        || !entry.name.isEmpty() && !entry.name.equals(first.name)
        || entry.chunkOffset != reached
        || reached == 0) {
      throw wrong("a piece of a file follows none that it belongs to");
    }
    chunk(entry);
  }

  private void chunk(RawEntry entry) throws ArchiveException {
    if (entry.innerOffset != 0) {
      throw new ArchiveException.Refused(
          "it has several files in one gzip member, which this vat does not read");
    }
    long left = first.size - reached;
    long size = entry.chunkSize == 0 ? left : entry.chunkSize;
    if (size <= 0 || size > left) {
      throw wrong("the pieces of " + name + " are longer than the file");
    }
    if (entry.offset <= offset) {
      throw wrong("the contents are not one after the other");
    }
    if (entry.chunkDigest == null) {
      throw wrong("it has no digest of a piece of " + name);
    }
    offset = entry.offset;
    reached += size;
    chunks.add(new TocEntry.Chunk(entry.offset, size, entry.chunkDigest));
  }

  private void endFile() throws ArchiveException {
    if (first == null) {
      return;
    }
    if (reached != first.size) {
      throw wrong("the pieces of " + name + " are shorter than the file");
    }
    Sha256 digest = first.digest;
    if (first.size == 0) {
      digest = Sha256.ofNothing();
    } else if (digest == null && chunks.size() == 1) {
      digest = chunks.getFirst().digest();
    } else if (digest == null) {
      throw wrong("it has no digest of " + name);
    } else if (digest.equals(chunks.getFirst().digest())) {
      // One object for both, where there are hundreds of thousands.
      digest = chunks.getFirst().digest();
    } else if (chunks.size() == 1) {
      // Whoever reads a piece proves it by its own digest, and one that is all of the file by that.
      throw wrong("it has two digests of " + name);
    }
    entries.add(new TocEntry.File(name, first.size, first.modifiedAt, digest, chunks));
    chunks.clear();
    first = null;
  }

  private static ArchiveException.Refused wrong(String what) {
    return new ArchiveException.Refused("its table of contents is wrong: " + what);
  }
}
