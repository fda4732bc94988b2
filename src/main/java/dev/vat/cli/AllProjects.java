package dev.vat.cli;

import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import dev.vat.staging.RepositoryListing;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// The projects that `--all` is about, and what one listing told of them.
///
/// @param ids sorted
/// @param listedAt just before it was asked for
record AllProjects(SortedSet<ProjectId> ids, RepositoryListing listing, Instant listedAt) {
  /// Lists now, on both sides.
  ///
  /// @param alsoInS3 whether projects count that have no `s3-staging` here
  static AllProjects of(Invocation invocation, StagingRepository repository, boolean alsoInS3)
      throws IOException {
    SortedSet<ProjectId> ids = new TreeSet<>(repository.here());
    Instant now = invocation.surroundings().clock().instant();
    RepositoryListing listing = repository.listing();
    if (alsoInS3) {
      ids.addAll(listing.projects());
      for (String folder : listing.strange()) {
        invocation
            .console()
            .warning(
                "in S3, left alone: the folder "
                    + Printable.of(folder)
                    + "/: no project can have that name");
      }
    }
    return new AllProjects(ids, listing, now);
  }

  List<ObjectSummary> listed(ProjectId project) {
    return listing.of(project);
  }
}
