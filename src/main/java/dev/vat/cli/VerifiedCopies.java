package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.TreeCount;
import dev.vat.project.FileKinds;
import dev.vat.project.TreeFile;
import dev.vat.settings.Limits;
import dev.vat.state.BusyException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Keeps in the manifest when copies on drives were verified, and which were found damaged. While
/// another command writes the manifest, what is to be noted waits.
final class VerifiedCopies {
  /// @param bad whether the copy is not what its history says: then it is not verified any more
  private record Note(CopyFolder copy, SsdCopy now, boolean bad) {}

  private final Invocation invocation;
  private final CurrentRepository context;
  private final ReachedDrives drives;
  private final List<Note> waiting = new ArrayList<>();

  VerifiedCopies(Invocation invocation, CurrentRepository context, ReachedDrives drives) {
    this.invocation = invocation;
    this.context = context;
    this.drives = drives;
  }

  /// @param files what the copy holds now
  /// @param bad whether it is not what its history says: then it is not verified any more
  /// @param verifiedAt empty when that cannot be said
  void note(CopyFolder copy, Collection<TreeFile> files, boolean bad, Optional<Instant> verifiedAt)
      throws IOException {
    if (copy.drive().isEmpty()) {
      return;
    }
    FileKinds kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
    waiting.add(
        new Note(
            copy,
            new SsdCopy(
                copy.drive().flatMap(ReachedDrives::idOf),
                copy.path(context.repository()),
                Optional.of(TreeCount.of(files, kinds)),
                Optional.of(invocation.surroundings().clock().instant()),
                verifiedAt),
            bad));
    write();
  }

  /// @return whether nothing waits any more
  boolean write() throws IOException {
    if (waiting.isEmpty()) {
      return true;
    }
    try {
      KnownDrives.update(invocation, context, "vat verify", this::with);
      waiting.clear();
      return true;
    } catch (BusyException another) {
      return false;
    }
  }

  private Catalog with(Catalog known) {
    Catalog changed = known;
    for (Note note : waiting) {
      changed = with(changed, note);
    }
    return changed;
  }

  private Catalog with(Catalog known, Note note) {
    Located.Readable drive = note.copy.drive().orElseThrow();
    Catalog changed = known;
    Optional<DriveId> id = note.now.drive();
    if (id.isPresent()) {
      changed = changed.withDrive(drive.drive().seen(note.now.seenAt().orElseThrow()));
      if (drives.isPrimary(drive)) {
        changed = changed.withPrimary(id.get());
      }
    }
    Optional<SsdCopy> before =
        Optional.ofNullable(known.projects().get(note.copy.project()))
            .flatMap(entry -> before(entry, id, drives.isPrimary(drive)));
    if (before.isPresent() && !before.get().path().equals(note.now.path())) {
      // Of several folders of one project on a drive the manifest shows one.
      return changed;
    }
    SsdCopy now =
        new SsdCopy(
            id,
            note.now.path(),
            note.now.totals(),
            note.now.seenAt(),
            later(note.now.verifiedAt(), before.flatMap(SsdCopy::verifiedAt)));
    return changed.withCopy(
        note.copy.project(), note.bad ? now.damaged(now.seenAt().orElseThrow()) : now);
  }

  private static Optional<SsdCopy> before(
      ProjectEntry entry, Optional<DriveId> drive, boolean primary) {
    return drive
        .flatMap(entry::on)
        .or(
            () ->
                primary
                    ? entry.ssd().stream().filter(copy -> copy.drive().isEmpty()).findFirst()
                    : Optional.empty());
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get().isAfter(other.get()) ? one.get() : other.get())
        : one.or(() -> other);
  }
}
