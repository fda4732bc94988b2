package dev.vat.sandbox;

import java.util.List;

/// Which objects a life cycle rule is about.
///
/// Source: Amazon S3 API Reference, LifecycleRuleFilter and LifecycleRuleAndOperator.
///
/// @param above only objects of more bytes; -1 for all
/// @param below only objects of fewer bytes
record LifecycleFilter(String prefix, Tags tags, long above, long below) {
  private static final String TAG = "Tag";
  private static final List<String> CONDITIONS =
      List.of("Prefix", TAG, "ObjectSizeGreaterThan", "ObjectSizeLessThan");

  /// That of a rule: its `Filter`, or in the older form its `Prefix`.
  static LifecycleFilter of(Xml.Element rule) {
    List<Xml.Element> filters = rule.all("Filter");
    ErrorCode.MALFORMED_XML.when(filters.size() + rule.all("Prefix").size() != 1);
    if (filters.isEmpty()) {
      return conditions(new Xml.Element("Filter", "", rule.all("Prefix")));
    }
    Xml.Element filter = filters.getFirst();
    ErrorCode.MALFORMED_XML.when(filter.children().size() > 1, "A filter has one condition.");
    List<Xml.Element> and = filter.all("And");
    ErrorCode.MALFORMED_XML.when(
        !and.isEmpty() && and.getFirst().children().size() < 2, "And joins several conditions.");
    return conditions(and.isEmpty() ? filter : and.getFirst());
  }

  private static LifecycleFilter conditions(Xml.Element all) {
    all.checkChildren(CONDITIONS);
    CONDITIONS.forEach(c -> ErrorCode.MALFORMED_XML.when(!c.equals(TAG) && all.all(c).size() > 1));
    String prefix = all.value("Prefix");
    ErrorCode.INVALID_REQUEST.when(prefix.length() > 1024, "The maximum size of a prefix is 1024.");
    long above = size(all.value("ObjectSizeGreaterThan"), -1);
    long below = size(all.value("ObjectSizeLessThan"), Long.MAX_VALUE);
    ErrorCode.INVALID_REQUEST.when(
        above >= below, "'ObjectSizeLessThan' has to be greater than 'ObjectSizeGreaterThan'.");
    return new LifecycleFilter(prefix, Tags.ofXml(all.all(TAG)), above, below);
  }

  private static long size(String text, long otherwise) {
    ErrorCode.MALFORMED_XML.when(!text.matches("\\d{0,18}"), "A size is a number of bytes.");
    return text.isEmpty() ? otherwise : Long.parseLong(text);
  }

  /// Whether it says anything about sizes.
  boolean bySize() {
    return above >= 0 || below < Long.MAX_VALUE;
  }

  boolean matches(Stored object) {
    return object.key().startsWith(prefix)
        && object.size() > above
        && object.size() < below
        && Tags.of(object).containsAll(tags);
  }

  /// Uploads have neither size nor tags yet.
  boolean matchesKey(String key) {
    return key.startsWith(prefix);
  }
}
