package dev.vat.cli;

import dev.vat.disk.FilePlacement;
import dev.vat.disk.PutAside;
import dev.vat.lifecycle.BesideCopy;
import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.Repair;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Where a file goes that is replaced in a copy (design 7.5): on a drive into a folder beside the
/// copy, `<id>.replaced-<time>`; in the repository into `.vat-kept/`.
final class CopyAside implements Repair.Aside {
  private final CurrentRepository context;
  private final CopyFolder copy;
  private final Instant now;

  CopyAside(CurrentRepository context, CopyFolder copy, Instant now) {
    this.context = context;
    this.copy = copy;
    this.now = now;
  }

  @Override
  public Path reserve(RelativeName name) throws IOException {
    return switch (copy.kind()) {
      case FLAT -> kept().reserve(copy.project(), name, now);
      case ARCHIVED -> {
        String path = copy.path(context.repository()) + "/" + name;
        int slash = path.indexOf('/');
        yield kept()
            .reserve(
                new ProjectId(path.substring(0, slash)),
                RelativeName.of(path.substring(slash + 1)),
                now);
      }
      case SSD -> BesideCopy.reserve(copy.folder(), name, now);
    };
  }

  /// Folders with what was put aside of a copy earlier, the latest first: one of them may have what
  /// was recorded.
  List<Path> earlier() throws IOException {
    return switch (copy.kind()) {
      case FLAT, ARCHIVED -> kept().foldersOf(RelativeName.of(copy.path(context.repository())));
      case SSD -> BesideCopy.foldersOf(copy.folder());
    };
  }

  private PutAside kept() {
    return new PutAside(context.repository().root(), FilePlacement.ofThisSystem());
  }
}
