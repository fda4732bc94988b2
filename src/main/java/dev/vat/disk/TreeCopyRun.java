package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.progress.Progress;
import dev.vat.project.FileStamp;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// One run of a [TreeCopy].
final class TreeCopyRun {
  // One file is read back while the next is written; more would only make a drive seek.
  private static final int AT_ONCE = 2;

  /// Less than this, and a write fails: the end of a disk is not told to the byte.
  private static final long AS_GOOD_AS_NONE = 1_000_000;

  private static final Duration COARSEST_TIME = Duration.ofSeconds(2);

  private final DeviceDigests reading;
  private final NoReplaceMove move;
  private final FileCopying copying = new FileCopying();
  private final CopyTarget target;

  /// Whether the target is a temporary folder, in which nothing is anybody's but ours.
  private final boolean temporary;

  private final TreeCopy.KnownGood good;

  private final Map<RelativeName, CopiedFile> copied = new ConcurrentSkipListMap<>();
  private final Queue<CopyProblem> problems = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  private static final class FullException extends IOException {
    private static final long serialVersionUID = 1;
    private final transient FreeSpace space;

    FullException(FreeSpace space, IOException cause) {
      super(cause);
      this.space = space;
    }
  }

  TreeCopyRun(
      DeviceDigests reading,
      NoReplaceMove move,
      CopyTarget target,
      boolean temporary,
      TreeCopy.KnownGood good) {
    this.reading = reading;
    this.move = move;
    this.target = target;
    this.temporary = temporary;
    this.good = good;
  }

  TreeCopied run(List<TreeFile> files, Progress progress) throws IOException {
    problems.addAll(TreeCopy.refusedNames(target.root(), files));
    if (problems.isEmpty()) {
      try {
        copyAll(files, progress);
      } catch (ClosedByInterruptException interrupted) {
        throw interrupted;
      } catch (IOException fault) {
        if (target.isThere()) {
          throw fault;
        }
        stop(new CopyProblem.TargetGone(target.root()));
      }
    }
    return new TreeCopied(
        List.copyOf(copied.values()),
        problems.stream().sorted(Comparator.comparing(CopyProblem::message)).toList());
  }

  private void copyAll(List<TreeFile> files, Progress progress) throws IOException {
    Map<RelativeName, TreeFile> wanted =
        files.stream().collect(Collectors.toMap(TreeFile::name, file -> file, (one, _) -> one));
    List<Path> others = temporary ? TemporaryTree.tidy(target.root(), wanted) : List.of();
    FreeSpace space = FreeSpace.on(target.root(), TreeCopy.missingBytes(target.root(), files));
    if (space.neededBytes() > 0 && !space.enough()) {
      stop(new CopyProblem.DiskFull(space));
      return;
    }
    long bytes = files.stream().mapToLong(TreeFile::sizeBytes).sum();
    try (Progress.Task task = progress.begin("copying and reading back", 2 * bytes)) {
      Parallel.forEach(files, AT_ONCE, file -> copyOne(file, task));
    }
    if (!stopped) {
      dealWith(others);
      target.flush();
    }
  }

  private void copyOne(TreeFile file, Progress.Task task) throws IOException {
    if (stopped) {
      return;
    }
    if (!target.isThere()) {
      stop(new CopyProblem.TargetGone(target.root()));
      return;
    }
    try {
      Optional<CopyProblem> problem = bring(file, task);
      problem.ifPresent(problems::add);
    } catch (ClosedByInterruptException interrupted) {
      throw interrupted;
    } catch (IOException fault) {
      CopyProblem problem = problemOf(file, fault);
      if (problem.endsEverything()) {
        stop(problem);
      } else {
        problems.add(problem);
      }
    }
  }

