package dev.vat.cli;

import dev.vat.disk.CopiedFile;
import dev.vat.disk.FileIdentity;
import dev.vat.disk.FileStamps;
import dev.vat.lifecycle.DriveRestorePlan;
import dev.vat.lifecycle.DriveRestoring;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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
    remember(invocation, context, read, begun);
  }

  /// The same of what came home from a drive, by the copy's history or by reading both.
  ///
  /// @param begun when the restoring began
  static void rememberHome(
      Invocation invocation,
      CurrentRepository context,
      DriveRestorePlan.Ready plan,
      DriveRestoring.Restored restored,
      Instant begun) {
    if (!plan.target().startsWith(context.repository().root())) {
      return;
    }
    Map<FileStamp, Md5> read = new HashMap<>();
    for (CopiedFile file : restored.copied().files()) {
      stampOf(plan, file.name())
          .filter(stamp -> isOf(stamp, file.identity()))
          .ifPresent(stamp -> read.put(stamp, file.digests().md5()));
    }
    for (DriveRestorePlan.Moved light : plan.moved()) {
      if (!restored.notMoved().contains(light.name())) {
        stampOf(plan, light.name())
            .filter(stamp -> stamp.sizeBytes() == light.digests().sizeBytes())
            .ifPresent(stamp -> read.put(stamp, light.digests().md5()));
      }
    }
    remember(invocation, context, read, begun);
  }

  private static Optional<FileStamp> stampOf(DriveRestorePlan.Ready plan, RelativeName name) {
    try {
      return Optional.of(FileStamps.of(DiskSpelling.below(plan.target(), name)));
    } catch (IOException gone) {
      return Optional.empty(); // somebody moved it since: of that nothing was read
    }
  }

  private static boolean isOf(FileStamp stamp, FileIdentity read) {
    return stamp.sizeBytes() == read.sizeBytes()
        && stamp.modifiedAt().equals(read.modifiedAt())
        && stamp.identity().equals(read.identity());
  }

  private static void remember(
      Invocation invocation, CurrentRepository context, Map<FileStamp, Md5> read, Instant begun) {
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
