package dev.vat.disk;

import java.nio.file.Path;

/// Where the file is that was to be replaced and was not.
public sealed interface OldFile {
  /// Under its own name, as before.
  record InPlace(Path path) implements OldFile {}

  /// Still where it was put aside: somebody has put another file under its name meanwhile.
  record Aside(Path path) implements OldFile {}

  /// It was gone before anything was done.
  record Gone() implements OldFile {}
}
