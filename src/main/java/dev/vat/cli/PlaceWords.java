package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.KnownDrive;
import dev.vat.index.Index;

/// What people call the places that the index knows.
record PlaceWords(Catalog manifest) {
  /// `here`, `archived/`, a drive's name, `S3`.
  String of(Index.Where where) {
    return switch (where.place().kind()) {
      case LOCAL -> "here";
      case ARCHIVED -> "archived/";
      case SSD -> drive(where);
      case S3 -> CloudTier.words(manifest, where.place());
    };
  }

  /// The drive's name; its id where the manifest does not know it.
  String drive(Index.Where where) {
    return manifest.drives().values().stream()
        .filter(drive -> drive.id().value().equals(where.place().drive()))
        .findFirst()
        .map(KnownDrive::name)
        .orElse(where.place().drive());
  }
}
