package dev.vat.mhl;

import dev.vat.project.RelativeName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The two hashes that ASC MHL knows of a folder, from the hashes of the files in it. **Content**:
/// of its files' hashes and its folders' content hashes, sorted; it stays when something is
/// renamed. **Structure**: of the same with each name before it, hashed, sorted.
///
/// @param path relative, with `/`; empty text for the folder of the history itself
/// @param content by format
/// @param structure by format
record FolderHashes(
    String path, Map<HashFormat, Digest> content, Map<HashFormat, Digest> structure) {
  /// C4 is no hexadecimal text and is not written by us.
  private static final Set<HashFormat> HEXADECIMAL =
      EnumSet.complementOf(EnumSet.of(HashFormat.C4));

  /// Of every folder, the history's own first, then sorted by path.
  ///
  /// @param files every file that there is
  /// @param emptyFolders every folder in which there is nothing
  static List<FolderHashes> of(List<MhlEntry> files, Collection<RelativeName> emptyFolders) {
    Set<HashFormat> formats = EnumSet.copyOf(HEXADECIMAL);
    Folder top = new Folder();
    for (MhlEntry file : files) {
      Map<HashFormat, Digest> digests = new EnumMap<>(HashFormat.class);
      file.hashes().forEach(one -> digests.put(one.digest().format(), one.digest()));
      formats.retainAll(digests.keySet());
      String[] parts = file.name().value().split("/");
      top.below(parts, parts.length - 1).files.put(parts[parts.length - 1], digests);
    }
    for (RelativeName empty : emptyFolders) {
      String[] parts = empty.value().split("/");
      top.below(parts, parts.length);
    }
    if (formats.isEmpty() || files.isEmpty()) {
      return List.of();
    }
    List<FolderHashes> all = new ArrayList<>();
    top.hashes("", formats, all);
    return all;
  }

  private static final class Folder {
    private final Map<String, Folder> folders = new TreeMap<>();
    private final Map<String, Map<HashFormat, Digest>> files = new TreeMap<>();

    private Folder below(String[] parts, int count) {
      Folder at = this;
      for (int i = 0; i < count; i++) {
        at = at.folders.computeIfAbsent(parts[i], _ -> new Folder());
      }
      return at;
    }

    private FolderHashes hashes(String path, Set<HashFormat> formats, List<FolderHashes> all) {
      int place = all.size();
      all.add(null);
      Map<String, FolderHashes> inside = new TreeMap<>();
      folders.forEach(
          (name, folder) ->
              inside.put(
                  name, folder.hashes(path.isEmpty() ? name : path + "/" + name, formats, all)));
      Map<HashFormat, Digest> content = new EnumMap<>(HashFormat.class);
      Map<HashFormat, Digest> structure = new EnumMap<>(HashFormat.class);
      for (HashFormat format : formats) {
        List<byte[]> contents = new ArrayList<>();
        List<byte[]> structures = new ArrayList<>();
        files.forEach(
            (name, digests) -> {
              contents.add(bytes(digests.get(format)));
              structures.add(named(format, name, digests.get(format)));
            });
        inside.forEach(
            (name, folder) -> {
              contents.add(bytes(folder.content.get(format)));
              structures.add(named(format, name, folder.structure.get(format)));
            });
        content.put(format, ofSorted(format, contents));
        structure.put(format, ofSorted(format, structures));
      }
      FolderHashes hashes = new FolderHashes(path, content, structure);
      all.set(place, hashes);
      return hashes;
    }
  }

  private static byte[] named(HashFormat format, String name, Digest digest) {
    return bytes(of(format, List.of(name.getBytes(StandardCharsets.UTF_8), bytes(digest))));
  }

  private static Digest ofSorted(HashFormat format, List<byte[]> parts) {
    parts.sort(Arrays::compareUnsigned);
    return of(format, parts);
  }

  private static Digest of(HashFormat format, List<byte[]> parts) {
    RunningFormats running = new RunningFormats(Set.of(format));
    parts.forEach(part -> running.update(part, 0, part.length));
    return running.finish().get(format);
  }

  private static byte[] bytes(Digest digest) {
    return HexFormat.of().parseHex(digest.text());
  }
}
