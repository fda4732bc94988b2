package dev.vat.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Thawing of frozen objects, and what is refused until it is done.
///
/// Source: Amazon S3 API Reference, RestoreObject, GetObject, CopyObject, UploadPartCopy; User
/// Guide, "Restoring an archived object" and "Upgrading the speed of an in-progress restore".
final class ThawOperations {
  private static final String STATE = "The operation is not valid for the object's storage class";
  private static final int MAX_DAYS = 36_500;

  private final Store store;
  private final Optional<Duration> delay;

  /// @param delay what every thaw takes, in place of S3's own times
  ThawOperations(Store store, Optional<Duration> delay) {
    this.store = store;
    this.delay = delay;
  }

  /// Refuses what reads a frozen object that is not thawed.
  static void checkReadable(Call call, Stored object, ErrorCode otherwise) {
    if (object.storageClass().freezes()
        && !Thaw.of(object, call.now).map(t -> t.isReady(call.now)).orElse(false)) {
      throw new S3Error(otherwise, STATE, Map.of("StorageClass", object.storageClass().name()));
    }
  }

  /// 202 when a thaw begins or gets faster, 200 when a thawed copy is kept longer.
  void restore(Call call, Body body, Answer answer) throws IOException {
    Xml.Element request = body.xml("RestoreRequest");
    for (String unknown : List.of("Type", "SelectParameters", "OutputLocation")) {
      ErrorCode.NOT_IMPLEMENTED.when(
          !request.all(unknown).isEmpty(), "The sandbox does not know " + unknown);
    }
    List<Xml.Element> job = request.all("GlacierJobParameters");
    ErrorCode.MALFORMED_XML.when(!job.isEmpty() && job.getFirst().value("Tier").isEmpty());
    Tier tier = Tier.named(job.isEmpty() ? request.value("Tier") : job.getFirst().value("Tier"));
    int days = days(request.value("Days"));
    AtomicInteger status = new AtomicInteger();
    store.change(
        call.path,
        ErrorCode.NO_SUCH_KEY,
        object -> {
          Optional<Thaw> before = Thaw.of(object, call.now);
          status.set(before.filter(t -> t.isReady(call.now)).isPresent() ? 200 : 202);
          return object.withFacts(next(call, object, before, tier, days).in(object.facts()));
        });
    answer.send(status.get());
  }

  private static int days(String text) {
    ErrorCode.MALFORMED_XML.when(!text.matches("-?\\d{1,9}"), "Days is missing, or no number.");
    int days = Integer.parseInt(text);
    ErrorCode.INVALID_ARGUMENT.when(
        days < 1 || days > MAX_DAYS, "restoration days should be at least 1");
    return days;
  }

  private Thaw next(Call call, Stored object, Optional<Thaw> before, Tier tier, int days) {
    StorageClass from = object.storageClass();
    if (!from.freezes()) {
      throw new S3Error(
          ErrorCode.INVALID_OBJECT_STATE,
          "Restore is not allowed for the object's current storage class",
          Map.of("StorageClass", from.name()));
    }
    ErrorCode.INVALID_ARGUMENT.when(
        !tier.thaws(from), "Retrieval option is not supported by this storage class");
    Duration takes = delay.orElse(tier.delay(from));
    if (before.isEmpty()) {
      return Thaw.begun(tier, days, call.now, takes);
    }
    Thaw thaw = before.get();
    if (thaw.isReady(call.now)) {
      return thaw.extended(days, call.now);
    }
    boolean upgrade = tier.compareTo(thaw.tier()) < 0 && days == thaw.days();
    ErrorCode.RESTORE_ALREADY_IN_PROGRESS.when(!upgrade);
    return thaw.upgraded(tier, call.now, takes);
  }
}
