package dev.vat.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.http.DateGenerator;

/// The life cycle rules of a bucket, and what they say of what it holds. Decides only.
///
/// Source: Amazon S3 API Reference, PutBucketLifecycleConfiguration; User Guide, "Transitioning
/// objects using Amazon S3 Lifecycle" (small objects), "Conflicts in lifecycle configurations".
///
/// @param document as it was sent, each rule with an id
/// @param minimum what the smallest objects are that move, in S3's words
record Lifecycle(Xml.Element document, List<LifecycleRule> rules, String minimum) {
  static final String MINIMUM_HEADER = "x-amz-transition-default-minimum-object-size";

  private static final String ROOT = "LifecycleConfiguration";
  private static final String RULES = "lifecycle";
  private static final String MINIMUM = "lifecycle.minimum";
  private static final String ALL_128K = "all_storage_classes_128K";
  private static final String BY_CLASS = "varies_by_storage_class";
  private static final int MAX_RULES = 1000;
  private static final int MAX_ID = 255;
  private static final long SMALL_BYTES = 128 * 1024;

  /// @param minimum empty for S3's default
  /// @throws S3Error when S3 would not take it
  static Lifecycle of(Xml.Element sent, String minimum) {
    sent.checkChildren(List.of("Rule"));
    ErrorCode.MALFORMED_XML.when(sent.children().isEmpty());
    ErrorCode.MALFORMED_XML.when(
        sent.children().size() > MAX_RULES, "A bucket has at most 1,000 rules.");
    ErrorCode.INVALID_ARGUMENT.when(!List.of("", ALL_128K, BY_CLASS).contains(minimum));
    List<Xml.Element> elements = sent.children().stream().map(Lifecycle::named).toList();
    Set<String> ids = new HashSet<>();
    for (Xml.Element element : elements) {
      String id = element.value("ID");
      ErrorCode.INVALID_ARGUMENT.when(
          id.length() > MAX_ID, "ID length should not exceed allowed limit of 255");
      ErrorCode.INVALID_ARGUMENT.when(
          !ids.add(id), "Rule ID must be unique. Found same ID for more than one rule");
    }
    return new Lifecycle(
        new Xml.Element(ROOT, "", elements),
        elements.stream().map(LifecycleRule::of).toList(),
        minimum.isEmpty() ? ALL_128K : minimum);
  }

  private static Xml.Element named(Xml.Element rule) {
    if (!rule.value("ID").isEmpty()) {
      return rule;
    }
    List<Xml.Element> children = new ArrayList<>(rule.children());
    children.removeIf(c -> c.name().equals("ID"));
    children.addFirst(new Xml.Element("ID", UUID.randomUUID().toString(), List.of()));
    return new Xml.Element(rule.name(), "", children);
  }

  /// That of a bucket; empty when it has none.
  static Optional<Lifecycle> of(Stored bucket) {
    String kept = bucket.fact(RULES);
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of(
            of(Xml.read(kept.getBytes(StandardCharsets.UTF_8), ROOT), bucket.fact(MINIMUM)));
  }

  /// The facts of a bucket without rules.
  static Map<String, String> without(Map<String, String> facts) {
    Map<String, String> rest = new TreeMap<>(facts);
    rest.keySet().removeAll(List.of(RULES, MINIMUM));
    return rest;
  }

  /// The facts of a bucket with these rules in place of its own.
  Map<String, String> in(Map<String, String> facts) {
    Map<String, String> all = without(facts);
    all.put(RULES, new String(xml().bytes(), StandardCharsets.UTF_8));
    all.put(MINIMUM, minimum);
    return all;
  }

  Xml xml() {
    Xml xml = new Xml(ROOT);
    document.children().forEach(xml::add);
    return xml;
  }

  private Stream<LifecycleRule> about(Stored object) {
    return rules.stream().filter(r -> r.enabled() && r.filter().matches(object));
  }

  /// When something goes, and by which rule: the first of several.
  record Expiry(Instant at, String ruleId) {
    /// As `x-amz-expiration` says it.
    String header() {
      return "expiry-date=\"%s\", rule-id=\"%s\""
          .formatted(DateGenerator.formatDate(at), UriText.encode(ruleId));
    }
  }

  Optional<Expiry> expiry(Stored object) {
    return about(object)
        .flatMap(
            r -> r.expiration().stream().map(e -> new Expiry(e.due(object.modified()), r.id())))
        .min(Comparator.comparing(Expiry::at));
  }

  /// The class that it is to have by now: the coldest of those that are due.
  StorageClass target(Stored object, Instant now) {
    return about(object)
        .flatMap(
            r ->
                r.transitions().entrySet().stream()
                    .filter(t -> !t.getValue().due(object.modified()).isAfter(now))
                    .map(Map.Entry::getKey)
                    .filter(c -> r.filter().bySize() || isBigEnough(object, c)))
        .filter(object.storageClass()::leadsTo)
        .max(StorageClass::compareTo)
        .orElse(object.storageClass());
  }

  private boolean isBigEnough(Stored object, StorageClass target) {
    return object.size() >= SMALL_BYTES || minimum.equals(BY_CLASS) && target.freezes();
  }

  /// When an upload that is not completed is aborted, and by which rule.
  Optional<Expiry> abort(String key, Instant initiated) {
    return rules.stream()
        .filter(r -> r.enabled() && r.abortDays() > 0 && r.filter().matchesKey(key))
        .map(r -> new Expiry(Midnight.after(initiated, r.abortDays()), r.id()))
        .min(Comparator.comparing(Expiry::at));
  }
}
