package dev.vat.lifecycle;

import dev.vat.catalog.StagedFiles;
import dev.vat.catalog.TreeTotals;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.TreeFile;
import java.time.Instant;
import java.util.Optional;

/// Adds up files, on one thread.
public final class TreeCount {
  private long files;
  private long bytes;
  private long heavyFiles;
  private long heavyBytes;
  private Instant lastChange;

  TreeCount() {}

  /// Counts the files of a copy that was listed already, as [Survey] would.
  public static TreeTotals of(Iterable<TreeFile> files, FileKinds kinds) {
    TreeCount count = new TreeCount();
    for (TreeFile file : files) {
      FileKind kind = kinds.of(file.name(), file.sizeBytes());
      if (kind != FileKind.JUNK && !FileKinds.isChecksum(file.name())) {
        count.add(file, kind == FileKind.HEAVY);
      }
    }
    return count.totals();
  }

  void add(TreeFile file, boolean heavy) {
    files++;
    bytes += file.sizeBytes();
    if (heavy) {
      heavyFiles++;
      heavyBytes += file.sizeBytes();
    }
    if (lastChange == null || file.modifiedAt().isAfter(lastChange)) {
      lastChange = file.modifiedAt();
    }
  }

  TreeTotals totals() {
    return new TreeTotals(files, bytes, heavyFiles, heavyBytes, Optional.ofNullable(lastChange));
  }

  StagedFiles staged() {
    return new StagedFiles(files, bytes);
  }
}
