package dev.vat.lifecycle;

import dev.vat.disk.CopyProblem;
import dev.vat.disk.Durability;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.FileStamps;
import dev.vat.disk.PutAside;
import dev.vat.project.DiskSpelling;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Moves one of two versions out of the other's way, as somebody decided. Moves, and nothing else:
/// both contents are there afterwards, and archiving begins anew.
public final class ArchiveDecision {
  private final FilePlacement placement = FilePlacement.ofThisSystem();
  private final PutAside kept;
  private final String user;
  private final Instant now;

  /// @param root the repository's folder
  /// @param user whose name this computer's version gets with [ArchiveKeep#BOTH]
  public ArchiveDecision(Path root, String user, Instant now) {
    this.kept = new PutAside(root, placement);
    this.user = user;
    this.now = now;
  }

  /// A version that has another place now.
  public record Moved(Path from, Path to) {}

  /// Whether a decision may be made so: one that would keep a version which is known to be damaged
  /// may not.
  public static boolean isAllowed(CopyProblem.Conflict conflict, ArchiveKeep keep) {
    return switch (conflict) {
      case CopyProblem.Different _ -> true;
      case CopyProblem.KnownDamaged damaged ->
          switch (damaged.side()) {
            case HERE -> keep == ArchiveKeep.THEIRS;
            case THERE -> keep == ArchiveKeep.MINE;
            case BOTH -> false;
          };
    };
  }

  /// Decides every conflict in the same way.
  ///
  /// @param conflicts for each of which that [#isAllowed]
  /// @throws IOException when one cannot be moved; those that were moved stay moved
  public List<Moved> apply(ArchivePlan plan, List<CopyProblem.Conflict> conflicts, ArchiveKeep keep)
      throws IOException {
    return apply(plan.project(), plan.folder(), plan.copyFolder(), conflicts, keep);
  }

  /// The same for any two folders of a project.
  ///
  /// @param folder this computer's
  /// @param copy the one on the drive
  public List<Moved> apply(
      ProjectId project,
      Path folder,
      Path copy,
      List<CopyProblem.Conflict> conflicts,
      ArchiveKeep keep)
      throws IOException {
    List<Moved> moved = new ArrayList<>();
    for (CopyProblem.Conflict conflict : conflicts) {
      moved.add(move(decided(project, folder, copy, conflict, keep)));
    }
    return moved;
  }

  /// What [#apply] would move now, for a dry run. Changes nothing.
  ///
  /// @throws IOException when a folder cannot be looked at
  public List<Moved> foresee(
      ArchivePlan plan, List<CopyProblem.Conflict> conflicts, ArchiveKeep keep) throws IOException {
    List<Moved> planned = new ArrayList<>();
    for (CopyProblem.Conflict conflict : conflicts) {
      planned.add(decided(plan.project(), plan.folder(), plan.copyFolder(), conflict, keep));
    }
    return planned;
  }

  private Moved decided(
      ProjectId project, Path folder, Path copy, CopyProblem.Conflict conflict, ArchiveKeep keep)
      throws IOException {
    Path here = DiskSpelling.below(folder, conflict.name());
    return switch (keep) {
      case MINE -> new Moved(conflict.target(), BesideCopy.reserve(copy, conflict.name(), now));
      case THEIRS -> new Moved(here, kept.reserve(project, conflict.name(), now));
      case BOTH -> new Moved(here, named(here, conflict));
    };
  }

  private Moved move(Moved planned) throws IOException {
    Path from = planned.from();
    Path to = planned.to();
    // First, so that no folders are made where a drive was.
    FileStamps.of(from);
    Durability.createFolders(to.getParent());
    placement.placeNew(from, to);
    return planned;
  }

  /// `film.mp4` becomes `film-david.mp4`, free here and on the drive.
  private Path named(Path here, CopyProblem.Conflict conflict) {
    String name = RelativeName.of(here.getFileName().toString()).value();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    for (int number = 1; ; number++) {
      String other = stem + "-" + user + (number == 1 ? "" : "-" + number) + ending;
      Path place = here.resolveSibling(other);
      Path there = conflict.target().resolveSibling(other);
      if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)
          && !Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        return place;
      }
    }
  }
}
