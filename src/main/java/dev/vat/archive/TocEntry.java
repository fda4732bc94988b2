package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.time.Instant;
import java.util.List;

/// What an archive's table of contents says of one of its entries.
public sealed interface TocEntry {
  /// In NFC, as all names of ours.
  RelativeName name();

  /// [Instant#EPOCH] where an archive of others does not tell.
  Instant modifiedAt();

  /// A folder.
  record Folder(RelativeName name, Instant modifiedAt) implements TocEntry {}

  /// A file.
  ///
  /// @param sizeBytes of its content
  /// @param digest of its content
  /// @param chunks what its content consists of, in order; none when it is empty
  record File(
      RelativeName name, long sizeBytes, Instant modifiedAt, Sha256 digest, List<Chunk> chunks)
      implements TocEntry {
    public File {
      chunks = List.copyOf(chunks);
      if (chunks.stream().mapToLong(Chunk::sizeBytes).sum() != sizeBytes) {
        throw new IllegalArgumentException(
            "the pieces of " + name + " do not make up its " + sizeBytes + " bytes");
      }
    }
  }

  /// A piece of a file's content, in a gzip member of its own.
  ///
  /// @param offset where in the archive its member begins
  /// @param sizeBytes of the content, unpacked; more than 0
  /// @param digest of the content
  record Chunk(long offset, long sizeBytes, Sha256 digest) {
    public Chunk {
      if (offset < 0 || sizeBytes <= 0) {
        throw new IllegalArgumentException(
            "no piece of a file: " + sizeBytes + " bytes at " + offset);
      }
    }
  }
}
