package dev.vat.lifecycle;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.project.ProjectId;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// What one listing of the archive place found. Whose the objects are, the listing does not tell:
/// several repositories may share a place.
///
/// @param archives the objects of each archive, by its keys, for each project; the dated ones last
public record ArchiveListing(Map<ProjectId, List<Found>> archives) {
  public ArchiveListing {
    archives = Collections.unmodifiableMap(archives);
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
    return of(store, prefix, _ -> {});
  }

  /// The same, with somebody who wants to see each object too.
  public static ArchiveListing of(ObjectStore store, String prefix, Consumer<ObjectSummary> also)
      throws StoreException {
    Map<ProjectId, Map<String, Found>> found = new TreeMap<>();
    store.list(
        prefix,
        object -> {
          also.accept(object);
          ArchiveKeys.parse(prefix, object.key()).ifPresent(named -> put(found, named, object));
        });
    return of(found);
  }

  /// Lists what one project has: in the folder where it goes, and in those where an earlier listing
  /// found something of it. One request for each of them, however much lies in the place.
  public static List<Found> of(
      ObjectStore store, String prefix, ProjectId project, Collection<Found> before)
      throws StoreException {
    ArchiveKeys computed = ArchiveKeys.unchecked(prefix, project);
    Set<String> begins = new TreeSet<>(beginnings(computed));
    before.forEach(one -> begins.addAll(beginnings(one.keys())));
    Map<ProjectId, Map<String, Found>> found = new TreeMap<>();
    for (String begin : begins) {
      store.list(
          begin,
          object ->
              ArchiveKeys.parse(prefix, object.key())
                  .filter(named -> named.keys().project().equals(computed.project()))
                  .ifPresent(named -> put(found, named, object)));
    }
    return of(found).of(computed.project());
  }

  /// With what its keys begin, in both spellings of accents.
  private static List<String> beginnings(ArchiveKeys keys) {
    String archive = keys.archive();
    String folder = archive.substring(0, archive.lastIndexOf('/') + 1);
    String id = keys.project().value();
    return List.of(
        folder + Normalizer.normalize(id, Normalizer.Form.NFC) + ".",
        folder + Normalizer.normalize(id, Normalizer.Form.NFD) + ".");
  }

  private static void put(
      Map<ProjectId, Map<String, Found>> found, ArchiveKeys.Named named, ObjectSummary object) {
    found
        .computeIfAbsent(named.keys().project(), _ -> new TreeMap<>())
        .computeIfAbsent(
            order(named.keys()),
            _ -> new Found(named.keys(), new EnumMap<>(ArchiveKeys.Kind.class)))
        .objects()
        .put(named.kind(), object);
  }

  private static ArchiveListing of(Map<ProjectId, Map<String, Found>> found) {
    Map<ProjectId, List<Found>> archives = new TreeMap<>();
    found.forEach((project, all) -> archives.put(project, List.copyOf(all.values())));
    return new ArchiveListing(archives);
  }

  /// All archives of a project, the one that counts first.
  public List<Found> of(ProjectId project) {
    return archives.getOrDefault(project, List.of());
  }

  private static String order(ArchiveKeys keys) {
    return keys.dated().map(time -> "2" + time).orElse("1") + keys.folder();
  }
}
