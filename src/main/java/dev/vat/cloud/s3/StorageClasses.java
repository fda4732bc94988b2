package dev.vat.cloud.s3;

import dev.vat.cloud.StorageClass;

/// Storage classes in the language of S3's requests.
final class StorageClasses {
  private StorageClasses() {}

  /// For `x-amz-storage-class`; null for STANDARD, which S3 assumes and small servers may not know
  /// to be named.
  static String header(StorageClass storageClass) {
    return storageClass.equals(StorageClass.STANDARD) ? null : storageClass.word();
  }
}
