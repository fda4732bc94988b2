package dev.vat.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of a folder in which nothing is to be remarked on.
public final class ListedFiles {
  private ListedFiles() {}

  public static List<TreeFile> of(Path root) throws IOException {
    List<TreeFile> files = new ArrayList<>();
    new ProjectTree(root, new FileKinds(100_000_000))
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) {
                files.add(file);
              }

              @Override
              public void remark(TreeRemark remark) {
                throw new AssertionError(remark.message());
              }
            });
    return files;
  }
}
