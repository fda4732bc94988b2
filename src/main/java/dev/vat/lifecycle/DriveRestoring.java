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
import dev.vat.mhl.MhlLayout;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Brings a project home from its copy on a drive, from which is only read: planned, then copied
/// into a hidden folder and read back, proven by the drive's checksum history in the very reading
/// that copied it, and only then visible under its name. Nothing is overwritten. The history itself
/// stays with the copy that it tells of; those of folders below come along.
///
/// Whoever runs it holds the project's lock.
public final class DriveRestoring {
  private final TreeCopy copy;
  private final FilePlacement placement;
  private final FileKinds kinds;
  private final Progress progress;
  private final DeviceDigests digests = new DeviceDigests();

  public DriveRestoring(
      TreeCopy copy, FilePlacement placement, FileKinds kinds, Progress progress) {
    this.copy = copy;
    this.placement = placement;
    this.kinds = kinds;
    this.progress = progress;
  }

  /// What came of it.
  ///
  /// @param copied what came whole, file by file, and what did not
  /// @param damaged files that are not what the drive's history says
  /// @param visible whether what came has its names; if not, it waits in the hidden folder
  /// @param moved light files that were renamed
  /// @param notMoved light files that were changed meanwhile, and stay where they are
  /// @param left hidden folders of earlier runs, with files that the project does not have
  public record Restored(
      TreeCopied copied,
      List<RelativeName> damaged,
      boolean visible,
      int moved,
      List<RelativeName> notMoved,
      List<Path> left) {
    public Restored {
      left = List.copyOf(left);
      damaged = List.copyOf(damaged);
      notMoved = List.copyOf(notMoved);
    }

    /// Whether another copy is to be asked, because of what this one is.
    public boolean isSourcesFault() {
      return !damaged.isEmpty()
          || !copied.problems().isEmpty()
              && copied.problems().stream()
                  .allMatch(
                      problem ->
                          switch (problem) {
                            case CopyProblem.SourceChanged _,
                                CopyProblem.Failed _,
                                CopyProblem.OneIsDamaged _,
                                CopyProblem.KnownDamaged _,
                                CopyProblem.DamagedHere _ ->
                                true;
                            case CopyProblem.NameRefused _,
                                CopyProblem.Different _,
                                CopyProblem.InTheWay _,
                                CopyProblem.Damaged _,
                                CopyProblem.Leftover _,
                                CopyProblem.DiskFull _,
                                CopyProblem.TargetGone _,
                                CopyProblem.NotWritable _ ->
                                false;
                          });
    }
  }

  /// The hidden folder in which what a drive has grows, whichever drive it is; beside the target.
  static Path growing(Path target) {
    return TreeCopy.temporaryFor(besideTarget(target));
  }

  /// What the copy is told to make, and never gets: the target itself may be there already.
  private static Path besideTarget(Path target) {
    return target.resolveSibling(".from-drive-" + target.getFileName());
  }

  /// Looks, and writes nothing. Reads only what has the same name here.
  ///
  /// @param source the copy on the drive, which has all that is wanted
  public DriveRestorePlan plan(RestoreWish wish, DriveSource source) throws IOException {
    Path target = wish.target();
    boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    if (exists && !Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return new DriveRestorePlan.Refused(target + " is there, and is no folder");
    }
    List<TreeFile> wanted = new ArrayList<>();
    for (TreeFile file : source.copy().files().values()) {
      if (RestorePlanner.isWanted(file.name(), file.sizeBytes(), wish.part(), kinds)) {
        wanted.add(file);
      }
    }
    if (wish.part() instanceof RestoreWish.Part.Whole) {
      wanted.addAll(NestedHistories.missing(source.copy().checksums(), target));
    }
    Optional<CopyProblem> refused = TreeCopy.refusedNames(target, wanted).stream().findFirst();
    if (refused.isPresent()) {
      return new DriveRestorePlan.Refused(refused.get().message());
    }
    DriveRestorePlan.Ready plan = sorted(wish, source, wanted, exists);
    FreeSpace space = FreeSpace.on(target, TreeCopy.missingBytes(growing(target), plan.copied()));
    return plan.copied().isEmpty() || space.enough()
        ? plan
        : new DriveRestorePlan.Refused(space.message());
  }

