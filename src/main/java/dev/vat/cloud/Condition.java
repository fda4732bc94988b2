package dev.vat.cloud;

import java.util.Arrays;
import java.util.Optional;

/// A condition on a write that S3 knows and that not every S3-compatible server honours: some
/// ignore it and write all the same, some refuse the request.
///
/// Source: S3 User Guide, "Conditional requests"; for [#COPY_IF_ABSENT] the API Reference,
/// CopyObject.
public enum Condition {
  /// A small file is written only where there is none (`If-None-Match: *`).
  PUT_IF_ABSENT("put-if-absent"),
  /// A small file is replaced only while it is the expected version (`If-Match`).
  PUT_IF_UNCHANGED("put-if-unchanged"),
  /// Parts become a file only where there is none.
  COMPLETE_IF_ABSENT("complete-if-absent"),
  /// Parts replace a file only while it is the expected version.
  COMPLETE_IF_UNCHANGED("complete-if-unchanged"),
  /// A copy inside the bucket is made only where there is none.
  COPY_IF_ABSENT("copy-if-absent"),
  /// A file is removed only while it is the expected version.
  DELETE_IF_UNCHANGED("delete-if-unchanged");

  private final String word;

  Condition(String word) {
    this.word = word;
  }

  /// For programs and for what is remembered; never renamed.
  public String word() {
    return word;
  }

  /// @return empty for a word that another version of `vat` may know
  public static Optional<Condition> named(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
  }
}
