package dev.vat.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// AWS's list prices by region (`vat.prices/1`, `docs/formats.md`). The one that comes with `vat`
/// is dated, line by line, because AWS changes prices; others can be laid over it.
public final class PriceBook {
  private final SortedMap<String, Map<PriceItem, Rate>> regions;

  PriceBook(Map<String, Map<PriceItem, Rate>> regions) {
    this.regions = new TreeMap<>(regions);
  }

  /// One without any price.
  public static PriceBook empty() {
    return new PriceBook(Map.of());
  }

  /// The one that comes with `vat`; where its prices come from is in the file and in
  /// `docs/costs.md`.
  public static PriceBook shipped() {
    try (InputStream in = PriceBook.class.getResourceAsStream("prices.json")) {
      return read(in, "the prices that come with vat");
    } catch (IOException e) {
      throw new UncheckedIOException("a broken build", e);
    }
  }

  /// Reads a price book, which may hold a few prices only.
  ///
  /// @param name for messages
  /// @throws PriceBookException when it is none
  public static PriceBook read(InputStream in, String name) throws IOException {
    return PriceBookCodec.read(in, name);
  }

  /// This one with others' prices in place of its own, where they have any.
  public PriceBook overlaidBy(PriceBook others) {
    Map<String, Map<PriceItem, Rate>> all = new HashMap<>(regions);
    others.regions.forEach(
        (region, rates) -> {
          Map<PriceItem, Rate> both = new HashMap<>(all.getOrDefault(region, Map.of()));
          both.putAll(rates);
          all.put(region, both);
        });
    return new PriceBook(all);
  }

  /// The prices of a region.
  ///
  /// @return empty for one that is not known, or not wholly: see [#missing]
  public Optional<Prices> in(String region) {
    return missing(region).isEmpty()
        ? Optional.of(new Prices(region, regions.get(region)))
        : Optional.empty();
  }

  /// The regions of which anything is known.
  public SortedSet<String> regions() {
    return new TreeSet<>(regions.keySet());
  }

  /// What has no price there, in words; all of it where the region is not known.
  public List<String> missing(String region) {
    Map<PriceItem, Rate> known = regions.getOrDefault(region, Map.of());
    return PriceItem.all().stream()
        .filter(item -> !known.containsKey(item))
        .map(PriceItem::toString)
        .toList();
  }

  /// As a file, for [#read].
  ///
  /// @param sources where the prices come from, for people
  public String json(String sources) {
    return PriceBookCodec.write(regions, sources);
  }
}
