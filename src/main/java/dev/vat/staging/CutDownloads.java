package dev.vat.staging;

import dev.vat.disk.TemporaryName;
import dev.vat.state.DownloadJournal;
import dev.vat.state.StartedDownload;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is left of downloads that were cut and that nothing will go on with.
///
/// Whoever tidies up holds the project's lock, so no download of the project is under way here.
final class CutDownloads {
  /// A file without a note may belong to a download of another computer that shares this folder:
  /// one that is under way is written to all the time.
  static final Duration SURELY_OVER = Duration.ofDays(3);

  private final Path staging;
  private final StagedPlace place;
  private final DownloadJournal journal;
  private final InstantSource clock;

  CutDownloads(Path staging, StagedPlace place, DownloadJournal journal, InstantSource clock) {
    this.staging = staging;
    this.place = place;
    this.journal = journal;
    this.clock = clock;
  }

  /// Removes the temporary files of versions that S3 has no more, and, after some days, those that
  /// no note names: which of their ranges are good nobody knows. Only names that vat gave, only in
  /// this folder.
  ///
  /// @param remote the whole project as S3 just told it
  void tidyUp(RemoteSnapshot remote) throws IOException {
    Map<String, String> versions = new HashMap<>();
    remote.files().values().forEach(file -> versions.put(file.key(), file.etag().value()));
    Set<String> unclear = new HashSet<>();
    remote.refused().forEach(refused -> unclear.add(refused.key()));
    for (StartedDownload started : journal.all(place.placeId())) {
      String key = started.download().key();
      if (!key.startsWith(place.projectPrefix())
          || unclear.contains(key)
          || started.download().etag().equals(versions.get(key))) {
        continue;
      }
      if (isOurs(started.download().temporary())) {
        Files.deleteIfExists(started.download().temporary());
      }
      journal.end(place.placeId(), key);
    }
    removeUnnamed();
  }

  private boolean isOurs(Path temporary) {
    return temporary.normalize().startsWith(staging.normalize())
        && TemporaryName.isOne(temporary.getFileName().toString())
        && Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS);
  }

  private void removeUnnamed() throws IOException {
    if (!Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        staging,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isOurs(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) {
            // What cannot be looked at was told by the look, and stays.
            return FileVisitResult.CONTINUE;
          }
        });
    if (found.isEmpty()) {
      return;
    }
    Set<Path> named = journal.temporaries();
    Instant over = clock.instant().minus(SURELY_OVER);
    for (Path temporary : found) {
      if (!named.contains(temporary)
          && Files.getLastModifiedTime(temporary, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(over)) {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
