package dev.vat.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

/// What AWS takes in one region, by its list prices: pure arithmetic on a dated table. Amounts are
/// not rounded.
///
/// Source of the rules: the Amazon S3 pricing page and the S3 User Guide's "Understanding archival
/// storage"; of the prices: see [PriceBook].
public final class Prices {
  /// A GB on the bill. Source: S3 User Guide, "Metrics and dimensions": binary gigabytes.
  public static final long GB = 1L << 30;

  /// What freezing adds to each object: an index at the class's own price, and its name at
  /// Standard's.
  private static final long INDEX_BYTES = 32 * 1024;

  private static final long NAME_BYTES = 8 * 1024;

  /// Of each month's downloads, of the whole account, all regions together.
  private static final BigDecimal FREE_DOWNLOAD_GB = BigDecimal.valueOf(100);

  private static final BigDecimal DAYS_A_MONTH = BigDecimal.valueOf(30);

  private final String region;
  private final Map<PriceItem, Rate> rates;

  Prices(String region, Map<PriceItem, Rate> rates) {
    this.region = region;
    this.rates = Map.copyOf(rates);
  }

  /// In AWS's spelling.
  public String region() {
    return region;
  }

  /// What a month of storing takes.
  ///
  /// @param objects how many the bytes are in; 0 leaves out what each object costs besides
  /// @throws IllegalArgumentException as all methods here, for a negative amount
  public Amount storage(PricedClass in, long bytes, long objects) {
    long counted = Math.max(whole(bytes), Math.multiplyExact(whole(objects), in.leastBytes()));
    Amount sum = rate(PriceItem.Kind.STORAGE_GB_MONTH, in).of(gb(counted));
    if (!in.isFrozen() || objects == 0) {
      return sum;
    }
    Amount index =
        rate(PriceItem.Kind.STORAGE_GB_MONTH, in).of(gb(Math.multiplyExact(objects, INDEX_BYTES)));
    Amount names =
        rate(PriceItem.Kind.STORAGE_GB_MONTH, PricedClass.STANDARD)
            .of(gb(Math.multiplyExact(objects, NAME_BYTES)));
    return sum.plus(index).plus(names);
  }

  /// Requests that write or list: PUT, COPY, POST, LIST; each part of an upload is one, at
  /// Standard's price.
  public Amount puts(PricedClass in, long requests) {
    return rate(PriceItem.Kind.PUT_1000, in).of(thousands(requests));
  }

  /// Requests that read or look: GET, HEAD.
  public Amount gets(PricedClass in, long requests) {
    return rate(PriceItem.Kind.GET_1000, in).of(thousands(requests));
  }

  /// Moves into a class by a life cycle rule.
  public Amount transitions(PricedClass into, long objects) {
    return into == PricedClass.STANDARD
        ? Amount.NOTHING
        : rate(PriceItem.Kind.TRANSITION_1000, into).of(thousands(objects));
  }

  /// Thawing: for the bytes and for the requests.
  ///
  /// @return empty where S3 does not offer that speed
  public Optional<Amount> thawing(PricedClass from, ThawSpeed speed, long bytes, long objects) {
    if (!PriceItem.offers(from, speed)) {
      return Optional.empty();
    }
    Amount data = rates.get(PriceItem.of(PriceItem.Kind.RETRIEVAL_GB, from, speed)).of(gb(bytes));
    Amount asking =
        rates.get(PriceItem.of(PriceItem.Kind.RETRIEVAL_1000, from, speed)).of(thousands(objects));
    return Optional.of(data.plus(asking));
  }

  /// What reading takes in the classes that are read at once and charge for it; nothing in others.
  public Amount reading(PricedClass from, long bytes) {
    return from == PricedClass.STANDARD_IA || from == PricedClass.GLACIER_IR
        ? rate(PriceItem.Kind.RETRIEVAL_GB, from).of(gb(bytes))
        : Amount.NOTHING;
  }

  /// Downloading to the internet.
  ///
  /// @param earlier what the account has downloaded in this month before: 100 GB are free
  public Amount download(long bytes, long earlier) {
    BigDecimal before = gb(earlier).subtract(FREE_DOWNLOAD_GB).max(BigDecimal.ZERO);
    BigDecimal to =
        gb(Math.addExact(whole(bytes), whole(earlier)))
            .subtract(FREE_DOWNLOAD_GB)
            .max(BigDecimal.ZERO);
    return rates.get(PriceItem.DOWNLOAD).between(before, to);
  }

  /// Copying to another of AWS's regions, besides storing it there.
  ///
  /// @return empty where that price is not known
  public Optional<Amount> replicating(long bytes) {
    return Optional.ofNullable(rates.get(PriceItem.REPLICATION)).map(rate -> rate.of(gb(bytes)));
  }

  /// Logging who wrote and removed.
  ///
  /// @param writes how many writes and removals
  /// @return empty where that price is not known
  public Optional<Amount> audited(long writes) {
    return Optional.ofNullable(rates.get(PriceItem.AUDIT))
        .map(rate -> rate.of(BigDecimal.valueOf(whole(writes)).movePointLeft(5)));
  }

  /// Keeping something in Standard for some days, as a thawed copy is.
  public Amount standardFor(long bytes, int days) {
    return storage(PricedClass.STANDARD, bytes, 0)
        .times(BigDecimal.valueOf(whole(days)).divide(DAYS_A_MONTH, MathContext.DECIMAL64));
  }

  /// What removing, replacing or moving an object takes before its class's minimum is over: the
  /// remaining days. Source: S3 User Guide, "Billing and usage reports"; that a month has 30 days
  /// there is not confirmed.
  ///
  /// @param ageDays how long it has been in the class
  public Amount earlyDeletion(PricedClass from, long bytes, int ageDays) {
    int left = Math.max(0, from.minimumDays() - Math.toIntExact(whole(ageDays)));
    return storage(from, bytes, 0)
        .times(BigDecimal.valueOf(left).divide(DAYS_A_MONTH, MathContext.DECIMAL64));
  }

  private Rate rate(PriceItem.Kind kind, PricedClass of) {
    return rates.get(PriceItem.of(kind, of));
  }

  private static BigDecimal gb(long bytes) {
    return BigDecimal.valueOf(whole(bytes)).divide(BigDecimal.valueOf(GB));
  }

  private static BigDecimal thousands(long number) {
    return BigDecimal.valueOf(whole(number)).movePointLeft(3);
  }

  private static long whole(long amount) {
    if (amount < 0) {
      throw new IllegalArgumentException("negative amount: " + amount);
    }
    return amount;
  }
}
