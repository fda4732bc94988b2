package dev.vat.disk;

/// How sure it is that placing a file under a new name overwrote nothing.
public enum Atomicity {
  /// One call of the system's kernel renamed and refused to replace: nothing can come between.
  KERNEL,
  /// A second hard link was made under the new name, which fails when the name is taken, and the
  /// old name removed. As sure as [#KERNEL]; cut in the middle, the file has both names.
  LINK,
  /// The file system has neither (exFAT through FUSE): the name was looked at, found free, and then
  /// renamed to. What another program creates there in the same instant would be overwritten.
  CHECKED
}
