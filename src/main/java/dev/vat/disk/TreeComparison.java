package dev.vat.disk;

import dev.vat.mhl.FileDigests;
import dev.vat.project.RelativeName;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// How a folder stands to a copy of it, by content alone: sizes and times decide nothing.
///
/// @param missing in the copy
/// @param identical the same content under the same name
/// @param different another content under the same name: a conflict
/// @param extra only in the copy
public record TreeComparison(
    SortedSet<RelativeName> missing,
    SortedSet<RelativeName> identical,
    SortedSet<RelativeName> different,
    SortedSet<RelativeName> extra) {

  /// @param source digests of every file that is to be copied
  /// @param copy digests of every file that is there, of a reading now
  public static TreeComparison of(
      Map<RelativeName, FileDigests> source, Map<RelativeName, FileDigests> copy) {
    SortedSet<RelativeName> missing = new TreeSet<>();
    SortedSet<RelativeName> identical = new TreeSet<>();
    SortedSet<RelativeName> different = new TreeSet<>();
    source.forEach(
        (name, digests) -> {
          FileDigests there = copy.get(name);
          if (there == null) {
            missing.add(name);
          } else {
            (there.equals(digests) ? identical : different).add(name);
          }
        });
    SortedSet<RelativeName> extra = new TreeSet<>(copy.keySet());
    extra.removeAll(source.keySet());
    return new TreeComparison(missing, identical, different, extra);
  }

  /// Nothing would have to be overwritten.
  public boolean canBeCompleted() {
    return different.isEmpty();
  }
}
