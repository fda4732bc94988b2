package dev.vat.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jetty.http.DateGenerator;

/// The thaw that was asked for last of a frozen object. What it is at a moment follows from its two
/// instants alone, so that nothing has to happen when they pass.
///
/// Source: Amazon S3 API Reference, RestoreObject and HeadObject (`x-amz-restore`); User Guide,
/// "Restoring an archived object": the days count from the request, rounded up to midnight UTC.
///
/// @param days how long the copy was wanted
/// @param readyAt when the copy can be read
/// @param expiresAt when it is gone again
record Thaw(Tier tier, int days, Instant readyAt, Instant expiresAt) {
  private static final String TIER = "thaw.tier";
  private static final String DAYS = "thaw.days";
  private static final String READY = "thaw.ready";
  private static final String EXPIRES = "thaw.expires";

  /// A thaw that begins. A copy that comes late stays until midnight at least, also when its days
  /// are over by then: what S3 does there is not written down.
  static Thaw begun(Tier tier, int days, Instant now, Duration delay) {
    Instant readyAt = now.plus(delay);
    Instant counted = Midnight.after(now, days);
    Instant earliest = Midnight.after(readyAt, 0);
    return new Thaw(tier, days, readyAt, counted.isAfter(earliest) ? counted : earliest);
  }

  /// That of an object; empty when none was asked for, or its copy has expired.
  static Optional<Thaw> of(Stored object, Instant now) {
    if (object.fact(READY).isEmpty() || !object.storageClass().freezes()) {
      return Optional.empty();
    }
    Thaw thaw =
        new Thaw(
            Tier.valueOf(object.fact(TIER)),
            Integer.parseInt(object.fact(DAYS)),
            Instant.parse(object.fact(READY)),
            Instant.parse(object.fact(EXPIRES)));
    return Optional.of(thaw).filter(t -> now.isBefore(t.expiresAt));
  }

  boolean isReady(Instant now) {
    return !now.isBefore(readyAt);
  }

  /// The same with a faster tier; never later than it would have been.
  Thaw upgraded(Tier faster, Instant now, Duration delay) {
    Instant then = now.plus(delay);
    return new Thaw(faster, days, then.isBefore(readyAt) ? then : readyAt, expiresAt);
  }

  /// The same, kept for so many days from now.
  Thaw extended(int wanted, Instant now) {
    return new Thaw(tier, wanted, readyAt, Midnight.after(now, wanted));
  }

  /// The object's facts with this thaw among them.
  Map<String, String> in(Map<String, String> facts) {
    Map<String, String> all = new TreeMap<>(facts);
    all.putAll(Map.of(TIER, tier.name(), DAYS, Integer.toString(days)));
    all.putAll(Map.of(READY, readyAt.toString(), EXPIRES, expiresAt.toString()));
    return all;
  }

  /// As `x-amz-restore` says it.
  String header(Instant now) {
    return isReady(now)
        ? "ongoing-request=\"false\", expiry-date=\"" + DateGenerator.formatDate(expiresAt) + "\""
        : "ongoing-request=\"true\"";
  }

  /// As listings say it.
  void writeTo(Xml xml, Instant now) {
    xml.open("RestoreStatus").text("IsRestoreInProgress", !isReady(now));
    xml.text("RestoreExpiryDate", isReady(now) ? expiresAt : null).close("RestoreStatus");
  }
}
