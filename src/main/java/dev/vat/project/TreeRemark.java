package dev.vat.project;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Something below a project's folder that was not taken, and why: nothing is left out silently.
public sealed interface TreeRemark {
  /// Where it is, absolute.
  Path path();

  /// What and why, in one sentence for users.
  String message();

  /// A link (or a Windows junction). Links are not followed, and not copied.
  record Link(Path path) implements TreeRemark {
    @Override
    public String message() {
      return path + " is a link; links are not followed";
    }
  }

  /// A pipe, a socket, a device, or a file that Windows only stands in for.
  record Special(Path path) implements TreeRemark {
    @Override
    public String message() {
      return path + " is no ordinary file";
    }
  }

  /// A file or folder that could not be read; of a folder, what is below it is missing, in whole or
  /// in part.
  ///
  /// @param reason the system's own words
  record Unreadable(Path path, String reason) implements TreeRemark {
    @Override
    public String message() {
      return path + " cannot be read: " + reason;
    }
  }

  /// A name that would not survive elsewhere; a folder is not entered.
  ///
  /// @param reason what is wrong with the name
  record RefusedName(Path path, String reason) implements TreeRemark {
    @Override
    public String message() {
      return reason;
    }
  }

  /// Several entries of one folder whose names differ only in how their accents are encoded. None
  /// of them is taken, for nobody can tell which one is meant.
  ///
  /// @param name what they are all called
  /// @param paths two or more
  record SameName(RelativeName name, List<Path> paths) implements TreeRemark {
    public SameName {
      paths = List.copyOf(paths);
    }

    @Override
    public Path path() {
      return paths.getFirst();
    }

    @Override
    public String message() {
      return paths.stream().map(Path::toString).collect(Collectors.joining(", "))
          + ": several files with the same name, which differ only in how accents are stored;"
          + " rename all but one";
    }
  }

  /// A temporary file of our own that is too big to be junk: what is left of a transfer that was
  /// cut.
  record OwnTemporary(Path path, long sizeBytes) implements TreeRemark {
    @Override
    public String message() {
      return path + " is what a cut transfer left behind (" + sizeBytes + " bytes)";
    }
  }
}
