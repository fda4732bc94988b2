package dev.vat.lifecycle;

import dev.vat.catalog.SsdCopy;
import dev.vat.disk.TreeCopied;
import dev.vat.project.RelativeName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How copying a project to a drive ended.
///
/// @param copied what lies there now, file by file, and what does not
/// @param damagedSource files whose content is not what the source's own history says: not copied
///     as good
/// @param historyAside where the copy's checksum history is now, when it told of another content;
///     another one begins
/// @param extra files that only the copy has; they were left alone
/// @param notRecorded why the history could not be written; empty when it was
/// @param copy what the manifest says of the copy from now on; empty when it did not become visible
public record DriveCopyOutcome(
    TreeCopied copied,
    List<RelativeName> damagedSource,
    Optional<Path> historyAside,
    List<RelativeName> extra,
    Optional<String> notRecorded,
    Optional<SsdCopy> copy) {
  public DriveCopyOutcome {
    damagedSource = List.copyOf(damagedSource);
    extra = List.copyOf(extra);
  }

  /// Whether all of the source is there.
  public boolean isWhole() {
    return copied.isComplete() && damagedSource.isEmpty() && copy.isPresent();
  }
}