  private Optional<CopyProblem> bring(TreeFile file, Progress.Task task) throws IOException {
    Path place = target.placeOf(file.name());
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(new CopyProblem.InTheWay(file.name(), place));
      }
      Digested source = reading.plainly(file.path(), new Done(task));
      if (!source.stamp().equals(file.stamp())) {
        throw new FileChangedException(file.path());
      }
      Digested there = reading.of(place, new Done(task));
      if (there.digests().equals(source.digests())) {
        note(file, place, there, false);
        return Optional.empty();
      }
      if (isOfThisRun(place)) {
        return Optional.of(new CopyProblem.InTheWay(file.name(), place));
      }
      if (!temporary) {
        return Optional.of(
            new CopyProblem.Different(
                file.name(),
                place,
                CopyProblem.Version.read(source),
                CopyProblem.Version.read(there)));
      }
      if (areClose(source.stamp(), there.stamp()) && !good.is(file.name(), source.digests())) {
        // Proven by an earlier run, and nobody wrote to either since: one of the two disks lies,
        // and nobody can tell which.
        return Optional.of(new CopyProblem.OneIsDamaged(file.name(), place));
      }
      // An earlier run's copy of an earlier version, or a damaged one of what is known to be good.
      task.skip(-source.digests().sizeBytes() - there.digests().sizeBytes());
      Files.delete(place);
    }
    return write(file, place, task);
  }

  /// By what the coarsest file system (FAT) keeps of a time.
  private static boolean areClose(FileStamp source, FileStamp copy) {
    return Duration.between(source.modifiedAt(), copy.modifiedAt()).abs().compareTo(COARSEST_TIME)
        <= 0;
  }

  /// Whether another file's copy lies there: two names that the drive takes for one (capitals,
  /// accents), where [NamingOf] did not know that it does.
  private boolean isOfThisRun(Path place) throws IOException {
    for (CopiedFile one : copied.values()) {
      if (Files.isSameFile(one.target(), place)) {
        return true;
      }
    }
    return false;
  }

  private Optional<CopyProblem> write(TreeFile file, Path place, Progress.Task task)
      throws IOException {
    Path part = TemporaryName.resumable(place, "copy");
    FileDigests digests;
    Digested back;
    try {
      digests = copying.copy(file.stamp(), part, task);
      back = readBack(part, task);
    } catch (IOException fault) {
      // Asked before the half copy goes, which makes room again.
      IOException told = target.isThere() ? orFull(fault, file) : fault;
      removeHalf(part, fault);
      throw told;
    }
    if (!back.digests().equals(digests)) {
      Files.delete(part);
      return Optional.of(new CopyProblem.Damaged(file.name()));
    }
    try {
      move.move(part, place);
    } catch (FileAlreadyExistsException taken) {
      Files.delete(part);
      return Optional.of(new CopyProblem.InTheWay(file.name(), place));
    }
    note(file, place, back, true);
    return Optional.empty();
  }

  private Digested readBack(Path part, Progress.Task task) throws IOException {
    try {
      return reading.of(part, task);
    } catch (FileChangedException another) {
      throw new IOException("another program wrote to its copy", another);
    }
  }

  /// By what the disk says, since the words of the fault are different on every system.
  private IOException orFull(IOException fault, TreeFile file) throws IOException {
    FreeSpace space = FreeSpace.on(target.root(), file.sizeBytes());
    boolean writing =
        !(fault instanceof FileChangedException || fault instanceof NoSuchFileException);
    return writing && space.availableBytes() < AS_GOOD_AS_NONE
        ? new FullException(space, fault)
        : fault;
  }

  /// It would only take space until the next run. One that cannot be removed is found by that.
  private static void removeHalf(Path part, IOException fault) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException unreachable) {
      fault.addSuppressed(unreachable);
    }
  }

  private void note(TreeFile file, Path place, Digested back, boolean written) throws IOException {
    // Asked after the renaming, which counts as a change of its own.
    FileIdentity identity = FileIdentity.of(place);
    if (!identity.isOf(back.stamp())) {
      throw new IOException("another program wrote to its copy");
    }
    copied.put(
        file.name(),
        new CopiedFile(
            file.name(), file.stamp(), place, back.digests(), back.from(), identity, written));
  }

  private CopyProblem problemOf(TreeFile file, IOException fault) throws IOException {
    if (!target.isThere()) {
      return new CopyProblem.TargetGone(target.root());
    }
    if (fault instanceof CopyTarget.InTheWayException way) {
      return new CopyProblem.InTheWay(file.name(), way.path());
    }
    if (fault instanceof FileChangedException) {
      return new CopyProblem.SourceChanged(
          file.name(), "it was changed since it was listed, or while it was read");
    }
    if (Files.notExists(file.path(), LinkOption.NOFOLLOW_LINKS)
        && fault instanceof NoSuchFileException) {
      return new CopyProblem.SourceChanged(file.name(), "it is not there any more");
    }
    if (fault instanceof FullException full) {
      return new CopyProblem.DiskFull(full.space);
    }
    return new CopyProblem.Failed(file.name(), Reasons.of(fault));
  }

  /// A file that was renamed in the project after an earlier run was cut lies here twice: its old
  /// name goes. Anything else stays, and somebody has to look at it.
  private void dealWith(List<Path> others) throws IOException {
    // Each of these contents was read from the project in this run as well.
    Set<FileDigests> contents =
        copied.values().stream().map(CopiedFile::digests).collect(Collectors.toSet());
    for (Path other : others) {
      if (Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)
          && contents.contains(reading.of(other, Progress.none().begin("", 0)).digests())) {
        Files.delete(other);
      } else {
        problems.add(new CopyProblem.Leftover(other));
      }
    }
  }

  /// Only the first one: what it brought down is no news.
  private synchronized void stop(CopyProblem problem) {
    if (!stopped) {
      stopped = true;
      problems.add(problem);
    }
  }

  /// Counts as done without moving: for the rate and the time left.
  private record Done(Progress.Task task) implements Progress.Task {
    @Override
    public void advance(long bytes) {
      task.skip(bytes);
    }

    @Override
    public void close() {
      // The task is the run's to close.
    }
  }
}
