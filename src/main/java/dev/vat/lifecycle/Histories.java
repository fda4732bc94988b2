package dev.vat.lifecycle;

import dev.vat.mhl.FileDigests;
import dev.vat.mhl.MhlException;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What the checksum histories of all folders of a project that can be reached say of a content.
/// What one of them proves is nobody's damage, whatever another one says: the project was edited.
final class Histories {
  private final List<CopyHistory> all;

  private Histories(List<CopyHistory> all) {
    this.all = List.copyOf(all);
  }

  /// Reads those of some folders, with those of folders below. One that cannot be trusted, and a
  /// folder that is not there, says nothing.
  static Histories of(Collection<Path> folders) throws IOException {
    List<CopyHistory> all = new ArrayList<>();
    for (Path folder : folders.stream().distinct().toList()) {
      if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        try {
          FolderLook.of(folder)
              .history()
              .ifPresent(history -> all.add(new CopyHistory(history.files())));
        } catch (MhlException untrusted) {
          // It is told where the folder itself is used.
          continue;
        }
      }
    }
    return new Histories(all);
  }

  /// The same and one more.
  Histories and(CopyHistory another) {
    List<CopyHistory> more = new ArrayList<>(all);
    more.add(another);
    return new Histories(more);
  }

  /// Whether one of them states this content of a file.
  boolean prove(RelativeName name, FileDigests now) {
    return all.stream().anyMatch(history -> history.proves(name, now));
  }

  /// Whether one states another content, to which nobody wrote since, and none states this one.
  boolean isDamaged(RelativeName name, Instant modifiedAt, FileDigests now) {
    return all.stream().anyMatch(history -> history.isDamaged(name, modifiedAt, now))
        && !prove(name, now);
  }

  /// Whether one tells of a file with the size and time that it has.
  boolean tellOf(TreeFile file) {
    return all.stream().anyMatch(history -> history.hasTimeOf(file));
  }
}
