package dev.vat.staging;

import dev.vat.disk.TemporaryName;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectTree;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.state.DownloadJournal;
import dev.vat.state.StartedDownload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
  /// A file without a note may belong to a download of another computer that shares this folder: one
  /// that is under way is written to all the time.
  static final Duration SURELY_OVER = Duration.ofDays(3);

  private final Path staging;
  private final StagedPlace place;
  private final DownloadJournal journal;
  private final FileKinds kinds;
  private final InstantSource clock;

  CutDownloads(
      Path staging,
      StagedPlace place,
      DownloadJournal journal,
      FileKinds kinds,
      InstantSource clock) {
    this.staging = staging;
    this.place = place;
    this.journal = journal;
    this.kinds = kinds;
    this.clock = clock;
  }

  /// Removes the temporary files of versions that S3 has no more, and, after some days, those that no
  /// note names: which of their ranges are good nobody knows. Only names that vat gave, only in this
  /// folder.
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
    return temporary.startsWith(staging)
        && TemporaryName.isOne(temporary.getFileName().toString())
        && Files.isRegularFile(temporary, LinkOption.NOFOLLOW_LINKS);
  }

  private void removeUnnamed() throws IOException {
    if (!Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> found = new ArrayList<>();
    new ProjectTree(staging, kinds)
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) {
                // The user's.
              }

              @Override
              public void remark(TreeRemark remark) {
                if (remark instanceof TreeRemark.OwnTemporary temporary
                    && isOurs(temporary.path())) {
                  found.add(temporary.path());
                }
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
