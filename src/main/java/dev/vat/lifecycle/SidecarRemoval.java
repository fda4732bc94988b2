package dev.vat.lifecycle;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.ArchiveReader;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.TocEntry;
import dev.vat.archive.TocFile;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Removes tables of contents and light files whose archive is gone, one by one, and nothing else:
/// never an archive, whatever it is called. Light files may be the last copy of somebody's words,
/// so each of them has to be elsewhere too (design 7.1).
public final class SidecarRemoval {
  /// How long they stay after their archive.
  public static final Duration STAY = Duration.ofDays(30);

  private final ObjectStore store;
  private final String repo;

  /// @param repo the repository's name in keys
  public SidecarRemoval(ObjectStore store, String repo) {
    this.store = store;
    this.repo = repo;
  }

  /// What is known besides the object.
  ///
  /// @param now by this computer's clock: S3 answers no request of one that is more than 15 minutes
  ///     wrong
  /// @param seen when the manifest last saw its archive in S3, if it knows it
  /// @param uploading keys that somebody is uploading to
  /// @param folders of its project that can be read now
  /// @param minCopies on how many disks light files have to be
  public record Circumstances(
      Instant now,
      Optional<Instant> seen,
      Set<String> uploading,
      List<Path> folders,
      int minCopies) {}

  /// Whether one has to stay. Reads it, and files of the folders.
  ///
  /// @return why, for users; empty when it may go
  public Optional<String> staysBecause(Orphan sidecar, Circumstances when) throws IOException {
    if (!sidecar.ours()) {
      return Optional.of("it does not say that it is this repository's");
    }
    Instant since = sidecar.object().lastModified();
    if (when.seen().filter(since::isBefore).isPresent()) {
      since = when.seen().get();
    }
    Instant until = since.plus(STAY);
    if (when.now().isBefore(until)) {
      return Optional.of("it stays for 30 days, until " + until.toString().substring(0, 10));
    }
    if (sidecar.archiveKeys().stream().anyMatch(when.uploading()::contains)) {
      return Optional.of("an archive is just being uploaded to the key beside it");
    }
    try {
      return sidecar.kind() == Orphan.Kind.TOC ? noToc(sidecar) : lastCopy(sidecar, when);
    } catch (ArchiveException | HostileNameException unreadable) {
      return Optional.of("it cannot be read: " + unreadable.getMessage());
    } catch (StoreException.Frozen frozen) {
      return Optional.of("it is frozen, and cannot be read");
    } catch (StoreException.Changed meanwhile) {
      return Optional.of("it was replaced in this moment");
    }
  }

  /// Its name alone does not make it one.
  private Optional<String> noToc(Orphan sidecar) throws IOException {
    ObjectSummary object = sidecar.object();
    if (object.sizeBytes() == 0 || object.sizeBytes() > ReadLimits.usual().tocBytes()) {
      return Optional.of("it is no table of contents");
    }
    try (InputStream in =
        new BufferedInputStream(
            store.read(object.key(), object.etag(), 0, object.sizeBytes()), 64 * 1024)) {
      TocFile toc = TocFile.read(in, ReadLimits.usual());
      boolean its =
          toc.repo().equals(repo)
              && toc.project().equals(sidecar.project().map(ProjectId::value).orElse(""));
      return its
          ? Optional.empty()
          : Optional.of("what is in it is of " + toc.project() + " of " + toc.repo());
    }
  }

  private Optional<String> lastCopy(Orphan sidecar, Circumstances when) throws IOException {
    ArchiveReader reader =
        ArchiveReader.open(new ObjectRange(store, sidecar.object()), ReadLimits.usual());
    for (Map.Entry<RelativeName, TocEntry.File> file :
        TocComparison.content(sidecar.project().orElseThrow(), reader.toc()).entrySet()) {
      Set<FileStore> disks = new HashSet<>();
      for (Path folder : when.folders()) {
        if (disks.size() < when.minCopies() && isThere(folder, file.getKey(), file.getValue())) {
          disks.add(Files.getFileStore(folder));
        }
      }
      if (disks.isEmpty()) {
        return Optional.of(
            "it may be the last copy of "
                + file.getKey()
                + ": no folder that can be read now has it");
      }
      if (disks.size() < when.minCopies()) {
        return Optional.of(
            file.getKey()
                + " is on "
                + disks.size()
                + " disk that can be read now, and has to be on "
                + when.minCopies()
                + " (MIN_COPIES)");
      }
    }
    return Optional.empty();
  }

  private static boolean isThere(Path folder, RelativeName name, TocEntry.File entry)
      throws IOException {
    Path at = folder;
    for (String part : name.value().split("/")) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        return false;
      }
    }
    return Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS) && FileSha256.isContent(at, entry);
  }

  /// How a removal ended.
  public sealed interface Outcome {
    /// It is gone.
    ///
    /// @param archiveBack whether the archive came back in this very moment
    record Gone(boolean archiveBack) implements Outcome {}

    /// It was left as it is.
    ///
    /// @param why for users
    record Stayed(String why) implements Outcome {}
  }

  /// Removes one, unless its archive is there after all, or it is no longer what was looked at: S3
  /// is asked right before, and the removal is on condition of the version. Whoever calls holds the
  /// project's lock.
  public Outcome remove(Orphan sidecar) throws IOException {
    if (isArchiveThere(sidecar)) {
      return new Outcome.Stayed("its archive is there again");
    }
    return switch (store.remove(sidecar.object().key(), sidecar.object().etag())) {
      case CHANGED -> new Outcome.Stayed("it was replaced in this moment");
      case GONE -> new Outcome.Gone(isArchiveThere(sidecar));
    };
  }

  private boolean isArchiveThere(Orphan sidecar) throws IOException {
    for (String key : sidecar.archiveKeys()) {
      if (store.head(key).isPresent()) {
        return true;
      }
    }
    return false;
  }
}
