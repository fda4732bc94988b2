package dev.vat.lifecycle;

import dev.vat.archive.TocEntry;
import dev.vat.cloud.StoreException;
import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.Parallel;
import dev.vat.disk.TemporaryName;
import dev.vat.disk.TemporaryTree;
import dev.vat.progress.Progress;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.io.OutputStream;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Brings a project home from its archive object, by ranges, several at once.
///
/// Everything grows in a hidden folder beside its place, each file proven by its digest before it
/// gets its name there; then the folder, or where the project has one already each file, gets its
/// name without replacing anything. A run that is cut is carried on by the next one, which keeps no
/// notes: what is in the hidden folder is read again, and only what is not right is fetched.
public final class Restoring {
  private static final int FILES_AT_ONCE = 6;
  private static final int PIECES_AT_ONCE = 4;

  /// Of a file that is half there, what its length may promise and holes may lack: the pieces of a
  /// run that was cut, each of at most 64 MiB as `vat` writes them.
  private static final long HOLES_BYTES = PIECES_AT_ONCE * 64L * 1024 * 1024;

  private final FilePlacement placement;
  private final Progress progress;
  private final AtomicInteger fromDrive = new AtomicInteger();

  public Restoring(FilePlacement placement, Progress progress) {
    this.placement = placement;
    this.progress = progress;
  }

  /// What came of it.
  ///
  /// @param files that came
  /// @param bytes of them
  /// @param visible whether what came has its names; if not, it waits in the hidden folder
  /// @param fetchedBytes that came over the line
  /// @param moved light files that were renamed
  /// @param notMoved light files that were changed meanwhile, and stay where they are
  /// @param fromDrive how many of the files had come from a drive before, and were not downloaded
  /// @param left hidden folders of earlier runs, with files that the project does not have
  public record Restored(
      int files,
      long bytes,
      long fetchedBytes,
      boolean visible,
      int moved,
      List<RelativeName> notMoved,
      int fromDrive,
      List<Path> left) {
    public Restored {
      left = List.copyOf(left);
      notMoved = List.copyOf(notMoved);
    }
  }

  /// Does what was planned. Call it under the project's lock.
  ///
  /// @param plan without conflicts
  /// @throws FileAlreadyExistsException when something took a name meanwhile; it is left alone
  /// @throws IOException and what came so far is found by the next run
  public Restored run(RestorePlan.Ready plan) throws IOException {
    fetch(plan);
    return arrive(plan);
  }

  /// Brings everything into the hidden folder, whole and proven.
  ///
  /// @throws CopyGoneException when the disk with that folder goes away
  void fetch(RestorePlan.Ready plan) throws IOException {
    if (!plan.conflicts().isEmpty()) {
      throw new IllegalArgumentException("conflicts are for people to decide");
    }
    Path growing = growing(plan);
    Durability.createFolders(growing);
    String identity = FolderLook.identityOf(growing);
    try (Progress.Task task = progress.begin("restoring " + plan.project(), plan.bytes())) {
      Parallel.forEach(
          plan.fetched(),
          FILES_AT_ONCE,
          one -> {
            // No folder is made where a drive was.
            FolderLook.require(growing, identity, null);
            try {
              fetch(plan, one, growing, task);
            } catch (ClosedByInterruptException | StoreException itself) {
              throw itself;
            } catch (IOException fault) {
              FolderLook.require(growing, identity, fault);
              throw fault;
            }
          });
    }
  }

  /// Gives what has come its names.
  Restored arrive(RestorePlan.Ready plan) throws IOException {
    Arrival.Arrived arrived = arrive(plan, growing(plan));
    List<Path> left =
        arrived.visible() ? new Leavings(progress).clear(plan.target(), plan.whole()) : List.of();
    return new Restored(
        plan.fetched().size(),
        plan.bytes(),
        plan.reader().range().fetchedBytes(),
        arrived.visible(),
        arrived.visible() ? plan.moved().size() - arrived.changed().size() : 0,
        arrived.changed(),
        fromDrive.get(),
        left);
  }

  private Arrival.Arrived arrive(RestorePlan.Ready plan, Path growing) throws IOException {
    List<Arrival.Light> lights = new ArrayList<>();
    for (RestorePlan.Moved light : plan.moved()) {
      TocEntry.File entry = entry(plan, light.name());
      lights.add(
          new Arrival.Light(light.name(), light.from(), file -> FileSha256.isContent(file, entry)));
    }
    Arrival arrival = new Arrival(placement, plan.lightFolders());
    if (plan.whole() && !plan.exists()) {
      // Of files that an earlier run wanted under another name: those of this one have their names.
      removeHalf(growing);
      return arrival.asOne(growing, plan.target(), lights);
    }
    return arrival.oneByOne(
        growing,
        plan.target(),
        plan.fetched().stream().map(RestorePlan.Fetched::name).toList(),
        lights);
  }

  private static TocEntry.File entry(RestorePlan.Ready plan, RelativeName name) {
    return plan.reader().archive().find(RelativeName.of(plan.project() + "/" + name)).orElseThrow();
  }

