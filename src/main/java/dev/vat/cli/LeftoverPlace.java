package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.lifecycle.OwnUploads;
import dev.vat.lifecycle.UnfinishedUploads;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.staging.StagedPlace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// A place in S3 where uploads may have been left unfinished.
///
/// @param what `archives` or `shared`
/// @param prefix what the repository's keys there begin with
/// @param own what this computer's journal knows
/// @param project whose a key is; empty when it is no project's
record LeftoverPlace(
    String what,
    ObjectStore store,
    String prefix,
    OwnUploads own,
    Function<String, Optional<ProjectId>> project) {
  /// Uploads there, of one project or of all.
  ///
  /// @param remark told why they are not known, where S3 does not tell
  UnfinishedUploads look(Optional<ProjectId> of, Progress progress, Consumer<String> remark)
      throws IOException {
    try {
      UnfinishedUploads found =
          UnfinishedUploads.look(store, prefix, own.ids(), this::isIgnored, progress);
      return of.isEmpty() ? found : new UnfinishedUploads(only(found, of.get()), 0);
    } catch (StoreException.AccessDenied | StoreException.Unsupported notTold) {
      remark.accept(
          "Whether unfinished uploads lie in s3://"
              + store.bucket()
              + "/"
              + prefix
              + " was not told: "
              + notTold.getMessage());
      return UnfinishedUploads.none();
    }
  }

  private List<UnfinishedUploads.One> only(UnfinishedUploads found, ProjectId id) {
    return found.uploads().stream()
        .filter(one -> project.apply(one.upload().key()).equals(Optional.of(id)))
        .toList();
  }

  /// By what vat tries a bucket out, for a moment.
  boolean isIgnored(String key) {
    return key.startsWith(StagedPlace.probeFolder(prefix));
  }

  String address(String key) {
    return "s3://" + store.bucket() + "/" + key;
  }
}
