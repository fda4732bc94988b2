package dev.vat.staging;

import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import java.util.Optional;

/// One file as all three sides of the compare see it, and how it stands.
///
/// @param standing follows from the others: [Comparison]
/// @param tombstone only where S3 does not hold the file
public record StagedFile(
    RelativeName name,
    Standing standing,
    Optional<LocalFile> local,
    Optional<RemoteFile> remote,
    Optional<Base> base,
    Optional<Tombstone> tombstone) {

  /// The size to show: the local one where there is one.
  public long sizeBytes() {
    return local.map(LocalFile::sizeBytes).or(() -> remote.map(RemoteFile::sizeBytes)).orElse(0L);
  }

  LocalFile here() {
    return local.orElseThrow();
  }

  RemoteFile there() {
    return remote.orElseThrow();
  }
}
