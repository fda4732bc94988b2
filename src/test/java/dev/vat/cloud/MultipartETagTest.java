package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartETagTest {
  private static final long MIB = 1024 * 1024;
  private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

  @Test
  void an_etag_of_parts_tells_how_many_they_are() {
    assertThat(MultipartETag.of(new ETag(MD5 + "-17"))).contains(new MultipartETag(MD5, 17));
    assertThat(new MultipartETag(MD5, 17)).hasToString(MD5 + "-17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        MD5,
        MD5 + "-0",
        MD5 + "-01",
        MD5 + "-10001",
        MD5 + "-99999999999",
        MD5 + "-2-3",
        "CAFE" + MD5 + "-2",
        "0x8D-3"
      })
  void anything_else_is_none(String etag) {
    assertThat(MultipartETag.of(new ETag(etag))).isEmpty();
  }

  /// In MiB: the thresholds where tools begin to cut anew.
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          AWS_CLI,      9,     8
          AWS_CLI,  80000,     8
          AWS_CLI,  80001,    16
          AWS_CLI, 160001,    32
          RCLONE,     201,     5
          RCLONE,   50000,     5
          RCLONE,   50001,     6
          RCLONE,   60001,     7
          S3CMD,       16,    15
          S5CMD,      400,    50
          MINIO,       17,    16
          MINIO,   160001,    32
          """)
  void tools_cut_as_their_sources_say(PartSizes.Tool tool, long size, long part) {
    assertThat(tool.partBytes(size * MIB)).isEqualTo(part * MIB);
  }

  @Test
  void the_sdks_cut_bytes_finely_when_the_parts_would_be_too_many() {
    assertThat(PartSizes.Tool.JAVA_SDK.partBytes(80_000 * MIB + 1)).isEqualTo(8 * MIB + 1);
    assertThat(PartSizes.Tool.GO_SDK.partBytes(50_000 * MIB)).isEqualTo(5 * MIB + 1);
  }

  @Test
  void whole_sizes_that_people_set_are_tried_too() {
    assertThat(PartSizes.candidates(1000 * MIB, 10)).contains(100 * MIB, 105 * MIB);
    assertThat(PartSizes.candidates(1000 * MIB, 16)).contains(64 * MIB);
  }

  @Test
  void one_part_is_the_whole_and_parts_that_cannot_be_have_no_size() {
    assertThat(PartSizes.candidates(8 * MIB, 1)).containsExactly(8 * MIB);
    assertThat(PartSizes.candidates(0, 1)).containsExactly(1L);
    assertThat(PartSizes.candidates(100, 50)).isEmpty();
  }

  @Test
  void all_sizes_are_computed_in_one_pass_however_the_bytes_come() throws Exception {
    byte[] content = new byte[10_007];
    new Random(3).nextBytes(content);
    List<Long> sizes = List.of(1L, 2L, 16L, 1000L, 10_006L, 10_007L, 20_000L);
    for (int step : new int[] {1, 7, 1000, 20_000}) {
      PartSums sums = new PartSums(sizes);
      for (int at = 0; at < content.length; at += step) {
        sums.update(content, at, Math.min(step, content.length - at));
      }
      Map<Long, ETag> etags = sums.etags();
      assertThat(etags).containsOnlyKeys(2L, 16L, 1000L, 10_006L, 10_007L, 20_000L);
      for (Map.Entry<Long, ETag> etag : etags.entrySet()) {
        assertThat(etag.getValue()).isEqualTo(simply(content, etag.getKey()));
      }
    }
  }

  private static ETag simply(byte[] content, long partBytes) throws Exception {
    MessageDigest all = MessageDigest.getInstance("MD5");
    int count = 0;
    for (int at = 0; at < content.length; at += (int) partBytes) {
      int end = (int) Math.min(content.length, at + partBytes);
      all.update(MessageDigest.getInstance("MD5").digest(Arrays.copyOfRange(content, at, end)));
      count++;
    }
    return new ETag(HexFormat.of().formatHex(all.digest()) + "-" + count);
  }

  @Test
  void an_empty_content_in_one_part_has_the_etag_that_s3_gives_it() {
    // md5(md5("")), as the sandbox and S3 give it.
    assertThat(new PartSums(List.of(1L)).etags())
        .containsEntry(1L, new ETag("59adb24ef3cdbe0297f05b395827453f-1"));
  }
}
