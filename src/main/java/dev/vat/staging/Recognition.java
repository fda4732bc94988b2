package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.cloud.PartSums;
import dev.vat.cloud.StoreException;
import dev.vat.disk.ContentHasher;
import dev.vat.disk.Hashed;
import dev.vat.disk.Parallel;
import dev.vat.progress.Progress;
import dev.vat.project.FileStamp;
import dev.vat.project.RelativeName;
import dev.vat.state.PartEtags;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// Recognizes, without moving them, objects of other tools whose content S3 does not tell: as the
/// local file of the same name and size, when that has the object's ETag in parts of the same size.
///
/// A local file is read at most once for that, and not again while it is unchanged.
final class Recognition {
  /// As many as are hashed at once when a folder is looked at.
  private static final int FILES_AT_ONCE = 4;

  private final ForeignParts foreign;
  private final PartEtags cache;
  private final Progress progress;
  private final InstantSource clock;
  private final ContentHasher hasher = new ContentHasher();

  Recognition(ForeignParts foreign, PartEtags cache, Progress progress, InstantSource clock) {
    this.foreign = foreign;
    this.cache = cache;
    this.progress = progress;
    this.clock = clock;
  }

  /// @param remember whether what was computed may be remembered
  /// @return the same with the MD5 of what was recognized, and with what is surely not the local
  ///     file told apart
  RemoteSnapshot of(LocalSnapshot local, RemoteSnapshot remote, boolean remember)
      throws IOException {
    List<RemoteFile> untold =
        remote.files().values().stream()
            .filter(file -> file.md5().isEmpty() && local.files().containsKey(file.name()))
            .toList();
    if (untold.isEmpty()) {
      return remote;
    }
    Map<Path, Map<Long, String>> cached =
        cache.trusted(
            untold.stream()
                .filter(file -> file.parts().isPresent())
                .map(file -> local.files().get(file.name()).stamp())
                .toList());
    SortedMap<RelativeName, RemoteFile> files = new ConcurrentSkipListMap<>(remote.files());
    Parallel.forEach(
        untold,
        FILES_AT_ONCE,
        file -> {
          LocalFile here = local.files().get(file.name());
          Map<Long, ETag> known = etags(cached.getOrDefault(here.path(), Map.of()));
          files.put(file.name(), recognized(file, here, known, remember));
        });
    return remote.withFiles(files);
  }

  private static Map<Long, ETag> etags(Map<Long, String> cached) {
    Map<Long, ETag> etags = new HashMap<>();
    cached.forEach((size, etag) -> etags.put(size, new ETag(etag)));
    return etags;
  }

  private RemoteFile recognized(
      RemoteFile file, LocalFile here, Map<Long, ETag> known, boolean remember) throws IOException {
    boolean otherSum =
        file.crc32().isPresent() && file.crc32().getAsInt() != here.content().crc32();
    if (file.sizeBytes() != here.sizeBytes() || otherSum) {
      return file.otherThanHere();
    }
    if (known.containsValue(file.etag())) {
      return file.withMd5(Optional.of(here.content().md5()));
    }
    Optional<ForeignParts.Sizes> sizes = sizesOf(file);
    if (sizes.isEmpty()) {
      return file;
    }
    Optional<Map<Long, ETag>> computed = computed(here, sizes.get(), known, remember);
    if (computed.isEmpty()) {
      return file;
    }
    if (sizes.get().isOneOf(computed.get())) {
      return file.withMd5(Optional.of(here.content().md5()));
    }
    return sizes.get().exact() ? file.otherThanHere() : file;
  }

  private Optional<ForeignParts.Sizes> sizesOf(RemoteFile file) throws IOException {
    try {
      return foreign.sizesOf(file);
    } catch (StoreException.Changed e) {
      // Nothing can be said of a version that is gone; whoever acts on it is told.
      return Optional.empty();
    }
  }

  /// @return empty when the file cannot be read, or is no longer what was looked at: nothing is
  ///     said of it then
  private Optional<Map<Long, ETag>> computed(
      LocalFile here, ForeignParts.Sizes sizes, Map<Long, ETag> known, boolean remember)
      throws IOException {
    Set<Long> missing = new HashSet<>(sizes.partBytes());
    missing.removeAll(known.keySet());
    if (missing.isEmpty()) {
      return Optional.of(known);
    }
    Instant began = clock.instant();
    PartSums sums = new PartSums(missing);
    FileStamp stamp;
    try (Progress.Task task =
        progress.begin("comparing " + here.name() + " with S3", here.sizeBytes())) {
      Hashed read = hasher.hash(here.path(), task, sums::update);
      if (!read.content().equals(here.content())) {
        return Optional.empty();
      }
      stamp = read.stamp();
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    Map<Long, ETag> etags = sums.etags();
    if (remember) {
      cache.remember(
          stamp,
          etags.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().value())),
          began);
    }
    etags.putAll(known);
    return Optional.of(etags);
  }
}
