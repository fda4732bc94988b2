package dev.vat.lifecycle;

import dev.vat.archive.TocFile;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import java.util.Optional;

/// A project's archive object, looked at: whose it is, and what is in it.
///
/// @param facts as S3 told them
/// @param says whose it says it is; empty where it does not say
/// @param toc what is in it; empty where nothing tells it: it is no archive of ours, or it is
///     frozen and nothing is beside it
/// @param tocBeside the table of contents that lies beside it; empty also when that is another's
/// @param lightBeside the light files that lie beside it
/// @param unknownBecause why nothing tells what is in it; for users
public record StoredArchive(
    ArchiveKeys keys,
    ObjectFacts facts,
    Optional<ArchiveFacts> says,
    Optional<TocFile> toc,
    Optional<ObjectSummary> tocBeside,
    Optional<ObjectSummary> lightBeside,
    Optional<String> unknownBecause) {
  /// The archive object itself.
  public ObjectSummary object() {
    return facts.summary();
  }

  /// Whether S3 confirms, by its own checksum of the whole object, that it is the one that its
  /// table of contents is of.
  public boolean isConfirmed() {
    return toc.isPresent()
        && toc.get().archive().sizeBytes() == object().sizeBytes()
        && facts.crc32().isPresent()
        && facts.crc32().getAsInt() == toc.get().archive().crc32();
  }
}
