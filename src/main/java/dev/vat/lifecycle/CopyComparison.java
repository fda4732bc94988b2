package dev.vat.lifecycle;

import dev.vat.mhl.Digest;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.Recorded;
import dev.vat.project.FileKinds;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Compares an active folder with its copy on a drive by what was recorded of both, without reading
/// any content: names, sizes, the checksum histories, and the hashes that `.vat/` knows. For
/// telling, never for deleting.
public final class CopyComparison {
  private final State state;

  /// @param state knows what local files were when they were last read
  public CopyComparison(State state) {
    this.state = state;
  }

  /// What came of it.
  ///
  /// @param onlyHere not in the copy
  /// @param onlyThere only in the copy
  /// @param differing of another size, or recorded with another content, or found damaged there
  /// @param unknown of the same size, and nothing that counts was recorded of both
  /// @param files that are on either side
  public record Compared(
      List<RelativeName> onlyHere,
      List<RelativeName> onlyThere,
      List<RelativeName> differing,
      List<RelativeName> unknown,
      int files) {
    public Compared {
      onlyHere = List.copyOf(onlyHere);
      onlyThere = List.copyOf(onlyThere);
      differing = List.copyOf(differing);
      unknown = List.copyOf(unknown);
    }

    public boolean differs() {
      return !onlyHere.isEmpty() || !onlyThere.isEmpty() || !differing.isEmpty();
    }
  }

  /// Compares now.
  ///
  /// @throws MhlException when a history cannot be trusted or understood
  /// @throws IOException when a folder cannot be listed
  public Compared of(Path here, Path copy) throws IOException {
    FolderLook mine = FolderLook.of(here);
    FolderLook theirs = FolderLook.of(copy);
    Map<Path, Md5> known = known(mine.files().values());
    TreeSet<RelativeName> names = new TreeSet<>(mine.files().keySet());
    names.addAll(theirs.files().keySet());
    names.removeIf(
        name ->
            FileKinds.isChecksum(name)
                || mine.remarkOn(name).isPresent()
                || theirs.remarkOn(name).isPresent());
    List<RelativeName> onlyHere = new ArrayList<>();
    List<RelativeName> onlyThere = new ArrayList<>();
    List<RelativeName> differing = new ArrayList<>();
    List<RelativeName> unknown = new ArrayList<>();
    for (RelativeName name : names) {
      TreeFile one = mine.files().get(name);
      TreeFile other = theirs.files().get(name);
      if (other == null) {
        onlyHere.add(name);
      } else if (one == null) {
        onlyThere.add(name);
      } else if (one.sizeBytes() != other.sizeBytes() || isDamaged(theirs, other)) {
        differing.add(name);
      } else {
        Map<HashFormat, Digest> here1 = new HashMap<>(recorded(mine, one));
        Optional.ofNullable(known.get(one.path()))
            .ifPresent(md5 -> here1.put(HashFormat.MD5, new Digest(HashFormat.MD5, md5.hex())));
        isSame(here1, recorded(theirs, other))
            .ifPresentOrElse(
                same -> {
                  if (!same) {
                    differing.add(name);
                  }
                },
                () -> unknown.add(name));
      }
    }
    return new Compared(onlyHere, onlyThere, differing, unknown, names.size());
  }

  private Map<Path, Md5> known(Collection<TreeFile> files) throws IOException {
    List<FileStamp> stamps = files.stream().map(TreeFile::stamp).toList();
    Map<Path, Md5> known = new HashMap<>(state.copiedSources().trusted(stamps));
    state.hashes().trusted(stamps).forEach((path, hash) -> known.put(path, hash.md5()));
    return known;
  }

  private static boolean isDamaged(FolderLook look, TreeFile file) {
    return look.recorded(file.name())
        .filter(said -> said.lastAction() == HashAction.FAILED && isUnchanged(file, said))
        .isPresent();
  }

  /// What a history says of the content that is there now; nothing when it speaks of another one.
  private static Map<HashFormat, Digest> recorded(FolderLook look, TreeFile file) {
    return look.recorded(file.name())
        .filter(said -> isUnchanged(file, said))
        .map(Recorded::digests)
        .orElse(Map.of());
  }

  private static boolean isUnchanged(TreeFile file, Recorded said) {
    return said.sizeBytes().orElse(-1) == file.sizeBytes()
        && said.modifiedAt().filter(at -> Judgement.areClose(at, file.modifiedAt())).isPresent();
  }

  /// @return empty when they have no format in common
  private static Optional<Boolean> isSame(
      Map<HashFormat, Digest> one, Map<HashFormat, Digest> other) {
    List<Boolean> compared =
        one.values().stream()
            .filter(digest -> other.containsKey(digest.format()))
            .map(digest -> digest.equals(other.get(digest.format())))
            .toList();
    return compared.isEmpty() ? Optional.empty() : Optional.of(!compared.contains(false));
  }
}
