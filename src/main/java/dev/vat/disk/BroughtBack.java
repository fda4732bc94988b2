package dev.vat.disk;

import java.nio.file.Path;

/// How bringing back a kept file ended.
public sealed interface BroughtBack {
  /// It is in its place again, and kept no longer.
  record Restored(Path place) implements BroughtBack {}

  /// Another file has its place. Both were left as they are.
  record Taken(Path place) implements BroughtBack {}

  /// A link, or a file, is where a folder of its place has to be: nothing is written through it.
  record InTheWay(Path path) implements BroughtBack {}

  /// It is no longer what was listed: gone, or changed. Nothing was done.
  record Changed(Path kept) implements BroughtBack {}
}
