package dev.vat.archive;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.Optional;

/// What came out of an archive, and what did not.
///
/// @param extracted files and folders, each file proven by its digest
/// @param notExtracted the others of the table of contents
/// @param problem what is wrong with the archive itself, between its files: damaged there, or not
///     what its table of contents says, and then nothing more was unpacked. What was extracted is
///     proven all the same
public record Extraction(
    List<RelativeName> extracted, List<NotExtracted> notExtracted, Optional<String> problem) {
  /// @param why fit for users
  public record NotExtracted(RelativeName name, String why) {}

  public Extraction {
    extracted = List.copyOf(extracted);
    notExtracted = List.copyOf(notExtracted);
  }

  /// Whether all of the archive came out, and nothing in it was found wrong.
  public boolean isWhole() {
    return notExtracted.isEmpty() && problem.isEmpty();
  }
}
