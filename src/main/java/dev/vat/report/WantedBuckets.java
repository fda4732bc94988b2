package dev.vat.report;

import dev.vat.account.BucketUse;
import dev.vat.account.WantedBucket;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Limits;
import dev.vat.settings.S3Access;
import dev.vat.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the buckets of a repository are to be, by its settings.
public final class WantedBuckets {
  private WantedBuckets() {}

  /// One or two buckets, that of archives first; one that is used for both has both uses.
  ///
  /// @param archive where archives go, when that is set
  /// @param collab where shared files go, when that is set
  /// @throws dev.vat.settings.SettingsException when an address or an age is wrong
  public static List<WantedBucket> of(
      Settings settings, Optional<ArchivePlace> archive, Optional<CollabPlace> collab) {
    int freezeDays = new Limits(settings).ageRules().s3RetentionDays();
    Map<String, List<BucketUse>> uses = new LinkedHashMap<>();
    archive.ifPresent(
        place ->
            uses.computeIfAbsent(place.bucket(), _ -> new ArrayList<>())
                .add(new BucketUse.Archives(place.prefix(), freezeDays)));
    collab.ifPresent(
        place ->
            uses.computeIfAbsent(place.bucket(), _ -> new ArrayList<>())
                .add(new BucketUse.Sharing(place.prefix())));
    boolean overTls =
        S3Access.of(settings)
            .endpoint()
            .map(uri -> "https".equalsIgnoreCase(uri.getScheme()))
            .orElse(true);
    return uses.entrySet().stream()
        .map(bucket -> new WantedBucket(bucket.getKey(), bucket.getValue(), overTls))
        .toList();
  }
}
