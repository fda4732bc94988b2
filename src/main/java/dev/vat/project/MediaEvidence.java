package dev.vat.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Tells whether a folder without a project's usual name is a project all the same: whether it
/// holds one of the known subfolders, or media anywhere below.
///
/// Folders near the top are looked at first and the search ends with the first hit, so that a
/// project costs a few folders and only one without any media is walked to its end.
final class MediaEvidence {
  private static final Set<String> KNOWN_SUBFOLDERS =
      Set.of("recordings", "final", "assets", ProjectHome.STAGING, "data");

  enum Verdict {
    HOLDS_MEDIA,
    HOLDS_NONE,
    /// Nothing was found, but some folder could not be read.
    CANNOT_TELL
  }

  private MediaEvidence() {}

  /// @param subfoldersCount whether a known subfolder directly in `folder` is evidence as well
  static Verdict of(Path folder, boolean subfoldersCount) throws IOException {
    Deque<Path> toDo = new ArrayDeque<>(List.of(folder));
    boolean unreadable = false;
    while (!toDo.isEmpty()) {
      Path next = toDo.poll();
      boolean top = subfoldersCount && next.equals(folder);
      FolderListing listing = FolderListing.of(next);
      for (FolderListing.Entry entry : listing.entries()) {
        if (isMediaFile(entry) || (top && isKnownSubfolder(entry))) {
          return Verdict.HOLDS_MEDIA;
        }
        if (entry.isFolder() && !entry.fileName().startsWith(".")) {
          toDo.add(entry.path());
        }
      }
      unreadable |= !listing.failures().isEmpty();
    }
    return unreadable ? Verdict.CANNOT_TELL : Verdict.HOLDS_NONE;
  }

  /// A video or audio file; what the Mac puts beside one on foreign drives (`._take.mp4`) is none.
  static boolean isMediaFile(FolderListing.Entry entry) {
    String name = entry.fileName();
    return entry.attributes().isRegularFile() && !name.startsWith("._") && FileKinds.isMedia(name);
  }

  private static boolean isKnownSubfolder(FolderListing.Entry entry) {
    return entry.isFolder() && KNOWN_SUBFOLDERS.contains(entry.fileName().toLowerCase(Locale.ROOT));
  }
}
