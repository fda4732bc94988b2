package dev.vat.lifecycle;

import dev.vat.disk.TemporaryName;
import dev.vat.mhl.MhlLayout;
import dev.vat.progress.Progress;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What restores that were cut have left of a project that is home now: hidden folders beside it,
/// with what came from a drive, or from another version of its archive.
final class Leavings {
  /// How many characters of a name and what follows it a hidden folder's name shows.
  private static final int SHOWN = 40;

  /// An archive's version, as S3 calls it: so many hexadecimal digits.
  private static final int VERSION = 32;

  /// Of longer names a hidden folder's name tells too little to be sure whose it is.
  private static final int LEAST_OF_VERSION = 8;

  private final Progress progress;

  Leavings(Progress progress) {
    this.progress = progress;
  }

  /// Removes what is only half written, checksum histories, and what is proven equal to the
  /// project's own file of that name. Everything else stays.
  ///
  /// @param whole whether all of the project is there; else only what came from drives is looked at
  /// @return the folders that are not empty now
  List<Path> clear(Path target, boolean whole) throws IOException {
    List<Path> stay = new ArrayList<>();
    for (Path folder : folders(target, whole)) {
      clear(folder, target);
      new EmptyFolders().removeBelow(folder);
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        stay.add(folder);
      }
    }
    return stay;
  }

  private static List<Path> folders(Path target, boolean whole) throws IOException {
    Path fromDrive = DriveRestoring.growing(target);
    Predicate<String> ofVersion = ofVersion(target.getFileName().toString());
    Path around = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(around)) {
      return List.of();
    }
    try (Stream<Path> beside = Files.list(around)) {
      return beside
          .filter(
              path -> {
                String name = path.getFileName().toString();
                return name.equals(fromDrive.getFileName().toString())
                    || whole && ofVersion.test(name);
              })
          .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    }
  }

  /// Told apart from those of a project that is called almost the same (`b40-old.v2`), which may
  /// just be growing.
  private static Predicate<String> ofVersion(String project) {
    int digits = Math.min(VERSION, SHOWN - 1 - project.codePointCount(0, project.length()));
    return digits < LEAST_OF_VERSION
        ? _ -> false
        : Pattern.compile(
                Pattern.quote(FileKinds.TEMPORARY_PREFIX + project + ".")
                    + "[0-9a-f]{"
                    + digits
                    + "}(-[0-9]*)?-[0-9a-f]{8}")
            .asMatchPredicate();
  }

  private void clear(Path folder, Path target) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path file : files) {
      if (TemporaryName.isOne(file.getFileName().toString()) || isKnown(folder, file, target)) {
        Files.delete(file);
      }
    }
  }

  private boolean isKnown(Path folder, Path file, Path target) throws IOException {
    RelativeName name;
    try {
      name = RelativeName.of(folder.relativize(file).toString().replace('\\', '/'));
    } catch (HostileNameException nobodys) {
      return false;
    }
    if (MhlLayout.isHistory(name)) {
      return true;
    }
    Path here = DiskSpelling.below(target, name);
    if (!Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    long bytes = Files.size(file);
    try (Progress.Task task = progress.begin("comparing what an earlier run left", bytes)) {
      boolean same = Files.mismatch(file, here) < 0;
      task.skip(bytes);
      return same;
    }
  }
}
