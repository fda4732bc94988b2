package dev.vat.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cost.FreezePrices.Gain;
import dev.vat.cost.FreezePrices.Target;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/// What freezing saves, by hand and for any size.
class FreezePricesTest {
  private static final long GB = 1L << 30;

  private static Gain gain(long bytes, Target target) {
    return FreezePrices.of(bytes, target, "us-east-1").orElseThrow();
  }

  @Test
  void a_hundred_gigabytes_in_deep_archive_save_two_dollars_twenty_a_month() {
    Gain gain = gain(100 * GB, Target.DEEP_ARCHIVE);

    // 100 x (0.023 - 0.00099), less 32 KB at 0.00099 and 8 KB at 0.023.
    assertThat(gain.monthlyUsd()).isBetween(new BigDecimal("2.20099"), new BigDecimal("2.20100"));
    // One request at 0.05 a thousand, and 101 at 0.005.
    assertThat(gain.onceUsd()).isEqualByComparingTo("0.000555");
    assertThat(gain.paysOffAfterDays()).hasValue(1);
    assertThat(gain.confirmed()).isTrue();
  }

  @Test
  void a_tiny_object_costs_more_frozen_and_never_pays_off() {
    Gain gain = gain(4_000, Target.DEEP_ARCHIVE);

    assertThat(gain.monthlyUsd()).isNegative();
    assertThat(gain.paysOffAfterDays()).isEmpty();
  }

  @Test
  void unknown_regions_have_no_price_and_unconfirmed_prices_say_so() {
    assertThat(FreezePrices.of(GB, Target.GLACIER, "eu-north-9")).isEmpty();
    assertThat(FreezePrices.of(GB, Target.GLACIER, "eu-west-1").orElseThrow().confirmed())
        .isFalse();
    assertThatThrownBy(() -> FreezePrices.of(-1, Target.GLACIER, "eu-west-1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void more_bytes_never_save_less_and_sums_are_sums(
      @ForAll @LongRange(max = 50_000_000_000_000L) long some,
      @ForAll @LongRange(max = 50_000_000_000_000L) long more,
      @ForAll Target target) {
    Gain smaller = gain(Math.min(some, more), target);
    Gain bigger = gain(Math.max(some, more), target);
    Gain both = smaller.plus(bigger);

    assertThat(bigger.monthlyUsd()).isGreaterThanOrEqualTo(smaller.monthlyUsd());
    assertThat(bigger.onceUsd()).isGreaterThanOrEqualTo(smaller.onceUsd());
    assertThat(both.monthlyUsd())
        .isEqualByComparingTo(smaller.monthlyUsd().add(bigger.monthlyUsd()));
    assertThat(both.paysOffAfterDays().isPresent()).isEqualTo(both.monthlyUsd().signum() > 0);
  }
}
