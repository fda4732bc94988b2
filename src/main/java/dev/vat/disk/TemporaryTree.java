package dev.vat.disk;

import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// The hidden folder, beside its final place, in which a copy grows until it is whole.
public final class TemporaryTree {
  private static final int SHOWN_CHARACTERS = 40;
  private static final FileKinds KINDS = new FileKinds(Long.MAX_VALUE);

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

  /// Removes what was only half written when an earlier run was cut, and files of checksum
  /// histories that are not what this copy has: of another source's, or what the earlier run had
  /// gone on to write. Two histories in one folder are none. Finds complete files that this copy
  /// does not have.
  ///
  /// @param wanted the copy's files, with where they come from
  /// @return what is neither ours nor junk
  static List<Path> tidy(Path folder, Map<RelativeName, TreeFile> wanted) throws IOException {
    List<Path> others = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Optional<RelativeName> name = nameOf(folder, file);
            if (!facts.isRegularFile() || name.isEmpty()) {
              others.add(file);
            } else if (TemporaryName.isOne(file.getFileName().toString())
                || isOtherHistory(file, name.get(), wanted)) {
              Files.delete(file);
            } else if (!wanted.containsKey(name.get())
                && KINDS.of(name.get(), facts.size()) != FileKind.JUNK) {
              others.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return others;
  }

  private static Optional<RelativeName> nameOf(Path folder, Path file) {
    String text =
        folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    try {
      return Optional.of(RelativeName.of(text));
    } catch (HostileNameException foreign) {
      return Optional.empty();
    }
  }

  private static boolean isOtherHistory(
      Path file, RelativeName name, Map<RelativeName, TreeFile> wanted) throws IOException {
    if (!FileKinds.isChecksum(name)) {
      return false;
    }
    TreeFile source = wanted.get(name);
    return source == null || Files.mismatch(source.path(), file) >= 0;
  }
}
