package dev.vat.cli;

import dev.vat.account.RuleDanger;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat cloud lifecycle`: what the buckets do by themselves.
@Command(
    name = "lifecycle",
    description = "what the buckets do by themselves: freeze, expire, tidy up",
    footer = {
      "",
      "Changes nothing: vat cloud setup sets the rules that vat needs.",
      "",
      "Example:",
      "  vat cloud lifecycle"
    })
final class CloudLifecycleCommand implements VatCommand {
  @Mixin private OutputOptions output;

  /// @param standing `as_wanted`, `differs` (vat's own by its id, but not as it is to be), `others`
  private record RuleLine(String id, boolean enabled, String what, String standing) {}

  private record BucketLine(
      String bucket, List<RuleLine> rules, List<String> missing, List<String> dangers) {}

  private record Document(List<BucketLine> buckets) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CloudPlaces places = CloudPlaces.of(invocation);
    List<BucketLine> all = new ArrayList<>();
    for (WantedBucket wanted : places.wanted()) {
      try (ObjectStore store = places.open(invocation, wanted.name())) {
        all.add(tell(invocation.console(), wanted, rules(store)));
      }
    }
    invocation.console().document("vat.cloud-lifecycle/1", new Document(all));
    return ExitCode.DONE;
  }

  private static LifecycleRules rules(ObjectStore store) throws StoreException {
    return store.settings().lifecycle();
  }

  private static BucketLine tell(Console console, WantedBucket wanted, LifecycleRules rules) {
    console.line("s3://" + wanted.name() + ": " + Printable.of(SetupWords.uses(wanted)));
    List<RuleLine> lines = new ArrayList<>();
    for (LifecycleRule rule : rules.rules()) {
      String standing = standing(rule, wanted);
      lines.add(new RuleLine(rule.id(), rule.enabled(), RuleWords.of(rule), standing));
      console.line(
          "  "
              + console.style().sign(standing.equals("differs") ? Symbol.WARNING : Symbol.SAME)
              + " "
              + Printable.of(rule.id())
              + ": "
              + RuleWords.of(rule)
              + words(standing));
    }
    List<String> missing =
        wanted.rules().stream()
            .filter(rule -> rules.named(rule.id()).isEmpty())
            .map(LifecycleRule::id)
            .toList();
    missing.forEach(
        id ->
            console.line(
                "  " + console.style().sign(Symbol.FAILED) + " missing: " + Printable.of(id)));
    List<String> dangers =
        RuleDanger.in(rules, wanted.uses()).stream().map(RuleDanger::words).toList();
    dangers.forEach(
        d -> console.line("  " + console.style().sign(Symbol.WARNING) + " " + Printable.of(d)));
    if (!missing.isEmpty() || lines.stream().anyMatch(l -> l.standing().equals("differs"))) {
      console.line("  " + console.style().sign(Symbol.NEXT) + " vat cloud setup sets what differs");
    }
    return new BucketLine(wanted.name(), lines, missing, dangers);
  }

  private static String standing(LifecycleRule rule, WantedBucket wanted) {
    if (wanted.rules().contains(rule)) {
      return "as_wanted";
    }
    return wanted.rules().stream().anyMatch(w -> w.id().equals(rule.id())) ? "differs" : "others";
  }

  private static String words(String standing) {
    return switch (standing) {
      case "as_wanted" -> " (vat's)";
      case "differs" -> " (vat's, but not as it is to be)";
      default -> " (somebody else's)";
    };
  }
}
