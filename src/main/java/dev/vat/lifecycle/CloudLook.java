package dev.vat.lifecycle;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudSighting;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.ProjectEntry;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Thaw;
import dev.vat.disk.Parallel;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Looks at the archive place in S3, for the manifest: one listing, which tells class and thaws of
/// every object, and one question for each archive that was not known in this version, because only
/// the object itself tells whose it is.
public final class CloudLook {
  /// Questions at once.
  private static final int AT_ONCE = 16;

  private final ObjectStore store;
  private final String prefix;
  private final String repo;
  private final boolean tables;
  private final Progress progress;

  /// @param prefix of the archive place
  /// @param repo the repository's name in keys
  /// @param tables whether an archive that does not say whose it is may be told by the table of
  ///     contents beside it: what was copied from another bucket, say, without its metadata
  public CloudLook(
      ObjectStore store, String prefix, String repo, boolean tables, Progress progress) {
    this.tables = tables;
    this.store = store;
    this.prefix = prefix;
    this.repo = repo;
    this.progress = progress;
  }

  /// What was found.
  ///
  /// @param archives those of this repository
  /// @param ours the same with what lies beside them
  /// @param remarks in words for users
  public record Looked(
      CloudSighting.Archives archives, List<ArchiveListing.Found> ours, List<String> remarks) {
    public Looked {
      ours = List.copyOf(ours);
      remarks = List.copyOf(remarks);
    }
  }

  /// Looks now.
  ///
  /// @param known what was known before
  /// @param projects this repository's, wherever else they were found: an archive that does not say
  ///     whose it is belongs to one of these, or to nobody
  /// @throws StoreException as soon as anything cannot be told: a failed look is never a smaller
  ///     one
  public Looked look(Catalog known, Set<ProjectId> projects, Instant now) throws IOException {
    ArchiveListing listing = ArchiveListing.of(store, prefix);
    Map<ObjectSummary, ArchiveListing.Found> unknown = new HashMap<>();
    Map<ProjectId, List<ArchiveListing.Found>> all = new TreeMap<>(listing.archives());
    for (List<ArchiveListing.Found> archives : all.values()) {
      for (ArchiveListing.Found one : archives) {
        if (one.archive().isPresent() && before(known, one, one.archive().get()).isEmpty()) {
          unknown.put(one.archive().get(), one);
        }
      }
    }
    Map<ObjectSummary, Told> told = ask(unknown, projects);
    Map<ProjectId, List<CloudCopy>> copies = new HashMap<>();
    List<ArchiveListing.Found> ours = new ArrayList<>();
    Set<String> unclaimed = new TreeSet<>();
    for (Map.Entry<ProjectId, List<ArchiveListing.Found>> archives : all.entrySet()) {
      for (ArchiveListing.Found one : archives.getValue()) {
        Optional<CloudCopy> copy =
            one.archive()
                .flatMap(
                    object -> {
                      Optional<CloudCopy> before = before(known, one, object);
                      return before.isPresent()
                          ? Optional.of(copy(object, before.get().content(), now))
                          : Optional.ofNullable(told.get(object))
                              .flatMap(answer -> ours(one, answer, projects, unclaimed, now));
                    });
        if (copy.isPresent()) {
          copies.computeIfAbsent(archives.getKey(), _ -> new ArrayList<>()).add(copy.get());
          ours.add(one);
        }
      }
    }
    return new Looked(
        new CloudSighting.Archives(store.bucket(), prefix, copies), ours, remarks(unclaimed));
  }

  /// An object, and what says whose it is.
  private record Told(ObjectFacts facts, Optional<ArchiveFacts> says) {}

