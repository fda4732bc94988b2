package dev.vat.lifecycle;

import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.util.List;

/// A file that is to be deleted because there are others.
///
/// @param file as it was when that was decided: one that is another by now stays
/// @param copies where others are said to be
public record Releasable(TreeFile file, List<OtherCopy> copies) {
  public Releasable {
    copies = List.copyOf(copies);
  }

  RelativeName name() {
    return file.name();
  }
}
