package dev.vat.lifecycle;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.disk.Parallel;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.Recorded;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The damage that checksum histories on drives tell of. The manifest does not know of it when it
/// is made anew, comes from an earlier day, or when another computer verified the copy.
final class RecordedDamage {
  private static final int AT_ONCE = 8;

  private final Catalog known;
  private final ConcurrentLinkedQueue<String> remarks = new ConcurrentLinkedQueue<>();

  /// @param known what was known before the look
  RecordedDamage(Catalog known) {
    this.known = known;
  }

  /// The same copies, those damaged of which the history says so. Only histories that may say more
  /// than is known are read: all of them would take longer than the look.
  ///
  /// @param copies on the drive, as they were just seen
  /// @param primary whether it is the drive that `SSD_BASE` names
  Map<ProjectId, SsdCopy> in(
      Map<ProjectId, SsdCopy> copies, Located.Readable drive, boolean primary) throws IOException {
    Map<ProjectId, SsdCopy> told = new ConcurrentHashMap<>(copies);
    Parallel.forEach(
        List.copyOf(copies.entrySet()),
        AT_ONCE,
        one -> {
          Path folder = drive.base().resolve(one.getValue().path());
          try {
            if (mayTellMore(folder, known(one.getKey(), one.getValue(), drive, primary))) {
              failedAt(folder).ifPresent(at -> told.put(one.getKey(), one.getValue().damaged(at)));
            }
          } catch (ClosedByInterruptException stopped) {
            throw stopped;
          } catch (IOException fault) {
            remarks.add(
                ("%s: the checksum history of its copy on %s cannot be read (%s), so nobody knows"
                        + " whether it tells of damage; vat verify %s looks closer")
                    .formatted(
                        one.getKey(),
                        drive.label().name(),
                        Verification.reason(fault),
                        one.getKey()));
          }
        });
    return told;
  }

  /// What could not be read, in words for users.
  List<String> remarks() {
    return List.copyOf(remarks);
  }

  private Optional<SsdCopy> known(
      ProjectId id, SsdCopy now, Located.Readable drive, boolean primary) {
    return Optional.ofNullable(known.projects().get(id)).map(ProjectEntry::ssd).stream()
        .flatMap(List::stream)
        .filter(
            copy ->
                copy.drive().map(drive.label().id()::equals).orElse(primary)
                    && copy.path().equals(now.path()))
        .findFirst();
  }

  private static boolean mayTellMore(Path folder, Optional<SsdCopy> known) throws IOException {
    Optional<Instant> seenAt = known.flatMap(SsdCopy::seenAt);
    return seenAt.isEmpty()
        || MhlHistory.changedAt(folder).filter(at -> at.isAfter(seenAt.get())).isPresent();
  }

  /// When the newest of the files was read that were bad when they were last read.
  private static Optional<Instant> failedAt(Path folder) throws IOException {
    return FolderLook.of(folder).history().stream()
        .flatMap(history -> history.files().values().stream())
        .filter(recorded -> recorded.lastAction() == HashAction.FAILED)
        .map(Recorded::lastReadAt)
        .max(Instant::compareTo);
  }
}
