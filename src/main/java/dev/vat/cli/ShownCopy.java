package dev.vat.cli;

import java.util.List;

/// One copy of a project in the document of `vat show`; null is what is not known, or does not
/// belong to such a place.
record ShownCopy(
    String kind,
    String driveId,
    String driveName,
    String path,
    Long sizeBytes,
    Long files,
    Long heavyFiles,
    Long heavyBytes,
    Long lightFiles,
    Long lightBytes,
    String tier,
    String storageClass,
    String uploadedAt,
    String thaw,
    String thawReadyBy,
    String thawExpiresAt,
    Double monthlyUsd,
    String priceAsOf,
    List<InArchive> compared,
    String seenAt,
    String verifiedAt,
    String damagedAt) {
  /// How much of a copy in a folder an archive in S3 has, by names and sizes.
  ///
  /// @param place as people call it
  record InArchive(String place, long files, long missing, long otherSize) {}
}
