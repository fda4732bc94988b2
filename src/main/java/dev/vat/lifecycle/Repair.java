package dev.vat.lifecycle;

import dev.vat.disk.ContentHasher;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Digested;
import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.FileStamps;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.Replaced;
import dev.vat.disk.TemporaryName;
import dev.vat.mhl.Digest;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.Recorded;
import dev.vat.mhl.RunningFormats;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileStamp;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Brings a damaged or missing file of a copy back from another copy, whose content is what the
/// history recorded.
///
/// The good content is written beside its place under a temporary name, compared with the history
/// while it is written and once more as it comes back from the device, and only then placed. The
/// damaged file is put aside, never destroyed; if it is no longer the one that was found damaged,
/// everything stays as it was. Cut anywhere, the file is under its name or aside, and the next
/// repair goes on.
public final class Repair {
  private final DeviceDigests reading;
  private final FilePlacement placement;
  private final Aside aside;

  /// Where a damaged file goes.
  public interface Aside {
    /// A free place on the file system of the copy that is repaired. Nothing is created.
    Path reserve(RelativeName name) throws IOException;
  }

  public Repair(DeviceDigests reading, FilePlacement placement, Aside aside) {
    this.reading = reading;
    this.placement = placement;
    this.aside = aside;
  }

  /// What is to be done for one finding.
  ///
  /// @param sources files in other copies that may hold the recorded content, the first to be tried
  ///     first; not read yet
  public record Step(FileFinding finding, Recorded recorded, List<Path> sources) {
    public Step {
      sources = List.copyOf(sources);
    }
  }

  /// How a step ended.
  public sealed interface Result {
    RelativeName name();

    /// The file has its recorded content again.
    ///
    /// @param from where the content came from
    /// @param aside where the damaged one is; empty when it was missing
    record Done(RelativeName name, Path from, Optional<Path> aside) implements Result {}

    /// It is as it was.
    record Not(RelativeName name, String why) implements Result {}
  }

  /// Whether anything can be done about such a finding.
  ///
  /// @param alsoChanged whether what somebody seems to have written on purpose is to go aside too
  public static boolean concerns(FileFinding finding, boolean alsoChanged) {
    return switch (finding.verdict()) {
      case DAMAGED, MISSING, UNREADABLE -> true;
      case CHANGED -> alsoChanged;
      case GOOD, NEW, RENAMED, MOVING -> false;
    };
  }

