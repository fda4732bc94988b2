package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.Settled;
import dev.vat.disk.SettledFiles;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.Sizes;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Looks at a project's folders and says what backing it up would do. Changes nothing.
public final class BackupPlanner {
  private final FileKinds kinds;
  private final String repo;
  private final InstantSource clock;

  /// @param repo the repository's name in keys
  public BackupPlanner(FileKinds kinds, String repo, InstantSource clock) {
    this.kinds = kinds;
    this.repo = repo;
    this.clock = clock;
  }

  /// @param sources every folder of the project that seems whole, the preferred one first
  /// @param stored what S3 has under the project's keys
  /// @param keys where it goes when S3 has none
  /// @param keepBoth whether another content may be kept beside what S3 has
  public BackupPlan plan(
      ProjectId project,
      List<CopySource> sources,
      List<StoredArchive> stored,
      ArchiveKeys keys,
      boolean keepBoth)
      throws IOException {
    List<StoredArchive> ours =
        stored.stream().filter(one -> isOurs(one, project) && one.toc().isPresent()).toList();
    // A checksum history that is left of a copy is no copy.
    List<CopySource> filled = sources.stream().filter(one -> !one.files().isEmpty()).toList();
    if (filled.isEmpty() && !ours.isEmpty()) {
      return new BackupPlan.OnlyThere(project, ours.getFirst());
    }
    if (filled.isEmpty() && !sources.isEmpty()) {
      return impossible(project, sources.getFirst().folder() + " holds no file", List.of(), "");
    }
    Optional<CopySource> chosen =
        filled.stream().filter(one -> filled.stream().allMatch(one::hasAllOf)).findFirst();
    if (chosen.isEmpty()) {
      return unclear(project, filled);
    }
    CopySource source = chosen.get();
    Optional<BackupPlan> obstacle = obstacle(project, source);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    Optional<BackupPlan> there = contained(project, source, ours);
    if (there.isPresent()) {
      return there.get();
    }
    if (!stored.isEmpty() && !keepBoth) {
      return taken(project, source, stored.getFirst());
    }
    ArchiveKeys free = stored.isEmpty() ? keys : stored.getFirst().keys().dated(clock.instant());
    return store(project, source, free);
  }

  /// One with the very same files is better than one that has more.
  private static Optional<BackupPlan> contained(
      ProjectId project, CopySource source, List<StoredArchive> ours) {
    Optional<BackupPlan> containing = Optional.empty();
    for (StoredArchive one : ours) {
      TocComparison differs = comparison(project, source, one);
      if (differs.isContained() && (differs.isAlike() || containing.isEmpty())) {
        containing = Optional.of(new BackupPlan.Compare(project, source, one, differs.onlyThere()));
        if (differs.isAlike()) {
          return containing;
        }
      }
    }
    return containing;
  }

  /// What a comparison by content found to be another one.
  ///
  /// @param differing names of files
  public BackupPlan afterComparing(
      BackupPlan.Compare plan, List<RelativeName> differing, boolean keepBoth) throws IOException {
    if (keepBoth) {
      ArchiveKeys keys = plan.archive().keys();
      return store(plan.project(), plan.source(), keys.dated(clock.instant()));
    }
    return conflict(
        plan.project(),
        plan.archive(),
        differing.stream().map(name -> name + ": another content in S3").toList());
  }

  private BackupPlan store(ProjectId project, CopySource source, ArchiveKeys keys) {
    Predicate<TreeFile> light = isLight(kinds);
    List<TreeFile> all = List.copyOf(source.files().values());
    List<TreeFile> lights = all.stream().filter(light).toList();
    return new BackupPlan.Store(
        project, source, keys, all.size(), bytes(all), lights.size(), bytes(lights));
  }

  /// What goes into the object with the light files.
  static Predicate<TreeFile> isLight(FileKinds kinds) {
    return file ->
        !FileKinds.isChecksum(file.name())
            && kinds.of(file.name(), file.sizeBytes()) == FileKind.LIGHT;
  }

  private static long bytes(List<TreeFile> files) {
    return files.stream().mapToLong(TreeFile::sizeBytes).sum();
  }

  private boolean isOurs(StoredArchive stored, ProjectId project) {
    return stored.says().filter(says -> says.isOf(repo, project)).isPresent();
  }

  private static TocComparison comparison(
      ProjectId project, CopySource source, StoredArchive stored) {
    return TocComparison.of(project, source.files().values(), stored.toc().orElseThrow().toc());
  }

