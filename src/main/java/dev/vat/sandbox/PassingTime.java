package dev.vat.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What happens by itself: after each midnight UTC the life cycle rules are applied, by the first
/// request that comes, or when the clock is moved. Thread-safe.
///
/// Source: Amazon S3 User Guide, "Managing the lifecycle of objects". S3 applies rules some time
/// after midnight; the sandbox does so before it answers anything else.
final class PassingTime {
  private final SandboxClock clock;
  private final Store store;
  private LocalDate applied = LocalDate.MIN;

  PassingTime(SandboxClock clock, Store store) {
    this.clock = clock;
    this.store = store;
  }

  /// Moves the clock ahead, and does what happens meanwhile.
  void forward(Duration by) throws IOException {
    clock.forward(by);
    now();
  }

  /// The time of what is stored, with everything done that is due by then.
  synchronized Instant now() throws IOException {
    Instant now = clock.now();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    if (day.isAfter(applied)) {
      for (Stored bucket : store.under("/").filter(s -> s.key().isEmpty()).toList()) {
        Optional<Lifecycle> lifecycle = Lifecycle.of(bucket);
        if (lifecycle.isPresent()) {
          apply(bucket, lifecycle.get(), now);
        }
      }
      applied = day;
    }
    return now;
  }

  private void apply(Stored bucket, Lifecycle lifecycle, Instant now) throws IOException {
    List<Stored> objects = store.under(bucket.name()).filter(s -> !s.key().isEmpty()).toList();
    for (Stored object : objects) {
      if (lifecycle.expiry(object).filter(e -> !e.at().isAfter(now)).isPresent()) {
        expire(object);
      } else {
        move(object, lifecycle.target(object, now));
      }
    }
    for (Stored upload : store.uploads(bucket.name()).toList()) {
      String path = upload.fact("path");
      String key = path.substring(bucket.name().length());
      if (lifecycle.abort(key, upload.modified()).filter(e -> !e.at().isAfter(now)).isPresent()) {
        abort(upload.fact("id"), path);
      }
    }
  }

  /// Leaves it if it was replaced meanwhile.
  private void expire(Stored object) throws IOException {
    try {
      store.remove(object.name(), now -> ErrorCode.PRECONDITION_FAILED.when(now != object));
    } catch (S3Error replaced) {
      // Another object now, with an age of its own: for the next midnight.
    }
  }

  private void move(Stored object, StorageClass target) throws IOException {
    if (target == object.storageClass()) {
      return;
    }
    Map<String, String> facts = new TreeMap<>(object.facts());
    facts.put(Stored.HEADER + Stored.STORAGE_CLASS, target.name());
    try {
      store.change(
          object.name(),
          ErrorCode.NO_SUCH_KEY,
          now -> now == object ? object.withFacts(facts) : now);
    } catch (S3Error gone) {
      // Removed meanwhile: nothing is left to move.
    }
  }

  private void abort(String id, String path) throws IOException {
    try {
      store.abort(id, path);
    } catch (S3Error gone) {
      // Completed or aborted meanwhile.
    }
  }
}
