package dev.vat.project;

import java.io.IOException;
import java.nio.file.Path;

/// Receives what [ProjectTree] finds, one by one, on the walking thread.
public interface TreeVisitor {
  /// A folder, before what is in it; the one that was walked is the first.
  ///
  /// @param folder absolute, spelled as on the disk
  /// @throws IOException ends the walk and is passed on
  default void folder(Path folder) throws IOException {}

  /// An ordinary file that is not junk.
  ///
  /// @throws IOException ends the walk and is passed on
  void file(TreeFile file) throws IOException;

  /// Something that was not taken.
  ///
  /// @throws IOException ends the walk and is passed on
  void remark(TreeRemark remark) throws IOException;
}
