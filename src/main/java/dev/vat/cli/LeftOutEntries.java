package dev.vat.cli;

import dev.vat.catalog.CatalogFile;
import java.io.IOException;
import java.util.List;

/// Tells of entries of `projects.json` that no project can be meant by, such as `../../x`: nothing
/// is looked for under such a name, and the next command that writes the file drops them.
final class LeftOutEntries {
  private static final int MOST_SHOWN = 3;

  private LeftOutEntries() {}

  static void tell(Console console, CatalogFile file) throws IOException {
    List<String> refused = file.refused();
    if (!refused.isEmpty()) {
      console.warning(
          Printable.of(
              "projects.json: %s left out, because no project can be called that: %s%s"
                  .formatted(
                      refused.size() == 1 ? "1 entry is" : refused.size() + " entries are",
                      String.join(
                          ", ",
                          refused.stream()
                              .limit(MOST_SHOWN)
                              .map(id -> id.isEmpty() ? "(no name)" : id)
                              .toList()),
                      refused.size() > MOST_SHOWN ? ", …" : "")));
    }
  }
}
