package dev.vat.lifecycle;

import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.disk.CopiedFile;
import dev.vat.disk.CopyProblem;
import dev.vat.disk.Durability;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.TreeCopied;
import dev.vat.disk.TreeCopy;
import dev.vat.mhl.Creator;
import dev.vat.mhl.MhlException;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Copies a project's whole folder to a drive: planned, then copied and read back, its checksum
/// history written, and only then visible under its name. What is there already is compared and
/// completed; nothing is overwritten and nothing deleted.
///
/// Whoever runs it holds the project's lock.
public final class DriveCopy {
  private final TreeCopy copy;
  private final FileKinds kinds;
  private final Creator creator;
  private final InstantSource clock;

  /// @param creator who is named as the history's writer
  public DriveCopy(TreeCopy copy, FileKinds kinds, Creator creator, InstantSource clock) {
    this.copy = copy;
    this.kinds = kinds;
    this.creator = creator;
    this.clock = clock;
  }

  /// Looks, without writing anything.
  ///
  /// @param sources the whole folders of the project to choose from, the preferred one first
  /// @param others every folder of it that can be reached, for what their histories say
  /// @param drive where to
  /// @throws IOException when a folder cannot be looked at
  public DriveCopyPlan plan(
      ProjectId id, List<CopySource> sources, List<Path> others, Located.Connected drive)
      throws IOException {
    Optional<CopySource> most =
        sources.stream().filter(one -> sources.stream().allMatch(one::hasAllOf)).findFirst();
    if (sources.isEmpty()
        && new RangeFolders(drive.base()).of(id) instanceof RangeChoice.Holds(Path only)) {
      String name = drive.drive().name();
      return new DriveCopyPlan.Refused(
          DriveCopyPlan.Reason.NO_SOURCE,
          name + " has " + id + " already, and no other whole folder of it was found",
          List.of(name + ": " + only),
          "for a second copy name another drive than "
              + name
              + " (vat drives lists them); to complete the one on "
              + name
              + ", plug in a drive that holds it too (vat list shows where it is)");
    }
    if (sources.isEmpty()) {
      return new DriveCopyPlan.Refused(
          DriveCopyPlan.Reason.NO_SOURCE,
          "no whole folder of " + id + " can be reached",
          List.of(),
          "plug in a drive that holds it (vat list shows where it is)");
    }
    if (most.isEmpty()) {
      return new DriveCopyPlan.Refused(
          DriveCopyPlan.Reason.UNCLEAR_SOURCE,
          "each of the folders of " + id + " has files that another one lacks",
          sources.stream().map(one -> one.where() + ": " + one.folder()).toList(),
          "say which one to copy: --from " + sources.getFirst().where());
    }
    return plan(id, most.get(), others, drive);
  }

  private DriveCopyPlan plan(
      ProjectId id, CopySource source, List<Path> others, Located.Connected drive)
      throws IOException {
    if (!source.obstacles().isEmpty()) {
      return new DriveCopyPlan.Refused(
          DriveCopyPlan.Reason.NOT_COPYABLE,
          "not all of " + id + " can be read",
          source.obstacles().stream().map(TreeRemark::message).toList(),
          "rename these, or make them readable, then run this again");
    }
    return switch (new RangeFolders(drive.base()).of(id)) {
      case RangeChoice.Holds(Path folder) -> ready(id, source, others, drive, folder, true);
      case RangeChoice.Free(Path folder) -> ready(id, source, others, drive, folder, false);
      case RangeChoice.InTheWay(Path path, String what) ->
          new DriveCopyPlan.Refused(
              DriveCopyPlan.Reason.IN_THE_WAY,
              path + " " + what,
              List.of(),
              "rename it or move it elsewhere; nothing was changed");
      case RangeChoice.Several(List<Path> folders) ->
          new DriveCopyPlan.Refused(
              DriveCopyPlan.Reason.IN_THE_WAY,
              id + " is there more than once",
              folders.stream().map(Path::toString).toList(),
              "look which one is right and move the other elsewhere; nothing was changed");
    };
  }

  private DriveCopyPlan ready(
      ProjectId id,
      CopySource source,
      List<Path> others,
      Located.Connected drive,
      Path target,
      boolean exists)
      throws IOException {
    List<TreeFile> files = filesFor(source, target, exists);
    List<CopyProblem> refused = TreeCopy.refusedNames(target, files);
    if (!refused.isEmpty()) {
      return new DriveCopyPlan.Refused(
          DriveCopyPlan.Reason.NOT_COPYABLE,
          drive.drive().name() + " cannot hold all names of " + id,
          refused.stream().map(CopyProblem::message).toList(),
          "rename these, then run this again");
    }
    Path looked = exists ? target : TreeCopy.temporaryFor(target);
    int missingFiles = 0;
    long missingBytes = 0;
    for (TreeFile file : files) {
      if (!TreeCopy.isThere(looked, file)) {
        missingFiles++;
        missingBytes += file.sizeBytes();
      }
    }
    FreeSpace space = FreeSpace.on(drive.base(), missingBytes);
    if (missingBytes > 0 && !space.enough()) {
      return new DriveCopyPlan.Refused(
          DriveCopyPlan.Reason.NO_SPACE,
          "it does not fit on " + drive.drive().name() + ": " + space.message(),
          List.of(),
          "make room on that drive, or use another one");
    }
    return new DriveCopyPlan.Ready(
        id, source, others, drive, target, exists, missingFiles, missingBytes, space);
  }

