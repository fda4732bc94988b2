package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A project's folder, as it goes into its archive: each name below the project's id, so that
/// unpacking makes one folder. Checksum histories travel along.
///
/// @param files by their names in the archive
record BackupSource(CopySource from, Map<RelativeName, TreeFile> files) {
  BackupSource {
    files = Collections.unmodifiableMap(files);
  }

  /// @throws dev.vat.project.HostileNameException when a name gets too long below the id
  static BackupSource of(ProjectId project, CopySource from) {
    Map<RelativeName, TreeFile> files = new TreeMap<>();
    from.files().values().forEach(file -> files.put(inArchive(project, file.name()), file));
    from.checksums().forEach(file -> files.put(inArchive(project, file.name()), file));
    return new BackupSource(from, files);
  }

  /// The name of a file in its project's archive.
  static RelativeName inArchive(ProjectId project, RelativeName name) {
    return RelativeName.of(project.value() + "/" + name.value());
  }

  /// Of the content: without checksum histories.
  long contentBytes() {
    return from.bytes();
  }

  List<ArchiveItem> items() {
    return items(_ -> true);
  }

  /// Some of them.
  List<ArchiveItem> items(Predicate<TreeFile> which) {
    List<ArchiveItem> items = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          if (which.test(file)) {
            items.add(new ArchiveItem.File(name, file.sizeBytes(), file.modifiedAt()));
          }
        });
    return items;
  }

  /// The listing's size and checksum: with another one, another archive is made.
  ContentHash listing(List<ArchiveItem> items) {
    MessageDigest md5 = md5();
    md5.update(ArchiveWriter.WRITER.getBytes(StandardCharsets.UTF_8));
    long bytes = 0;
    for (ArchiveItem item : items) {
      TreeFile file = files.get(item.name());
      bytes += file.sizeBytes();
      md5.update(
          ("\0" + item.name() + "\0" + file.sizeBytes() + "\0" + file.modifiedAt())
              .getBytes(StandardCharsets.UTF_8));
    }
    return new ContentHash(bytes, Md5.of(md5.digest()), 0);
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has MD5", impossible);
    }
  }
}
