package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.mhl.Digest;
import dev.vat.mhl.FileDigests;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlException;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.Recorded;
import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the checksum history of a folder says of its files, beside what was read of them.
///
/// @param files empty when there is no history
record CopyHistory(Map<RelativeName, Recorded> files) {
  /// @throws MhlException when there is one that cannot be trusted or understood
  static CopyHistory of(Path folder) throws IOException {
    try {
      return new CopyHistory(MhlHistory.read(CopyRecord.holder(folder)).files());
    } catch (MhlException.NoHistory none) {
      return none();
    }
  }

  static CopyHistory none() {
    return new CopyHistory(Map.of());
  }

  boolean knows(RelativeName name) {
    return files.containsKey(name);
  }

  /// Whether the content is another one than the history states, in a format that both know.
  boolean contradicts(RelativeName name, FileDigests now) {
    Recorded known = files.get(name);
    return known != null
        && now.asList().stream()
            .anyMatch(
                digest -> {
                  Digest said = known.digests().get(digest.format());
                  return said != null && !said.equals(digest);
                });
  }

  /// Whether the content is another one than it states, though the time that it tells shows that
  /// nobody wrote to the file since.
  boolean isDamaged(RelativeName name, Instant modifiedAt, FileDigests now) {
    return contradicts(name, now)
        && files
            .get(name)
            .modifiedAt()
            .map(then -> Judgement.areClose(then, modifiedAt))
            .orElse(false);
  }

  /// Whether a file has another time than it states.
  boolean isWrittenSince(TreeFile file) {
    return files
        .get(file.name())
        .modifiedAt()
        .filter(then -> !Judgement.areClose(then, file.modifiedAt()))
        .isPresent();
  }

  /// Whether a file has the size and time that it states, as far as it does.
  boolean hasTimeOf(TreeFile file) {
    Recorded known = files.get(file.name());
    return known != null
        && known.sizeBytes().orElse(file.sizeBytes()) == file.sizeBytes()
        && known.modifiedAt().map(then -> Judgement.areClose(then, file.modifiedAt())).orElse(true);
  }

  /// Removes the history of a folder that nobody sees yet, so that it gets its own. What else
  /// somebody keeps beside it in `ascmhl/` is content and stays.
  static void remove(Path hidden) throws IOException {
    Path folder = hidden.resolve(MhlLayout.FOLDER);
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .filter(CopyHistory::isOfHistory)
              .toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }

  /// Whether a file in an `ascmhl` folder belongs to its history.
  static boolean isOfHistory(Path file) {
    try {
      return MhlLayout.isHistory(
          RelativeName.of(MhlLayout.FOLDER + "/" + file.getFileName().toString()));
    } catch (HostileNameException foreign) {
      return false;
    }
  }

  /// Whether it states the content in a format that is read here.
  boolean canProve(RelativeName name) {
    return knows(name)
        && (files.get(name).digests().containsKey(HashFormat.MD5)
            || files.get(name).digests().containsKey(HashFormat.XXH64));
  }

  /// Whether another history states the same content of a file, in a format of both.
  boolean agrees(RelativeName name, CopyHistory other) {
    return Judgement.isAsRecorded(files.get(name), other.files.get(name).digests());
  }

  /// Whether the content is what it states, in each format that both know, and there is one.
  boolean proves(RelativeName name, FileDigests now) {
    return canProve(name) && !contradicts(name, now);
  }

  /// Whether the content is what the history states. Files of histories are no footage: the copy's
  /// go on from the source's.
  boolean isKnownGood(RelativeName name, FileDigests now) {
    return MhlLayout.isHistory(name) || proves(name, now);
  }

  /// What the next generation says of a file that does not contradict.
  MhlEntry entry(CopiedFile file, Instant at) {
    Recorded known = files.get(file.name());
    boolean confirmed =
        known != null
            && file.digests().asList().stream()
                .anyMatch(digest -> digest.equals(known.digests().get(digest.format())));
    return MhlEntry.of(
        file.name(),
        file.digests(),
        // The copy's own: one that was there already may have another time than its source.
        file.identity().modifiedAt(),
        confirmed ? HashAction.VERIFIED : HashAction.ORIGINAL,
        at);
  }
}
