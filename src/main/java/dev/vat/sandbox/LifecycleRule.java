package dev.vat.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One life cycle rule, checked as S3 checks it.
///
/// What it says of noncurrent versions is checked and given back, but has nothing to do: the
/// sandbox keeps no versions, and neither does a bucket of S3 without versioning.
///
/// Source: Amazon S3 API Reference, PutBucketLifecycleConfiguration and LifecycleRule; User Guide,
/// "Lifecycle configuration elements".
///
/// @param transitions by the class that they lead to
/// @param abortDays after which uploads that were not completed are aborted; 0 for never
record LifecycleRule(
    String id,
    boolean enabled,
    LifecycleFilter filter,
    Map<StorageClass, LifecycleMoment> transitions,
    Optional<LifecycleMoment> expiration,
    int abortDays) {
  private static final String NEWER = "NewerNoncurrentVersions";
  private static final String NONCURRENT = "NoncurrentDays";
  private static final int INFREQUENT_DAYS = 30;
  private static final List<String> ACTIONS =
      List.of(
          "Transition",
          "Expiration",
          "AbortIncompleteMultipartUpload",
          "NoncurrentVersionTransition",
          "NoncurrentVersionExpiration");

  /// @param element named `Rule`, with an `ID`
  static LifecycleRule of(Xml.Element element) {
    List<String> known = new ArrayList<>(ACTIONS);
    known.addAll(List.of("ID", "Prefix", "Filter", "Status"));
    element.checkChildren(known);
    ErrorCode.MALFORMED_XML.when(!element.value("Status").matches("Enabled|Disabled"));
    ErrorCode.INVALID_REQUEST.when(
        ACTIONS.stream().allMatch(a -> element.all(a).isEmpty()),
        "At least one action needs to be specified in a rule.");
    LifecycleFilter filter = LifecycleFilter.of(element);
    Optional<LifecycleMoment> expiration =
        single(element, "Expiration").flatMap(e -> expiration(e, filter));
    Map<StorageClass, LifecycleMoment> transitions = transitions(element);
    checkOrder(transitions, expiration);
    element.all("NoncurrentVersionTransition").forEach(LifecycleRule::checkNoncurrent);
    single(element, "NoncurrentVersionExpiration").ifPresent(LifecycleRule::checkNoncurrent);
    return new LifecycleRule(
        element.value("ID"),
        element.value("Status").equals("Enabled"),
        filter,
        transitions,
        expiration,
        single(element, "AbortIncompleteMultipartUpload").map(e -> abort(e, filter)).orElse(0));
  }

  private static Optional<Xml.Element> single(Xml.Element rule, String action) {
    List<Xml.Element> all = rule.all(action);
    ErrorCode.MALFORMED_XML.when(all.size() > 1);
    return all.stream().findFirst();
  }

  private static Optional<LifecycleMoment> expiration(Xml.Element action, LifecycleFilter filter) {
    action.checkChildren(List.of("Days", "Date", "ExpiredObjectDeleteMarker"));
    ErrorCode.MALFORMED_XML.when(action.children().size() != 1);
    ErrorCode.INVALID_REQUEST.when(
        !action.value("ExpiredObjectDeleteMarker").isEmpty() && !filter.tags().pairs().isEmpty(),
        "ExpiredObjectDeleteMarker cannot be specified with Tags.");
    return LifecycleMoment.of(action, 1);
  }

  private static Map<StorageClass, LifecycleMoment> transitions(Xml.Element rule) {
    Map<StorageClass, LifecycleMoment> transitions = new EnumMap<>(StorageClass.class);
    for (Xml.Element action : rule.all("Transition")) {
      action.checkChildren(List.of("Days", "Date", "StorageClass"));
      StorageClass target = target(action);
      LifecycleMoment moment =
          LifecycleMoment.of(action, 0).orElseThrow(ErrorCode.MALFORMED_XML::error);
      ErrorCode.INVALID_ARGUMENT.when(
          moment.byAge() && infrequent(target) && moment.days() < INFREQUENT_DAYS,
          "'Days' in Transition action must be greater than or equal to 30 for storageClass '"
              + target
              + "'");
      ErrorCode.INVALID_REQUEST.when(
          transitions.put(target, moment) != null,
          "Found more than one Transition action for storageClass '" + target + "'");
    }
    return transitions;
  }

  private static StorageClass target(Xml.Element action) {
    return StorageClass.named(action.value("StorageClass"))
        .filter(StorageClass::canBeTarget)
        .orElseThrow(ErrorCode.MALFORMED_XML::error);
  }

  private static boolean infrequent(StorageClass target) {
    return target == StorageClass.STANDARD_IA || target == StorageClass.ONEZONE_IA;
  }

  /// The colder the later, and expiration last.
  private static void checkOrder(
      Map<StorageClass, LifecycleMoment> transitions, Optional<LifecycleMoment> expiration) {
    List<LifecycleMoment> all = new ArrayList<>(transitions.values());
    expiration.ifPresent(all::add);
    ErrorCode.INVALID_REQUEST.when(
        all.stream().map(LifecycleMoment::byAge).distinct().count() > 1,
        "Found mixed 'Date' and 'Days' based Expiration and Transition actions in one rule.");
    StorageClass warmer = null;
    for (Map.Entry<StorageClass, LifecycleMoment> next : transitions.entrySet()) {
      if (warmer != null) {
        Instant least = earliest(warmer, transitions.get(warmer));
        ErrorCode.INVALID_ARGUMENT.when(
            next.getValue().due(Instant.EPOCH).isBefore(least),
            "The Transition action for StorageClass '%s' is too early after that for '%s'."
                .formatted(next.getKey(), warmer));
      }
      warmer = next.getKey();
    }
    ErrorCode.INVALID_ARGUMENT.when(
        expiration.isPresent()
            && transitions.values().stream()
                .anyMatch(t -> !expiration.get().due(Instant.EPOCH).isAfter(t.due(Instant.EPOCH))),
        "'Days' in the Expiration action must be greater than 'Days' in the Transition action");
  }

  /// When what was moved to this class can be moved on.
  private static Instant earliest(StorageClass warmer, LifecycleMoment moved) {
    return Midnight.after(moved.due(Instant.EPOCH), infrequent(warmer) ? INFREQUENT_DAYS - 1 : 0);
  }

  private static int abort(Xml.Element action, LifecycleFilter filter) {
    action.checkChildren(List.of("DaysAfterInitiation"));
    ErrorCode.INVALID_REQUEST.when(
        !filter.tags().pairs().isEmpty() || filter.bySize(),
        "AbortIncompleteMultipartUpload cannot be specified with Tags or object sizes.");
    return LifecycleMoment.number(
        action.value("DaysAfterInitiation"), 1, "DaysAfterInitiation", action.name());
  }

  private static void checkNoncurrent(Xml.Element action) {
    boolean moves = action.name().equals("NoncurrentVersionTransition");
    action.checkChildren(
        moves ? List.of(NONCURRENT, NEWER, "StorageClass") : List.of(NONCURRENT, NEWER));
    LifecycleMoment.number(action.value(NONCURRENT), moves ? 0 : 1, NONCURRENT, action.name());
    if (moves) {
      target(action);
    }
    String newer = action.value(NEWER);
    ErrorCode.INVALID_ARGUMENT.when(
        !newer.isEmpty() && !newer.matches("[1-9]\\d?|100"), NEWER + " is from 1 to 100.");
  }
}
