package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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
  /// @param listed all of the repository's objects
  /// @return for each project the names that are new or have another version than in the last
  ///     listing, with that version; the first time all there is. What is vat's own, was put aside,
  ///     or has a name that cannot be a file's here, is none of it
  public SortedMap<ProjectId, SortedMap<RelativeName, ETag>> since(
      Collection<ObjectSummary> listed) {
    Map<String, ETag> next = HashMap.newHashMap(listed.size());
    SortedMap<ProjectId, SortedMap<RelativeName, ETag>> news = new TreeMap<>();
    for (ObjectSummary object : listed) {
      next.put(object.key(), object.etag());
      if (!object.etag().equals(versions.get(object.key()))) {
        sortIn(object, news);
      }
    }
    versions = next;
    return news;
  }

  private void sortIn(ObjectSummary object, Map<ProjectId, SortedMap<RelativeName, ETag>> news) {
    String rest = object.key().substring(repositoryPrefix.length());
    int slash = rest.indexOf('/');
    String name = rest.substring(slash + 1);
    if (slash <= 0 || name.isEmpty() || StagedPlace.isReserved(name)) {
      return;
    }
    try {
      news.computeIfAbsent(new ProjectId(rest.substring(0, slash)), _ -> new TreeMap<>())
          .put(RelativeName.of(name), object.etag());
    } catch (IllegalArgumentException refused) {
      // No file here can have that name, and no project that id; `status` tells of the first.
      return;
    }
  }
}
