package dev.vat.project;

import java.io.IOException;

/// Receives what [ProjectTree] finds, one by one, on the walking thread.
public interface TreeVisitor {
  /// An ordinary file that is not junk.
  ///
  /// @throws IOException ends the walk and is passed on
  void file(TreeFile file) throws IOException;

  /// Something that was not taken.
  ///
  /// @throws IOException ends the walk and is passed on
  void remark(TreeRemark remark) throws IOException;
}
