package dev.vat.cost;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/// What the coming months take when every project moves on as it is planned, and no new one comes.
public final class Forecast {
  private Forecast() {}

  /// When a project moves.
  ///
  /// @param bytes of its archive object
  /// @param toStandard from when on it is in S3 Standard
  /// @param toFrozen from when on it is in Deep Archive; [Instant#MAX] for never
  public record Moves(long bytes, Instant toStandard, Instant toFrozen) {}

  /// One month.
  ///
  /// @param begin of it
  /// @param standardBytes in S3 Standard at its begin
  /// @param frozenBytes in Deep Archive at its begin
  /// @param storage for what is there at its begin
  /// @param moves for what is uploaded and frozen in it
  public record Month(
      Instant begin, long standardBytes, long frozenBytes, Amount storage, Amount moves) {
    /// The bill.
    public Amount total() {
      return storage.plus(moves);
    }
  }

  /// @param from the begin of the first month
  /// @param partBytes of what size uploads go in parts: each is a request
  public static List<Month> of(
      Prices prices, List<Moves> projects, Instant from, int months, long partBytes) {
    List<Month> forecast = new ArrayList<>();
    ZonedDateTime first = from.atZone(ZoneOffset.UTC);
    for (int i = 0; i < months; i++) {
      Instant begin = first.plusMonths(i).toInstant();
      Instant end = first.plusMonths(i + 1L).toInstant();
      forecast.add(month(prices, projects, begin, end, partBytes));
    }
    return forecast;
  }

  private static Month month(
      Prices prices, List<Moves> projects, Instant begin, Instant end, long partBytes) {
    long standard = 0;
    long frozen = 0;
    long frozenObjects = 0;
    Amount moves = Amount.NOTHING;
    for (Moves project : projects) {
      if (!project.toFrozen().isAfter(begin)) {
        frozen += project.bytes();
        frozenObjects++;
      } else if (!project.toStandard().isAfter(begin)) {
        standard += project.bytes();
      }
      if (isIn(project.toStandard(), begin, end)) {
        long parts = Math.ceilDiv(project.bytes(), partBytes);
        moves = moves.plus(prices.puts(PricedClass.STANDARD, parts + 2));
      }
      if (isIn(project.toFrozen(), begin, end)) {
        moves = moves.plus(prices.transitions(PricedClass.DEEP_ARCHIVE, 1));
      }
    }
    Amount storage =
        prices
            .storage(PricedClass.STANDARD, standard, 0)
            .plus(prices.storage(PricedClass.DEEP_ARCHIVE, frozen, frozenObjects));
    return new Month(begin, standard, frozen, storage, moves);
  }

  private static boolean isIn(Instant moment, Instant begin, Instant end) {
    return moment.isAfter(begin) && !moment.isAfter(end);
  }
}
