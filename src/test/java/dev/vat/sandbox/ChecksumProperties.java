package dev.vat.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class ChecksumProperties {
  @Example
  void the_published_check_values_come_out() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    assertThat(HexFormat.of().formatHex(sum(Checksum.CRC64NVME, digits, 0, 9)))
        .isEqualTo("ae8b14860a799888");
    assertThat(HexFormat.of().formatHex(sum(Checksum.CRC32C, digits, 0, 9))).isEqualTo("e3069283");
    assertThat(HexFormat.of().formatHex(sum(Checksum.CRC32, digits, 0, 9))).isEqualTo("cbf43926");
  }

  @Property
  void the_sum_of_a_whole_follows_from_the_sums_of_its_parts(
      @ForAll byte[] content, @ForAll @IntRange(max = 1000) int where) {
    int cut = content.length == 0 ? 0 : where % (content.length + 1);
    for (Checksum checksum : Checksum.values()) {
      if (checksum.linear()) {
        byte[] first = sum(checksum, content, 0, cut);
        byte[] second = sum(checksum, content, cut, content.length);
        assertThat(checksum.join(first, second, content.length - cut))
            .isEqualTo(sum(checksum, content, 0, content.length));
      }
    }
  }

  @Property
  void keys_are_ordered_by_their_utf8_bytes(@ForAll String a, @ForAll String b) {
    String x = new String(a.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String y = new String(b.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    int bytes =
        Arrays.compareUnsigned(
            x.getBytes(StandardCharsets.UTF_8), y.getBytes(StandardCharsets.UTF_8));
    assertThat(Integer.signum(Store.BY_UTF8.compare(x, y))).isEqualTo(Integer.signum(bytes));
  }

  private static byte[] sum(Checksum checksum, byte[] content, int from, int to) {
    return checksum.start().digest(Arrays.copyOfRange(content, from, to));
  }
}
