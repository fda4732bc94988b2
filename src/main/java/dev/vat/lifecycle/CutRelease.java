package dev.vat.lifecycle;

import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Files of a project that a run had taken aside to delete them, and that was cut before it did.
/// Nobody sees them where they are; a look tells of them, and changes nothing.
///
/// @param files how many
/// @param aside the folder that they are in
/// @param drive the drive's name; empty for the repository
public record CutRelease(ProjectId project, int files, Path aside, Optional<String> drive) {
  /// All of them, in sentences without dots. Not being able to tell is one, and holds up nothing.
  static List<String> remarks(
      Path root, List<? extends Located.Readable> drives, InstantSource clock) {
    List<String> remarks = new ArrayList<>();
    add(remarks, root, () -> here(root, clock));
    for (Located.Readable drive : drives) {
      add(remarks, drive.base(), () -> onDrive(drive.base(), drive.label().name(), clock));
    }
    return remarks;
  }

  private interface Look {
    List<CutRelease> now() throws IOException;
  }

  private static void add(List<String> remarks, Path above, Look look) {
    try {
      look.now().forEach(cut -> remarks.add(cut.message()));
    } catch (IOException untold) {
      remarks.add(
          "whether a run that was cut left files aside below "
              + above
              + " cannot be told: "
              + Verification.reason(untold));
    }
  }

  /// Those in a repository.
  ///
  /// @throws IOException when that cannot be told
  public static List<CutRelease> here(Path root, InstantSource clock) throws IOException {
    return in(root, clock, Optional.empty());
  }

  /// Those on a drive: beside the projects, in each range folder.
  ///
  /// @param base the drive's folder for copies
  /// @throws IOException when that cannot be told
  public static List<CutRelease> onDrive(Path base, String drive, InstantSource clock)
      throws IOException {
    List<CutRelease> found = new ArrayList<>(in(base, clock, Optional.of(drive)));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          found.addAll(in(entry, clock, Optional.of(drive)));
        }
      }
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return found;
  }

  private static List<CutRelease> in(Path root, InstantSource clock, Optional<String> drive)
      throws IOException {
    ReleasingFolder folder = ReleasingFolder.of(root, clock);
    List<CutRelease> found = new ArrayList<>();
    for (ProjectId project : folder.projects()) {
      List<Path> left = folder.left(project);
      if (!left.isEmpty()) {
        found.add(
            new CutRelease(project, left.size(), folder.path().resolve(project.value()), drive));
      }
    }
    return found;
  }

  /// What, where, and what brings them back, as a sentence without its dot.
  public String message() {
    return project
        + ": "
        + (files == 1 ? "1 file is" : files + " files are")
        + " in "
        + aside
        + drive.map(name -> " on " + name).orElse("")
        + ", where a run that was cut had taken "
        + (files == 1 ? "it" : "them")
        + " to delete "
        + (files == 1 ? "it" : "them")
        + " after a last look. "
        + (drive.isPresent()
            ? "The next backup brings back what is there, and goes on: vat backup " + project
            : "The next command that changes the project brings back what is there: vat archive "
                + project
                + " (and goes on), or vat copy "
                + project
                + " --to DRIVE");
  }
}
