package dev.vat.lifecycle;

import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.StagedFiles;
import dev.vat.disk.Parallel;
import dev.vat.index.SeenCopy;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.Projects;
import dev.vat.project.Repository;
import dev.vat.project.Unprotected;
import dev.vat.project.UnreadFolders;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at every place where copies may be, and counts. Reads no file's content and changes
/// nothing.
public final class Survey {
  /// Folders being walked at once: more than one drive's queue wants, and few enough to stay small.
  private static final int AT_ONCE = 8;

  private final Repository repository;
  private final FileKinds kinds;
  private final Progress progress;

  public Survey(Repository repository, FileKinds kinds, Progress progress) {
    this.repository = repository;
    this.kinds = kinds;
    this.progress = progress;
  }

  /// What was found.
  ///
  /// @param local every project of the repository
  /// @param staging what lies in the projects' `s3-staging/`
  /// @param drives the projects on each drive, in the order in which the drives were given; the
  ///     copies do not say yet on which drive they are
  /// @param notProtected what is no project, in the repository and on the drives
  /// @param remarks what could not be counted or read, in words for users
  /// @param unread folders of projects that could not be listed, as the places are: first those in
  ///     the repository, then those on each drive
  /// @param unlisted folders above projects that could not be listed: `archived/`, a range folder
  /// @param folders every folder that was walked, for the index: first those in the repository,
  ///     then those on each drive, which do not say yet on which one they are
  public record Found(
      Map<ProjectId, List<LocalCopy>> local,
      Map<ProjectId, StagedFiles> staging,
      List<Map<ProjectId, SsdCopy>> drives,
      List<Unprotected> notProtected,
      List<String> remarks,
      List<Unread> unread,
      List<Path> unlisted,
      List<List<SeenCopy>> folders) {
    public Found {
      unlisted = List.copyOf(unlisted);
      unread = List.copyOf(unread);
      folders = List.copyOf(folders);
      local = Map.copyOf(local);
      staging = Map.copyOf(staging);
      drives = List.copyOf(drives);
      notProtected = List.copyOf(notProtected);
      remarks = List.copyOf(remarks);
    }

    /// The same with more remarks.
    Found remarking(List<String> more) {
      return new Found(
          local,
          staging,
          drives,
          notProtected,
          Stream.concat(remarks.stream(), more.stream()).sorted().toList(),
          unread,
          unlisted,
          folders);
    }
  }

  /// Folders that could not be listed.
  ///
  /// @param folders all of them, for the index
  /// @param projects those that are projects for certain; of the others even that could not be told
  public record Unread(List<SeenCopy> folders, Set<ProjectId> projects) {
    public Unread {
      folders = List.copyOf(folders);
      projects = Set.copyOf(projects);
    }

    /// Where they are, below the place that was looked at.
    UnreadFolders where() {
      return new UnreadFolders(
          folders.stream().map(one -> one.place().path()).collect(Collectors.toSet()));
    }
  }

  /// Looks now.
  ///
  /// @param drives those that may be looked at
  /// @param now noted as the time at which they were seen
  /// @throws IOException when a folder above the projects cannot be listed: a failed listing is
  ///     never an empty one. A project's own that cannot be is told, and holds up no other
  public Found look(List<? extends Located.Readable> drives, Instant now) throws IOException {
    ProjectListing here = new Projects(repository).listReadable();
    List<Unprotected> notProtected = new ArrayList<>(here.notProtected());
    List<Path> unlisted = new ArrayList<>(here.unlisted());
    List<FolderWalk> untold = new ArrayList<>(FolderWalk.untold(here, FolderWalk.HERE));
    List<FolderWalk> walks = new ArrayList<>(FolderWalk.of(here, FolderWalk.HERE));
    for (int i = 0; i < drives.size(); i++) {
      ProjectListing there = Projects.onDriveReadable(drives.get(i).base());
      notProtected.addAll(there.notProtected());
      walks.addAll(FolderWalk.of(there, i));
      untold.addAll(FolderWalk.untold(there, i));
      unlisted.addAll(there.unlisted());
    }
    ConcurrentLinkedQueue<String> remarks = new ConcurrentLinkedQueue<>();
    for (Path folder : unlisted) {
      remarks.add(folder + " cannot be listed; what was known of the projects in it stays");
    }
    remarks.addAll(CutRelease.remarks(repository.root(), drives, () -> now));
    ConcurrentLinkedQueue<FolderWalk.Walked> walked = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<FolderWalk> failed = new ConcurrentLinkedQueue<>();
    try (Progress.Task _ = progress.begin("looking at " + walks.size() + " folders", -1)) {
      Parallel.forEach(
          walks,
          AT_ONCE,
          walk -> {
            try {
              walked.add(walk.walk(kinds, remarks::add));
            } catch (IOException fault) {
              requireThere(walk, drives, fault);
              failed.add(walk);
              remarks.add(
                  walk.id()
                      + ": "
                      + walk.place().folder()
                      + " cannot be read ("
                      + Verification.reason(fault)
                      + "); what was known of it stays");
            }
          });
    }
    List<Map<ProjectId, SsdCopy>> copies = new ArrayList<>();
    List<List<SeenCopy>> folders = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    unread.add(unread(failed, untold, FolderWalk.HERE, repository.root()));
    folders.add(folders(walked, FolderWalk.HERE, repository.root()));
    for (int i = 0; i < drives.size(); i++) {
      copies.add(onDrive(walked, i, drives.get(i), now, remarks));
      folders.add(folders(walked, i, drives.get(i).base()));
      unread.add(unread(failed, untold, i, drives.get(i).base()));
    }
    return new Found(
        local(walked),
        staging(walked),
        copies,
        notProtected,
        remarks.stream().sorted().toList(),
        unread,
        unlisted,
        folders);
  }