  private Map<ObjectSummary, Told> ask(
      Map<ObjectSummary, ArchiveListing.Found> objects, Set<ProjectId> projects)
      throws IOException {
    Map<ObjectSummary, Told> told = new ConcurrentHashMap<>();
    if (!objects.isEmpty()) {
      try (Progress.Task task =
          progress.begin("asking S3 about " + objects.size() + " archives", -1)) {
        Parallel.forEach(
            objects.keySet(),
            AT_ONCE,
            object -> {
              Optional<ObjectFacts> facts = store.head(object.key());
              // One that was replaced in this moment is told by the next look.
              if (facts.filter(one -> one.summary().etag().equals(object.etag())).isPresent()) {
                told.put(object, told(facts.get(), objects.get(object), projects));
              }
            });
      }
    }
    return told;
  }

  private Told told(ObjectFacts facts, ArchiveListing.Found found, Set<ProjectId> projects)
      throws IOException {
    Optional<ArchiveFacts> says = ArchiveFacts.of(facts.metadata());
    return says.isPresent() || !tables || projects.contains(found.keys().project())
        ? new Told(facts, says)
        : new Told(facts, new ArchiveLook(store).saidBeside(found));
  }

  /// What is known of exactly this version.
  private Optional<CloudCopy> before(
      Catalog known, ArchiveListing.Found found, ObjectSummary object) {
    return Optional.ofNullable(known.projects().get(found.keys().project()))
        .map(ProjectEntry::cloud)
        .orElse(List.of())
        .stream()
        .filter(
            copy ->
                copy.key().equals(object.key())
                    && copy.bucket().equals(Optional.of(store.bucket()))
                    && copy.etag().equals(Optional.of(object.etag().value())))
        .findFirst();
  }

  private Optional<CloudCopy> ours(
      ArchiveListing.Found found,
      Told told,
      Set<ProjectId> projects,
      Set<String> unclaimed,
      Instant now) {
    ObjectFacts facts = told.facts();
    Optional<ArchiveFacts> said = told.says();
    ProjectId project = found.keys().project();
    if (said.isEmpty() && !projects.contains(project)) {
      unclaimed.add(facts.summary().key());
      return Optional.empty();
    }
    if (said.isPresent() && !said.get().isOf(repo, project)) {
      return Optional.empty();
    }
    return Optional.of(copy(facts.summary(), said.flatMap(CloudLook::content), now));
  }

  /// What an archive says of what is in it.
  public static Optional<CloudCopy.Content> content(ArchiveFacts facts) {
    return facts.files().isEmpty() || facts.bytes().isEmpty()
        ? Optional.empty()
        : Optional.of(new CloudCopy.Content(facts.files().getAsLong(), facts.bytes().getAsLong()));
  }

  private CloudCopy copy(ObjectSummary object, Optional<CloudCopy.Content> content, Instant now) {
    return copyOf(object, store.bucket(), content, now);
  }

  /// What the manifest has of an object that was just looked at.
  public static CloudCopy copyOf(
      ObjectSummary object, String bucket, Optional<CloudCopy.Content> content, Instant now) {
    return new CloudCopy(
        Optional.of(bucket),
        object.key(),
        object.storageClass().isFrozenClass(),
        Optional.of(object.storageClass().word()),
        OptionalLong.of(object.sizeBytes()),
        content,
        Optional.of(object.etag().value()),
        Optional.of(object.lastModified()),
        Optional.empty(),
        Optional.of(now),
        Optional.empty(),
        Optional.of(thaw(object.thaw())));
  }

  private static CloudThaw thaw(Thaw thaw) {
    return switch (thaw) {
      case Thaw.NotFrozen _, Thaw.Frozen _ -> CloudThaw.of(CloudThaw.State.NONE, Optional.empty());
      case Thaw.Thawing _ -> CloudThaw.of(CloudThaw.State.IN_PROGRESS, Optional.empty());
      case Thaw.Thawed thawed -> CloudThaw.of(CloudThaw.State.READY, Optional.of(thawed.until()));
    };
  }

  private List<String> remarks(Set<String> unclaimed) {
    return unclaimed.stream()
        .map(
            key ->
                key
                    + " in S3 does not say which repository it is of, and no project here has its"
                    + " name: it is not in the manifest"
                    + (tables ? "" : " (vat cloud adopt asks what lies beside it)"))
        .toList();
  }
}
