package dev.vat.lifecycle;

import dev.vat.disk.CopyProblem;
import dev.vat.disk.TreeCopy;
import dev.vat.project.DiskSpelling;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How archiving by a plan is going to end, as far as names and sizes tell. A file of the same size
/// may still turn out to have another content when it is read.
///
/// @param conflicts files that the drive has with another size, or something else under their name
/// @param tooFewCopies files that are to be released, and stay because fewer other drives can have
///     them than are needed
public record ArchiveForesight(List<CopyProblem> conflicts, List<TreeFile> tooFewCopies) {
  public ArchiveForesight {
    conflicts = List.copyOf(conflicts);
    tooFewCopies = List.copyOf(tooFewCopies);
  }

  /// Looks at the drives; reads no content and changes nothing.
  ///
  /// @param minCopies as for [Archiving#apply]
  /// @throws IOException when the copy that is there cannot be looked at
  public static ArchiveForesight of(ArchivePlan plan, int minCopies) throws IOException {
    List<CopyProblem> conflicts = new ArrayList<>();
    if (plan.completes() && plan.obstacles().isEmpty()) {
      for (TreeFile file : plan.copied()) {
        Path there = DiskSpelling.below(plan.copyFolder(), file.name());
        if (Files.exists(there, LinkOption.NOFOLLOW_LINKS)
            && !TreeCopy.isThere(plan.copyFolder(), file)) {
          conflicts.add(
              Files.isRegularFile(there, LinkOption.NOFOLLOW_LINKS)
                  ? new CopyProblem.Different(
                      file.name(),
                      there,
                      new CopyProblem.Version(file.modifiedAt(), Optional.empty()),
                      new CopyProblem.Version(
                          Files.getLastModifiedTime(there).toInstant(), Optional.empty()))
                  : new CopyProblem.InTheWay(file.name(), there));
        }
      }
    }
    List<TreeFile> tooFew = new ArrayList<>();
    for (TreeFile file : plan.released()) {
      if (copies(plan, file, minCopies) < minCopies) {
        tooFew.add(file);
      }
    }
    return new ArchiveForesight(conflicts, tooFew);
  }

  /// The copy that is going to be made, and those that are there, as far as they are needed.
  private static int copies(ArchivePlan plan, TreeFile file, int minCopies) {
    int copies = 1;
    for (ProjectCopy other : plan.others()) {
      if (copies >= minCopies) {
        break;
      }
      try {
        copies += TreeCopy.isThere(other.folder(), file) ? 1 : 0;
      } catch (IOException unreadable) {
        // Not this one; the release does not count it either.
      }
    }
    return copies;
  }

  /// Those conflicts that `--keep` decides.
  public List<CopyProblem.Conflict> decidable() {
    return conflicts.stream()
        .filter(CopyProblem.Conflict.class::isInstance)
        .map(CopyProblem.Conflict.class::cast)
        .toList();
  }
}
