package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.archive.Toc;
import dev.vat.archive.TocEntry;
import dev.vat.mhl.MhlLayout;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// How a project's folder and the contents of an archive differ, by names and sizes; contents that
/// have these in common are to be compared by digest. Checksum histories do not count.
///
/// @param onlyHere files that the archive has not
/// @param onlyThere files that the folder has not
/// @param otherSize files that differ
/// @param alike the rest, with the digest that the archive has
public record TocComparison(
    SortedSet<RelativeName> onlyHere,
    SortedSet<RelativeName> onlyThere,
    SortedSet<RelativeName> otherSize,
    SortedMap<RelativeName, Sha256> alike) {
  /// Pure.
  ///
  /// @param here the content of the folder, without histories; names within it
  public static TocComparison of(ProjectId project, Collection<TreeFile> here, Toc toc) {
    SortedMap<RelativeName, TocEntry.File> there = content(project, toc);
    TocComparison result =
        new TocComparison(
            new TreeSet<>(), new TreeSet<>(there.keySet()), new TreeSet<>(), new TreeMap<>());
    for (TreeFile file : here) {
      TocEntry.File entry = there.get(file.name());
      result.onlyThere.remove(file.name());
      if (entry == null) {
        result.onlyHere.add(file.name());
      } else if (entry.sizeBytes() != file.sizeBytes()) {
        result.otherSize.add(file.name());
      } else {
        result.alike.put(file.name(), entry.digest());
      }
    }
    return result;
  }

  /// Whether nothing is known to differ.
  public boolean isAlike() {
    return onlyHere.isEmpty() && onlyThere.isEmpty() && otherSize.isEmpty();
  }

  /// Whether the archive has all that the folder has, by names and sizes, and maybe more: nothing
  /// is to be stored.
  public boolean isContained() {
    return onlyHere.isEmpty() && otherSize.isEmpty();
  }

  /// The files of an archive by their names within the project, without checksum histories. What
  /// lies beside the project's folder has the name that it has there.
  public static SortedMap<RelativeName, TocEntry.File> content(ProjectId project, Toc toc) {
    String folder = project.value() + "/";
    SortedMap<RelativeName, TocEntry.File> files = new TreeMap<>();
    for (TocEntry.File file : toc.files()) {
      String name = file.name().value();
      RelativeName inside =
          name.startsWith(folder) ? RelativeName.of(name.substring(folder.length())) : file.name();
      if (!MhlLayout.isHistory(inside)) {
        files.put(inside, file);
      }
    }
    return files;
  }
}
