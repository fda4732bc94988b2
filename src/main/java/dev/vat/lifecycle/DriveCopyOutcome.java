package dev.vat.lifecycle;

import dev.vat.catalog.SsdCopy;
import dev.vat.disk.TreeCopied;
import dev.vat.project.RelativeName;
import java.util.List;
import java.util.Optional;

/// How copying a project to a drive ended.
///
/// @param copied what lies there now, file by file, and what does not
/// @param damagedSource files whose content is not what the source's own history says: not copied
///     as good
/// @param otherHistory files that are there with the source's content, and of which the history
///     that lies there says something else
/// @param extra files that only the copy has; they were left alone
/// @param notRecorded why the history could not be written; empty when it was
/// @param copy what the manifest says of the copy from now on; empty when it did not become visible
public record DriveCopyOutcome(
    TreeCopied copied,
    List<RelativeName> damagedSource,
    List<RelativeName> otherHistory,
    List<RelativeName> extra,
    Optional<String> notRecorded,
    Optional<SsdCopy> copy) {
  public DriveCopyOutcome {
    damagedSource = List.copyOf(damagedSource);
    otherHistory = List.copyOf(otherHistory);
    extra = List.copyOf(extra);
  }

  /// Whether all of the source is there.
  public boolean isWhole() {
    return copied.isComplete() && damagedSource.isEmpty() && copy.isPresent();
  }
}