  /// How many bytes are still to be written, by the sizes of what an earlier run has left.
  static long missingBytes(RestorePlan.Ready plan) throws IOException {
    Path growing = growing(plan);
    long missing = 0;
    for (RestorePlan.Fetched one : plan.fetched()) {
      Path place = growing.resolve(one.name().value());
      Path part = TemporaryName.resumable(place, one.entry().digest().hex());
      Path fromDrive = DriveRestoring.growing(plan.target()).resolve(one.name().value());
      long size = one.entry().sizeBytes();
      boolean there = isOfSize(place, size) || isOfSize(fromDrive, size);
      long half =
          Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS)
              ? Math.clamp(Files.size(part) - HOLES_BYTES, 0, size)
              : 0;
      missing += there ? 0 : size - half;
    }
    return missing;
  }

  private static boolean isOfSize(Path file, long bytes) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == bytes;
  }

  /// Another one for each version of the archive, so that nothing of two gets mixed.
  static Path growing(RestorePlan.Ready plan) {
    // What a server calls a version may be anything: it leads nowhere else.
    String version = plan.archive().etag().value().replaceAll("[^0-9A-Za-z-]", "_");
    return TemporaryTree.of(
        plan.target().resolveSibling(plan.target().getFileName() + "." + version));
  }

  private void fetch(
      RestorePlan.Ready plan, RestorePlan.Fetched one, Path growing, Progress.Task task)
      throws IOException {
    Path place = growing.resolve(one.name().value());
    TocEntry.File entry = one.entry();
    if (FileSha256.isContent(place, entry)) {
      task.skip(entry.sizeBytes());
      return;
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      removeDamaged(plan, one, growing);
    }
    Durability.createFolders(place.getParent());
    Path fromDrive = DriveRestoring.growing(plan.target()).resolve(one.name().value());
    if (FileSha256.isContent(fromDrive, entry)) {
      placement.placeNew(fromDrive, place);
      this.fromDrive.incrementAndGet();
      task.skip(entry.sizeBytes());
      return;
    }
    Path part = TemporaryName.resumable(place, entry.digest().hex());
    try (FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      List<Piece> missing = missing(part, entry, task);
      Parallel.forEach(
          missing,
          PIECES_AT_ONCE,
          piece ->
              plan.reader()
                  .archive()
                  .readChunk(entry, piece.index(), new At(channel, piece.offset(), task)));
      channel.truncate(entry.sizeBytes());
    }
    // Of several pieces each was proven by itself, not that they make up the file.
    if (entry.chunks().size() != 1 && !FileSha256.isContent(part, entry)) {
      Files.delete(part);
      throw new IOException(
          "what came of " + one.name() + " is not what the table of contents says; it was removed");
    }
    if (!entry.modifiedAt().equals(Instant.EPOCH)) {
      Files.setLastModifiedTime(part, FileTime.from(entry.modifiedAt()));
    }
    placement.placeNew(part, place);
  }

  /// What an earlier run had proven and is not right by now. The hidden folder has nothing but
  /// copies of what is in the archive.
  private static void removeDamaged(RestorePlan.Ready plan, RestorePlan.Fetched one, Path growing)
      throws IOException {
    Path place = growing.resolve(one.name().value());
    for (RestorePlan.Fetched other : plan.fetched()) {
      Path its = growing.resolve(other.name().value());
      if (!other.name().equals(one.name())
          && Files.exists(its, LinkOption.NOFOLLOW_LINKS)
          && Files.isSameFile(its, place)) {
        throw new FileAlreadyExistsException(
            place.toString(),
            null,
            one.name() + " and " + other.name() + " are one name on this disk");
      }
    }
    Files.delete(place);
  }

  /// @param offset where in the file it belongs
  private record Piece(int index, long offset) {}

  private static List<Piece> missing(Path part, TocEntry.File entry, Progress.Task task)
      throws IOException {
    List<Piece> missing = new ArrayList<>();
    long offset = 0;
    for (int i = 0; i < entry.chunks().size(); i++) {
      TocEntry.Chunk chunk = entry.chunks().get(i);
      if (FileSha256.hasPiece(part, offset, chunk)) {
        task.skip(chunk.sizeBytes());
      } else {
        missing.add(new Piece(i, offset));
      }
      offset += chunk.sizeBytes();
    }
    return missing;
  }

  /// Removes what is only half written.
  private static void removeHalf(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> parts;
    try (Stream<Path> all = Files.walk(folder)) {
      parts =
          all.filter(file -> TemporaryName.isOne(file.getFileName().toString()))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .toList();
    }
    for (Path part : parts) {
      Files.delete(part);
    }
  }

  /// Writes to one place of a file.
  private static final class At extends OutputStream {
    private final FileChannel channel;
    private final Progress.Task task;
    private long position;

    private At(FileChannel channel, long position, Progress.Task task) {
      this.channel = channel;
      this.position = position;
      this.task = task;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
      while (buffer.hasRemaining()) {
        position += channel.write(buffer, position);
      }
      task.advance(length);
    }
  }
}
