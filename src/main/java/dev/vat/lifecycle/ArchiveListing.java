package dev.vat.lifecycle;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.project.ProjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What one listing of the archive place found. Whose the objects are, the listing does not tell:
/// several repositories may share a place.
///
/// @param archives the objects of each archive, by its keys, for each project; the dated ones last
/// @param strange what lies there and is no archive's
public record ArchiveListing(Map<ProjectId, List<Found>> archives, List<ObjectSummary> strange) {
  public ArchiveListing {
    archives = Collections.unmodifiableMap(archives);
    strange = List.copyOf(strange);
  }

  /// One archive, with what belongs to it; the archive object itself may be what is missing.
  public record Found(ArchiveKeys keys, Map<ArchiveKeys.Kind, ObjectSummary> objects) {
    public Optional<ObjectSummary> archive() {
      return Optional.ofNullable(objects.get(ArchiveKeys.Kind.ARCHIVE));
    }

    public Optional<ObjectSummary> toc() {
      return Optional.ofNullable(objects.get(ArchiveKeys.Kind.TOC));
    }

    public Optional<ObjectSummary> light() {
      return Optional.ofNullable(objects.get(ArchiveKeys.Kind.LIGHT));
    }
  }

  /// Lists a place: one request for each 1,000 objects.
  ///
  /// @param prefix of the archive place
  /// @throws StoreException also in the middle: a failed listing is never an empty one
  public static ArchiveListing of(ObjectStore store, String prefix) throws StoreException {
    Map<ProjectId, Map<String, Found>> found = new TreeMap<>();
    List<ObjectSummary> strange = new ArrayList<>();
    store.list(
        prefix,
        object ->
            ArchiveKeys.parse(prefix, object.key())
                .ifPresentOrElse(
                    named ->
                        found
                            .computeIfAbsent(named.keys().project(), _ -> new TreeMap<>())
                            .computeIfAbsent(
                                order(named.keys()),
                                _ -> new Found(named.keys(), new EnumMap<>(ArchiveKeys.Kind.class)))
                            .objects()
                            .put(named.kind(), object),
                    () -> strange.add(object)));
    Map<ProjectId, List<Found>> archives = new TreeMap<>();
    found.forEach((project, all) -> archives.put(project, List.copyOf(all.values())));
    return new ArchiveListing(archives, strange);
  }

  /// All archives of a project, the one that counts first.
  public List<Found> of(ProjectId project) {
    return archives.getOrDefault(project, List.of());
  }

  private static String order(ArchiveKeys keys) {
    return keys.dated().map(time -> "2" + time).orElse("1") + keys.folder();
  }
}
