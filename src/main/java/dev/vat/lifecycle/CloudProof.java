package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.archive.TocEntry;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// That an archive object in S3 is whole (design 7.1): S3's own checksum of the whole object is the
/// one that was computed of the bytes when they were made, or all of it was downloaded and compared
/// in this run. An object that a life cycle rule is going to remove is no copy.
///
/// Not for several threads.
public final class CloudProof {
  /// For so long the object is taken for what it was when it was asked for last.
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final ObjectStore store;
  private final StoredArchive archive;
  private final InstantSource clock;
  private Optional<Instant> asked = Optional.empty();
  private boolean held;

  private CloudProof(ObjectStore store, StoredArchive archive, InstantSource clock) {
    this.store = store;
    this.archive = archive;
    this.clock = clock;
  }

  /// What came of it.
  public sealed interface Answer {
    /// It is whole.
    ///
    /// @param downloaded whether all of it was read, and not S3's word taken
    record Proven(CloudProof proof, boolean downloaded) implements Answer {}

    /// It is not known to be, or not for long.
    ///
    /// @param why a sentence for users
    /// @param damaged whether it was found not to be what it should
    record Unproven(String why, boolean damaged) implements Answer {}
  }

  /// Proves one.
  ///
  /// @param archive as it was just looked at
  /// @param download whether to read all of it. Where S3 keeps no checksum of it, nothing else is a
  ///     proof
  /// @throws IOException when S3 cannot be asked
  public static Answer of(
      ObjectStore store,
      StoredArchive archive,
      boolean download,
      InstantSource clock,
      Progress progress)
      throws IOException {
    if (archive.toc().isEmpty()) {
      return new Answer.Unproven(
          "What is in it cannot be told: " + archive.unknownBecause().orElse("") + ".", false);
    }
    Optional<String> expiring = expiring(store, archive.object());
    if (expiring.isPresent()) {
      return new Answer.Unproven(expiring.get(), false);
    }
    if (download) {
      if (!archive.object().thaw().isReadable()) {
        return new Answer.Unproven(
            "It is frozen (" + archive.object().storageClass() + "), so it cannot be read.", false);
      }
      Optional<String> problem =
          new FullReading(store).problem(archive.object(), archive.toc().get().toc(), progress);
      if (problem.isPresent()) {
        return new Answer.Unproven("It was read, and is damaged: " + problem.get() + ".", true);
      }
    } else if (archive.facts().crc32().isEmpty()) {
      return new Answer.Unproven(
          "This server keeps no checksum of it; --verify full reads all of it instead.", false);
    } else if (!archive.isConfirmed()) {
      return new Answer.Unproven(
          "S3's checksum of it is not the one that was computed when it was made.", true);
    }
    return new Answer.Proven(new CloudProof(store, archive, clock), download);
  }

  /// A server that knows no life cycle rules removes nothing by them; one that does not say which
  /// there are may.
  private static Optional<String> expiring(ObjectStore store, ObjectSummary object)
      throws StoreException {
    LifecycleRules rules;
    try {
      rules = store.settings().lifecycle();
    } catch (StoreException.Unsupported none) {
      return Optional.empty();
    } catch (StoreException.AccessDenied denied) {
      return Optional.of(
          "Whether a life cycle rule is going to remove it cannot be told"
              + " (s3:GetLifecycleConfiguration is not allowed).");
    }
    if (rules.rules().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> tags;
    try {
      tags = store.tags(object.key(), object.etag());
    } catch (StoreException.Unsupported none) {
      tags = Map.of();
    } catch (StoreException.AccessDenied denied) {
      return Optional.of(
          "Whether a life cycle rule is going to remove it cannot be told (s3:GetObjectTagging is"
              + " not allowed).");
    }
    return rules.expires(object.key(), tags, object.sizeBytes()).map(CloudProof::told);
  }

  private static String told(LifecycleRule rule) {
    return "The bucket's life cycle rule \""
        + rule.id()
        + "\" is going to remove it "
        + rule.expires().orElseThrow().words()
        + ", so it does not count as a copy.";
  }

  /// How users call the place.
  public String label() {
    return "S3 (" + store.bucket() + ")";
  }

  /// Objects of one bucket are not apart from each other.
  Object volume() {
    return "s3:" + store.bucket();
  }

  /// The digests of what is in it, by names in the archive.
  Map<String, Sha256> digests() {
    Map<String, Sha256> digests = new HashMap<>();
    for (TocEntry.File file : archive.toc().orElseThrow().toc().files()) {
      digests.put(file.name().value(), file.digest());
    }
    return digests;
  }

  /// Whether S3 still has it, asked now unless that was done some moments ago.
  boolean holds() {
    Instant now = clock.instant();
    if (asked.isEmpty() || Duration.between(asked.get(), now).abs().compareTo(FRESH) > 0) {
      held = look();
      asked = Optional.of(now);
    }
    return held;
  }

  /// The next [#holds] asks anew.
  void askAnew() {
    asked = Optional.empty();
  }

  private boolean look() {
    try {
      Optional<ObjectFacts> now = store.head(archive.object().key());
      return now.isPresent()
          && now.get().summary().etag().equals(archive.object().etag())
          && now.get().summary().sizeBytes() == archive.object().sizeBytes()
          && now.get().crc32().equals(archive.facts().crc32());
    } catch (StoreException notTold) {
      return false;
    }
  }
}
