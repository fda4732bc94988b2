package dev.vat.lifecycle;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.Settled;
import dev.vat.disk.SettledFiles;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.MhlLayout;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectTree;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.project.Repository;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at a project and at the drive, and says what archiving would do. Changes nothing.
public final class ArchivePlanner {
  private static final String ARCHIVED = "archived";

  private final Repository repository;
  private final FileKinds kinds;
  private final InstantSource clock;
  private final DeviceDigests reading = new DeviceDigests();

  public ArchivePlanner(Repository repository, FileKinds kinds, InstantSource clock) {
    this.repository = repository;
    this.kinds = kinds;
    this.clock = clock;
  }

  /// @param folder the project's active folder
  /// @param others further drives that may hold a copy
  /// @throws dev.vat.mhl.MhlException when the copy that is there has a checksum history that
  ///     cannot be trusted
  /// @throws IOException when the project or the drive cannot be listed: a failed listing is never
  ///     an empty one
  public ArchivePlan plan(
      ProjectId project,
      Path folder,
      ArchiveTarget target,
      List<ProjectCopy> others,
      ArchiveOptions options)
      throws IOException {
    Found found = new Found(options);
    new ProjectTree(folder, kinds).walk(found);
    if (target.base().toRealPath().startsWith(folder.toRealPath())) {
      found.refuse(
          Obstacle.Kind.REFUSED,
          "the drive's folder "
              + target.base()
              + " is inside the project, which would be copied into itself. Correct SSD_BASE, or"
              + " move the drive's mount elsewhere");
    }
    Path copyFolder = place(new RangeFolders(target.base()).of(project), target.base(), found);
    boolean completes = Files.exists(copyFolder, LinkOption.NOFOLLOW_LINKS);
    if (completes && found.obstacles.isEmpty()) {
      // One that is damaged is told now, not after hours of copying.
      CopyHistory.of(copyFolder);
    }
    if (found.all.isEmpty() && !completes && found.obstacles.isEmpty()) {
      // With a copy there, it is what a run left that was cut after its last file went.
      found.refuse(
          Obstacle.Kind.REFUSED,
          folder
              + " has no files, so there is nothing to archive. Put the recordings there, or remove"
              + " the folder if it is not needed any more");
    }
    found.takeNested(completes ? NestedHistories.missing(found.nested, copyFolder) : found.nested);
    Path growing = completes ? copyFolder : TreeCopy.temporaryFor(copyFolder);
    TreeCopy.refusedNames(growing, found.all)
        .forEach(problem -> found.refuse(Obstacle.Kind.REFUSED, problem.message()));
    lookForWriters(found);
    long missing = TreeCopy.missingBytes(growing, found.all);
    FreeSpace space = FreeSpace.on(growing, missing);
    if (missing > 0 && !space.enough()) {
      found.refuse(Obstacle.Kind.NO_SPACE, space.message(target.label()));
    }
    Optional<String> releasesNothing =
        options.keepLocal()
            ? Optional.of("Everything stays here too (--keep-local).")
            : target.neverReleases();
    Path lightFolder = lightFolder(project, found);
    List<TreeFile> moved = new ArrayList<>();
    List<TreeFile> released = new ArrayList<>();
    List<TreeFile> staying = new ArrayList<>();
    if (releasesNothing.isEmpty()) {
      for (TreeFile file : found.heavy) {
        (options.tracked().contains(file.name()) ? staying : released).add(file);
      }
      for (TreeFile file : found.light) {
        (isThereAlready(file, lightFolder, found) ? released : moved).add(file);
      }
      moved.addAll(found.history);
    }
    return new ArchivePlan(
        project,
        folder,
        target,
        copyFolder,
        completes,
        found.all,
        missing,
        space,
        lightFolder,
        moved,
        released,
        staying,
        releasesNothing,
        others,
        found.obstacles,
        found.warnings);
  }

  private Path lightFolder(ProjectId project, Found found) throws IOException {
    Path archived = repository.root().resolve(ARCHIVED);
    if (!Files.isDirectory(archived, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(archived, LinkOption.NOFOLLOW_LINKS)) {
        found.refuse(Obstacle.Kind.REFUSED, inTheWay(archived));
      }
      Path range = RangeFolders.computed(project).map(archived::resolve).orElse(archived);
      return range.resolve(project.value());
    }
    return place(new RangeFolders(archived).of(project), archived, found);
  }

