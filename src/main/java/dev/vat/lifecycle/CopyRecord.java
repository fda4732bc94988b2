package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.mhl.Creator;
import dev.vat.mhl.Generation;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlException;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.MhlProcess;
import dev.vat.mhl.MhlWriter;
import dev.vat.mhl.Recorded;
import dev.vat.mhl.Stated;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Records in a copy's checksum history what was copied into it and read back.
///
/// The standard knows no way to bless a change (ASC MHL 1.0, 5.6.4): to a history that tells of an
/// earlier content, the later one is damage for ever. Where somebody decided for another content,
/// the history is therefore put aside beside the copy and another one begins, which goes on with
/// everything that it said of all other files.
///
/// Cut anywhere, the copy has the old history, or the new one, or the new one lies complete under
/// the hidden name where the next run finds it.
public final class CopyRecord {
  /// Where the other history grows, in the copy.
  private static final String GROWING = FileKinds.TEMPORARY_PREFIX + "history";

  private final Creator creator;

  CopyRecord(Creator creator) {
    this.creator = creator;
  }

  /// Into a copy that nobody sees yet, which has no history or one that came with it.
  ///
  /// @param named what it is going to be called
  /// @param files all that it holds, read back
  void intoNew(Path hidden, Path named, List<CopiedFile> files, Instant begun) throws IOException {
    append(hidden, named, copied(CopyHistory.of(hidden), files, begun).ofWholeFolder());
  }

  /// Into a copy that is there.
  ///
  /// @param files those that were proven in this run
  /// @return where its history is now, when that told of another content of one of them
  /// @throws MhlException when it cannot be trusted; nothing was changed
  Optional<Path> into(Path copy, List<CopiedFile> files, Instant begun) throws IOException {
    settle(copy);
    CopyHistory before = CopyHistory.of(copy);
    boolean otherwise =
        files.stream().anyMatch(file -> before.contradicts(file.name(), file.digests()));
    if (!otherwise) {
      append(copy, copy, copied(before, files, begun));
      return Optional.empty();
    }
    Path growing = copy.resolve(GROWING);
    Files.createDirectory(growing);
    append(growing, copy, generation(MhlProcess.IN_PLACE, begun, carried(copy, files)));
    append(growing, copy, copied(CopyHistory.of(growing), files, begun));
    return Optional.of(replace(copy, growing, begun));
  }

  /// A history below, a camera's say, travels with the copy and is no part of its content.
  private static List<MhlEntry> entries(CopyHistory before, List<CopiedFile> files, Instant begun) {
    return files.stream()
        .filter(file -> !MhlLayout.isHistory(file.name()))
        .map(file -> before.entry(file, begun))
        .toList();
  }

  private Generation copied(CopyHistory before, List<CopiedFile> files, Instant begun) {
    return generation(MhlProcess.TRANSFER, begun, entries(before, files, begun));
  }

  private Generation generation(MhlProcess process, Instant begun, List<MhlEntry> entries) {
    return new Generation(process, begun, creator, entries);
  }

  private static void append(Path folder, Path named, Generation generation) throws IOException {
    if (!generation.entries().isEmpty()) {
      MhlWriter.append(folder, named.getFileName().toString(), generation);
    }
  }

  /// What the history says of the files that it does not contradict, with the days when they were
  /// read: nothing of it is forgotten, neither of files that are only there.
  private static List<MhlEntry> carried(Path copy, List<CopiedFile> files) throws IOException {
    MhlHistory history = MhlHistory.read(copy);
    CopyHistory before = new CopyHistory(history.files());
    Set<RelativeName> otherwise = new HashSet<>();
    files.stream()
        .filter(file -> before.contradicts(file.name(), file.digests()))
        .forEach(file -> otherwise.add(file.name()));
    List<MhlEntry> entries = new ArrayList<>();
    for (Map.Entry<RelativeName, Recorded> one : history.files().entrySet()) {
      RelativeName name = one.getKey();
      boolean nested = history.nested().keySet().stream().anyMatch(name.value()::startsWith);
      if (!nested
          && !otherwise.contains(name)
          && !MhlLayout.isHistory(name)
          && !one.getValue().digests().isEmpty()) {
        entries.add(entry(name, one.getValue()));
      }
    }
    return entries;
  }

  private static MhlEntry entry(RelativeName name, Recorded known) {
    Instant at = known.lastVerifiedAt().orElse(known.lastReadAt());
    return new MhlEntry(
        name,
        known.sizeBytes(),
        known.modifiedAt(),
        known.digests().values().stream()
            .map(digest -> new Stated(digest, HashAction.ORIGINAL, at))
            .toList(),
        Optional.empty());
  }

  /// @return where the old one is
  private Path replace(Path copy, Path growing, Instant now) throws IOException {
    Path folder = copy.resolve(MhlLayout.FOLDER);
    Path aside = BesideCopy.reserve(copy, RelativeName.of(MhlLayout.FOLDER), now);
    Durability.createFolders(aside.getParent());
    Files.move(folder, aside);
    Durability.ofFolder(aside.getParent());
    settle(copy);
    return aside;
  }

  /// Finishes what a run left that was cut between two histories: the next one, if the copy has no
  /// other, else what had begun of it goes. Whoever calls holds the project's lock.
  ///
  /// @param copy a folder that is there
  public static void settle(Path copy) throws IOException {
    Path growing = copy.resolve(GROWING);
    if (!Files.isDirectory(growing, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path begun = growing.resolve(MhlLayout.FOLDER);
    Path folder = copy.resolve(MhlLayout.FOLDER);
    if (Files.isDirectory(begun, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
        bringBackUsers(copy, begun);
        Files.move(begun, folder);
      } else {
        discard(begun, folder);
        Files.delete(begun);
      }
    }
    Files.delete(growing);
    Durability.ofFolder(copy);
  }

  /// Removes a history that is not needed. What of somebody's own had been brought into it goes
  /// where it belongs.
  private static void discard(Path begun, Path folder) throws IOException {
    for (Path one : list(begun)) {
      boolean ours =
          CopyHistory.isOfHistory(one)
              || one.getFileName().toString().startsWith(FileKinds.TEMPORARY_PREFIX);
      if (ours && Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(one);
      } else {
        bring(one, folder);
      }
    }
  }

  private static void bring(Path one, Path folder) throws IOException {
    FilePlacement placement = FilePlacement.ofThisSystem();
    Path place = folder.resolve(one.getFileName());
    if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
      placement.placeNewFolder(one, place);
    } else {
      placement.placeNew(one, place);
    }
  }

  /// The folder whose history is the copy's: its own, or the hidden one of a run that was cut.
  static Path holder(Path copy) {
    Path growing = copy.resolve(GROWING);
    return Files.notExists(copy.resolve(MhlLayout.FOLDER), LinkOption.NOFOLLOW_LINKS)
            && Files.isDirectory(growing.resolve(MhlLayout.FOLDER), LinkOption.NOFOLLOW_LINKS)
        ? growing
        : copy;
  }

  /// Files of somebody's own that lay between those of the history belong to the project. They go
  /// before the new history gets its place: cut in between, the next run finds the rest.
  private static void bringBackUsers(Path copy, Path folder) throws IOException {
    for (Path replaced : BesideCopy.foldersOf(copy)) {
      Path aside = replaced.resolve(MhlLayout.FOLDER);
      if (Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS)) {
        for (Path one : list(aside)) {
          if (!CopyHistory.isOfHistory(one) || Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
            bring(one, folder);
          }
        }
        return;
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
