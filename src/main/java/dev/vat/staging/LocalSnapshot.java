package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// What a local `s3-staging/` folder holds, at one moment.
///
/// @param files whose content is known, by name
/// @param leftOut what is there and takes no part
/// @param warnings about files that do take part
/// @param names of all files there are, also of those that were not asked for
public record LocalSnapshot(
    SortedMap<RelativeName, LocalFile> files,
    List<LeftOut> leftOut,
    List<Warning> warnings,
    Set<RelativeName> names) {

  /// @param shown its name for people, relative to `s3-staging/`
  /// @param scope what S3 may hold of it, which then takes no part either
  /// @param why fit for users: still being written, a link, a name that cannot be
  /// @param temporary true when it will take part once somebody has finished writing it
  public record LeftOut(String shown, Scope scope, String why, boolean temporary) {}

  /// Which names nobody can speak of, because something here could not be looked at: that they are
  /// not seen here does not mean that they are not here (design, section 7.7).
  public sealed interface Scope {
    boolean covers(RelativeName name);

    /// Whether it concerns what was named: the file itself, or something below the folder.
    boolean touches(RelativeName named);

    /// A file's name, or a folder's with everything below.
    record At(RelativeName name) implements Scope {
      @Override
      public boolean covers(RelativeName other) {
        return isAtOrBelow(other, name);
      }

      @Override
      public boolean touches(RelativeName named) {
        return covers(named) || isAtOrBelow(name, named);
      }

      private static boolean isAtOrBelow(RelativeName name, RelativeName above) {
        return name.equals(above) || name.value().startsWith(above.value() + "/");
      }
    }

    /// An entry whose name this system cannot decode: it may be any with a letter beyond ASCII.
    ///
    /// @param folder the one that holds it; empty, or ends in `/`
    record Undecoded(String folder) implements Scope {
      @Override
      public boolean covers(RelativeName name) {
        return name.value().startsWith(folder)
            && name.value()
                .substring(folder.length())
                .chars()
                .takeWhile(c -> c != '/')
                .anyMatch(c -> c >= 0x80);
      }

      @Override
      public boolean touches(RelativeName named) {
        return covers(named) || folder.startsWith(named.value() + "/");
      }
    }

    /// An entry whose name no object's can be.
    record Nothing() implements Scope {
      @Override
      public boolean covers(RelativeName name) {
        return false;
      }

      @Override
      public boolean touches(RelativeName named) {
        return false;
      }
    }
  }

  LocalSnapshot withWarnings(List<Warning> more) {
    List<Warning> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new LocalSnapshot(files, leftOut, List.copyOf(all), names);
  }

  /// Whether nothing can be said of this name, because something here takes no part. A file whose
  /// name can be decoded is not the one whose name cannot.
  public boolean leavesOut(RelativeName name) {
    return leftOut.stream()
        .map(LeftOut::scope)
        .filter(scope -> !(scope instanceof Scope.Undecoded && names.contains(name)))
        .anyMatch(scope -> scope.covers(name));
  }

  /// How many wait until somebody has finished writing them.
  public long waiting() {
    return leftOut.stream().filter(LeftOut::temporary).count();
  }

  /// @param name the file that it is about; empty when it is about all of them
  /// @param what fit for users
  public record Warning(Optional<RelativeName> name, String what) {}
}
