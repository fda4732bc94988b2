package dev.vat.archive;

import java.util.concurrent.CompletableFuture;

/// What is to be written next: the reading thread tells it to the writing one.
sealed interface Step {
  /// An entry begins.
  record Entry(ArchiveItem item) implements Step {}

  /// A piece of the content of the entry that began last.
  ///
  /// @param bytes may be longer than the piece; goes back to the pool
  /// @param chunkBegins whether a member begins with it
  /// @param chunkBytes how many bytes of content that member holds
  /// @param chunkEnds whether the member ends with it
  /// @param packed the compressed form, null where it is to be stored
  /// @param hashed done when the digests have it
  /// @param chunkDigest known with the chunk's last piece, null before
  /// @param fileDigest known with the file's last piece, null before
  record Piece(
      byte[] bytes,
      int length,
      boolean chunkBegins,
      long chunkBytes,
      boolean chunkEnds,
      CompletableFuture<Deflating.Packed> packed,
      CompletableFuture<Void> hashed,
      CompletableFuture<Sha256> chunkDigest,
      CompletableFuture<Sha256> fileDigest)
      implements Step {}

  /// Reading failed.
  record Failed(Throwable cause) implements Step {}

  /// Nothing follows.
  record End() implements Step {}
}