  /// A drive that goes away while it is looked at is another thing than one folder that is locked.
  private void requireThere(
      FolderWalk walk, List<? extends Located.Readable> drives, IOException fault)
      throws IOException {
    Path above = walk.isHere() ? repository.root() : drives.get(walk.drive()).base();
    if (fault instanceof ClosedByInterruptException || !Files.isReadable(above)) {
      throw fault;
    }
  }

  private static Unread unread(
      Collection<FolderWalk> failed, Collection<FolderWalk> untold, int drive, Path above) {
    List<SeenCopy> folders =
        Stream.concat(failed.stream(), untold.stream())
            .filter(walk -> walk.drive() == drive)
            .map(walk -> SeenCopy.unread(walk.below(above), walk.place().folder()))
            .toList();
    Set<ProjectId> ids =
        failed.stream()
            .filter(walk -> walk.drive() == drive)
            .map(FolderWalk::id)
            .collect(Collectors.toSet());
    return new Unread(folders, ids);
  }

  private static List<SeenCopy> folders(Iterable<FolderWalk.Walked> walked, int drive, Path above) {
    List<SeenCopy> folders = new ArrayList<>();
    for (FolderWalk.Walked one : walked) {
      if (one.walk().drive() == drive) {
        folders.add(
            new SeenCopy(one.walk().below(above), one.walk().place().folder(), one.fingerprint()));
      }
    }
    return folders;
  }

  private static Map<ProjectId, SsdCopy> onDrive(
      Iterable<FolderWalk.Walked> walked,
      int drive,
      Located.Readable readable,
      Instant now,
      ConcurrentLinkedQueue<String> remarks) {
    Map<ProjectId, SsdCopy> copies = new HashMap<>();
    Map<ProjectId, List<String>> seen = new HashMap<>();
    for (FolderWalk.Walked one : walked) {
      if (one.walk().drive() == drive) {
        ProjectId id = one.walk().id();
        String path = one.walk().path(readable.base());
        if (one.totals().files() == 0) {
          remarks.add(
              "%s: its folder on %s (%s) holds no file, so it is no copy"
                  .formatted(id, readable.label().name(), path));
          continue;
        }
        SsdCopy copy =
            new SsdCopy(
                Optional.empty(),
                path,
                Optional.of(one.totals()),
                Optional.of(now),
                Optional.empty());
        SsdCopy shown = copies.merge(id, copy, Survey::more);
        seen.computeIfAbsent(id, _ -> new ArrayList<>()).add(copy.path());
        if (seen.get(id).size() > 1) {
          remarks.add(
              "%s: several folders on %s (%s); %s is shown"
                  .formatted(
                      id, readable.label().name(), String.join(", ", seen.get(id)), shown.path()));
        }
      }
    }
    return copies;
  }

  private Map<ProjectId, List<LocalCopy>> local(Iterable<FolderWalk.Walked> walked) {
    Map<ProjectId, List<LocalCopy>> local = new HashMap<>();
    for (FolderWalk.Walked one : walked) {
      if (one.walk().isHere()) {
        local
            .computeIfAbsent(one.walk().id(), _ -> new ArrayList<>())
            .add(
                new LocalCopy(
                    one.isActive() ? LocalCopy.Structure.FLAT : LocalCopy.Structure.GROUPED,
                    one.walk().path(repository.root()),
                    one.totals()));
      }
    }
    local
        .values()
        .forEach(
            copies ->
                copies.sort(
                    Comparator.comparing(LocalCopy::structure).thenComparing(LocalCopy::path)));
    return local;
  }

  private static Map<ProjectId, StagedFiles> staging(Iterable<FolderWalk.Walked> walked) {
    Map<ProjectId, StagedFiles> staging = new HashMap<>();
    for (FolderWalk.Walked one : walked) {
      if (one.isActive() && one.staged().files() > 0) {
        staging.put(one.walk().id(), one.staged());
      }
    }
    return staging;
  }

  /// Of two folders with one id the one that holds more is shown, the first by name of equals.
  private static SsdCopy more(SsdCopy one, SsdCopy other) {
    int order =
        Comparator.comparing((SsdCopy c) -> c.totals().orElseThrow().bytes())
            .thenComparing(SsdCopy::path, Comparator.reverseOrder())
            .compare(one, other);
    return order >= 0 ? one : other;
  }
}
