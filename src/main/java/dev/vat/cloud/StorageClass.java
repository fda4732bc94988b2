package dev.vat.cloud;

/// In which of its storage classes S3 keeps an object. S3 gets new ones from time to time, so this
/// is S3's own word and no closed list.
///
/// Source: Amazon S3 API Reference, `x-amz-storage-class`; User Guide, "Understanding and managing
/// Amazon S3 storage classes".
///
/// @param word as S3 has it, for example `DEEP_ARCHIVE`
public record StorageClass(String word) {
  public static final StorageClass STANDARD = new StorageClass("STANDARD");

  /// Glacier Instant Retrieval: cheap to keep, dear to read, but read at once.
  public static final StorageClass GLACIER_IR = new StorageClass("GLACIER_IR");

  /// Glacier Flexible Retrieval: has to be thawed, in minutes to hours.
  public static final StorageClass GLACIER = new StorageClass("GLACIER");

  /// Glacier Deep Archive: has to be thawed, in half a day to two days.
  public static final StorageClass DEEP_ARCHIVE = new StorageClass("DEEP_ARCHIVE");

  public StorageClass {
    if (word.isEmpty()) {
      throw new IllegalArgumentException("a storage class has a name");
    }
  }

  /// What a server says, which names STANDARD by saying nothing.
  ///
  /// @param word may be null or empty
  public static StorageClass told(String word) {
    return word == null || word.isEmpty() ? STANDARD : new StorageClass(word);
  }

  /// Whether what is in it has to be thawed before it can be read or copied. Source: API Reference,
  /// InvalidObjectState of GetObject. (Intelligent Tiering freezes only where somebody switched its
  /// archive tiers on; S3 then says so when it is read.)
  public boolean isFrozenClass() {
    return equals(GLACIER) || equals(DEEP_ARCHIVE);
  }

  @Override
  public String toString() {
    return word;
  }
}
