package dev.vat.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Crc32CombinationProperties {
  @Property
  void the_sum_of_the_parts_is_the_sum_of_the_whole(
      @ForAll byte[] bytes, @ForAll @IntRange(min = 0, max = 255) int cut) {
    int at = bytes.length * cut / 255;
    int first = crc(Arrays.copyOfRange(bytes, 0, at));
    int second = crc(Arrays.copyOfRange(bytes, at, bytes.length));

    assertThat(Crc32Combination.of(first, second, bytes.length - at)).isEqualTo(crc(bytes));
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
