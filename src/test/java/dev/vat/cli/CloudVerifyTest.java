package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StorageClass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `vat verify --place s3` as David types it.
final class CloudVerifyTest extends ProjectOnSsdAndVault {
  private String verifiedAt() throws IOException {
    return manifest().path("storage").path("s3").path("verified_at").asString("");
  }

  private String damagedAt() throws IOException {
    return manifest().path("storage").path("s3").path("damaged_at").asString("");
  }

  private ETag etag(String key) {
    return bucket.head(key).orElseThrow().summary().etag();
  }

  private Map<String, String> metadata() {
    return archive().orElseThrow().metadata();
  }

  /// Other bytes in place of an object, as S3 would have them after somebody's mistake.
  private void replace(String key, byte[] content, Map<String, String> metadata) throws Exception {
    bucket.put(
        key,
        Body.of(content),
        new ObjectAttributes("application/gzip", metadata),
        Guard.unchanged(etag(key)));
  }

  private byte[] damaged(int at) {
    byte[] content = bucket.content(KEY).orElseThrow().clone();
    content[at] ^= 1;
    return content;
  }

  private void store() throws Exception {
    assertThat(vat("backup", "b40").exit()).isZero();
    clock.pass(Duration.ofDays(1));
  }

  @Test
  void an_archive_is_whole_by_the_checksum_or_by_reading_it_and_the_manifest_says_when()
      throws Exception {
    store();
    String before = verifiedAt();
    CommandRun planned = vat("verify", "--place", "s3", "--dry-run");
    assertThat(planned.exit()).as(planned.err()).isZero();
    assertThat(planned.out()).contains("would be asked about");
    assertThat(verifiedAt()).isEqualTo(before);

    CommandRun run = vat("verify", "b40", "--place", "s3");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("s3://vault/" + KEY, "whole by S3's checksum");
    String asked = verifiedAt();
    assertThat(asked).isNotEmpty().isGreaterThan(before);

    clock.pass(Duration.ofDays(1));
    CommandRun full = vat("verify", "--place", "s3", "--full");
    assertThat(full.exit()).as(full.out() + full.err()).isZero();
    assertThat(full.out()).contains("are downloaded", "for leaving Amazon", "every file was read");
    assertThat(run.out()).doesNotContain("downloaded");
    assertThat(verifiedAt()).isGreaterThan(asked);
  }

  @Test
  void other_bytes_than_the_table_of_contents_has_the_checksum_of_are_damage() throws Exception {
    store();
    assertThat(verifiedAt()).isNotEmpty();
    byte[] whole = bucket.content(KEY).orElseThrow().clone();
    replace(KEY, damaged(bucket.content(KEY).orElseThrow().length / 4), metadata());
    for (String[] words :
        new String[][] {{"verify", "--place", "s3"}, {"verify", "--place", "s3", "--full"}}) {
      CommandRun run = vat(words);
      assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(6);
      assertThat(run.out()).contains("another size or checksum");
      assertThat(verifiedAt()).as("it does not stand as proven any more").isEmpty();
    }
    assertThat(damagedAt()).isNotEmpty();
    assertThat(vat("list", "b40*").out()).contains("damaged");
    assertThat(vat("show", "b40").out())
        .contains("damaged, 2026-05-05: vat verify b40-old --place s3", "0 whole ones known")
        .contains("It is damaged or gone in S3, as vat verify found on 2026-05-05");

    replace(KEY, whole, metadata());
    assertThat(vat("verify", "--place", "s3").exit()).isZero();
    assertThat(damagedAt()).isEmpty();
    assertThat(verifiedAt()).isNotEmpty();
  }

  @Test
  void without_the_table_of_contents_only_reading_proves_it() throws Exception {
    store();
    String toc = KEY.replace(".tar.gz", ".toc.json");
    bucket.remove(toc, etag(toc));
    CommandRun run = vat("verify", "--place", "s3");
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(4);
    assertThat(run.out()).contains("There is no table of contents beside it");
    CommandRun full = vat("verify", "--place", "s3", "--full");
    assertThat(full.exit()).as(full.out() + full.err()).isZero();

    byte[] content = bucket.content(KEY).orElseThrow();
    int footage = new String(content, StandardCharsets.ISO_8859_1).indexOf("footage");
    assertThat(footage).isPositive();
    replace(KEY, damaged(footage), metadata());
    full = vat("verify", "--place", "s3", "--full");
    assertThat(full.exit()).as(full.out() + full.err()).isEqualTo(6);
  }

  @Test
  void metadata_that_tells_other_numbers_and_an_unreadable_table_are_damage() throws Exception {
    store();
    Map<String, String> other = new HashMap<>(metadata());
    other.put("files", "1");
    replace(KEY, bucket.content(KEY).orElseThrow(), other);
    CommandRun run = vat("verify", "--place", "s3");
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(6);
    assertThat(run.out()).contains("metadata tells other numbers");

    String toc = KEY.replace(".tar.gz", ".toc.json");
    replace(toc, "{".getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(vat("verify", "--place", "s3").exit()).isEqualTo(6);
  }

  @Test
  void a_frozen_archive_is_proven_by_its_checksum_and_read_only_after_a_thaw() throws Exception {
    store();
    bucket.copy(
        KEY,
        etag(KEY),
        KEY,
        CopyAttributes.in(StorageClass.DEEP_ARCHIVE),
        Guard.unchanged(etag(KEY)),
        CopyWatch.none());
    CommandRun run = vat("verify", "--place", "s3");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    CommandRun full = vat("verify", "--place", "s3", "--full");
    assertThat(full.exit()).as(full.out() + full.err()).isEqualTo(4);
    assertThat(full.out()).contains("takes a thaw first (vat thaw b40-old)");
  }

  @Test
  void one_that_the_manifest_knows_and_that_is_gone_is_told() throws Exception {
    store();
    bucket.remove(KEY, etag(KEY));
    CommandRun run = vat("verify", "b40", "--place", "s3");
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(6);
    assertThat(run.out())
        .contains("not there any more", "a table of contents whose archive is gone");
    assertThat(verifiedAt()).isEmpty();
  }

  @Test
  void another_repositorys_archives_are_left_alone() throws Exception {
    store();
    Map<String, String> other = new HashMap<>(metadata());
    other.put("repo", "v-voz");
    replace(KEY, damaged(0), other);
    CommandRun run = vat("verify", "--place", "s3");
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("No archive of this repository");
  }

  @Test
  void what_does_not_go_together_is_said() throws Exception {
    assertThat(vat("verify", "--full").exit()).isEqualTo(2);
    assertThat(vat("verify", "--place", "s3", "--repair").exit()).isEqualTo(2);
  }
}
