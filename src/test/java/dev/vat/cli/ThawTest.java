package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.Thaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `vat thaw` at the command lines of two teammates.
final class ThawTest extends VaultInMemory {
  private static final String NOTE = "appydave/.vat/thaws/b40-old.json";

  @BeforeEach
  void freeze() throws IOException {
    put(KEY, "v-appydave", StorageClass.DEEP_ARCHIVE);
  }

  private void put(String key, String repo, StorageClass storageClass) throws IOException {
    bucket.put(
        key,
        Body.of("x".repeat(200_000).getBytes(UTF_8)),
        new ObjectAttributes(
            "application/gzip",
            repo.isEmpty() ? Map.of() : Map.of("repo", repo),
            storageClass,
            Map.of()),
        Guard.absent());
  }

  private CommandRun run(String who, String... words) throws IOException {
    Path repository = Files.createDirectories(folder.toRealPath().resolve(who + "/v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    return person(who, repository).run(words);
  }

  private Thaw thaw() {
    return bucket.head(KEY).orElseThrow().summary().thaw();
  }

  @Test
  void the_price_of_both_tiers_is_told_and_nothing_is_asked_for() throws Exception {
    CommandRun dry = run("david", "thaw", "b40", "--dry-run");

    assertThat(dry.exit()).as(dry.err()).isEqualTo(7);
    assertThat(dry.out())
        .contains("b40-old (200.0 KB) - frozen in DEEP_ARCHIVE")
        .contains("Thawing 1 archive (200.0 KB), readable for 7 days:")
        .contains("standard  within 12 hours: ")
        .contains("bulk      within 48 hours: ")
        .doesNotContain("expedited");
    assertThat(thaw()).isEqualTo(new Thaw.Frozen());
    assertThat(bucket.keys()).containsExactly(KEY);
    assertThat(run("david", "thaw", "--check-status").out()).contains("No thaw is known of.");
  }

  @Test
  void ours_beside_another_repositorys_archive_is_thawed() throws Exception {
    put("appydave/b00-b49/b41-two.tar.gz", "v-voz", StorageClass.DEEP_ARCHIVE);
    String ours = "appydave/b00-b49/b41-two.2026-01-02_030405Z.tar.gz";
    put(ours, "v-appydave", StorageClass.DEEP_ARCHIVE);

    CommandRun asked = run("david", "thaw", "b41", "--yes");

    assertThat(asked.exit()).as(asked.err()).isEqualTo(7);
    assertThat(bucket.head(ours).orElseThrow().summary().thaw()).isInstanceOf(Thaw.Thawing.class);
  }

  @Test
  void a_thaw_is_followed_by_both_until_it_expires_unfetched() throws Exception {
    CommandRun asked = run("david", "thaw", "b40", "--yes");
    assertThat(asked.exit()).as(asked.err()).isEqualTo(7);
    assertThat(asked.out()).contains("is being thawed, readable by 2026-05-06 10:00 UTC");
    assertThat(bucket.keys()).containsExactlyInAnyOrder(KEY, NOTE);

    CommandRun jan = run("jan", "thaw", "--check-status");
    assertThat(jan.exit()).isEqualTo(7);
    assertThat(jan.out())
        .contains("is being thawed (asked for by david), readable by 2026-05-06 10:00 UTC");
    CommandRun twice = run("jan", "thaw", "b40", "--yes");
    assertThat(twice.out()).contains("is being thawed").doesNotContain("Thawing 1 archive");

    clock.pass(Duration.ofHours(49));
    CommandRun ready = run("jan", "thaw", "--check-status");
    assertThat(ready.exit()).isZero();
    assertThat(ready.out()).contains("b40-old (200.0 KB) - can be read until 2026-05-12 00:00 UTC");

    clock.pass(Duration.ofDays(10));
    CommandRun expired = run("david", "thaw", "--check-status");
    assertThat(expired.exit()).isEqualTo(7);
    assertThat(expired.out()).contains("expired: it was thawed (asked for 12 days ago)");
    assertThat(expired.err()).contains("vat thaw b40-old");
    assertThat(run("david", "thaw", "b40", "--dry-run").out())
        .contains("its days were over before it was fetched")
        .contains("within 48 hours");
  }

  @Test
  void a_faster_tier_can_be_asked_for_later_and_waiting_ends_when_it_is_ready() throws Exception {
    run("david", "thaw", "b40", "--yes");

    CommandRun faster = run("david", "thaw", "b40", "--tier", "standard", "--wait", "--yes");

    assertThat(faster.exit()).as(faster.err()).isZero();
    assertThat(faster.out())
        .contains("is under way, and can be made faster")
        .contains("readable by 2026-05-04 22:00 UTC")
        .contains("can be read until");
    assertThat(thaw()).isInstanceOf(Thaw.Thawed.class);
  }

  @Test
  void what_needs_no_thaw_is_nobodys_or_another_repositorys_is_said() throws Exception {
    put("appydave/b00-b49/b41-plain.tar.gz", "v-appydave", StorageClass.STANDARD);
    put("appydave/b00-b49/b42-voz.tar.gz", "v-voz", StorageClass.DEEP_ARCHIVE);
    CommandRun plain = run("david", "thaw", "b41", "--yes");
    assertThat(plain.exit()).isZero();
    assertThat(plain.out()).contains("b41-plain (200.0 KB) - can be read at any time");

    CommandRun theirs = run("david", "thaw", "b42", "--yes");
    assertThat(theirs.exit()).isEqualTo(3);
    assertThat(theirs.out()).contains("b42-voz (200.0 KB) - is of v-voz");

    assertThat(run("david", "thaw").exit()).isEqualTo(2);
    assertThat(run("david", "thaw", "b40", "--tier", "expedited", "--yes").err())
        .contains("S3 does not thaw DEEP_ARCHIVE by the tier expedited");
    assertThat(run("david", "thaw", "b40", "--days", "0", "--yes").exit()).isEqualTo(2);
    assertThat(run("david", "thaw", "b40", "--tier", "slow").err()).contains("'slow' is no tier");
    assertThat(run("david", "thaw", "b40").exit()).as("nobody to ask").isEqualTo(2);
    assertThat(thaw()).isEqualTo(new Thaw.Frozen());
  }

  @Test
  void of_several_archives_none_is_guessed_and_what_to_type_is_told() throws Exception {
    String dated = "appydave/b00-b49/b40-old.2026-01-02_030405Z.tar.gz";
    put(dated, "v-appydave", StorageClass.DEEP_ARCHIVE);

    CommandRun unclear = run("david", "thaw", "b40", "--yes");
    assertThat(unclear.exit()).isEqualTo(2);
    assertThat(unclear.err())
        .contains("S3 has 2 archives of b40-old: b40-old.tar.gz (200.0 KB, stored 2026-05-04, ")
        .contains("b40-old.2026-01-02_030405Z.tar.gz (200.0 KB")
        .contains("vat thaw b40-old --archive b40-old.tar.gz");
    assertThat(thaw()).isEqualTo(new Thaw.Frozen());
    assertThat(run("david", "thaw", "b40", "--archive", "b40.tar.gz", "--yes").err())
        .contains("has no archive called b40.tar.gz; S3 has b40-old.tar.gz");
    assertThat(run("david", "thaw", "b40", "b41", "--archive", "x", "--yes").exit()).isEqualTo(2);

    CommandRun asked =
        run("david", "thaw", "b40", "--yes", "--archive", "b40-old.2026-01-02_030405Z.tar.gz");
    assertThat(asked.exit()).as(asked.err()).isEqualTo(7);
    assertThat(bucket.head(dated).orElseThrow().summary().thaw()).isInstanceOf(Thaw.Thawing.class);
    assertThat(thaw()).isEqualTo(new Thaw.Frozen());
    run("david", "thaw", "b40", "--yes", "--archive", "b40-old.tar.gz");
    assertThat(bucket.keys()).contains(NOTE, "appydave/.vat/thaws/b40-old.2026-01-02_030405Z.json");

    CommandRun both = run("jan", "thaw", "b40", "--check-status");
    assertThat(both.exit()).isEqualTo(7);
    assertThat(both.out())
        .contains("b40-old (200.0 KB) - is being thawed (asked for by david)")
        .contains("b40-old.2026-01-02_030405Z.tar.gz (200.0 KB) - is being thawed (asked for by");
  }

  @Test
  void what_does_not_say_whose_it_is_can_be_read_by_who_names_its_project() throws Exception {
    String unsaid = "appydave/b00-b49/b45-plain.tar.gz";
    put(unsaid, "", StorageClass.DEEP_ARCHIVE);

    CommandRun asked = run("david", "thaw", "b45", "--yes");

    assertThat(asked.exit()).as(asked.err()).isEqualTo(7);
    assertThat(asked.err()).contains("does not say whose it is; it is taken because");
    assertThat(bucket.head(unsaid).orElseThrow().summary().thaw()).isInstanceOf(Thaw.Thawing.class);
  }
}
