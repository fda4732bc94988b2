package dev.vat.cli;

import dev.vat.disk.CopiedFile;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Remembers what local files were when they were copied, so that `vat manifest` can tell whether
/// their copies still are the same.
final class CopiedFiles {
  private CopiedFiles() {}

  /// The copy is made: notes that cannot be kept are a remark, and no failure.
  ///
  /// @param files those of drives among them are left out
  /// @param begun when the copying began
  static void remember(
      Invocation invocation,
      CurrentRepository context,
      Collection<CopiedFile> files,
      Instant begun) {
    Path here = context.repository().root();
    Map<FileStamp, Md5> read = new HashMap<>();
    for (CopiedFile file : files) {
      if (file.source().path().startsWith(here)) {
        read.put(file.source(), file.digests().md5());
      }
    }
    if (read.isEmpty()) {
      return;
    }
    try (State state = State.open(context.stateFolder(), invocation.surroundings().clock())) {
      state.copiedSources().remember(read, begun);
    } catch (IOException fault) {
      invocation
          .console()
          .note("What was read of the files is not remembered: " + fault.getMessage());
    }
  }
}
