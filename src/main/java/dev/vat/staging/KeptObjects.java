package dev.vat.staging;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What lost a decision in S3: listed, brought back, or destroyed on request. Nothing else removes
/// it.
public final class KeptObjects {
  private final ObjectStore store;
  private final String prefix;

  /// @param prefix what the keys of kept objects begin with: [StagedPlace#keptPrefix]
  public KeptObjects(ObjectStore store, String prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /// All of the repository's, by project and time. Keys that vat did not make are not told.
  public List<KeptObject> list() throws StoreException {
    List<KeptObject> kept = new ArrayList<>();
    store.list(prefix, object -> parsed(object).ifPresent(kept::add));
    return kept;
  }

  private Optional<KeptObject> parsed(ObjectSummary object) {
    String[] parts = object.key().substring(prefix.length()).split("/", 3);
    if (parts.length < 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new KeptObject(
              object.key(),
              new ProjectId(parts[0]),
              parts[1],
              RelativeName.of(parts[2]),
              object.sizeBytes(),
              object.etag(),
              object.lastModified()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Downloads it to its old name in its project's `s3-staging/`, without replacing. The kept
  /// object stays.
  ///
  /// @param parts of the project that it belongs to
  /// @return empty when it is there, else why not, fit for users
  public Optional<String> restore(KeptObject kept, StagingParts parts) throws IOException {
    Optional<ObjectFacts> facts = store.head(kept.key());
    if (facts.isEmpty()) {
      return Optional.of("it is not in S3 any more");
    }
    RemoteFile file = RemoteScan.described(kept.name(), facts.get());
    return switch (new Staging(parts).bring(file)) {
      case LocalPlaces.Brought.Placed _ -> Optional.empty();
      case LocalPlaces.Brought.Prevented prevented -> Optional.of(prevented.why());
    };
  }

  /// Destroys exactly the version that was listed.
  ///
  /// @return false when it has changed since
  public boolean destroy(KeptObject kept) throws StoreException {
    return store.remove(kept.key(), kept.etag()) == Removed.GONE;
  }
}
