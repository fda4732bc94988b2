package dev.vat.staging;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Instant;
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

  private final String prefix;

  private RepositoryListing(String prefix) {
    this.prefix = prefix;
  }

  /// Lists now.
  ///
  /// @param repositoryPrefix what every key of the repository begins with
  /// @throws IOException when it cannot be listed as a whole: there is no half listing
  public static RepositoryListing of(ObjectStore store, String repositoryPrefix)
      throws IOException {
    RepositoryListing listing = new RepositoryListing(repositoryPrefix);
    store.list(repositoryPrefix, object -> listing.add(object));
    return listing;
  }

  private void add(ObjectSummary object) {
    String rest = object.key().substring(prefix.length());
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

  /// What a project shares, added up.
  ///
  /// @param files how many, without the team's notes
  /// @param bytes of them
  /// @param lastSync when the notes were last written, which every sync does; empty where there are
  ///     none
  public record Amount(long files, long bytes, Optional<Instant> lastSync) {}

  /// Adds up what S3 holds of a project.
  public Amount amountOf(ProjectId project) {
    long files = 0;
    long bytes = 0;
    Optional<Instant> lastSync = Optional.empty();
    for (ObjectSummary object : projects.getOrDefault(project, List.of())) {
      String name = object.key().substring(prefix.length() + project.value().length() + 1);
      if (name.equals(StagedPlace.METADATA_NAME)) {
        lastSync = Optional.of(object.lastModified());
      } else if (!StagedPlace.isReserved(name)) {
        files++;
        bytes += object.sizeBytes();
      }
    }
    return new Amount(files, bytes, lastSync);
  }

  /// Folders of the bucket, below the repository's, that can be no project's, sorted. What vat put
  /// aside itself is not among them.
  public SortedSet<String> strange() {
    return new TreeSet<>(strange);
  }
}