  private DriveRestorePlan.Ready sorted(
      RestoreWish wish, DriveSource source, List<TreeFile> wanted, boolean exists)
      throws IOException {
    boolean windows = NamingOf.folder(wish.target()) == NamingOf.WINDOWS;
    List<TreeFile> copied = new ArrayList<>();
    List<DriveRestorePlan.Moved> moved = new ArrayList<>();
    List<RestorePlan.Conflict> conflicts = new ArrayList<>();
    List<Path> twice = new ArrayList<>();
    int same = 0;
    for (TreeFile file : wanted) {
      RelativeName name = file.name();
      Path place = DiskSpelling.below(wish.target(), name);
      Optional<String> inTheWay = RestorePlanner.inTheWay(wish.target(), name, windows);
      Optional<Path> light = RestorePlanner.light(wish, name);
      if (inTheWay.isPresent()) {
        conflicts.add(new RestorePlan.Conflict(name, inTheWay.get()));
      } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        Optional<FileDigests> proven = equal(place, file, source.said());
        if (proven.isEmpty()) {
          conflicts.add(new RestorePlan.Conflict(name, "is there with another content: " + place));
        } else if (light.isPresent() && Arrival.isSecondName(light.get(), place)) {
          moved.add(new DriveRestorePlan.Moved(name, light.get(), proven.get()));
        } else {
          same++;
          light.ifPresent(twice::add);
        }
      } else if (light.isEmpty()) {
        copied.add(file);
      } else {
        // Where somebody has written to the drive's since, the history tells of an older one.
        CopyHistory said = source.said().hasTimeOf(file) ? source.said() : CopyHistory.none();
        equal(light.get(), file, said)
            .ifPresentOrElse(
                proven -> moved.add(new DriveRestorePlan.Moved(name, light.get(), proven)),
                () -> {
                  if (MhlLayout.isHistory(name)) {
                    copied.add(file); // of the whole copy; the one here went on from it
                  } else {
                    conflicts.add(
                        new RestorePlan.Conflict(
                            name,
                            "is another one than on "
                                + source.copy().where()
                                + ": "
                                + light.get()));
                  }
                });
      }
    }
    List<RelativeName> unproven =
        copied.stream()
            .map(TreeFile::name)
            .filter(name -> !MhlLayout.isHistory(name) && !source.said().canProve(name))
            .toList();
    return new DriveRestorePlan.Ready(
        wish.project(),
        source,
        wish.target(),
        wish.part() instanceof RestoreWish.Part.Whole,
        exists,
        copied,
        unproven,
        moved,
        same,
        twice,
        wish.lightFolders(),
        conflicts);
  }

  /// By the drive's history; where that says nothing of the file, by reading the drive's.
  ///
  /// @return empty when it has another content, or is no plain file
  private Optional<FileDigests> equal(Path here, TreeFile there, CopyHistory said)
      throws IOException {
    boolean told = said.canProve(there.name());
    if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)
        || !told && Files.size(here) != there.sizeBytes()) {
      return Optional.empty();
    }
    FileDigests now = read(here);
    return (told ? said.proves(there.name(), now) : now.equals(read(there.path())))
        ? Optional.of(now)
        : Optional.empty();
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
  /// @throws java.nio.file.FileAlreadyExistsException when something took a name meanwhile; it is
  ///     left alone
  public Restored run(DriveRestorePlan.Ready plan) throws IOException {
    if (!plan.conflicts().isEmpty()) {
      throw new IllegalArgumentException("conflicts are for people to decide");
    }
    if (plan.isNothing()) {
      new Arrival(placement, plan.lightFolders())
          .oneByOne(growing(plan.target()), plan.target(), List.of(), List.of());
      return new Restored(
          new TreeCopied(List.of(), List.of()),
          List.of(),
          true,
          0,
          List.of(),
          new Leavings(progress).clear(plan.target(), plan.whole()));
    }
    CopyHistory said = plan.source().said();
    Path growing = growing(plan.target());
    if (!plan.whole()) {
      // The range folder below archived/.
      Durability.createFolders(growing.getParent());
    }
    removeWhatIsHereBy(plan, growing);
    TreeCopied copied =
        copy.copyNew(besideTarget(plan.target()), plan.copied(), said::proves, progress);
    List<RelativeName> damaged =
        copied.files().stream()
            .filter(file -> said.contradicts(file.name(), file.digests()))
            .map(CopiedFile::name)
            .toList();
    if (!copied.isComplete() || !damaged.isEmpty()) {
      for (RelativeName name : damaged) {
        // Our own copy of what is on the drive still.
        Files.deleteIfExists(DiskSpelling.below(growing, name));
      }
      return new Restored(copied, damaged, false, 0, List.of(), List.of());
    }
    List<Arrival.Light> lights =
        plan.moved().stream()
            .map(
                light ->
                    new Arrival.Light(
                        light.name(), light.from(), file -> isStill(file, light.digests())))
            .toList();
    Arrival arrival = new Arrival(placement, plan.lightFolders());
    Arrival.Arrived arrived =
        plan.whole() && !plan.exists()
            ? arrival.asOne(growing, plan.target(), lights)
            : arrival.oneByOne(
                growing,
                plan.target(),
                plan.copied().stream().map(TreeFile::name).toList(),
                lights);
    return new Restored(
        copied,
        damaged,
        arrived.visible(),
        arrived.visible() ? lights.size() - arrived.changed().size() : 0,
        arrived.changed(),
        arrived.visible() ? new Leavings(progress).clear(plan.target(), plan.whole()) : List.of());
  }

  private boolean isStill(Path file, FileDigests then) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && read(file).equals(then);
  }

  /// What an earlier run had copied, and has come here in another way since: from `archived/`, or
  /// to its place. Only what is proven equal goes.
  private void removeWhatIsHereBy(DriveRestorePlan.Ready plan, Path growing) throws IOException {
    if (!Files.isDirectory(growing, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (DriveRestorePlan.Moved light : plan.moved()) {
      removeIfEqual(growing.resolve(light.name().value()), light.from());
    }
    for (RelativeName name : plan.source().copy().files().keySet()) {
      removeIfEqual(growing.resolve(name.value()), DiskSpelling.below(plan.target(), name));
    }
  }

  private void removeIfEqual(Path left, Path here) throws IOException {
    if (Files.isRegularFile(left, LinkOption.NOFOLLOW_LINKS)
        && Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)
        && Files.mismatch(left, here) < 0) {
      Files.delete(left);
    }
  }
}
