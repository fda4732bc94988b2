package dev.vat.staging;

import dev.vat.cloud.ObjectStore;
import dev.vat.disk.Parallel;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the objects told and the team's notes do not have: somebody was cut before noting it, the
/// notes were lost, or another tool put it there.
final class Unnoted {
  private Unnoted() {}

  /// @return what is to be noted, by name. Objects that were only remembered are asked first, for
  ///     their uploaders
  static Map<RelativeName, StagingMetadata.Entry> in(RemoteSnapshot remote, ObjectStore store)
      throws IOException {
    Map<RelativeName, StagingMetadata.Entry> missing = new ConcurrentHashMap<>();
    List<RemoteFile> unnoted =
        remote.files().values().stream()
            .filter(file -> file.md5().isPresent() && !isNoted(file, remote.notes()))
            .toList();
    Parallel.forEach(
        unnoted,
        RemoteScan.QUESTIONS_AT_ONCE,
        file ->
            RemoteScan.told(store, file)
                .ifPresent(known -> missing.put(known.name(), entry(known))));
    return missing;
  }

  private static boolean isNoted(RemoteFile file, StagingMetadata notes) {
    StagingMetadata.Entry noted = notes.files().get(file.name());
    return noted != null && noted.etag().equals(file.etag());
  }

  private static StagingMetadata.Entry entry(RemoteFile file) {
    return new StagingMetadata.Entry(
        file.name(),
        file.sizeBytes(),
        file.md5().orElseThrow(),
        file.uploadedBy(),
        Optional.of(file.writtenAt()),
        file.modifiedAt(),
        file.etag());
  }
}
