package dev.vat.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which file systems do not tell what other computers change on them. Linux's inotify(7): "events
/// ... on network file systems ... are not reported"; those of FUSE and of virtual machines are
/// alike. A disk of one's own that happens to be driven by FUSE (`fuseblk`: NTFS, exFAT) does tell.
final class SilentFileSystems {
  private static final Set<String> SHARED =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb2",
          "smb3",
          "smbfs",
          "afs",
          "afpfs",
          "ncpfs",
          "ceph",
          "davfs",
          "webdav",
          "9p",
          "drvfs",
          "virtiofs",
          "vboxsf",
          "vmhgfs",
          "prl_fs",
          "fuse",
          "macfuse",
          "osxfuse",
          "autofs");

  /// @return why, in words for users; empty when it tells
  Optional<String> why(Path folder) {
    try {
      return ofType(Files.getFileStore(folder).type());
    } catch (IOException unknown) {
      // The folder is gone, or its drive is: registering it tells.
      return Optional.empty();
    }
  }

  /// Whether another computer, or the system below this one, serves it.
  ///
  /// @param type in lower case
  static boolean isShared(String type) {
    return SHARED.contains(type) || type.startsWith("fuse.");
  }

  static Optional<String> ofType(String type) {
    return isShared(type.toLowerCase(Locale.ROOT))
        ? Optional.of("a network drive (" + type + ") does not tell what changes on it")
        : Optional.empty();
  }
}
