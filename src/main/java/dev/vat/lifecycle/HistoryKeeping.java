package dev.vat.lifecycle;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.Sha256;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sees to it that a copy's checksum history is in S3 before the copy is released. It gets longer
/// with each verification, while the archive stays what it was: what the archive does not have goes
/// into the object with the light files.
final class HistoryKeeping {
  private final ObjectStore store;
  private final InstantSource clock;

  HistoryKeeping(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Makes the object with the light files anew, with the history.
  interface Storing {
    void store() throws IOException;
  }

  /// @param source the copy as it is now
  /// @param storing what to do when S3 does not have its history yet; empty when it may not be done
  /// @return what proves the history, beside the archive; empty when the archive has it, or nothing
  ///     has
  Optional<CloudProof> proof(
      ProjectId project,
      CopySource source,
      StoredArchive archive,
      Optional<Storing> storing,
      Progress progress)
      throws IOException {
    Map<String, Sha256> now = digests(project, source);
    if (has(archive, now)) {
      return Optional.empty();
    }
    Optional<StoredArchive> light = light(archive.keys());
    if (light.filter(one -> has(one, now)).isEmpty() && storing.isPresent()) {
      storing.get().store();
      light = light(archive.keys());
    }
    if (light.filter(one -> has(one, now)).isEmpty()) {
      return Optional.empty();
    }
    CloudProof.Answer answer = CloudProof.of(store, light.get(), true, clock, progress);
    return answer instanceof CloudProof.Answer.Proven(CloudProof proof, boolean _)
        ? Optional.of(proof)
        : Optional.empty();
  }

  private static Map<String, Sha256> digests(ProjectId project, CopySource source)
      throws IOException {
    Map<String, Sha256> digests = new HashMap<>();
    for (TreeFile file : source.checksums()) {
      digests.put(
          BackupSource.inArchive(project, file.name()).value(),
          Sha256Reading.of(file, Progress.none().begin("", 0)));
    }
    return digests;
  }

  private static boolean has(StoredArchive archive, Map<String, Sha256> digests) {
    List<String> missing = new ArrayList<>(digests.keySet());
    archive
        .toc()
        .ifPresent(
            toc ->
                toc.toc()
                    .files()
                    .forEach(
                        file -> {
                          String name = file.name().value();
                          if (file.digest().equals(digests.get(name))) {
                            missing.remove(name);
                          }
                        }));
    return missing.isEmpty();
  }

  private Optional<StoredArchive> light(ArchiveKeys keys) throws IOException {
    Optional<ObjectFacts> facts = store.head(keys.light());
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ArchiveLook(store).inside(keys, facts.get()));
    } catch (ArchiveException noArchive) {
      return Optional.empty();
    }
  }
}