  private BackupPlan taken(ProjectId project, CopySource source, StoredArchive stored) {
    if (!isOurs(stored, project)) {
      return new BackupPlan.Refused(
          project,
          BackupPlan.Reason.NOT_OURS,
          "S3 has an object under its key that is not this repository's: "
              + stored.object().key()
              + stored
                  .says()
                  .map(says -> " is " + says.project() + " of " + says.repo())
                  .orElse(" does not say whose it is"),
          List.of(),
          "choose another S3_ARCHIVE_PREFIX for this repository, or keep this one beside it with"
              + " --keep both");
    }
    if (stored.toc().isEmpty()) {
      return conflict(
          project,
          stored,
          List.of("what is in it cannot be told: " + stored.unknownBecause().orElse("")));
    }
    TocComparison differs = comparison(project, source, stored);
    return conflict(
        project,
        stored,
        Stream.of(
                differs.onlyHere().stream().map(name -> name + ": not in S3"),
                differs.onlyThere().stream().map(name -> name + ": only in S3"),
                differs.otherSize().stream().map(name -> name + ": another content in S3"))
            .flatMap(one -> one)
            .toList());
  }

  private static BackupPlan conflict(
      ProjectId project, StoredArchive stored, List<String> differences) {
    return new BackupPlan.Refused(
        project,
        BackupPlan.Reason.CONFLICT,
        "S3 has another content of it already: "
            + stored.object().key()
            + " ("
            + Sizes.of(stored.object().sizeBytes())
            + ", of "
            + stored.object().lastModified().toString().substring(0, 10)
            + stored
                .says()
                .filter(says -> !says.uploadedBy().isEmpty())
                .map(says -> ", by " + says.uploadedBy())
                .orElse("")
            + ")",
        differences,
        "look which one is right. Nothing in S3 is overwritten; --keep both stores this one beside"
            + " it, under a key with the date");
  }

  private static BackupPlan unclear(ProjectId project, List<CopySource> sources) {
    return new BackupPlan.Refused(
        project,
        BackupPlan.Reason.UNCLEAR_SOURCE,
        "its folders have files that the others lack: "
            + sources.stream()
                .map(one -> one.where() + " (" + one.folder() + ")")
                .collect(Collectors.joining(", ")),
        List.of(),
        "bring them together first, or say which one with --place ssd or --place local");
  }

  private Optional<BackupPlan> obstacle(ProjectId project, CopySource source) throws IOException {
    List<String> unreadable = source.obstacles().stream().map(TreeRemark::message).toList();
    if (!unreadable.isEmpty()) {
      return Optional.of(
          impossible(
              project,
              "not all of " + source.folder() + " can be archived",
              unreadable,
              "make these readable, or rename them"));
    }
    List<ArchiveItem> items;
    try {
      items = BackupSource.of(project, source).items();
    } catch (HostileNameException tooLong) {
      return Optional.of(impossible(project, tooLong.getMessage(), List.of(), "rename it"));
    }
    long largest = ArchiveWriter.largestSize(items);
    if (largest > ArchiveUploads.LARGEST_BYTES) {
      return Optional.of(
          impossible(
              project,
              "it has "
                  + Sizes.of(largest)
                  + ", and one archive takes at most "
                  + Sizes.of(ArchiveUploads.LARGEST_BYTES),
              List.of(),
              "split the project"));
    }
    List<String> writers = writers(source);
    return writers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new BackupPlan.Refused(
                project,
                BackupPlan.Reason.NOT_YET,
                "files of it are not finished yet",
                writers,
                "run it again when they are"));
  }

  private static BackupPlan impossible(
      ProjectId project, String message, List<String> details, String remedy) {
    return new BackupPlan.Refused(
        project, BackupPlan.Reason.NOT_POSSIBLE, message, details, remedy);
  }

  private List<String> writers(CopySource source) throws IOException {
    List<String> writers = new ArrayList<>();
    OpenForWriting open =
        OpenForWriting.look(source.files().values().stream().map(TreeFile::stamp).toList());
    SettledFiles settled = new SettledFiles(open);
    for (TreeFile file : source.files().values()) {
      try {
        if (settled.look(file.stamp(), clock.instant()) instanceof Settled.NotYet(String reason)) {
          writers.add(file.name() + ": " + reason);
        }
      } catch (NoSuchFileException gone) {
        writers.add(file.name() + " was removed while it was looked at");
      }
    }
    return writers;
  }
}
