package dev.vat.cloud;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// One life cycle rule of a bucket, as far as decisions depend on it.
///
/// Source: Amazon S3 API Reference, LifecycleRule.
///
/// @param id unique in the bucket
/// @param enabled others have no effect
/// @param transitions into other storage classes, of current versions
/// @param expires when current versions are removed (in a versioned bucket: hidden by a marker)
/// @param noncurrent what happens to versions that were replaced or removed
/// @param clearsMarkers whether a marker of removal goes when no version is left behind it
/// @param abortDays after which an upload that was not completed is aborted
public record LifecycleRule(
    String id,
    boolean enabled,
    RuleFilter filter,
    List<Transition> transitions,
    Optional<RuleMoment> expires,
    Noncurrent noncurrent,
    boolean clearsMarkers,
    OptionalInt abortDays) {
  public LifecycleRule {
    Objects.requireNonNull(id);
    Objects.requireNonNull(filter);
    transitions = List.copyOf(transitions);
    Objects.requireNonNull(expires);
    Objects.requireNonNull(noncurrent);
    Objects.requireNonNull(abortDays);
  }

  /// @param storageClass S3's own word
  public record Transition(RuleMoment when, String storageClass) {
    public Transition {
      Objects.requireNonNull(when);
      Objects.requireNonNull(storageClass);
    }

    /// Whether what went there has to be thawed before it can be read.
    public boolean freezes() {
      return StorageClass.told(storageClass).isFrozenClass();
    }
  }

  /// Of versions that are no longer current.
  ///
  /// @param expireDays after how many days they are removed
  /// @param kept how many of the newest stay nevertheless
  /// @param transitions into other storage classes, days after they were replaced
  public record Noncurrent(OptionalInt expireDays, OptionalInt kept, List<Transition> transitions) {
    /// Nothing happens to them.
    public static final Noncurrent NOTHING =
        new Noncurrent(OptionalInt.empty(), OptionalInt.empty(), List.of());

    public Noncurrent {
      Objects.requireNonNull(expireDays);
      Objects.requireNonNull(kept);
      transitions = List.copyOf(transitions);
    }

    /// They are removed after so many days.
    public static Noncurrent expiringAfter(int days) {
      return new Noncurrent(OptionalInt.of(days), OptionalInt.empty(), List.of());
    }
  }

  /// A rule that does nothing yet.
  public static LifecycleRule of(String id, RuleFilter filter) {
    return new LifecycleRule(
        id,
        true,
        filter,
        List.of(),
        Optional.empty(),
        Noncurrent.NOTHING,
        false,
        OptionalInt.empty());
  }

  /// The same, moving what is so old into that class.
  public LifecycleRule moving(int afterDays, String storageClass) {
    return new LifecycleRule(
        id,
        enabled,
        filter,
        List.of(new Transition(new RuleMoment.After(afterDays), storageClass)),
        expires,
        noncurrent,
        clearsMarkers,
        abortDays);
  }

  /// The same, aborting uploads that are so old.
  public LifecycleRule aborting(int afterDays) {
    return new LifecycleRule(
        id,
        enabled,
        filter,
        transitions,
        expires,
        noncurrent,
        clearsMarkers,
        OptionalInt.of(afterDays));
  }

  /// The same, removing versions so many days after they were replaced or removed, and then their
  /// marker.
  public LifecycleRule forgettingVersions(int afterDays) {
    return new LifecycleRule(
        id,
        enabled,
        filter,
        transitions,
        expires,
        Noncurrent.expiringAfter(afterDays),
        true,
        abortDays);
  }

  /// The first of its transitions that freezes.
  public Optional<Transition> freezing() {
    return transitions.stream().filter(Transition::freezes).findFirst();
  }
}
