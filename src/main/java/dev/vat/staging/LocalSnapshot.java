package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a local `s3-staging/` folder holds, at one moment.
///
/// @param files whose content is known, by name
/// @param leftOut what is there and takes no part
/// @param warnings about files that do take part
public record LocalSnapshot(
    SortedMap<RelativeName, LocalFile> files, List<LeftOut> leftOut, List<Warning> warnings) {

  /// @param shown its name for people
  /// @param name what S3 may hold under the same name, which then takes no part either
  /// @param why fit for users: still being written, a link, a name that cannot be
  /// @param temporary true when it will take part once somebody has finished writing it
  public record LeftOut(String shown, Optional<RelativeName> name, String why, boolean temporary) {}

  /// How many wait until somebody has finished writing them.
  public long waiting() {
    return leftOut.stream().filter(LeftOut::temporary).count();
  }

  public record Warning(RelativeName name, String what) {}
}
