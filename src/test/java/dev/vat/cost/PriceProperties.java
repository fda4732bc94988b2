package dev.vat.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// What holds for any amount in every region and class.
class PriceProperties {
  private static final long PB = 1L << 50;

  private final PriceBook book = PriceBook.shipped();

  @Property
  void more_never_costs_less(
      @ForAll @IntRange(max = 3) int region,
      @ForAll PricedClass in,
      @ForAll @LongRange(max = PB) long bytes,
      @ForAll @LongRange(max = PB) long more,
      @ForAll @LongRange(max = 100_000) long objects) {
    Prices prices = prices(region);
    assertThat(prices.storage(in, bytes + more, objects).usd())
        .isGreaterThanOrEqualTo(prices.storage(in, bytes, objects).usd());
    assertThat(prices.storage(in, bytes, objects + 1).usd())
        .isGreaterThanOrEqualTo(prices.storage(in, bytes, objects).usd());
    assertThat(prices.download(bytes + more, 0).usd())
        .isGreaterThanOrEqualTo(prices.download(bytes, 0).usd());
  }

  @Property
  void two_downloads_of_a_month_cost_what_one_of_both_does(
      @ForAll @IntRange(max = 3) int region,
      @ForAll @LongRange(max = PB) long first,
      @ForAll @LongRange(max = PB) long second) {
    Prices prices = prices(region);
    BigDecimal together = prices.download(first + second, 0).usd();
    BigDecimal apart = prices.download(first, 0).plus(prices.download(second, first)).usd();
    assertThat(apart).isEqualByComparingTo(together);
  }

  @Property
  void what_is_thawed_faster_or_kept_longer_never_costs_less(
      @ForAll @IntRange(max = 3) int region,
      @ForAll @LongRange(max = PB) long bytes,
      @ForAll @LongRange(min = 1, max = 1000) long objects,
      @ForAll @IntRange(min = 1, max = 365) int days) {
    Prices prices = prices(region);
    BigDecimal bulk = total(prices, ThawSpeed.BULK, bytes, objects, days);
    assertThat(total(prices, ThawSpeed.STANDARD, bytes, objects, days))
        .isGreaterThanOrEqualTo(bulk);
    assertThat(total(prices, ThawSpeed.BULK, bytes, objects, days + 1))
        .isGreaterThanOrEqualTo(bulk);
  }

  @Property
  void a_mixture_costs_between_all_standard_and_all_frozen(
      @ForAll @IntRange(max = 3) int region,
      @ForAll @LongRange(max = PB / 64) long standard,
      @ForAll @LongRange(max = PB / 64) long frozen) {
    Scenarios scenarios =
        Scenarios.of(
            prices(region),
            new Scenarios.Split(
                new Scenarios.Held(0, 0),
                new Scenarios.Held(standard, 0),
                new Scenarios.Held(frozen, 0)));
    BigDecimal mixture = scenarios.standard().plus(scenarios.frozen()).usd();
    assertThat(mixture).isGreaterThanOrEqualTo(scenarios.allDeep().usd());
    assertThat(mixture).isLessThanOrEqualTo(scenarios.allStandard().usd());
  }

  @Property
  void no_amount_is_below_nothing(
      @ForAll @IntRange(max = 3) int region,
      @ForAll PricedClass in,
      @ForAll @LongRange(max = PB) long bytes,
      @ForAll @IntRange(max = 1000) int age) {
    assertThat(prices(region).earlyDeletion(in, bytes, age).usd().signum()).isNotNegative();
    assertThat(prices(region).reading(in, bytes).usd().signum()).isNotNegative();
  }

  private Prices prices(int region) {
    return book.in(book.regions().stream().skip(region).findFirst().orElseThrow()).orElseThrow();
  }

  private static BigDecimal total(
      Prices prices, ThawSpeed speed, long bytes, long objects, int days) {
    return ThawCost.of(prices, PricedClass.DEEP_ARCHIVE, speed, bytes, objects, days, bytes, 0)
        .orElseThrow()
        .total()
        .usd();
  }
}