  /// A new copy takes the histories of another drive's copy along. One that exists has its own, and
  /// one made from here begins it: what came home with a project tells nothing of later edits.
  /// Those of folders below go along with either.
  private static List<TreeFile> filesFor(CopySource source, Path target, boolean exists)
      throws IOException {
    List<TreeFile> files = new ArrayList<>(source.files().values());
    if (exists) {
      files.addAll(NestedHistories.missing(source.checksums(), target));
    } else {
      source.checksums().stream()
          .filter(file -> source.onDrive() || !NestedHistories.isTop(file.name()))
          .forEach(files::add);
    }
    return files;
  }

  /// Does it. Cut anywhere, the next run goes on, and nothing half-done is visible.
  ///
  /// @param progress told of each byte twice: written, and read back
  /// @throws MhlException when a history on either side cannot be trusted
  /// @throws IOException when a folder cannot be looked at
  public DriveCopyOutcome run(DriveCopyPlan.Ready plan, Progress progress) throws IOException {
    Instant startedAt = clock.instant();
    List<TreeFile> files = filesFor(plan.source(), plan.target(), plan.exists());
    CopyHistory said =
        plan.source().onDrive() ? CopyHistory.of(plan.source().folder()) : CopyHistory.none();
    Histories others = Histories.of(plan.others()).and(said);
    List<RelativeName> damaged = new ArrayList<>();
    TreeCopied copied;
    if (plan.exists()) {
      CopyRecord.settle(plan.target());
      Histories all = others.and(CopyHistory.of(plan.target()));
      damaged.addAll(new SourceProof(said, all).damaged(files, plan.target(), progress));
      files.removeIf(file -> damaged.contains(file.name()));
      copied = new ConflictJudgement(all).judged(copy.complete(plan.target(), files, progress));
      copied.files().stream()
          .filter(file -> said.contradicts(file.name(), file.digests()))
          .map(CopiedFile::name)
          .forEach(damaged::add);
    } else {
      makeRange(plan);
      SourceProof proof = new SourceProof(said, others);
      copied = copy.copyNew(plan.target(), files, proof::isGood, progress);
      damaged.addAll(proof.damaged(copied));
    }
    if (!plan.exists() && (!copied.isComplete() || !damaged.isEmpty())) {
      return new DriveCopyOutcome(
          copied, damaged, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }
    List<CopiedFile> good =
        copied.files().stream()
            .filter(file -> plan.source().files().containsKey(file.name()))
            .filter(file -> !damaged.contains(file.name()))
            .toList();
    Recording recorded = record(plan, good, startedAt);
    if (!plan.exists()) {
      if (recorded.refused().isPresent()) {
        return new DriveCopyOutcome(
            copied, damaged, Optional.empty(), List.of(), recorded.refused(), Optional.empty());
      }
      copy.place(plan.target());
    }
    return visible(plan, copied, damaged, recorded, startedAt);
  }

  /// What became of the history.
  ///
  /// @param aside where the one is that told of another content
  /// @param refused why nothing could be written into it
  private record Recording(Optional<Path> aside, Optional<String> refused) {}

  private Recording record(DriveCopyPlan.Ready plan, List<CopiedFile> files, Instant startedAt)
      throws IOException {
    CopyRecord history = new CopyRecord(creator);
    try {
      if (plan.exists()) {
        return new Recording(history.into(plan.target(), files, startedAt), Optional.empty());
      }
      Path hidden = TreeCopy.temporaryFor(plan.target());
      if (!plan.source().onDrive()) {
        // Of a run that was cut before the copy had its name: files may have been edited since.
        CopyHistory.remove(hidden);
      }
      history.intoNew(hidden, plan.target(), files, startedAt);
      return new Recording(Optional.empty(), Optional.empty());
    } catch (MhlException untrusted) {
      throw untrusted;
    } catch (IOException refused) {
      return new Recording(Optional.empty(), Optional.of(Verification.reason(refused)));
    }
  }

  private DriveCopyOutcome visible(
      DriveCopyPlan.Ready plan,
      TreeCopied copied,
      List<RelativeName> damaged,
      Recording recorded,
      Instant startedAt)
      throws IOException {
    Optional<CopySource> there = Optional.empty();
    try {
      there = Optional.of(CopySource.at("", plan.target(), true, kinds));
    } catch (IOException gone) {
      if (copied.isComplete()) {
        throw gone;
      }
    }
    if (there.isEmpty()) {
      return new DriveCopyOutcome(
          copied, damaged, recorded.aside(), List.of(), recorded.refused(), Optional.empty());
    }
    SortedSet<RelativeName> extra = new TreeSet<>(there.get().files().keySet());
    extra.removeAll(plan.source().files().keySet());
    TreeTotals totals = TreeCount.of(there.get().files().values(), kinds);
    boolean proven = copied.isProven() && extra.isEmpty() && damaged.isEmpty();
    SsdCopy fact =
        new SsdCopy(
            Optional.of(plan.drive().drive().id()),
            plan.drive().base().relativize(plan.target()).toString().replace('\\', '/'),
            Optional.of(totals),
            Optional.of(clock.instant()),
            proven ? Optional.of(startedAt) : Optional.empty());
    return new DriveCopyOutcome(
        copied,
        damaged,
        recorded.aside(),
        List.copyOf(extra),
        recorded.refused(),
        Optional.of(fact));
  }

  /// Only the range folder: the base is never made, for where it is missing there is no drive.
  private static void makeRange(DriveCopyPlan.Ready plan) throws IOException {
    Path range = plan.target().getParent();
    if (!range.equals(plan.drive().base()) && !Files.isDirectory(range)) {
      Files.createDirectory(range);
      Durability.ofFolder(plan.drive().base());
    }
  }
}
