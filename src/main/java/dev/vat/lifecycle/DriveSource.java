package dev.vat.lifecycle;

import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.mhl.Recorded;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// A project's copy on a drive that may be restored from, and what its checksum history says.
public final class DriveSource {
  private final CopySource copy;
  private final CopyHistory said;
  private final FileKinds kinds;

  private DriveSource(CopySource copy, CopyHistory said, FileKinds kinds) {
    this.copy = copy;
    this.said = said;
    this.kinds = kinds;
  }

  /// Looks at it, without reading contents.
  ///
  /// @param drive its name
  /// @throws dev.vat.mhl.MhlException when there is a history that cannot be trusted or understood
  public static DriveSource at(String drive, Path folder, FileKinds kinds) throws IOException {
    CopySource copy = CopySource.at(drive, folder, true, kinds);
    return new DriveSource(copy, CopyHistory.of(folder), kinds);
  }

  /// The same of one whose history cannot be trusted: only to be compared with others.
  public static DriveSource withoutHistory(String drive, Path folder, FileKinds kinds)
      throws IOException {
    return new DriveSource(CopySource.at(drive, folder, true, kinds), CopyHistory.none(), kinds);
  }

  /// Its files.
  public CopySource copy() {
    return copy;
  }

  CopyHistory said() {
    return said;
  }

  /// Whether another copy was changed after this one was.
  public boolean isOlderThan(TreeTotals other) {
    return other.lastChange().filter(this::isBefore).isPresent();
  }

  /// Whether it was last changed before a moment, by more than file systems round times.
  public boolean isBefore(Instant change) {
    Instant mine = copy.lastChange().orElse(Instant.MIN);
    return change.isAfter(mine) && !Judgement.areClose(change, mine);
  }

  /// Whether an archive holds something else, and may be the later state: by number and size of its
  /// files, which is all that the manifest knows of what is in one. What came to S3 before the
  /// youngest file here was modified is the earlier state.
  public boolean mayBeOlderThan(CloudCopy archive) {
    return archive.content().filter(this::differsFrom).isPresent()
        && archive
            .uploadedAt()
            .filter(uploaded -> copy.lastChange().filter(uploaded::isBefore).isPresent())
            .isEmpty();
  }

  private boolean differsFrom(CloudCopy.Content content) {
    return content.files() != copy.files().size() || content.bytes() != copy.bytes();
  }

  /// Whether an archive is known to hold another state of the project than this copy has, or would
  /// have if it were whole.
  public boolean isOtherThan(CloudCopy archive) {
    Set<RelativeName> names = names(new RestoreWish.Part.Whole());
    long bytes = names.stream().mapToLong(this::size).sum();
    boolean otherContent =
        archive
            .content()
            .filter(content -> content.files() != names.size() || content.bytes() != bytes)
            .isPresent();
    boolean storedBefore =
        archive
            .uploadedAt()
            .filter(uploaded -> copy.lastChange().filter(uploaded::isBefore).isPresent())
            .isPresent();
    return otherContent || storedBefore;
  }

  /// Files of which another copy holds another content, or that one of the two does not have, in
  /// the state that each has or would have if it were undamaged: by the histories, else by size
  /// and time.
  public SortedSet<RelativeName> differencesTo(DriveSource other, RestoreWish.Part part) {
    SortedSet<RelativeName> different = new TreeSet<>(names(part));
    different.addAll(other.names(part));
    different.removeIf(name -> isSame(name, other));
    return different;
  }

  private boolean isSame(RelativeName name, DriveSource other) {
    TreeFile here = copy.files().get(name);
    TreeFile there = other.copy.files().get(name);
    if (isEdited(here) || other.isEdited(there)) {
      return false;
    }
    if (said.canProve(name) && other.said.canProve(name)) {
      return said.agrees(name, other.said);
    }
    return here != null
        && there != null
        && here.sizeBytes() == there.sizeBytes()
        && Judgement.areClose(here.modifiedAt(), there.modifiedAt());
  }

  /// Whether somebody wrote to a file since it was recorded.
  private boolean isEdited(TreeFile file) {
    return file != null && said.canProve(file.name()) && said.isWrittenSince(file);
  }

  /// What the copy has, or should have by its history.
  private Set<RelativeName> names(RestoreWish.Part part) {
    Set<RelativeName> names = new TreeSet<>(missing(part));
    copy.files().values().stream()
        .filter(file -> RestorePlanner.isWanted(file.name(), file.sizeBytes(), part, kinds))
        .forEach(file -> names.add(file.name()));
    return names;
  }

  /// Whether anything says what its files have to be. Without, nobody can tell whether they are all
  /// there, or undamaged.
  public boolean hasHistory() {
    return !said.files().isEmpty();
  }

  /// Why it does not have all of what is wanted, as a clause; empty when it has.
  ///
  /// @param known how many files copies of the project are known to have
  public Optional<String> lacks(RestoreWish.Part part, Collection<TreeTotals> known) {
    Optional<String> unfit = copy.obstacles().stream().map(TreeRemark::message).findFirst();
    if (unfit.isPresent()) {
      return unfit;
    }
    if (part instanceof RestoreWish.Part.Named named) {
      for (RelativeName name : named.names()) {
        if (copy.files().keySet().stream().noneMatch(file -> RestorePlanner.covers(name, file))) {
          return Optional.of("it holds no file and no folder " + name);
        }
      }
    }
    List<RelativeName> missing = missing(part);
    if (!missing.isEmpty()) {
      return Optional.of(
          "its checksum history tells of "
              + missing.getFirst()
              + (missing.size() == 1 ? "" : " and " + (missing.size() - 1) + " more")
              + ", and the copy does not have that");
    }
    if (copy.files().isEmpty()) {
      return Optional.of(copy.folder() + " holds no files");
    }
    int files = copy.files().size();
    return part instanceof RestoreWish.Part.Whole
        ? known.stream()
            .filter(totals -> totals.files() > files)
            .findFirst()
            .map(
                totals ->
                    "it has " + files + " files, and projects.json knows of " + totals.files())
        : Optional.empty();
  }

  /// Another tool may have recorded what is junk here, and is not restored.
  private List<RelativeName> missing(RestoreWish.Part part) {
    return said.files().keySet().stream()
        .filter(name -> !copy.files().containsKey(name))
        .filter(name -> kinds.of(name, size(name)) != FileKind.JUNK)
        .filter(name -> RestorePlanner.isWanted(name, size(name), part, kinds))
        .sorted()
        .toList();
  }

  private long size(RelativeName name) {
    Recorded recorded = said.files().get(name);
    TreeFile file = copy.files().get(name);
    return recorded != null && recorded.sizeBytes().isPresent()
        ? recorded.sizeBytes().getAsLong()
        : file == null ? 0 : file.sizeBytes();
  }
}
