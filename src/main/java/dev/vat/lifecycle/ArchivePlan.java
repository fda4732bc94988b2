package dev.vat.lifecycle;

import dev.vat.disk.FreeSpace;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What archiving a project is going to do: what a dry run prints, and the real run applies.
///
/// @param folder the active one, absolute
/// @param copyFolder on the drive
/// @param completes whether that is there already, so that only what it lacks is copied
/// @param copied every file of the project
/// @param missingBytes what is still to be written, as far as sizes tell
/// @param lightFolder where the light files are moved to
/// @param moved light files, by renaming
/// @param released heavy files, and light ones that are in `lightFolder` already
/// @param staying heavy files that stay because git tracks them
/// @param releasesNothing why everything stays here, a whole sentence; empty when it does not
/// @param others further copies that may be counted
/// @param obstacles why it cannot be done; empty when it can
/// @param warnings what to know, in whole sentences
public record ArchivePlan(
    ProjectId project,
    Path folder,
    ArchiveTarget target,
    Path copyFolder,
    boolean completes,
    List<TreeFile> copied,
    long missingBytes,
    FreeSpace space,
    Path lightFolder,
    List<TreeFile> moved,
    List<TreeFile> released,
    List<TreeFile> staying,
    Optional<String> releasesNothing,
    List<ProjectCopy> others,
    List<Obstacle> obstacles,
    List<String> warnings) {
  public ArchivePlan {
    copied = List.copyOf(copied);
    moved = List.copyOf(moved);
    released = List.copyOf(released);
    staying = List.copyOf(staying);
    others = List.copyOf(others);
    obstacles = List.copyOf(obstacles);
    warnings = List.copyOf(warnings);
  }

  /// The same with one more thing to know, which comes last.
  public ArchivePlan warning(String more) {
    List<String> all = new ArrayList<>(warnings);
    all.add(more);
    return new ArchivePlan(
        project,
        folder,
        target,
        copyFolder,
        completes,
        copied,
        missingBytes,
        space,
        lightFolder,
        moved,
        released,
        staying,
        releasesNothing,
        others,
        obstacles,
        all);
  }

  /// The size of some of the files.
  public static long bytes(List<TreeFile> files) {
    return files.stream().mapToLong(TreeFile::sizeBytes).sum();
  }
}
