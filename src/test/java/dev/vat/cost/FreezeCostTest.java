package dev.vat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cost.FreezeCost.Target;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// What freezing saves, by hand and for any size.
class FreezeCostTest {
  private static final long GB = 1L << 30;

  private static Prices prices(String region) {
    return PriceBook.shipped().in(region).orElseThrow();
  }

  private static FreezeCost gain(long bytes, Target target) {
    return FreezeCost.of(prices("us-east-1"), bytes, target);
  }

  @Test
  void a_hundred_gigabytes_in_deep_archive_save_two_dollars_twenty_a_month() {
    FreezeCost gain = gain(100 * GB, Target.DEEP_ARCHIVE);

    // 100 x (0.023 - 0.00099), less 32 KB at 0.00099 and 8 KB at 0.023.
    assertThat(gain.savesPerMonth().usd())
        .isBetween(new BigDecimal("2.20099"), new BigDecimal("2.20100"));
    // One request at 0.05 a thousand, and 101 at 0.005.
    assertThat(gain.requests().usd()).isEqualByComparingTo("0.000555");
    assertThat(gain.paysOffAfterDays()).hasValue(1);
    assertThat(gain.confirmed()).isTrue();
  }

  @Test
  void a_tiny_object_costs_more_frozen_and_never_pays_off() {
    FreezeCost gain = gain(4_000, Target.DEEP_ARCHIVE);

    assertThat(gain.savesPerMonth().usd()).isNegative();
    assertThat(gain.paysOffAfterDays()).isEmpty();
  }

  @Test
  void unconfirmed_prices_say_so() {
    assertThat(FreezeCost.of(prices("eu-west-1"), GB, Target.GLACIER).confirmed()).isFalse();
    assertThatThrownBy(() -> FreezeCost.of(prices("eu-west-1"), -1, Target.GLACIER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void more_bytes_never_save_less_and_sums_are_sums(
      @ForAll @LongRange(max = 50_000_000_000_000L) long some,
      @ForAll @LongRange(max = 50_000_000_000_000L) long more,
      @ForAll Target target) {
    FreezeCost smaller = gain(Math.min(some, more), target);
    FreezeCost bigger = gain(Math.max(some, more), target);
    FreezeCost both = smaller.plus(bigger);

    assertThat(bigger.savesPerMonth().usd()).isGreaterThanOrEqualTo(smaller.savesPerMonth().usd());
    assertThat(bigger.requests().usd()).isGreaterThanOrEqualTo(smaller.requests().usd());
    assertThat(both.savesPerMonth().usd())
        .isEqualByComparingTo(smaller.savesPerMonth().usd().add(bigger.savesPerMonth().usd()));
    assertThat(both.paysOffAfterDays().isPresent())
        .isEqualTo(both.savesPerMonth().usd().signum() > 0);
  }
}
