package dev.vat.cost;

import static dev.vat.cost.StoragePrices.StorageClass.DEEP_ARCHIVE;
import static dev.vat.cost.StoragePrices.StorageClass.STANDARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoragePricesTest {
  private static final long GB = 1L << 30;

  @Test
  void a_gb_of_the_bill_costs_what_the_list_says() {
    assertThat(usd(GB, STANDARD, "us-east-1")).isEqualByComparingTo("0.023");
    assertThat(usd(25 * GB, STANDARD, "ap-southeast-1")).isEqualByComparingTo("0.625");
    // 1 TB in Deep Archive: 1.01376 for the content, and next to nothing for its index and name.
    assertThat(usd(1024 * GB, DEEP_ARCHIVE, "us-east-1")).isEqualByComparingTo("1.0138");
    assertThat(usd(0, STANDARD, "us-east-1")).isZero();
  }

  @Test
  void many_small_objects_cost_more_in_deep_archive_than_their_content() {
    assertThat(StoragePrices.monthly(0, 1_000_000, DEEP_ARCHIVE, "us-east-1").orElseThrow().usd())
        .isEqualByComparingTo("0.2057"); // 30.52 GB of index at 0.00099, 7.63 GB of names at 0.023
  }

  @Test
  void a_price_says_how_old_it_is_and_when_nobody_confirmed_it() {
    assertThat(StoragePrices.monthly(GB, 1, DEEP_ARCHIVE, "us-east-1").orElseThrow().asOf())
        .contains(YearMonth.of(2026, 10));
    assertThat(StoragePrices.monthly(GB, 1, STANDARD, "ap-southeast-2").orElseThrow().asOf())
        .contains(YearMonth.of(2026, 7));
    assertThat(StoragePrices.monthly(GB, 1, DEEP_ARCHIVE, "ap-southeast-1").orElseThrow().asOf())
        .isEmpty();
  }

  @Test
  void where_no_price_is_known_none_is_told() {
    assertThat(StoragePrices.monthly(GB, 1, STANDARD, "mars-north-1")).isEmpty();
    assertThatThrownBy(() -> StoragePrices.monthly(-1, 1, STANDARD, "us-east-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void more_never_costs_less_and_deep_archive_never_more_than_standard_for_a_whole_project() {
    for (String region : List.of("us-east-1", "eu-west-1", "ap-southeast-1", "ap-southeast-2")) {
      BigDecimal before = BigDecimal.ZERO;
      for (long bytes = GB; bytes < 4096 * GB; bytes *= 3) {
        BigDecimal standard = usd(bytes, STANDARD, region);
        assertThat(standard).isGreaterThan(before);
        assertThat(usd(bytes, DEEP_ARCHIVE, region)).isLessThan(standard);
        before = standard;
      }
    }
  }

  private static BigDecimal usd(
      long bytes, StoragePrices.StorageClass storageClass, String region) {
    return StoragePrices.monthly(bytes, 1, storageClass, region).orElseThrow().usd();
  }
}
