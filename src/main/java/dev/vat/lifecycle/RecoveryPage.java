package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page that tells how to get everything back without `vat`, in the archive place itself: for
/// somebody who has the bucket and nothing else. It is the very file that is in `docs/`.
///
/// It carries no tag for freezing, and a name that no archive has. What is under its key is only
/// ever replaced when it is a page of ours, as it was written, and not a newer one.
public final class RecoveryPage {
  /// Its key, after the place's prefix: S3's console shows it above the range folders.
  public static final String NAME = "RECOVER-WITHOUT-VAT.md";

  private static final String RESOURCE = "recover-without-vat.md";

  /// By which one of ours is known, with what it was when it was written.
  private static final String DOCUMENT = "vat-document";

  private static final String OURS = "recover-without-vat";
  private static final String VERSION = "vat-document-version";
  private static final String DIGEST = "vat-document-sha256";

  /// It is read into memory, and no page of ours is bigger.
  private static final long MOST_BYTES = 1 << 20;

  private static final Pattern VERSION_LINE = Pattern.compile("(?m)^Version ([0-9]{1,6}) of this");

  private final byte[] content;
  private final int version;

  private RecoveryPage(byte[] content, int version) {
    this.content = content;
    this.version = version;
  }

  /// The one that came with this `vat`.
  public static RecoveryPage shipped() throws IOException {
    try (InputStream in = RecoveryPage.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("built without " + RESOURCE);
      }
      return of(in.readAllBytes());
    }
  }

  /// @throws IllegalArgumentException when it does not say which version it is
  static RecoveryPage of(byte[] content) {
    Matcher matcher = VERSION_LINE.matcher(new String(content, StandardCharsets.UTF_8));
    if (!matcher.find()) {
      throw new IllegalArgumentException("a page that does not say which version it is");
    }
    return new RecoveryPage(content, Integer.parseInt(matcher.group(1)));
  }

  /// Whether an object, by its user metadata, is such a page, of whichever repository.
  static boolean isOne(Map<String, String> metadata) {
    return OURS.equals(metadata.get(DOCUMENT));
  }

  /// Where it lies.
  public static String key(String prefix) {
    return prefix + NAME;
  }

  /// What is there, against what should be.
  public enum State {
    /// Nothing is there: it is to be stored.
    MISSING,
    /// An earlier one is there, as it was written: it is to be replaced.
    OLDER,
    /// It is there.
    CURRENT,
    /// One of a newer `vat` is there.
    NEWER,
    /// Something of somebody else's is there, or somebody has edited the page: it stays.
    NOT_OURS
  }

  /// Looks at what is there: one question, and for an older page a read of it.
  public State look(ObjectStore store, String prefix) throws IOException {
    return state(store, store.head(key(prefix)));
  }

  private State state(ObjectStore store, Optional<ObjectFacts> there) throws IOException {
    if (there.isEmpty()) {
      return State.MISSING;
    }
    Map<String, String> metadata = there.get().metadata();
    String said = metadata.getOrDefault(VERSION, "");
    if (!isOne(metadata) || !said.matches("[0-9]{1,6}")) {
      return State.NOT_OURS;
    }
    if (Integer.parseInt(said) > version) {
      return State.NEWER;
    }
    String digest = metadata.getOrDefault(DIGEST, "");
    if (!isContent(store, there.get().summary(), digest)) {
      return State.NOT_OURS;
    }
    return digest.equals(hex(content)) ? State.CURRENT : State.OLDER;
  }

  /// Whether it still is what was written.
  private static boolean isContent(ObjectStore store, ObjectSummary object, String digest)
      throws IOException {
    if (object.sizeBytes() > MOST_BYTES || !object.thaw().isReadable()) {
      return false;
    }
    try (InputStream in = store.read(object.key(), object.etag(), 0, object.sizeBytes())) {
      return hex(in.readAllBytes()).equals(digest);
    } catch (StoreException.Changed meanwhile) {
      return false;
    }
  }

  /// Stores it where it is missing, or in the place of an older one; conditionally.
  ///
  /// @return what was found; with [State#MISSING] and [State#OLDER] it is now there, unless
  ///     somebody else wrote something there in this moment, which stays
  public State store(ObjectStore store, String prefix) throws IOException {
    String key = key(prefix);
    Optional<ObjectFacts> there = store.head(key);
    State found = state(store, there);
    if (found != State.MISSING && found != State.OLDER) {
      return found;
    }
    Guard guard =
        there.<Guard>map(one -> Guard.unchanged(one.summary().etag())).orElse(Guard.absent());
    // Shown by a browser as it is.
    ObjectAttributes attributes = new ObjectAttributes("text/plain; charset=utf-8", metadata());
    Written written = store.put(key, Body.of(content), attributes, guard);
    return written instanceof Written.Stored ? found : State.NOT_OURS;
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(DOCUMENT, OURS);
    metadata.put(VERSION, Integer.toString(version));
    metadata.put(DIGEST, hex(content));
    return metadata;
  }

  private static String hex(byte[] bytes) {
    return Sha256.of(Sha256Reading.algorithm().digest(bytes)).hex();
  }
}
