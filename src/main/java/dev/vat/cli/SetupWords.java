package dev.vat.cli;

import dev.vat.account.BucketUse;
import dev.vat.account.Change;
import dev.vat.account.WantedBucket;
import dev.vat.cloud.BucketSettings;
import dev.vat.cloud.LifecycleRule;
import java.util.List;
import java.util.stream.Collectors;

/// What `vat cloud setup` says of a bucket and of each change.
final class SetupWords {
  private SetupWords() {}

  /// `archives below appydave/, shared files below staging/`.
  static String uses(WantedBucket bucket) {
    return bucket.uses().stream()
        .map(use -> use.words() + (use.prefix().isEmpty() ? "" : " below " + use.prefix()))
        .collect(Collectors.joining(", "));
  }

  /// For programs.
  static String word(Change change) {
    return switch (change) {
      case Change.Create _ -> "create_bucket";
      case Change.BlockPublicAccess _ -> "block_public_access";
      case Change.Encrypt _ -> "encrypt";
      case Change.RequireTls _ -> "require_tls";
      case Change.KeepVersions _ -> "keep_versions";
      case Change.SetRules _ -> "life_cycle_rules";
    };
  }

  /// What is and what is to be, one line each; the first says what it is about.
  static List<String> lines(Change change, BucketSettings bucket) {
    return switch (change) {
      case Change.Create _ ->
          List.of("the bucket: not there yet; made in " + region(bucket.regionForNew()));
      case Change.BlockPublicAccess _ ->
          List.of("public access: could be given; blocked for good (all four switches)");
      case Change.Encrypt _ ->
          List.of("encryption of new objects: none set; S3's own keys (AES256, free)");
      case Change.RequireTls tls ->
          List.of(
              "requests without TLS: let in; refused"
                  + (tls.seen().isPresent()
                      ? " (one more statement in the bucket's policy)"
                      : " (a policy of the bucket)"));
      case Change.KeepVersions keep ->
          List.of(
              "versions of replaced and removed files: "
                  + (keep.found() == BucketSettings.Versioning.OFF ? "not kept" : "suspended")
                  + "; kept "
                  + BucketUse.VERSION_DAYS
                  + " days (each costs what its file costs)");
      case Change.SetRules set -> set.rules().stream().map(rule -> rule(rule, set)).toList();
    };
  }

  /// What is so now.
  static String done(Change change) {
    return switch (change) {
      case Change.Create _ -> "the bucket is made";
      case Change.BlockPublicAccess _ -> "public access is blocked";
      case Change.Encrypt _ -> "new objects are encrypted";
      case Change.RequireTls _ -> "requests without TLS are refused";
      case Change.KeepVersions _ -> "versions are kept";
      case Change.SetRules set ->
          Counts.of(set.rules().size(), "life cycle rule") + " set, and read again";
    };
  }

  private static String rule(LifecycleRule rule, Change.SetRules set) {
    return "life cycle rule "
        + Printable.of(rule.id())
        + ": "
        + set.seen()
            .named(rule.id())
            .map(now -> "now \"" + RuleWords.of(now) + "\"; becomes ")
            .orElse("missing; ")
        + "\""
        + RuleWords.of(rule)
        + "\"";
  }

  static String region(BucketSettings.Region region) {
    return region.name().isEmpty() ? "no region" : Printable.of(region.name());
  }
}
