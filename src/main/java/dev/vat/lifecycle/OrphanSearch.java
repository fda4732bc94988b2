package dev.vat.lifecycle;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.disk.Parallel;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Looks for objects in the archive place that belong to nothing: fed with a listing, of which it
/// keeps only what may be one, and then asking each of these whose it is. Objects of other
/// repositories, which may share the place, are none of its business. Changes nothing.
public final class OrphanSearch implements Consumer<ObjectSummary> {
  /// Questions at once.
  private static final int AT_ONCE = 16;

  /// How many are looked at, of what is made of archives and of the rest each, so that the latter
  /// hides none of the former; more is counted. Each takes a question, and no person reads more.
  private static final int MOST = 10_000;

  private final ObjectStore store;
  private final String prefix;
  private final String repo;
  private final Set<ProjectId> known;
  private final Predicate<String> ignored;
  private final LoneSidecars lone = new LoneSidecars(this::sidecar);
  private final List<Orphan> sidecars = new ArrayList<>();
  private final List<Orphan> others = new ArrayList<>();
  private long more;
  private long moreBytes;

  /// @param prefix of the archive place
  /// @param repo the repository's name in keys
  /// @param known its projects, wherever they were found
  /// @param ignored keys of vat's own that are no archives
  public OrphanSearch(
      ObjectStore store,
      String prefix,
      String repo,
      Set<ProjectId> known,
      Predicate<String> ignored) {
    this.store = store;
    this.prefix = prefix;
    this.repo = repo;
    this.known = Set.copyOf(known);
    this.ignored = ignored;
  }

  /// What was found.
  ///
  /// @param orphans what is made of archives first
  /// @param more that were not looked at: there are too many
  /// @param moreBytes of these
  public record Found(List<Orphan> orphans, long more, long moreBytes) {
    public Found {
      orphans = List.copyOf(orphans);
    }
  }

  /// Lists the place and looks.
  ///
  /// @throws StoreException when anything cannot be told: a failed look is never a smaller one
  public Found run(Progress progress) throws IOException {
    try (Progress.Task _ = progress.begin("listing s3://" + store.bucket() + "/" + prefix, -1)) {
      store.list(prefix, this);
    }
    return found(progress);
  }

  /// The next of a listing of the place.
  @Override
  public void accept(ObjectSummary object) {
    String key = object.key();
    if (isVats(key) || ignored.test(key)) {
      return;
    }
    Optional<ArchiveKeys.Named> named = ArchiveKeys.parse(prefix, key);
    if (named.isEmpty()) {
      candidate(new Orphan(object, Orphan.Kind.NO_ARCHIVE, Optional.empty(), false));
      return;
    }
    lone.next(named.get(), object);
    ProjectId project = named.get().keys().project();
    if (named.get().kind() == ArchiveKeys.Kind.ARCHIVE && !known.contains(project)) {
      candidate(new Orphan(object, Orphan.Kind.UNKNOWN_PROJECT, Optional.of(project), false));
    }
  }

  private boolean isVats(String key) {
    return key.equals(RecoveryPage.key(prefix)) || key.startsWith(prefix + ThawNotes.FOLDER);
  }

  private void sidecar(ArchiveKeys.Named named, ObjectSummary object) {
    Orphan.Kind kind = named.kind() == ArchiveKeys.Kind.TOC ? Orphan.Kind.TOC : Orphan.Kind.LIGHT;
    candidate(new Orphan(object, kind, Optional.of(named.keys().project()), false));
  }

  private void candidate(Orphan one) {
    List<Orphan> candidates = one.isSidecar() ? sidecars : others;
    if (candidates.size() < MOST) {
      candidates.add(one);
    } else {
      more++;
      moreBytes += one.object().sizeBytes();
    }
  }

  /// The listing is over: asks whose each candidate is.
  ///
  /// @throws StoreException when one cannot be asked
  public Found found(Progress progress) throws IOException {
    lone.end();
    List<Orphan> candidates = new ArrayList<>(sidecars);
    candidates.addAll(others);
    Map<Orphan, Orphan> told = new ConcurrentHashMap<>();
    if (!candidates.isEmpty()) {
      try (Progress.Task _ =
          progress.begin("asking S3 about " + candidates.size() + " objects", -1)) {
        Parallel.forEach(
            candidates, AT_ONCE, one -> looked(one).ifPresent(orphan -> told.put(one, orphan)));
      }
    }
    return new Found(
        candidates.stream().filter(told::containsKey).map(told::get).toList(), more, moreBytes);
  }

  /// @return empty when it is another repository's, vat's own, or no orphan after all
  private Optional<Orphan> looked(Orphan one) throws IOException {
    Optional<ObjectFacts> facts = store.head(one.object().key());
    if (facts.isEmpty() || !facts.get().summary().etag().equals(one.object().etag())) {
      // Removed or replaced in this moment: the next look tells.
      return Optional.empty();
    }
    Map<String, String> metadata = facts.get().metadata();
    Optional<ArchiveFacts> says = ArchiveFacts.of(metadata);
    boolean others = !metadata.getOrDefault("repo", repo).equals(repo);
    if (others || RecoveryPage.isOne(metadata) || one.isSidecar() && isOfAnother(one)) {
      return Optional.empty();
    }
    boolean ours =
        one.project().isPresent()
            && says.filter(said -> said.isOf(repo, one.project().get())).isPresent();
    return Optional.of(new Orphan(facts.get().summary(), one.kind(), one.project(), ours));
  }

  /// Whether the archive lies there in another spelling of the same name.
  private boolean isOfAnother(Orphan sidecar) throws IOException {
    Set<String> keys = sidecar.archiveKeys();
    if (keys.size() == 1) {
      return false;
    }
    for (String key : keys) {
      if (store.head(key).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
