package dev.vat.cli;

import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.RuleFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Life cycle rules in a person's words.
final class RuleWords {
  private RuleWords() {}

  /// What it does to what: `all below staging/: older versions go after 30 days`.
  static String of(LifecycleRule rule) {
    String what = String.join("; ", actions(rule));
    return filter(rule.filter())
        + ": "
        + (what.isEmpty() ? "nothing that vat has a word for" : what)
        + (rule.enabled() ? "" : " (switched off)");
  }

  private static String filter(RuleFilter filter) {
    List<String> parts = new ArrayList<>();
    parts.add(filter.prefix().isEmpty() ? "all" : "all below " + filter.prefix());
    filter.tags().forEach((key, value) -> parts.add("with the tag " + key + "=" + value));
    filter.above().ifPresent(bytes -> parts.add("over " + bytes + " bytes"));
    filter.below().ifPresent(bytes -> parts.add("under " + bytes + " bytes"));
    return Printable.of(String.join(" ", parts));
  }

  private static List<String> actions(LifecycleRule rule) {
    List<String> actions = new ArrayList<>();
    rule.transitions()
        .forEach(t -> actions.add("to " + className(t.storageClass()) + " " + t.when().words()));
    rule.expires().ifPresent(when -> actions.add("removed " + when.words()));
    rule.noncurrent()
        .transitions()
        .forEach(
            t ->
                actions.add(
                    "older versions to " + className(t.storageClass()) + " " + t.when().words()));
    rule.noncurrent()
        .expireDays()
        .ifPresent(
            days ->
                actions.add(
                    "older versions go after "
                        + Counts.of(days, "day")
                        + (rule.noncurrent().kept().isPresent()
                            ? ", but the newest " + rule.noncurrent().kept().getAsInt() + " stay"
                            : "")));
    if (rule.clearsMarkers()) {
      actions.add("then their marker");
    }
    rule.abortDays()
        .ifPresent(days -> actions.add("unfinished uploads go after " + Counts.of(days, "day")));
    return actions;
  }

  private static String className(String word) {
    return switch (word) {
      case "DEEP_ARCHIVE" -> "Glacier Deep Archive";
      case "GLACIER" -> "Glacier";
      case "GLACIER_IR" -> "Glacier Instant Retrieval";
      case "STANDARD_IA" -> "Standard-IA";
      case "ONEZONE_IA" -> "One Zone-IA";
      default -> Printable.of(word.toLowerCase(Locale.ROOT).replace('_', ' '));
    };
  }
}
