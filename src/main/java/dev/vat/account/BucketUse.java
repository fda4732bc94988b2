package dev.vat.account;

import dev.vat.cloud.FreezeTag;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.RuleFilter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;

/// What a part of a bucket is for, and the life cycle rules that it needs.
public sealed interface BucketUse {
  /// What the keys begin with: empty, or ending in `/`.
  String prefix();

  /// The rules, each under an id that nobody else's prefix leads to.
  List<LifecycleRule> rules();

  /// For users: `archives`.
  String words();

  /// After how many days an upload that nobody finished is aborted. Home lines are slow: a big file
  /// may take more than a week.
  int ABORT_DAYS = 14;

  /// How long replaced and removed shared files can be brought back.
  int VERSION_DAYS = 30;

  /// @param freezeDays in S3 until an archive goes to Deep Archive
  record Archives(String prefix, int freezeDays) implements BucketUse {
    public Archives {
      if (freezeDays < 0) {
        throw new IllegalArgumentException("negative days: " + freezeDays);
      }
    }

    @Override
    public String words() {
      return "archives";
    }

    /// Archives carry a tag; their tables of contents and light files lie beside them and do not.
    @Override
    public List<LifecycleRule> rules() {
      RuleFilter all = RuleFilter.ofPrefix(prefix);
      return List.of(
          LifecycleRule.of(id("vat-freeze", prefix), all.withTag(FreezeTag.KEY, FreezeTag.AUTO))
              .moving(freezeDays, "DEEP_ARCHIVE"),
          abort(prefix));
    }
  }

  /// Shared files get no rule that expires them: forgotten ones are reminded of, and go through the
  /// checks of `vat cleanup`.
  record Sharing(String prefix) implements BucketUse {
    @Override
    public String words() {
      return "shared files";
    }

    @Override
    public List<LifecycleRule> rules() {
      return List.of(
          LifecycleRule.of(id("vat-versions", prefix), RuleFilter.ofPrefix(prefix))
              .forgettingVersions(VERSION_DAYS),
          abort(prefix));
    }
  }

  private static LifecycleRule abort(String prefix) {
    return LifecycleRule.of(id("vat-abort-uploads", prefix), RuleFilter.ofPrefix(prefix))
        .aborting(ABORT_DAYS);
  }

  /// Several brands may share a bucket, so that the id tells the prefix; one that S3 would find too
  /// long is told by its sum.
  private static String id(String what, String prefix) {
    String id = prefix.isEmpty() ? what : what + ":" + prefix;
    if (id.length() <= 255 && id.chars().allMatch(c -> c > ' ' && c < 127)) {
      return id;
    }
    CRC32 sum = new CRC32();
    sum.update(prefix.getBytes(StandardCharsets.UTF_8));
    return what + ":" + HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
