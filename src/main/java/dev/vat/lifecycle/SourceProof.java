package dev.vat.lifecycle;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.TreeCopied;
import dev.vat.mhl.FileDigests;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks, before a copy that is there is completed, whether the files that it lacks are good where
/// they come from: in a copy that is visible, each file is so at once.
final class SourceProof {
  private final CopyHistory source;
  private final Histories all;

  /// @param source what the history says that lies where the files come from
  /// @param all what all of them say, of files of which that one does not tell
  SourceProof(CopyHistory source, Histories all) {
    this.source = source;
    this.all = all;
  }

  /// Of the files that the copy lacks, those that are damaged. Reads only what a history tells of.
  ///
  /// @param copy the folder that is completed
  List<RelativeName> damaged(List<TreeFile> files, Path copy, Progress progress)
      throws IOException {
    List<TreeFile> missing = new ArrayList<>();
    for (TreeFile file : files) {
      if ((source.knows(file.name()) || all.tellOf(file))
          && Files.notExists(DiskSpelling.below(copy, file.name()))) {
        missing.add(file);
      }
    }
    if (missing.isEmpty()) {
      return List.of();
    }
    List<RelativeName> damaged = new ArrayList<>();
    try (Progress.Task task = progress.begin("proving the source", bytes(missing))) {
      DeviceDigests reading = new DeviceDigests();
      for (TreeFile file : missing) {
        if (isDamaged(file, reading.of(file.path(), task).digests())) {
          damaged.add(file.name());
        }
      }
    }
    return damaged;
  }

  /// Of a copy that nobody sees yet, the files that are damaged where they come from. Their copies,
  /// which are ours, go.
  List<RelativeName> damaged(TreeCopied copied) throws IOException {
    List<RelativeName> damaged = new ArrayList<>();
    for (CopiedFile file : copied.files()) {
      if (source.contradicts(file.name(), file.digests())
          || all.isDamaged(file.name(), file.source().modifiedAt(), file.digests())) {
        Files.delete(file.target());
        damaged.add(file.name());
      }
    }
    return damaged;
  }

  /// Whether a content is known to be the right one. Files of histories are no footage: the copy's
  /// go on from the source's.
  boolean isGood(RelativeName name, FileDigests now) {
    return source.isKnownGood(name, now) || all.prove(name, now);
  }

  private boolean isDamaged(TreeFile file, FileDigests now) {
    return source.knows(file.name())
        ? source.contradicts(file.name(), now)
        : all.isDamaged(file.name(), file.modifiedAt(), now);
  }

  private static long bytes(List<TreeFile> files) {
    return files.stream().mapToLong(TreeFile::sizeBytes).sum();
  }
}
