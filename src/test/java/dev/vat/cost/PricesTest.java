package dev.vat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

final class PricesTest {
  private static final long GB = Prices.GB;

  private final PriceBook book = PriceBook.shipped();
  private final Prices virginia = book.in("us-east-1").orElseThrow();
  private final Prices singapore = book.in("ap-southeast-1").orElseThrow();

  @Test
  void the_book_that_comes_along_knows_every_price_of_its_regions() {
    assertThat(book.regions())
        .containsExactly("ap-southeast-1", "ap-southeast-2", "eu-west-1", "us-east-1");
    for (String region : book.regions()) {
      assertThat(book.missing(region)).as(region).isEmpty();
    }
    assertThat(book.in("mars-north-1")).isEmpty();
  }

  @Test
  void a_gb_of_the_bill_costs_what_the_list_says() {
    assertThat(virginia.storage(PricedClass.STANDARD, GB, 1).usd()).isEqualByComparingTo("0.023");
    assertThat(singapore.storage(PricedClass.STANDARD, 25 * GB, 1).usd())
        .isEqualByComparingTo("0.625");
    assertThat(virginia.storage(PricedClass.STANDARD, 0, 0).usd()).isZero();
  }

  @Test
  void above_fifty_tb_the_rest_is_cheaper_and_only_the_rest() {
    assertThat(virginia.storage(PricedClass.STANDARD, 51_201 * GB, 1).usd())
        .isEqualByComparingTo("1177.622"); // 51,200 x 0.023 + 1 x 0.022
  }

  @Test
  void freezing_adds_an_index_and_a_name_to_each_object() {
    assertThat(virginia.storage(PricedClass.DEEP_ARCHIVE, 0, 1_000_000).cents())
        .isEqualByComparingTo("0.21"); // 30.52 GB of index at 0.00099, 7.63 GB of names at 0.023
    assertThat(virginia.storage(PricedClass.DEEP_ARCHIVE, 400 * GB, 0).cents())
        .isEqualByComparingTo("0.40");
  }

  @Test
  void small_objects_count_more_in_the_classes_that_have_a_least_size() {
    assertThat(virginia.storage(PricedClass.GLACIER_IR, 1000, 8192).usd())
        .isEqualByComparingTo(virginia.storage(PricedClass.GLACIER_IR, GB, 1).usd());
  }

  @Test
  void an_amount_says_how_old_its_prices_are_and_when_nobody_confirmed_one() {
    Amount standard = singapore.storage(PricedClass.STANDARD, GB, 1);
    assertThat(standard.confirmed()).isTrue();
    assertThat(standard.oldest()).contains(YearMonth.of(2026, 7));
    assertThat(singapore.storage(PricedClass.DEEP_ARCHIVE, GB, 1).confirmed()).isFalse();
    assertThat(standard.plus(virginia.storage(PricedClass.STANDARD, GB, 1)).oldest())
        .contains(YearMonth.of(2026, 7));
  }

  @Test
  void the_first_100_gb_of_downloads_a_month_are_free() {
    assertThat(virginia.download(100 * GB, 0)).isEqualTo(Amount.NOTHING);
    assertThat(virginia.download(101 * GB, 0).usd()).isEqualByComparingTo("0.09");
    assertThat(virginia.download(GB, 100 * GB).usd()).isEqualByComparingTo("0.09");
    assertThat(virginia.download(20 * GB, 90 * GB).usd()).isEqualByComparingTo("0.90");
  }

  @Test
  void a_tb_home_from_deep_archive_costs_most_for_the_download() {
    ThawCost cost =
        ThawCost.of(
                virginia,
                PricedClass.DEEP_ARCHIVE,
                ThawSpeed.STANDARD,
                1024 * GB,
                1,
                7,
                1024 * GB,
                0)
            .orElseThrow();
    assertThat(cost.thawing().cents()).isEqualByComparingTo("20.48");
    assertThat(cost.kept().cents()).isEqualByComparingTo("5.50");
    assertThat(cost.download().cents()).isEqualByComparingTo("83.16");
    assertThat(cost.total().cents()).isEqualByComparingTo("109.16");
  }

  @Test
  void deep_archive_has_no_expedited_thaw() {
    assertThat(virginia.thawing(PricedClass.DEEP_ARCHIVE, ThawSpeed.EXPEDITED, GB, 1)).isEmpty();
    assertThat(virginia.thawing(PricedClass.GLACIER, ThawSpeed.BULK, GB, 1))
        .hasValueSatisfying(amount -> assertThat(amount.usd()).isZero());
    assertThat(virginia.thawing(PricedClass.STANDARD, ThawSpeed.BULK, GB, 1)).isEmpty();
  }

  @Test
  void what_is_removed_early_is_billed_for_the_rest_of_its_minimum() {
    assertThat(virginia.earlyDeletion(PricedClass.DEEP_ARCHIVE, 1000 * GB, 30).usd())
        .isEqualByComparingTo("4.95"); // 150 of 180 days
    assertThat(virginia.earlyDeletion(PricedClass.DEEP_ARCHIVE, 1000 * GB, 180).usd()).isZero();
  }

  @Test
  void negative_amounts_are_refused() {
    assertThatThrownBy(() -> virginia.storage(PricedClass.STANDARD, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> virginia.download(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_year_is_twelve_bills_in_cents() {
    assertThat(virginia.storage(PricedClass.DEEP_ARCHIVE, 400 * GB, 0).yearly())
        .isEqualTo(new BigDecimal("4.80"));
  }
}
