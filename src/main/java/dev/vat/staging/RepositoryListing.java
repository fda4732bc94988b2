package dev.vat.staging;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What S3 holds of all projects of a repository, from one listing: one request for each 1,000
/// objects, however many projects there are. Holds in memory what a listing tells of each object,
/// some 300 bytes.
public final class RepositoryListing {
  /// What vat's own folders beside the projects begin with: what was put aside, and probes.
  private static final String OWN = ".vat-";

  private final SortedMap<ProjectId, List<ObjectSummary>> projects = new TreeMap<>();
  private final SortedSet<String> strange = new TreeSet<>();

  private RepositoryListing() {}

  /// Lists now.
  ///
  /// @param repositoryPrefix what every key of the repository begins with
  /// @throws IOException when it cannot be listed as a whole: there is no half listing
  public static RepositoryListing of(ObjectStore store, String repositoryPrefix)
      throws IOException {
    RepositoryListing listing = new RepositoryListing();
    store.list(repositoryPrefix, object -> listing.add(object, repositoryPrefix.length()));
    return listing;
  }

  private void add(ObjectSummary object, int prefixLength) {
    String rest = object.key().substring(prefixLength);
    int slash = rest.indexOf('/');
    if (slash < 0 || rest.startsWith(OWN)) {
      return;
    }
    String folder = rest.substring(0, slash);
    projectOf(folder)
        .ifPresentOrElse(
            id -> projects.computeIfAbsent(id, _ -> new ArrayList<>()).add(object),
            () -> strange.add(folder));
  }

  /// The project whose keys a folder of the bucket holds.
  ///
  /// @return empty when no project can have that name: it is no folder's, or it stores its accents
  ///     as no vat does, so that it would share a folder here with another project
  public static Optional<ProjectId> projectOf(String folder) {
    try {
      return Normalizer.isNormalized(folder, Normalizer.Form.NFC)
          ? Optional.of(new ProjectId(folder))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// The projects that S3 holds something of, sorted.
  public SortedSet<ProjectId> projects() {
    return new TreeSet<>(projects.keySet());
  }

  /// A project's objects in the order of their keys; none when S3 holds nothing of it.
  public List<ObjectSummary> of(ProjectId project) {
    return List.copyOf(projects.getOrDefault(project, List.of()));
  }

  /// Folders of the bucket, below the repository's, that can be no project's, sorted. What vat put
  /// aside itself is not among them.
  public SortedSet<String> strange() {
    return new TreeSet<>(strange);
  }
}
