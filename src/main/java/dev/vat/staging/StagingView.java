package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/// A staged project as it was found: both sides, and how each file stands.
///
/// @param files every name on either side that takes part, sorted
/// @param local this computer's side
/// @param remote S3's side
public record StagingView(
    SortedMap<RelativeName, StagedFile> files, LocalSnapshot local, RemoteSnapshot remote) {

  /// Every name that is taken on either side, also by what was not asked for or takes no part.
  public Set<RelativeName> names() {
    Set<RelativeName> names = new HashSet<>(local.names());
    for (LocalSnapshot.LeftOut leftOut : local.leftOut()) {
      if (leftOut.scope() instanceof LocalSnapshot.Scope.At at) {
        names.add(at.name());
      }
    }
    names.addAll(remote.files().keySet());
    return names;
  }

  /// Objects that take no part because something of their name here does not: it is still being
  /// written, or their folder cannot be read, say.
  public List<RemoteFile> notCompared() {
    return remote.files().values().stream().filter(file -> local.leavesOut(file.name())).toList();
  }
}
