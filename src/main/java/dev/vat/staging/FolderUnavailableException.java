package dev.vat.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The local `s3-staging/` is no folder that can be looked at: a link, or a file. Nothing was
/// compared, because what cannot be seen is never taken for absent.
public final class FolderUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  private FolderUnavailableException(String message) {
    super(message);
  }

  static FolderUnavailableException link(Path folder) throws IOException {
    return new FolderUnavailableException(
        folder
            + " is a link to "
            + Files.readSymbolicLink(folder)
            + ", and links are not followed: they could share what nobody meant to share. Replace it"
            + " by a real folder");
  }

  static FolderUnavailableException noFolder(Path folder) {
    return new FolderUnavailableException(folder + " is no folder");
  }

  /// Whether anything has that name; a link counts, wherever it leads.
  static boolean isThere(Path folder) throws IOException {
    try {
      Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
