package dev.vat.lifecycle;

import dev.vat.disk.AcrossFileSystemsException;
import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.TreeCopied;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.Creator;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Archives a project by a plan: a copy on the drive that is whole, proven and has its checksums;
/// then the light files move to `archived/`, and the heavy ones are released.
///
/// Whoever calls holds the project's lock. A run may be cut anywhere, and the next one goes on:
/// until the copy is whole it has another name, and until it is proven nothing here is touched.
public final class Archiving {
  private final TreeCopy copying;
  private final Release release;
  private final FilePlacement placement;
  private final Creator creator;
  private final InstantSource clock;

  /// @param creator whom the checksum histories name
  public Archiving(TreeCopy copying, Release release, Creator creator, InstantSource clock) {
    this.copying = copying;
    this.release = release;
    this.placement = FilePlacement.ofThisSystem();
    this.creator = creator;
    this.clock = clock;
  }

  /// Does what was planned.
  ///
  /// @param plan without obstacles
  /// @param minCopies on how many other volumes a file must be proven to be released
  /// @throws MhlException when the copy's checksum history cannot be trusted; nothing here was
  ///     changed
  /// @throws IOException for faults; whatever was done is whole, and the next run goes on
  public Archived apply(ArchivePlan plan, int minCopies, Progress progress) throws IOException {
    if (!plan.obstacles().isEmpty()) {
      throw new IllegalArgumentException("there are obstacles: " + plan.obstacles());
    }
    Instant begun = clock.instant();
    TreeCopied copy = copy(plan, progress);
    int written = Archived.written(copy);
    int there = copy.files().size() - written;
    Released nothing = new Released(List.of(), List.of());
    if (!copy.isComplete()) {
      return Archived.stopped(copy, copy.problems());
    }
    Optional<Path> history;
    try {
      history = record(plan, copy, begun);
      if (!plan.completes()) {
        copying.place(plan.copyFolder());
      }
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException fault) {
      if (isThere(plan)) {
        throw fault;
      }
      return Archived.stopped(copy, List.of(new CopyProblem.TargetGone(plan.copyFolder())));
    }
    Optional<String> kept = plan.releasesNothing();
    if (kept.isEmpty() && !copy.isProven()) {
      kept =
          Optional.of(
              "The copy could be read back only from this computer's memory, which proves nothing:"
                  + " this system cannot read the drive's file system past it. Nothing here was"
                  + " released.");
    }
    if (kept.isPresent()) {
      return new Archived(written, there, List.of(), 0, nothing, kept, copy.files(), history);
    }
    List<Released.Stayed> stayed = new ArrayList<>();
    int moved = move(plan, stayed);
    Released released =
        release.release(plan.project(), releasable(plan, copy, begun), minCopies, progress);
    stayed.addAll(released.stayed());
    new EmptyFolders().removeBelow(plan.folder());
    return new Archived(
        written,
        there,
        List.of(),
        moved,
        new Released(released.gone(), stayed),
        Optional.empty(),
        List.of(),
        history);
  }

  private static boolean isThere(ArchivePlan plan) {
    return Files.isDirectory(plan.copyFolder())
        || Files.isDirectory(TreeCopy.temporaryFor(plan.copyFolder()));
  }

  private TreeCopied copy(ArchivePlan plan, Progress progress) throws IOException {
    List<Path> folders = new ArrayList<>(List.of(plan.folder()));
    plan.others().forEach(other -> folders.add(other.folder()));
    Histories others = Histories.of(folders);
    if (plan.completes()) {
      return complete(plan, others, progress);
    }
    Path range = plan.copyFolder().getParent();
    if (!range.equals(plan.target().base()) && Files.notExists(range, LinkOption.NOFOLLOW_LINKS)) {
      // Not with the folders above: where a drive was, nothing is made.
      Files.createDirectory(range);
      Durability.ofFolder(range.getParent());
    }
    SourceProof proof = new SourceProof(CopyHistory.none(), others);
    TreeCopied copied = copying.copyNew(plan.copyFolder(), plan.copied(), proof::isGood, progress);
    return without(copied, proof.damaged(copied));
  }

