package dev.vat.cli;

import dev.vat.disk.FilePlacement;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectHome;
import dev.vat.project.RelativeName;
import dev.vat.project.TravelRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// Where the page of a link is written: a free name, and never where files are shared.
///
/// @param path absolute
record PageFile(Path path) {
  /// Leaves room for the ending below the 255 bytes that file systems take.
  private static final int LONGEST_NAME_BYTES = 200;

  /// @param typed as on the command line; empty for the shared file's name in the working folder
  /// @throws CommandFailure when it cannot be written there; looked at before any link is made
  static PageFile of(String typed, RelativeName shared, Surroundings surroundings)
      throws IOException {
    Path path = surroundings.resolve(typed.isEmpty() ? nameFor(shared) : typed);
    Path name = path.getFileName();
    if (name == null || !PageOption.isPage(name.toString())) {
      throw CommandFailure.usage(
          "vat share: a page's name ends in .html, and " + Printable.of(typed) + " does not",
          "write for example --html=" + Printable.of(ShellWord.of(nameFor(shared))));
    }
    Path folder = path.getParent();
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.usage(
          "vat share: there is no folder " + Printable.of(folder.toString()),
          "make it first, or name another place for the page");
    }
    if (isShared(folder) || isShared(folder.toRealPath())) {
      throw CommandFailure.usage(
          "vat share: the page would be in "
              + ProjectHome.STAGING
              + ", and the next vat up would send it to everybody",
          "name another place: --html=../" + Printable.of(ShellWord.of(name.toString())));
    }
    if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(path);
    }
    return new PageFile(path);
  }

  private static boolean isShared(Path folder) {
    for (Path part : folder) {
      if (part.toString().equalsIgnoreCase(ProjectHome.STAGING)) {
        return true;
      }
    }
    return false;
  }

  private static CommandFailure taken(Path path) {
    return new CommandFailure(
        ExitCode.FAILED,
        "file_exists",
        Printable.of(path.toString()) + " is there already, and nothing is overwritten",
        "remove it, or give the page another name: --html=NAME.html");
  }

  /// `draft.html` for `cuts/draft.mp4`: such as every system can hold, and not hidden.
  static String nameFor(RelativeName shared) {
    String name = shared.fileName();
    int dot = name.lastIndexOf('.');
    String base = dot > 0 ? name.substring(0, dot) : name;
    String safe = base.replaceAll("[<>:\"/\\\\|?*\\p{Cntrl}\\p{Cf}]", "_").replaceAll("^\\.+", "");
    String fitting = shortened(safe);
    String page = (fitting.isBlank() ? "video" : fitting) + ".html";
    boolean reserved = TravelRules.illegalHere(RelativeName.of(page), true).isPresent();
    return reserved ? "page-" + page : page;
  }

  private static String shortened(String name) {
    String shorter = name;
    while (shorter.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES) {
      shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
    }
    return shorter;
  }

  /// Writes it whole or not at all, and over nothing.
  ///
  /// @throws CommandFailure when the name was taken meanwhile
  void write(String page) throws IOException {
    String own = FileKinds.TEMPORARY_PREFIX + UUID.randomUUID().toString().replace("-", "");
    Path unfinished = path.resolveSibling(own);
    try {
      Files.writeString(unfinished, page, StandardOpenOption.CREATE_NEW);
      FilePlacement.ofThisSystem().placeNew(unfinished, path);
    } catch (FileAlreadyExistsException e) {
      throw taken(path);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
