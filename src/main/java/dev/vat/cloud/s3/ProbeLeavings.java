package dev.vat.cloud.s3;

import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// The objects and uploads of one line of trials, to be removed at its end. For one thread.
final class ProbeLeavings {
  private final ProbeRequests requests;
  private final String folder;
  private final Consumer<String> remarks;
  private final List<String> keys = new ArrayList<>();
  private final Map<String, String> keyOfUpload = new LinkedHashMap<>();

  /// @param folder what the keys begin with
  /// @param remarks told what could not be removed
  ProbeLeavings(ProbeRequests requests, String folder, Consumer<String> remarks) {
    this.requests = requests;
    this.folder = folder;
    this.remarks = remarks;
  }

  /// A name that nobody else can know.
  String newKey() {
    String key = folder + UUID.randomUUID();
    keys.add(key);
    return key;
  }

  void begun(String key, String uploadId) {
    keyOfUpload.put(uploadId, key);
  }

  void abort(String uploadId) throws StoreException {
    requests.abort(keyOfUpload.get(uploadId), uploadId);
    keyOfUpload.remove(uploadId);
  }

  /// It became an object.
  void ended(String uploadId) {
    keyOfUpload.remove(uploadId);
  }

  /// A failure here does not hide what was found out, nor why it was not: it is remarked.
  void remove() {
    keyOfUpload.forEach((id, key) -> tidied(key, () -> requests.abort(key, id)));
    keys.forEach(key -> tidied(key, () -> requests.removeAny(key)));
  }

  private interface Tidying {
    void run() throws StoreException;
  }

  private void tidied(String key, Tidying tidying) {
    try {
      tidying.run();
    } catch (StoreException e) {
      remarks.accept(
          "A probe object of a few bytes, "
              + key
              + ", may be left in the bucket ("
              + e.getMessage()
              + "). A vat doctor that may remove it does so after an hour.");
    }
  }
}
