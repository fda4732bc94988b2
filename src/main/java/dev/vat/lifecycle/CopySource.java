package dev.vat.lifecycle;

import dev.vat.mhl.MhlLayout;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectTree;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A project's folder that another copy can be made from, as it is now.
///
/// @param where for users: `local`, or a drive's name
/// @param onDrive whether it is a copy on a drive: then its history says what its files have to be
/// @param files the content: neither junk nor checksums
/// @param checksums the files of its histories, which travel with it
/// @param remarks what else lies there and is not taken
public record CopySource(
    String where,
    Path folder,
    boolean onDrive,
    SortedMap<RelativeName, TreeFile> files,
    List<TreeFile> checksums,
    List<TreeRemark> remarks) {
  public CopySource {
    files = Collections.unmodifiableSortedMap(files);
    checksums = List.copyOf(checksums);
    remarks = List.copyOf(remarks);
  }

  /// Looks at a folder, without reading contents.
  ///
  /// @throws IOException when it cannot be listed
  public static CopySource at(String where, Path folder, boolean onDrive, FileKinds kinds)
      throws IOException {
    SortedMap<RelativeName, TreeFile> files = new TreeMap<>();
    List<TreeFile> checksums = new ArrayList<>();
    List<TreeRemark> remarks = new ArrayList<>();
    new ProjectTree(folder, kinds)
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) {
                if (MhlLayout.isHistory(file.name())) {
                  checksums.add(file);
                } else {
                  files.put(file.name(), file);
                }
              }

              @Override
              public void remark(TreeRemark remark) {
                if (!(remark instanceof TreeRemark.OwnTemporary)) {
                  remarks.add(remark);
                }
              }
            });
    return new CopySource(where, folder, onDrive, files, checksums, remarks);
  }

  /// When the youngest of its files was modified; empty when there is none.
  public Optional<Instant> lastChange() {
    return files.values().stream().map(TreeFile::modifiedAt).max(Comparator.naturalOrder());
  }

  /// Of the content.
  public long bytes() {
    return files.values().stream().mapToLong(TreeFile::sizeBytes).sum();
  }

  /// Whether it has every file that another one has, by name.
  boolean hasAllOf(CopySource other) {
    return files.keySet().containsAll(other.files.keySet());
  }

  /// What users would miss in a copy of it without having been told: what could not be read, and
  /// names that nobody can take.
  List<TreeRemark> obstacles() {
    return remarks.stream()
        .filter(
            remark ->
                switch (remark) {
                  case TreeRemark.Unreadable _, TreeRemark.RefusedName _, TreeRemark.SameName _ ->
                      true;
                  case TreeRemark.Link _, TreeRemark.Special _, TreeRemark.OwnTemporary _ -> false;
                })
        .toList();
  }

  /// What stays behind and is said: links, and what is no file.
  public List<TreeRemark> leftBehind() {
    List<TreeRemark> obstacles = obstacles();
    return remarks.stream().filter(remark -> !obstacles.contains(remark)).toList();
  }
}
