package dev.vat.lifecycle;

import dev.vat.mhl.Digest;
import dev.vat.mhl.HashFormat;
import dev.vat.project.RelativeName;
import java.util.Map;

/// What was found out about one file of a copy.
///
/// @param words what exactly, for people; empty when the verdict says it all
/// @param sizeBytes as it is now; as it was recorded when it is missing
/// @param digests of what was read; empty when nothing was
public record FileFinding(
    RelativeName name,
    Verdict verdict,
    String words,
    long sizeBytes,
    Map<HashFormat, Digest> digests) {
  public FileFinding {
    digests = Map.copyOf(digests);
  }
}