  private TreeCopied complete(ArchivePlan plan, Histories others, Progress progress)
      throws IOException {
    CopyRecord.settle(plan.copyFolder());
    Histories all = others.and(CopyHistory.of(plan.copyFolder()));
    List<RelativeName> damaged =
        new SourceProof(CopyHistory.none(), all)
            .damaged(plan.copied(), plan.copyFolder(), progress);
    List<TreeFile> files =
        plan.copied().stream().filter(file -> !damaged.contains(file.name())).toList();
    TreeCopied copied =
        new ConflictJudgement(all).judged(copying.complete(plan.copyFolder(), files, progress));
    return without(copied, damaged);
  }

  private static TreeCopied without(TreeCopied copied, List<RelativeName> damaged) {
    List<CopyProblem> problems = new ArrayList<>(copied.problems());
    damaged.forEach(name -> problems.add(new CopyProblem.DamagedHere(name)));
    return new TreeCopied(
        copied.files().stream().filter(file -> !damaged.contains(file.name())).toList(), problems);
  }

  /// Writes the checksums beside the copy, before anybody can take it for whole.
  ///
  /// @return where the history that the copy had is now, when it told of another content
  private Optional<Path> record(ArchivePlan plan, TreeCopied copy, Instant begun)
      throws IOException {
    CopyRecord history = new CopyRecord(creator);
    if (plan.completes()) {
      return history.into(plan.copyFolder(), copy.files(), begun);
    }
    Path hidden = TreeCopy.temporaryFor(plan.copyFolder());
    // Of a run that was cut before the copy had its name: files may have been edited since.
    CopyHistory.remove(hidden);
    history.intoNew(hidden, plan.copyFolder(), copy.files(), begun);
    return Optional.empty();
  }

  /// Renames the light files into `archived/`. What is taken there meanwhile, or cannot be renamed
  /// to there, stays, and keeps no other file back.
  private int move(ArchivePlan plan, List<Released.Stayed> stayed) throws IOException {
    int moved = 0;
    for (TreeFile file : plan.moved()) {
      Path place = DiskSpelling.below(plan.lightFolder(), file.name());
      try {
        Durability.createFolders(place.getParent());
        placement.placeNew(file.path(), place);
        moved++;
      } catch (FileSystemException itsOwn) {
        stayed.add(new Released.Stayed(file.name(), file.sizeBytes(), whyNotMoved(itsOwn, plan)));
      }
    }
    return moved;
  }

  private static String whyNotMoved(FileSystemException fault, ArchivePlan plan) {
    return switch (fault) {
      case FileAlreadyExistsException _ ->
          "There is something of that name in " + plan.lightFolder() + " already.";
      case NoSuchFileException _ -> "It is not there any more.";
      case AcrossFileSystemsException _ ->
          "It is on another disk than " + plan.lightFolder() + ", and was only copied.";
      case AccessDeniedException _ ->
          "It could not be moved to " + plan.lightFolder() + ": permission denied.";
      default -> "It could not be moved: " + fault.getMessage() + ".";
    };
  }

  /// A new copy was made under another folder's name.
  private static Path finalPlace(ArchivePlan plan, CopiedFile there) {
    Path growing = TreeCopy.temporaryFor(plan.copyFolder());
    return plan.completes()
        ? there.target()
        : plan.copyFolder().resolve(growing.relativize(there.target()));
  }

  private static List<Releasable> releasable(ArchivePlan plan, TreeCopied copy, Instant begun) {
    Map<RelativeName, CopiedFile> copies = new HashMap<>();
    copy.files().forEach(file -> copies.put(file.name(), file));
    List<Releasable> releasable = new ArrayList<>();
    for (TreeFile file : plan.released()) {
      CopiedFile there = copies.get(file.name());
      List<OtherCopy> known = new ArrayList<>();
      known.add(
          new OtherCopy.OnDisk(
              finalPlace(plan, there), plan.target().label(), DeviceProof.of(there, begun)));
      for (ProjectCopy other : plan.others()) {
        known.add(
            new OtherCopy.OnDisk(
                other.folder().resolve(file.name().value()), other.label(), Optional.empty()));
      }
      releasable.add(new Releasable(file, known));
    }
    return releasable;
  }
}
