package dev.vat.disk;

import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/// The hidden folder, beside its final place, in which a copy grows until it is whole.
public final class TemporaryTree {
  private static final int SHOWN_CHARACTERS = 40;
  private static final FileKinds KINDS = new FileKinds(Long.MAX_VALUE);

  /// Where the copy's own checksum history lies, by the standard's name for it.
  private static final String HISTORY = "ascmhl/";

  private TemporaryTree() {}

  /// The same for every run, so that the next one goes on; short enough for every disk; and told
  /// apart from others by the checksum where the name had to be cut.
  public static Path of(Path target) {
    String name = target.getFileName().toString();
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    int end =
        name.offsetByCodePoints(
            0, Math.min(SHOWN_CHARACTERS, name.codePointCount(0, name.length())));
    return target.resolveSibling(
        "%s%s-%08x".formatted(FileKinds.TEMPORARY_PREFIX, name.substring(0, end), sum.getValue()));
  }

  /// Removes what was only half written when an earlier run was cut, and finds complete files that
  /// this copy does not have.
  ///
  /// @return what is neither ours nor junk nor a checksum history
  static List<Path> tidy(Path folder, Set<RelativeName> wanted) throws IOException {
    List<Path> others = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            if (facts.isRegularFile() && TemporaryName.isOne(file.getFileName().toString())) {
              Files.delete(file);
            } else if (!isExpected(folder, file, facts, wanted)) {
              others.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return others;
  }

  private static boolean isExpected(
      Path folder, Path file, BasicFileAttributes facts, Set<RelativeName> wanted) {
    String text =
        folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    try {
      RelativeName name = RelativeName.of(text);
      return wanted.contains(name)
          || isTopHistory(name)
          || facts.isRegularFile() && KINDS.of(name, facts.size()) == FileKind.JUNK;
    } catch (HostileNameException foreign) {
      return false;
    }
  }

  /// The copy's own history, which it got before it gets its name; no file of the copy itself.
  private static boolean isTopHistory(RelativeName name) {
    return name.value().startsWith(HISTORY)
        && name.value().indexOf('/', HISTORY.length()) < 0
        && FileKinds.isChecksum(name);
  }
}
