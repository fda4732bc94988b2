package dev.vat.report;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// A small object under a name of its own, to try out on it what a bucket does. It remembers what
/// has to be tidied up.
final class ProbeObject {
  static final String FOLDER = ".vat-doctor/";

  /// Only names that we gave are ever removed.
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /// A doctor that is still at work is done long before.
  private static final Duration ABANDONED = Duration.ofHours(1);

  /// The value is no ASCII: teammates' names and files' names are not either.
  static final Map<String, String> METADATA = Map.of("vat-probe", "zażółć");

  private static final ObjectAttributes ATTRIBUTES = new ObjectAttributes("text/plain", METADATA);

  private final ObjectStore store;
  private final Patience patience;
  private final String folder;
  private final String key;
  private final Set<String> openUploads = new LinkedHashSet<>();
  private boolean touched;

  /// @param prefix of the repository's keys, ending in `/`
  ProbeObject(ObjectStore store, Patience patience, String prefix) {
    this.store = store;
    this.patience = patience;
    this.folder = prefix + FOLDER;
    this.key = folder + UUID.randomUUID();
  }

  /// The bytes that a text makes.
  static Body body(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  Written put(String text, Guard guard) throws IOException {
    touched = true;
    return patience.ask(() -> store.put(key, body(text), ATTRIBUTES, guard));
  }

  /// Sends it as an upload of one part; one that is refused is aborted.
  Written putInParts(String text, Guard guard) throws IOException {
    touched = true;
    String upload = patience.ask(() -> store.createUpload(key, ATTRIBUTES));
    openUploads.add(upload);
    Body body = body(text);
    UploadedPart part = patience.ask(() -> store.uploadPart(key, upload, 1, body));
    Written written =
        patience.ask(
            () ->
                store.completeUpload(
                    key, upload, List.of(part), body.sizeBytes(), body.crc32(), guard));
    if (written instanceof Written.Refused) {
      patience.ask(() -> aborted(upload));
    }
    openUploads.remove(upload);
    return written;
  }

  Removed remove(ETag version) throws IOException {
    return patience.ask(() -> store.remove(key, version));
  }

  Optional<ObjectFacts> facts() throws IOException {
    return patience.ask(() -> store.head(key));
  }

  /// The version that is there now.
  ///
  /// @throws StoreException.Changed when there is none
  ETag version() throws IOException {
    return facts()
        .map(facts -> facts.summary().etag())
        .orElseThrow(
            () -> new StoreException.Changed("The probe object " + address() + " is gone", null));
  }

  /// Removes whatever is left of it. May be asked at any time, also after a failure.
  ///
  /// @return what could not be removed, and why
  List<String> tidyUp() {
    List<String> left = new ArrayList<>();
    for (String upload : openUploads) {
      try {
        patience.ask(() -> aborted(upload));
      } catch (IOException failed) {
        left.add("an unfinished upload of " + address() + " (" + failed.getMessage() + ")");
      }
    }
    openUploads.clear();
    if (touched) {
      try {
        removeWhatIsThere();
      } catch (IOException failed) {
        left.add(address() + " (" + failed.getMessage() + ")");
      }
    }
    return left;
  }

  private void removeWhatIsThere() throws IOException {
    Optional<ObjectFacts> there = facts();
    if (there.isPresent() && remove(there.get().summary().etag()) == Removed.CHANGED) {
      throw new IOException("it changed meanwhile");
    }
    touched = false;
  }

  /// Removes what doctors left that were cut off, of this or of another computer.
  ///
  /// @return how many objects and uploads were removed
  int removeAbandoned() throws IOException {
    Instant before = patience.ask(() -> store.serverTime(folder)).minus(ABANDONED);
    Map<String, ETag> objects = new LinkedHashMap<>();
    List<OpenUpload> uploads = new ArrayList<>();
    patience.ask(
        () -> {
          store.list(
              folder,
              object -> {
                if (isOurs(object.key()) && object.lastModified().isBefore(before)) {
                  objects.put(object.key(), object.etag());
                }
              });
          store.listUploads(
              folder,
              upload -> {
                if (isOurs(upload.key()) && upload.initiatedAt().isBefore(before)) {
                  uploads.add(upload);
                }
              });
          return objects;
        });
    for (Map.Entry<String, ETag> object : objects.entrySet()) {
      patience.ask(() -> store.remove(object.getKey(), object.getValue()));
    }
    for (OpenUpload upload : uploads) {
      patience.ask(
          () -> {
            store.abortUpload(upload.key(), upload.uploadId());
            return upload;
          });
    }
    return objects.size() + uploads.size();
  }

  private boolean isOurs(String found) {
    return found.startsWith(folder) && OURS.matcher(found.substring(folder.length())).matches();
  }

  private String aborted(String upload) throws IOException {
    store.abortUpload(key, upload);
    return upload;
  }

  private String address() {
    return "s3://" + store.bucket() + "/" + key;
  }
}
