package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.index.CopyPlace;
import java.util.List;
import java.util.Optional;

/// What people call the place in S3 where an archive is.
final class CloudTier {
  private CloudTier() {}

  /// `S3`, `Glacier Deep Archive`, `Glacier`, and whether what is in it can be read now.
  static String words(CloudCopy copy) {
    if (!copy.frozen()) {
      return "S3";
    }
    String tier =
        copy.storageClass().filter("DEEP_ARCHIVE"::equals).isPresent()
            ? "Glacier Deep Archive"
            : "Glacier";
    return copy.readable() ? tier + " (thawed)" : tier;
  }

  /// The same of a place that the index knows; `S3` where the manifest does not know it.
  static String words(Catalog manifest, CopyPlace place) {
    return Optional.ofNullable(manifest.projects().get(place.project()))
        .map(ProjectEntry::cloud)
        .orElse(List.of())
        .stream()
        .filter(copy -> copy.key().equals(place.path()))
        .findFirst()
        .map(CloudTier::words)
        .orElse("S3");
  }
}
