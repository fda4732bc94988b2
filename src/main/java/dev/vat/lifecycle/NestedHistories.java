package dev.vat.lifecycle;

import dev.vat.mhl.MhlLayout;
import dev.vat.project.DiskSpelling;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The checksum histories of folders below a project's, a camera card's say. They travel with the
/// project, each as a whole: files of two histories in one folder are none.
final class NestedHistories {
  private NestedHistories() {}

  /// Whether a file belongs to the history of the project's folder itself.
  static boolean isTop(RelativeName name) {
    return MhlLayout.isHistory(name) && folder(name).equals(MhlLayout.FOLDER);
  }

  /// Those that another folder of the project lacks, or has the beginning of: of a run that was
  /// cut. Where it has more or something else, a verification there went on from it, and it stays
  /// as it is.
  ///
  /// @param checksums files of histories, also of the project's own, which is left out
  static List<TreeFile> missing(Collection<TreeFile> checksums, Path there) throws IOException {
    SortedMap<String, List<TreeFile>> histories = new TreeMap<>();
    for (TreeFile file : checksums) {
      if (MhlLayout.isHistory(file.name()) && !isTop(file.name())) {
        histories.computeIfAbsent(folder(file.name()), _ -> new ArrayList<>()).add(file);
      }
    }
    List<TreeFile> missing = new ArrayList<>();
    for (List<TreeFile> history : histories.values()) {
      if (isBeginning(there, history)) {
        missing.addAll(history);
      }
    }
    return missing;
  }

  private static boolean isBeginning(Path there, List<TreeFile> history) throws IOException {
    Set<Path> same = new HashSet<>();
    for (TreeFile file : history) {
      Path place = DiskSpelling.below(there, file.name());
      if (Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
        if (Files.mismatch(file.path(), place) >= 0) {
          return false;
        }
        same.add(place.getFileName());
      } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    Path folder = DiskSpelling.below(there, history.getFirst().name()).getParent();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(CopyHistory::isOfHistory)
          .allMatch(file -> same.contains(file.getFileName()));
    }
  }

  private static String folder(RelativeName name) {
    int end = name.value().lastIndexOf('/');
    return end < 0 ? "" : name.value().substring(0, end);
  }
}
