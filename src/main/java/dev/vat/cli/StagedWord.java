package dev.vat.cli;

import dev.vat.project.DiskSpelling;
import dev.vat.project.HostileNameException;
import dev.vat.project.ProjectHome;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;

/// Understands how people name a staged file on the command line: as in the listing
/// (`audio/voice.m4a`), or by a path that a shell completed, in whatever way the disk stores
/// accents.
///
/// @param staging the project's `s3-staging/`, absolute
record StagedWord(Path staging, Surroundings surroundings) {
  /// Without what a shell's completion adds: a leading `./` and a trailing `/`.
  static String plain(String word) {
    String plain = word.replace('\\', '/');
    while (plain.startsWith("./")) {
      plain = plain.substring(2);
    }
    while (plain.length() > 1 && plain.endsWith("/")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return plain;
  }

  /// @throws CommandFailure (usage) when it can be no file's name
  RelativeName name(String word) {
    String folder = composed(staging.toString().replace('\\', '/')) + "/";
    String typed = composed(surroundings.resolve(word).toString().replace('\\', '/'));
    String name = plain(word);
    if (typed.startsWith(folder)) {
      name = typed.substring(folder.length());
    } else if (name.startsWith(ProjectHome.STAGING + "/")) {
      name = name.substring(ProjectHome.STAGING.length() + 1);
    }
    try {
      return RelativeName.of(name);
    } catch (HostileNameException e) {
      throw CommandFailure.usage(e.getMessage(), "name a file as vat status shows it");
    }
  }

  /// Whether a file, a folder, or anything else of that name is in `s3-staging/`.
  ///
  /// @throws IOException when that cannot be told
  boolean isThere(String word) throws IOException {
    Path path = staging;
    try {
      for (String part : name(word).value().split("/")) {
        List<Path> spelled = DiskSpelling.of(path, part);
        if (spelled.isEmpty()) {
          return false;
        }
        path = spelled.getFirst();
      }
    } catch (CommandFailure | InvalidPathException noName) {
      return false;
    }
    return true;
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
