package dev.vat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// What storing takes, by hand and for any size.
class BackupCostTest {
  private static final long GB = 1L << 30;
  private static final long PART = 8L << 20;

  private static BackupCost of(long archive, long beside) {
    Prices prices = PriceBook.shipped().in("us-east-1").orElseThrow();
    return BackupCost.of(prices, archive, PART, beside, 2);
  }

  @Test
  void a_hundred_gigabytes_take_two_dollars_thirty_a_month_and_a_few_cents_once() {
    BackupCost cost = of(100 * GB, 0);

    assertThat(cost.perMonth().usd()).isEqualByComparingTo("2.30");
    // 12,800 parts, to begin and to complete, what lies beside it twice and once more, two
    // listings,
    // at 0.005 a thousand; ten looks at 0.0004.
    assertThat(cost.requests().usd()).isEqualByComparingTo("0.064039");
    assertThat(cost.confirmed()).isTrue();
  }

  @Test
  void negative_sizes_are_refused() {
    assertThatThrownBy(() -> of(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> of(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void more_bytes_never_cost_less_and_sums_are_sums(
      @ForAll @LongRange(max = 50_000_000_000_000L) long some,
      @ForAll @LongRange(max = 50_000_000_000_000L) long more,
      @ForAll @LongRange(max = 1_000_000_000L) long beside) {
    BackupCost smaller = of(Math.min(some, more), beside);
    BackupCost bigger = of(Math.max(some, more), beside);
    BackupCost both = smaller.plus(bigger);

    assertThat(bigger.perMonth().usd()).isGreaterThanOrEqualTo(smaller.perMonth().usd());
    assertThat(bigger.requests().usd()).isGreaterThanOrEqualTo(smaller.requests().usd());
    assertThat(smaller.requests().usd()).isPositive();
    assertThat(both.perMonth().usd())
        .isEqualByComparingTo(smaller.perMonth().usd().add(bigger.perMonth().usd()));
    assertThat(both.requests().usd())
        .isEqualByComparingTo(smaller.requests().usd().add(bigger.requests().usd()));
  }
}
