package dev.vat.staging;

import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The three-way compare: a pure function over what is here, what is in S3, and what both last
/// agreed on.
///
/// Only content decides. Times and sizes never do; a content that nobody can tell counts as
/// different.
public final class Comparison {
  private Comparison() {}

  /// Compares whole snapshots. Names that a snapshot could not read (a file still being written,
  /// say) are in none of its maps and are left out by the caller on both sides.
  ///
  /// @return every name that is here or in S3, sorted
  public static SortedMap<RelativeName, StagedFile> of(
      Map<RelativeName, LocalFile> here,
      Map<RelativeName, RemoteFile> there,
      Map<RelativeName, Base> bases,
      Map<RelativeName, Tombstone> tombstones) {
    TreeSet<RelativeName> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    SortedMap<RelativeName, StagedFile> files = new TreeMap<>();
    for (RelativeName name : names) {
      Optional<LocalFile> local = Optional.ofNullable(here.get(name));
      Optional<RemoteFile> remote = Optional.ofNullable(there.get(name));
      Optional<Base> base = Optional.ofNullable(bases.get(name));
      Optional<Tombstone> tombstone =
          remote.isPresent() ? Optional.empty() : Optional.ofNullable(tombstones.get(name));
      Standing standing = standing(local, remote, base.map(Base::md5), tombstone);
      files.put(name, new StagedFile(name, standing, local, remote, base, tombstone));
    }
    return files;
  }

  private static Standing standing(
      Optional<LocalFile> local,
      Optional<RemoteFile> remote,
      Optional<Md5> base,
      Optional<Tombstone> tombstone) {
    if (local.isEmpty()) {
      return base.isPresent() ? Standing.REMOVED_HERE : Standing.ONLY_THERE;
    }
    Md5 here = local.get().content().md5();
    if (remote.isEmpty()) {
      return standingWithoutRemote(here, base, tombstone);
    }
    Optional<Md5> there = remote.get().md5();
    if (there.equals(Optional.of(here))) {
      return Standing.IN_SYNC;
    }
    boolean changedHere = !base.equals(Optional.of(here));
    boolean changedThere = base.isEmpty() || !there.equals(base);
    if (changedHere && changedThere) {
      return Standing.CONFLICT;
    }
    return changedHere ? Standing.CHANGED_HERE : Standing.CHANGED_THERE;
  }

  private static Standing standingWithoutRemote(
      Md5 here, Optional<Md5> base, Optional<Tombstone> tombstone) {
    boolean isWhatWasRemoved = tombstone.flatMap(Tombstone::md5).equals(Optional.of(here));
    if (isWhatWasRemoved || base.equals(Optional.of(here))) {
      return Standing.REMOVED_THERE;
    }
    return base.isPresent() || tombstone.isPresent()
        ? Standing.CHANGED_HERE_REMOVED_THERE
        : Standing.ONLY_HERE;
  }
}