  /// Where the recorded content may be had from.
  ///
  /// @param others the project's folders at other places
  public static Step plan(FileFinding finding, FolderLook look, List<Path> others)
      throws IOException {
    Recorded recorded = look.recorded(finding.name()).orElseThrow();
    List<Path> sources = new ArrayList<>();
    for (Path other : others) {
      Path file = DiskSpelling.below(other, finding.name());
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && (recorded.sizeBytes().isEmpty()
              || recorded.sizeBytes().getAsLong() == Files.size(file))) {
        sources.add(file);
      }
    }
    return new Step(finding, recorded, sources);
  }

  /// @throws CopyGoneException when the copy is not there any more
  public Result apply(FolderLook look, Step step, Progress progress) throws IOException {
    RelativeName name = step.finding.name();
    if (step.recorded.digests().isEmpty()) {
      return new Result.Not(name, "nothing good was ever recorded of it");
    }
    try {
      return tryEach(look, step, progress);
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException fault) {
      look.requireThere(fault);
      return new Result.Not(name, Verification.reason(fault));
    }
  }

  private Result tryEach(FolderLook look, Step step, Progress progress) throws IOException {
    RelativeName name = step.finding.name();
    Path target = DiskSpelling.below(look.root(), name);
    Optional<Path> inTheWay = linkAbove(target, look.root());
    if (inTheWay.isPresent()) {
      return new Result.Not(name, inTheWay.get() + " is no folder of the copy's own");
    }
    String why = "no other copy that can be reached has a file of that name and size";
    for (Path source : step.sources) {
      FreeSpace space = FreeSpace.on(target, Files.size(source));
      if (!space.enough()) {
        return new Result.Not(name, space.message());
      }
      Durability.createFolders(target.getParent());
      Path temporary = TemporaryName.resumable(target, "repair");
      // Only our own runs use that name; what is there is what a cut one left.
      Files.deleteIfExists(temporary);
      try {
        Optional<String> refused = write(source, temporary, step.recorded, progress);
        if (refused.isEmpty()) {
          return place(step, source, temporary, target);
        }
        why = refused.get();
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
    return new Result.Not(name, why);
  }

  /// Something between the copy's folder and the file that leads elsewhere, or is no folder.
  private static Optional<Path> linkAbove(Path target, Path root) {
    for (Path above = target.getParent(); !above.equals(root); above = above.getParent()) {
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of(above);
      }
    }
    return Optional.empty();
  }

  /// @return why it is not good; empty when it is
  private Optional<String> write(Path source, Path temporary, Recorded recorded, Progress progress)
      throws IOException {
    Set<HashFormat> formats = recorded.digests().keySet();
    Attempts attempts = new Attempts(formats);
    Digested read;
    try (Progress.Task task =
            progress.begin("repairing " + source.getFileName(), Files.size(source));
        FileChannel out =
            FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      read = reading.of(source, task, () -> attempts.next(out));
      out.force(true);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
    if (!Judgement.isAsRecorded(recorded, attempts.digests())) {
      return Optional.of(source + " has another content than was recorded as well");
    }
    Instant time = read.stamp().modifiedAt();
    boolean sameTime =
        recorded.modifiedAt().map(then -> Judgement.areClose(then, time)).orElse(true);
    Files.setLastModifiedTime(
        temporary, FileTime.from(sameTime ? time : recorded.modifiedAt().orElseThrow()));
    Durability.ofFile(temporary);
    return Judgement.isAsRecorded(recorded, digests(temporary, formats))
        ? Optional.empty()
        : Optional.of("what was written came back from the drive as something else");
  }

  private Map<HashFormat, Digest> digests(Path file, Set<HashFormat> formats) throws IOException {
    Attempts attempts = new Attempts(formats);
    reading.of(file, Progress.none().begin("", -1), attempts);
    return attempts.digests();
  }

  /// A reading may have to begin anew; then what it wrote does, too.
  private static final class Attempts implements Supplier<ContentHasher.Along> {
    private final Set<HashFormat> formats;
    private RunningFormats running;

    Attempts(Set<HashFormat> formats) {
      this.formats = formats;
    }

    @Override
    public ContentHasher.Along get() {
      running = new RunningFormats(formats);
      return running::update;
    }

    ContentHasher.Along next(FileChannel out) {
      ContentHasher.Along hashing = get();
      try {
        out.truncate(0);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
      return (bytes, offset, length) -> {
        hashing.update(bytes, offset, length);
        write(out, ByteBuffer.wrap(bytes, offset, length));
      };
    }

    private static void write(FileChannel out, ByteBuffer bytes) {
      try {
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    Map<HashFormat, Digest> digests() {
      return running.finish();
    }
  }

  private Result place(Step step, Path source, Path temporary, Path target) throws IOException {
    RelativeName name = step.finding.name();
    if (Files.notExists(target, LinkOption.NOFOLLOW_LINKS)) {
      try {
        placement.placeNew(temporary, target);
      } catch (FileAlreadyExistsException taken) {
        return new Result.Not(name, "a file of that name has appeared meanwhile");
      }
      return new Result.Done(name, source, Optional.empty());
    }
    FileStamp before = FileStamps.of(target);
    Path kept = aside.reserve(name);
    Replaced replaced =
        placement.replace(
            temporary, target, kept, moved -> isTheDamagedOne(step.finding, before, moved));
    return switch (replaced) {
      case Replaced.Done done -> new Result.Done(name, source, Optional.of(done.aside()));
      case Replaced.NotTheSame _, Replaced.Taken _ ->
          new Result.Not(name, "it has changed since it was read; run it again");
    };
  }

  /// A file that cannot be read is known by size and time alone.
  private boolean isTheDamagedOne(FileFinding finding, FileStamp before, Path moved)
      throws IOException {
    FileStamp now = FileStamps.of(moved);
    if (now.sizeBytes() != before.sizeBytes() || !now.modifiedAt().equals(before.modifiedAt())) {
      return false;
    }
    Digest md5 = finding.digests().get(HashFormat.MD5);
    return md5 == null
        || reading
            .of(moved, Progress.none().begin("", -1))
            .digests()
            .md5()
            .hex()
            .equals(md5.text());
  }
}
