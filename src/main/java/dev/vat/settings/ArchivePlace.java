package dev.vat.settings;

import java.util.Optional;

/// Where archived projects are in S3.
///
/// @param bucket follows S3's naming rules
/// @param prefix empty, or ending in exactly one `/`
public record ArchivePlace(String bucket, String prefix) {
  /// @throws SettingsException when there is no bucket set, one of the parts is not fit, or the
  ///     shared files lie in the same place: see [#ifSet]
  public static ArchivePlace required(Settings settings) {
    return ifSet(settings)
        .orElseThrow(
            () -> {
              settings.required(Setting.S3_ARCHIVE_BUCKET);
              return new IllegalStateException("a bucket that is set, and is not");
            });
  }

  /// In one bucket, archives and shared files need prefixes of which neither begins with the other:
  /// a rule that freezes archives would otherwise freeze what the team is working on, and a cleanup
  /// of shared files would meet archives.
  ///
  /// @return empty when no bucket is set
  /// @throws SettingsException when one of the parts is not fit, or the shared files lie in the
  ///     same place
  public static Optional<ArchivePlace> ifSet(Settings settings) {
    Optional<SettingValue> bucket =
        settings.value(Setting.S3_ARCHIVE_BUCKET).or(() -> settings.value(Setting.S3_BUCKET));
    if (bucket.isEmpty()) {
      return Optional.empty();
    }
    BucketName.problemOf(bucket.get().text())
        .ifPresent(
            problem -> {
              throw settings.wrong(bucket.get(), "\"" + bucket.get().text() + "\": " + problem);
            });
    Optional<SettingValue> prefix =
        settings.value(Setting.S3_ARCHIVE_PREFIX).or(() -> settings.value(Setting.S3_PREFIX));
    ArchivePlace place = new ArchivePlace(bucket.get().text(), KeyPrefix.of(settings, prefix));
    place.requireApart(settings, prefix.or(() -> bucket).get());
    return Optional.of(place);
  }

  private void requireApart(Settings settings, SettingValue ours) {
    Optional<SettingValue> collab = settings.value(Setting.S3_COLLAB_BUCKET);
    if (collab.isEmpty() || !collab.get().text().equals(bucket)) {
      return;
    }
    String shared = KeyPrefix.of(settings, settings.value(Setting.S3_COLLAB_PREFIX));
    if (shared.startsWith(prefix) || prefix.startsWith(shared)) {
      throw settings.wrong(
          ours,
          "archives and shared files would lie in the same place: s3://"
              + bucket
              + "/"
              + prefix
              + " and s3://"
              + bucket
              + "/"
              + shared
              + ". Use two buckets, or two prefixes side by side, such as S3_ARCHIVE_PREFIX=archive/"
              + " and S3_COLLAB_PREFIX=staging/");
    }
  }
}
