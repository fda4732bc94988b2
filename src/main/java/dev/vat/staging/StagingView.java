package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// A staged project as it was found: both sides, and how each file stands.
///
/// @param files every name on either side that takes part, sorted
/// @param local this computer's side
/// @param remote S3's side
public record StagingView(
    SortedMap<RelativeName, StagedFile> files, LocalSnapshot local, RemoteSnapshot remote) {

  /// Objects that take no part because something of their name here does not: it is still being
  /// written, say.
  public List<RemoteFile> waiting() {
    Set<RelativeName> here =
        local.leftOut().stream()
            .flatMap(leftOut -> leftOut.name().stream())
            .collect(Collectors.toSet());
    return remote.files().values().stream().filter(file -> here.contains(file.name())).toList();
  }
}
