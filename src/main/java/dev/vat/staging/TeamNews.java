package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What came or changed in S3 between two listings of a whole repository. It remembers the last
/// listing's keys and versions, and nothing of what is gone. Not for use by several threads.
public final class TeamNews {
  private final String repositoryPrefix;
  private Map<String, ETag> versions = Map.of();

  /// @param repositoryPrefix what every key of the repository begins with
  public TeamNews(String repositoryPrefix) {
    this.repositoryPrefix = repositoryPrefix;
  }

  /// Takes in a new listing.
  ///
  /// @return for each project the names that are new or have another version than in the last
  ///     listing, with that version; the first time all there is. What is vat's own, was put aside,
  ///     or has a name that cannot be a file's here, is none of it
  public SortedMap<ProjectId, SortedMap<RelativeName, ETag>> since(RepositoryListing listing) {
    Map<String, ETag> next = new HashMap<>();
    SortedMap<ProjectId, SortedMap<RelativeName, ETag>> news = new TreeMap<>();
    for (ProjectId project : listing.projects()) {
      SortedMap<RelativeName, ETag> ofProject = new TreeMap<>();
      int beginning = repositoryPrefix.length() + project.value().length() + 1;
      for (ObjectSummary object : listing.of(project)) {
        next.put(object.key(), object.etag());
        if (!object.etag().equals(versions.get(object.key()))) {
          nameOf(object.key().substring(beginning))
              .ifPresent(name -> ofProject.put(name, object.etag()));
        }
      }
      if (!ofProject.isEmpty()) {
        news.put(project, ofProject);
      }
    }
    versions = next;
    return news;
  }

  private static Optional<RelativeName> nameOf(String name) {
    try {
      return name.isEmpty() || StagedPlace.isReserved(name)
          ? Optional.empty()
          : Optional.of(RelativeName.of(name));
    } catch (HostileNameException refused) {
      // No file here can have that name; `status` tells of it.
      return Optional.empty();
    }
  }
}
