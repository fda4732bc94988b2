package dev.vat.account;

import dev.vat.cloud.FreezeTag;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.LifecycleRules;
import dev.vat.cloud.RuleMoment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A life cycle rule that somebody made, and that does what must not be.
///
/// @param rule its id
/// @param severe whether files go or cannot be read, not only uploads are cut
/// @param what it does, a sentence for users
/// @param remedy what to do about it, a sentence
public record RuleDanger(String rule, boolean severe, String what, String remedy) {
  /// Both sentences.
  public String words() {
    return what + " " + remedy;
  }

  /// Looks at every enabled rule that vat did not make.
  public static List<RuleDanger> in(LifecycleRules rules, List<BucketUse> uses) {
    List<RuleDanger> found = new ArrayList<>();
    for (LifecycleRule rule : rules.rules()) {
      for (BucketUse use : uses) {
        if (rule.enabled() && rule.filter().touches(use.prefix()) && !isOurs(rule, use)) {
          in(rule, use, found);
        }
      }
    }
    return List.copyOf(found);
  }

  /// By what it does, not by its id alone: who changes one of ours by hand is told, too.
  private static boolean isOurs(LifecycleRule rule, BucketUse use) {
    return use.rules().contains(rule);
  }

  private static void in(LifecycleRule rule, BucketUse use, List<RuleDanger> found) {
    String begin = "The life cycle rule \"" + rule.id() + "\" ";
    String place = place(rule, use);
    Optional<RuleMoment> gone = rule.expires().filter(_ -> meetsTags(rule, use, true));
    gone.ifPresent(
        when ->
            found.add(
                new RuleDanger(
                    rule.id(),
                    true,
                    begin + "removes " + removed(rule, use) + place + " " + when.words() + ".",
                    "Take it out or give it another prefix: what it is going to remove does not"
                        + " count as a safe copy.")));
    rule.freezing()
        .filter(_ -> meetsTags(rule, use, false))
        .ifPresent(
            freezing ->
                found.add(
                    new RuleDanger(
                        rule.id(),
                        true,
                        begin
                            + "moves "
                            + frozen(use)
                            + place
                            + " to "
                            + freezing.storageClass()
                            + " "
                            + freezing.when().words()
                            + ", where they cannot be read until they are thawed.",
                        remedy(use))));
    versions(rule, use, begin, found);
    if (rule.abortDays().orElse(BucketUse.ABORT_DAYS) < BucketUse.ABORT_DAYS) {
      int days = rule.abortDays().getAsInt();
      found.add(
          new RuleDanger(
              rule.id(),
              false,
              begin
                  + "gives up uploads"
                  + place
                  + " after "
                  + days
                  + (days == 1 ? " day." : " days.")
                  + " A big file on a slow line may take longer, and then begins anew.",
              "Make it " + BucketUse.ABORT_DAYS + " days."));
    }
  }

  /// Where both meet: the longer one of two prefixes of which one begins with the other.
  private static String place(LifecycleRule rule, BucketUse use) {
    String own = rule.filter().prefix();
    String prefix = own.length() > use.prefix().length() ? own : use.prefix();
    return prefix.isEmpty() ? "" : " below " + prefix;
  }

  /// Without a tag it takes what lies beside the archives as well.
  private static String removed(LifecycleRule rule, BucketUse use) {
    return use instanceof BucketUse.Archives && rule.filter().tags().isEmpty()
        ? "archives and what lies beside them (tables of contents, light files, the page for getting"
            + " all back)"
        : use.words();
  }

  /// Versions are for getting back what somebody removed or replaced by mistake.
  private static void versions(
      LifecycleRule rule, BucketUse use, String begin, List<RuleDanger> found) {
    int days = rule.noncurrent().expireDays().orElse(BucketUse.VERSION_DAYS);
    if (days < BucketUse.VERSION_DAYS && rule.noncurrent().kept().isEmpty()) {
      found.add(
          new RuleDanger(
              rule.id(),
              false,
              begin
                  + "removes earlier versions of "
                  + use.words()
                  + place(rule, use)
                  + " after "
                  + days
                  + (days == 1 ? " day." : " days.")
                  + " Where versions are kept, what was replaced or removed by mistake cannot be"
                  + " brought back after that.",
              "Make it " + BucketUse.VERSION_DAYS + " days, or let it keep one newer version."));
    }
  }

  private static String frozen(BucketUse use) {
    return switch (use) {
      case BucketUse.Archives _ ->
          "the tables of contents and light files beside the archives, too,";
      case BucketUse.Sharing _ -> "shared files";
    };
  }

  private static String remedy(BucketUse use) {
    return switch (use) {
      case BucketUse.Archives _ ->
          "Take it out (vat's own rule goes by the tag "
              + FreezeTag.KEY
              + "="
              + FreezeTag.AUTO
              + "), or add that tag to its filter.";
      case BucketUse.Sharing _ -> "Take it out or give it another prefix.";
    };
  }

  /// Shared files carry no tags of vat's, archives carry one, what lies beside them none. A rule
  /// for other tags is about what somebody tagged by hand, who will know.
  ///
  /// @param archives whether the archives themselves count, or only what lies beside them
  private static boolean meetsTags(LifecycleRule rule, BucketUse use, boolean archives) {
    Map<String, String> carried =
        archives && use instanceof BucketUse.Archives ? FreezeTag.TAGS : Map.of();
    return carried.entrySet().containsAll(rule.filter().tags().entrySet());
  }
}
