package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.NamingOf;
import dev.vat.disk.TreeCopied;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.FileDigests;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings a project home from its copy on a drive, from which is only read: planned, then copied
/// and read back, proven by the drive's checksum history where it has one, and only then visible
/// under its name. Nothing is overwritten. The history itself stays with the copy that it tells of.
///
/// Whoever runs it holds the project's lock.
public final class DriveRestoring {
  private final TreeCopy copy;
  private final FilePlacement placement;
  private final Progress progress;
  private final DeviceDigests digests = new DeviceDigests();

  public DriveRestoring(TreeCopy copy, FilePlacement placement, Progress progress) {
    this.copy = copy;
    this.placement = placement;
    this.progress = progress;
  }

  /// What came of it.
  ///
  /// @param copied what lies here now, file by file, and what does not
  /// @param damaged files that are not what the drive's history says: because of them nothing
  ///     became visible
  /// @param moved light files that were renamed
  /// @param notMoved light files that were changed meanwhile, and stay where they are
  public record Restored(
      TreeCopied copied, List<RelativeName> damaged, int moved, List<RelativeName> notMoved) {
    public Restored {
      damaged = List.copyOf(damaged);
      notMoved = List.copyOf(notMoved);
    }

    /// Whether all of the copy is here.
    public boolean isWhole() {
      return copied.isComplete() && damaged.isEmpty() && notMoved.isEmpty();
    }
  }

  /// What the history of a copy tells of and the copy does not have: then it is not whole.
  ///
  /// @throws dev.vat.mhl.MhlException when there is one that cannot be trusted or understood
  public static List<RelativeName> lacking(CopySource source) throws IOException {
    return CopyHistory.of(source.folder()).files().keySet().stream()
        .filter(name -> !source.files().containsKey(name))
        .sorted()
        .toList();
  }

  /// Looks, and writes nothing. Reads only what has the same name here.
  ///
  /// @param wish the whole project
  /// @param source the copy on the drive
  public DriveRestorePlan plan(RestoreWish wish, CopySource source) throws IOException {
    Path target = wish.target();
    boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (exists && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return new DriveRestorePlan.Refused(target + " is there, and is no folder");
    }
    Optional<String> unfit =
        source.obstacles().stream()
            .map(TreeRemark::message)
            .findFirst()
            .or(
                () ->
                    source.files().isEmpty()
                        ? Optional.of(source.folder() + " holds no files")
                        : Optional.empty());
    if (unfit.isPresent()) {
      return new DriveRestorePlan.Refused(unfit.get());
    }
    Optional<CopyProblem> refused =
        TreeCopy.refusedNames(target, List.copyOf(source.files().values())).stream().findFirst();
    if (refused.isPresent()) {
      return new DriveRestorePlan.Refused(refused.get().message());
    }
    DriveRestorePlan.Ready plan = sorted(wish, source, exists);
    Path growing = exists ? target : TreeCopy.temporaryFor(target);
    FreeSpace space = FreeSpace.on(target, TreeCopy.missingBytes(growing, plan.copied()));
    return plan.copied().isEmpty() || space.enough()
        ? plan
        : new DriveRestorePlan.Refused(space.message());
  }