  private static Path place(RangeChoice choice, Path base, Found found) {
    return switch (choice) {
      case RangeChoice.Free(Path folder) -> folder;
      case RangeChoice.Holds(Path folder) -> folder;
      case RangeChoice.InTheWay(Path path, String what) -> {
        found.refuse(Obstacle.Kind.REFUSED, path + " " + what + ".");
        yield path;
      }
      case RangeChoice.Several(List<Path> folders) -> {
        List<String> names = folders.stream().map(one -> base.relativize(one).toString()).toList();
        found.refuse(
            Obstacle.Kind.CONFLICT,
            "there are several folders of it in "
                + base
                + " ("
                + String.join(", ", names)
                + "). Look which one is right, move the others away, and run again");
        yield folders.getFirst();
      }
    };
  }

  private static String inTheWay(Path path) {
    return path + " is a link or a file where a folder has to be. Move it away and run again";
  }

  /// Whether a light file need not be moved because its place has the same content. With another
  /// one there it is a conflict.
  private boolean isThereAlready(TreeFile file, Path lightFolder, Found found) throws IOException {
    Path there = DiskSpelling.below(lightFolder, file.name());
    if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    if (Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS) && sameContent(file.path(), there)) {
      return true;
    }
    found.refuse(
        Obstacle.Kind.CONFLICT,
        file.name()
            + " is in "
            + repository.root().relativize(lightFolder)
            + " already, with another content. Compare the two and rename or remove one");
    return false;
  }

  private boolean sameContent(Path one, Path other) throws IOException {
    if (Files.size(one) != Files.size(other)) {
      return false;
    }
    Progress.Task quiet = Progress.none().begin("", 0);
    return reading.plainly(one, quiet).digests().equals(reading.plainly(other, quiet).digests());
  }

  private void lookForWriters(Found found) throws IOException {
    OpenForWriting open = OpenForWriting.look(found.all.stream().map(TreeFile::stamp).toList());
    open.remark().ifPresent(found.warnings::add);
    SettledFiles settled = new SettledFiles(open);
    for (TreeFile file : found.all) {
      try {
        switch (settled.look(file.stamp(), clock.instant())) {
          case Settled.Yes _ -> {}
          case Settled.Incomplete(String warning) ->
              found.warnings.add(file.name() + ": " + warning);
          case Settled.NotYet(String reason) ->
              found.refuse(Obstacle.Kind.NOT_YET, file.name() + ": " + reason);
        }
      } catch (NoSuchFileException gone) {
        found.refuse(Obstacle.Kind.NOT_YET, file.name() + " was removed while it was looked at");
      }
    }
  }

  /// What the walk finds.
  private final class Found implements TreeVisitor {
    private final ArchiveOptions options;
    private final List<TreeFile> all = new ArrayList<>();
    private final List<TreeFile> heavy = new ArrayList<>();
    private final List<TreeFile> light = new ArrayList<>();

    /// The project's own checksum history, of when it was restored or checked here: it goes to the
    /// light files. The copy has its own.
    private final List<TreeFile> history = new ArrayList<>();

    /// Histories of folders below, which are no content and travel with it.
    private final List<TreeFile> nested = new ArrayList<>();

    private final List<Obstacle> obstacles = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private Found(ArchiveOptions options) {
      this.options = options;
    }

    private void refuse(Obstacle.Kind kind, String message) {
      obstacles.add(new Obstacle(kind, message));
    }

    @Override
    public void file(TreeFile file) {
      if (NestedHistories.isTop(file.name())) {
        history.add(file);
      } else if (MhlLayout.isHistory(file.name())) {
        nested.add(file);
      } else {
        take(file);
      }
    }

    /// @param copied those that the copy lacks; another one there went on from ours, which goes to
    ///     the light files
    private void takeNested(List<TreeFile> copied) {
      copied.forEach(this::take);
      nested.stream().filter(file -> !copied.contains(file)).forEach(history::add);
    }

    private void take(TreeFile file) {
      all.add(file);
      boolean isHeavy = kinds.of(file.name(), file.sizeBytes()) == FileKind.HEAVY;
      (isHeavy ? heavy : light).add(file);
    }

    @Override
    public void remark(TreeRemark remark) {
      switch (remark) {
        case TreeRemark.OwnTemporary _ -> warnings.add(remark.message() + ", and stays here");
        case TreeRemark.Link _, TreeRemark.Special _ -> {
          if (options.skipLinks()) {
            warnings.add(remark.message() + ", and stays here");
          } else {
            refuse(
                Obstacle.Kind.REFUSED,
                remark.message() + ". Remove it, or leave it behind with --skip-links");
          }
        }
        case TreeRemark.Unreadable _, TreeRemark.RefusedName _, TreeRemark.SameName _ ->
            refuse(Obstacle.Kind.REFUSED, remark.message());
      }
    }
  }
}
