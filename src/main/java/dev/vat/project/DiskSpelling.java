package dev.vat.project;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// How a name is spelled on a disk: names are NFC everywhere in `vat`, and a disk may hold the same
/// letters with their accents apart (a folder that came from an older Mac, or from a zip).
public final class DiskSpelling {
  private DiskSpelling() {}

  /// Looks for an entry of a folder. One that is spelled exactly like this is the one; else all
  /// whose accents are only encoded otherwise.
  ///
  /// @param folder followed when it is a link
  /// @param part in NFC, one part of a name
  /// @return links as themselves; empty when there is no such entry, or no such folder
  /// @throws IOException when the folder cannot be looked at
  /// @throws java.nio.file.InvalidPathException when this system cannot write the name
  public static List<Path> of(Path folder, String part) throws IOException {
    Path exact = folder.resolve(part);
    if (isThere(exact)) {
      return List.of(exact);
    }
    // Only accents have two spellings.
    return part.chars().allMatch(c -> c < 0x80) ? List.of() : others(folder, part);
  }

  /// The place of a name below a folder, where each part that exists is spelled as on the disk.
  ///
  /// @return also when nothing, or not all of it, is there yet
  /// @throws IOException when a folder cannot be looked at
  public static Path below(Path folder, RelativeName name) throws IOException {
    Path path = folder;
    for (String part : name.value().split("/")) {
      List<Path> spelled = of(path, part);
      path = spelled.isEmpty() ? path.resolve(part) : spelled.getFirst();
    }
    return path;
  }

  private static List<Path> others(Path folder, String part) throws IOException {
    List<Path> same = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        if (Normalizer.normalize(name, Normalizer.Form.NFC).equals(part)) {
          same.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
    same.sort(null);
    return same;
  }

  private static boolean isThere(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
