package dev.vat.cloud;

/// Told of a copy that goes in parts: an upload under way inside S3, which costs storage for ever
/// when its client is cut and nobody remembers it. Called by one thread at a time.
public interface CopyWatch {
  /// Before the first part. What is thrown ends the copy, and the upload is aborted.
  void began(String key, String uploadId) throws StoreException;

  /// So many bytes more are copied.
  void copied(long bytes);

  /// The upload is completed or aborted; not called when neither could be done.
  void ended(String key, String uploadId);

  /// For who needs not know.
  static CopyWatch none() {
    return new CopyWatch() {
      @Override
      public void began(String key, String uploadId) {}

      @Override
      public void copied(long bytes) {}

      @Override
      public void ended(String key, String uploadId) {}
    };
  }
}
