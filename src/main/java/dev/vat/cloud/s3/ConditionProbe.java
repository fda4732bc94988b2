package dev.vat.cloud.s3;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.s3.ProbeRequests.How;
import dev.vat.cloud.s3.ProbeRequests.Said;
import dev.vat.cloud.s3.ProbeRequests.Upload;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Tries out which conditions a server honours, on objects of a few bytes whose names nobody else
/// can know. A condition counts as honoured when a write is refused while its guard does not hold,
/// and passes while it does; a server that refuses the header itself lacks it as well.
///
/// Three lanes side by side, each on keys of its own: 5, 10 and 7 requests on a server that honours
/// everything.
final class ConditionProbe {
  /// No content has this version: what somebody holds who looked too long ago.
  private static final ETag STALE = new ETag("0".repeat(32));

  private final Bucket bucket;
  private final Lookups lookups;
  private final ProbeRequests requests;
  private final Queue<String> remarks = new ConcurrentLinkedQueue<>();

  ConditionProbe(Bucket bucket, Lookups lookups, ProbeRequests requests) {
    this.bucket = bucket;
    this.lookups = lookups;
    this.requests = requests;
  }

  /// What could not be tried or removed since this was last asked, in sentences for users.
  List<String> takeRemarks() {
    List<String> taken = new ArrayList<>();
    for (String next = remarks.poll(); next != null; next = remarks.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /// @param folder what the keys of the probe objects begin with
  Set<Condition> missing(String folder) throws StoreException {
    try (ExecutorService lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Set<Condition>>> running =
          List.of(
              lanes.submit(lane(folder, this::puts)),
              lanes.submit(lane(folder, this::completions)),
              lanes.submit(lane(folder, this::copyAndRemoval)));
      Set<Condition> missing = EnumSet.noneOf(Condition.class);
      try {
        for (Future<Set<Condition>> lane : running) {
          missing.addAll(lane.get());
        }
        return missing;
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      } catch (InterruptedException e) {
        lanes.shutdownNow();
        Thread.currentThread().interrupt();
        throw bucket.errors().stopped(new Doing("try out conditions below", folder, ""), e);
      }
    }
  }

  private static StoreException failure(Throwable cause) {
    return switch (cause) {
      case StoreException store -> store;
      case RuntimeException bug -> throw bug;
      case Error bug -> throw bug;
      default -> throw new IllegalStateException(cause);
    };
  }

  /// One line of trials.
  private interface Trials {
    Set<Condition> missing(ProbeLeavings leavings) throws StoreException;
  }

  private Callable<Set<Condition>> lane(String folder, Trials trials) {
    return () -> {
      ProbeLeavings leavings = new ProbeLeavings(requests, folder, remarks::add);
      try {
        return trials.missing(leavings);
      } finally {
        leavings.remove();
      }
    };
  }

  private Set<Condition> puts(ProbeLeavings leavings) throws StoreException {
    Set<Condition> missing = EnumSet.noneOf(Condition.class);
    String key = leavings.newKey();
    ETag now = createdOnCondition(key, missing);
    Said again = requests.put(key, Optional.of(Guard.absent()));
    if (again.how() != How.REFUSED) {
      missing.add(Condition.PUT_IF_ABSENT);
    }
    now = again.version().orElse(now);
    Said stale = requests.put(key, Optional.of(Guard.unchanged(STALE)));
    now = stale.version().orElse(now);
    if (stale.how() != How.REFUSED
        || !requests.put(key, Optional.of(Guard.unchanged(now))).passed()) {
      missing.add(Condition.PUT_IF_UNCHANGED);
    }
    return missing;
  }

  private ETag createdOnCondition(String key, Set<Condition> missing) throws StoreException {
    Said made = requests.put(key, Optional.of(Guard.absent()));
    if (made.version().isPresent()) {
      return made.version().get();
    }
    // It is there all the same when only the answer to an earlier attempt was lost.
    Optional<ETag> there = lookups.head(key).map(facts -> facts.summary().etag());
    if (there.isPresent()) {
      return there.get();
    }
    missing.add(Condition.PUT_IF_ABSENT);
    return requests.created(key);
  }

  private Set<Condition> completions(ProbeLeavings leavings) throws StoreException {
    Set<Condition> missing = EnumSet.noneOf(Condition.class);
    String key = leavings.newKey();
    ETag now = requests.created(key);
    Upload create = requests.begun(key, leavings);
    Said absent = requests.complete(create, Guard.absent());
    if (absent.how() != How.REFUSED) {
      missing.add(Condition.COMPLETE_IF_ABSENT);
    }
    now = absent.version().orElse(now);
    leavings.abort(create.id());
    Upload replace = requests.begun(key, leavings);
    if (requests.complete(replace, Guard.unchanged(STALE)).how() != How.REFUSED) {
      missing.add(Condition.COMPLETE_IF_UNCHANGED);
    } else {
      // A server may give the upload up with its refusal; then this one is not tried.
      How right = requests.complete(replace, Guard.unchanged(now)).how();
      if (right == How.DONE || right == How.GONE) {
        leavings.ended(replace.id());
      }
      if (right == How.REFUSED || right == How.NOT_UNDERSTOOD) {
        missing.add(Condition.COMPLETE_IF_UNCHANGED);
      }
    }
    return missing;
  }

  private Set<Condition> copyAndRemoval(ProbeLeavings leavings) throws StoreException {
    Set<Condition> missing = EnumSet.noneOf(Condition.class);
    String key = leavings.newKey();
    String target = leavings.newKey();
    ETag now = requests.created(key);
    boolean copies =
        requests.copy(key, now, target).passed()
            && requests.copy(key, now, target).how() == How.REFUSED;
    if (!copies) {
      missing.add(Condition.COPY_IF_ABSENT);
    }
    try {
      if (!removalsAreGuarded(key, now)) {
        missing.add(Condition.DELETE_IF_UNCHANGED);
      }
    } catch (StoreException.AccessDenied e) {
      missing.add(Condition.DELETE_IF_UNCHANGED);
      remarks.add(
          "Whether the server honours conditions on removals could not be tried: "
              + e.getMessage());
    }
    return missing;
  }

  /// The JDK sends a DELETE again on its own when the answer is lost, and the second one meets
  /// nothing: so an object that is gone by then was removed by the first.
  private boolean removalsAreGuarded(String key, ETag now) throws StoreException {
    return requests.remove(key, STALE).how() == How.REFUSED
        && lookups.head(key).isPresent()
        && (requests.remove(key, now).passed() || lookups.head(key).isEmpty());
  }
}