  private DriveRestorePlan.Ready sorted(RestoreWish wish, CopySource source, boolean exists)
      throws IOException {
    CopyHistory said = CopyHistory.of(source.folder());
    boolean windows = NamingOf.folder(wish.target()) == NamingOf.WINDOWS;
    List<TreeFile> copied = new ArrayList<>();
    List<DriveRestorePlan.Moved> moved = new ArrayList<>();
    List<RestorePlan.Conflict> conflicts = new ArrayList<>();
    int same = 0;
    for (TreeFile file : source.files().values()) {
      RelativeName name = file.name();
      Path place = DiskSpelling.below(wish.target(), name);
      Optional<String> inTheWay = RestorePlanner.inTheWay(wish.target(), name, windows);
      Optional<Path> light = RestorePlanner.light(wish, name);
      if (inTheWay.isPresent()) {
        conflicts.add(new RestorePlan.Conflict(name, inTheWay.get()));
      } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (equal(place, file, said).isPresent()) {
          same++;
        } else {
          conflicts.add(new RestorePlan.Conflict(name, "is there with another content: " + place));
        }
      } else if (light.isEmpty()) {
        copied.add(file);
      } else {
        equal(light.get(), file, said)
            .ifPresentOrElse(
                proven -> moved.add(new DriveRestorePlan.Moved(name, light.get(), proven)),
                () ->
                    conflicts.add(
                        new RestorePlan.Conflict(
                            name,
                            "is another one than on " + source.where() + ": " + light.get())));
      }
    }
    return new DriveRestorePlan.Ready(
        wish.project(), source, wish.target(), exists, copied, moved, same, conflicts);
  }

  /// By the drive's history; where that does not tell of the file, by reading the drive's.
  ///
  /// @return empty when it has another content, or is no plain file
  private Optional<FileDigests> equal(Path here, TreeFile there, CopyHistory said)
      throws IOException {
    if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)
        || Files.size(here) != there.sizeBytes()) {
      return Optional.empty();
    }
    FileDigests now = read(here);
    boolean same = states(said, there.name(), now) || now.equals(read(there.path()));
    return same && !said.contradicts(there.name(), now) ? Optional.of(now) : Optional.empty();
  }

  /// Whether the history says so in a format that is read here: one that states others proves
  /// nothing.
  private static boolean states(CopyHistory said, RelativeName name, FileDigests now) {
    return said.knows(name)
        && now.asList().stream()
            .anyMatch(one -> one.equals(said.files().get(name).digests().get(one.format())));
  }

  private FileDigests read(Path file) throws IOException {
    long bytes = Files.size(file);
    try (Progress.Task task = progress.begin("comparing " + file.getFileName(), bytes)) {
      return digests.plainly(file, task).digests();
    }
  }

  /// Does what was planned.
  ///
  /// @param plan without conflicts
  /// @throws java.nio.file.FileAlreadyExistsException when something took the name meanwhile; it is
  ///     left alone
  public Restored run(DriveRestorePlan.Ready plan) throws IOException {
    if (!plan.conflicts().isEmpty()) {
      throw new IllegalArgumentException("conflicts are for people to decide");
    }
    CopyHistory said = CopyHistory.of(plan.source().folder());
    TreeCopied copied;
    List<RelativeName> damaged;
    if (plan.exists()) {
      // There each file is visible at once, so its source is proven before.
      damaged = damagedOnDrive(plan, said);
      copied =
          damaged.isEmpty()
              ? copy.complete(plan.target(), plan.copied(), progress)
              : new TreeCopied(List.of(), List.of());
    } else {
      copied = copy.copyNew(plan.target(), plan.copied(), said::isKnownGood, progress);
      damaged =
          copied.files().stream()
              .filter(file -> said.contradicts(file.name(), file.digests()))
              .map(CopiedFile::name)
              .toList();
    }
    if (!copied.isComplete() || !damaged.isEmpty()) {
      return new Restored(copied, damaged, 0, List.of());
    }
    if (!plan.exists()) {
      copy.place(plan.target());
    }
    List<RelativeName> notMoved = new ArrayList<>();
    for (DriveRestorePlan.Moved light : plan.moved()) {
      if (!move(light, plan.target())) {
        notMoved.add(light.name());
      }
    }
    for (Path emptied :
        plan.moved().stream()
            .map(light -> Restoring.folderOf(light.name(), light.from()))
            .distinct()
            .toList()) {
      new EmptyFolders().removeBelow(emptied);
    }
    return new Restored(copied, damaged, plan.moved().size() - notMoved.size(), notMoved);
  }

  private List<RelativeName> damagedOnDrive(DriveRestorePlan.Ready plan, CopyHistory said)
      throws IOException {
    List<RelativeName> damaged = new ArrayList<>();
    for (TreeFile file : plan.copied()) {
      if (said.knows(file.name()) && said.contradicts(file.name(), read(file.path()))) {
        damaged.add(file.name());
      }
    }
    return damaged;
  }

  /// Proven once more where it is now: somebody may have edited it while the others came.
  private boolean move(DriveRestorePlan.Moved light, Path target) throws IOException {
    if (!Files.isRegularFile(light.from(), LinkOption.NOFOLLOW_LINKS)
        || !read(light.from()).equals(light.digests())) {
      return false;
    }
    Path place = target.resolve(light.name().value());
    Durability.createFolders(place.getParent());
    placement.placeNew(light.from(), place);
    return true;
  }
}
