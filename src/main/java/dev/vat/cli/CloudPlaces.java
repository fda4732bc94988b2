package dev.vat.cli;

import dev.vat.account.AccessPolicy;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.report.WantedBuckets;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.S3Access;
import dev.vat.settings.Setting;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The repository's places in S3, and what their buckets are to be.
///
/// @param archive where archives go, when that is set
/// @param collab where shared files go, when that is set
record CloudPlaces(
    CurrentRepository context,
    S3Access access,
    Optional<ArchivePlace> archive,
    Optional<CollabPlace> collab) {
  /// Asks the network nothing.
  ///
  /// @throws dev.vat.settings.SettingsException when no bucket is set, or a setting is wrong
  static CloudPlaces of(Invocation invocation) throws IOException {
    CurrentRepository context = CurrentRepository.require(invocation);
    Optional<ArchivePlace> archive = ArchivePlace.ifSet(context.settings());
    if (archive.isEmpty()) {
      context.settings().required(Setting.S3_COLLAB_BUCKET);
    }
    Optional<CollabPlace> collab =
        context
            .settings()
            .value(Setting.S3_COLLAB_BUCKET)
            .map(_ -> CollabPlace.of(context.settings(), context.repository().root()));
    return new CloudPlaces(context, S3Access.of(context.settings()), archive, collab);
  }

  /// What the buckets are to be.
  List<WantedBucket> wanted() {
    return WantedBuckets.of(context.settings(), archive, collab);
  }

  /// What somebody needs here, in JSON; empty when there is nothing here for that role.
  Optional<String> policy(AccessPolicy.Role role) {
    boolean some =
        switch (role) {
          case OWNER -> true;
          case COLLABORATOR -> collab.isPresent();
          case RESTORER -> archive.isPresent();
        };
    return some
        ? Optional.of(
            AccessPolicy.of(
                role,
                archive.map(place -> new AccessPolicy.Place(place.bucket(), place.prefix())),
                collab.map(place -> new AccessPolicy.Place(place.bucket(), place.prefix())),
                access.region().orElse("")))
        : Optional.empty();
  }

  /// To be closed by the caller.
  ObjectStore open(Invocation invocation, String bucket) throws StoreException {
    return invocation.services().openStore(access, bucket, Set.of());
  }
}
