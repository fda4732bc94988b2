package dev.vat.cloud;

import java.util.Map;
import java.util.Optional;

/// What becomes of a copy beside its content. The metadata, the content type and the other headers
/// of the source are always kept.
///
/// @param storageClass of the copy
/// @param tags of the copy; empty keeps those of the source, an empty map leaves it without any
public record CopyAttributes(StorageClass storageClass, Optional<Map<String, String>> tags) {
  public CopyAttributes {
    tags = tags.map(Map::copyOf);
  }

  /// The tags kept.
  public static CopyAttributes in(StorageClass storageClass) {
    return new CopyAttributes(storageClass, Optional.empty());
  }

  /// With other tags than the source's.
  public CopyAttributes tagged(Map<String, String> others) {
    return new CopyAttributes(storageClass, Optional.of(others));
  }
}
