package dev.vat.state;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/// How fast the last big upload to a server went, so that a plan can say how long the next one
/// takes. Forgetting it costs that sentence.
public final class LineRates {
  /// People move, and change their lines.
  private static final Duration GOOD_FOR = Duration.ofDays(30);

  private final Database database;
  private final InstantSource clock;

  LineRates(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// @param server its address as text
  /// @return bytes a second; empty when nothing was measured in the last 30 days
  public OptionalLong find(String server) throws StateException {
    Instant now = clock.instant();
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement("SELECT * FROM line_rates WHERE server = ?")) {
            query.setString(1, server);
            try (ResultSet row = query.executeQuery()) {
              if (!row.next()) {
                return OptionalLong.empty();
              }
              Duration age = Duration.between(Database.instant(row, "measured"), now);
              long rate = row.getLong("bytes_per_second");
              return age.isNegative() || age.compareTo(GOOD_FOR) > 0 || rate <= 0
                  ? OptionalLong.empty()
                  : OptionalLong.of(rate);
            }
          }
        });
  }

  /// Remembers what was just measured.
  public void remember(String server, long bytesPerSecond) throws StateException {
    if (bytesPerSecond <= 0) {
      throw new IllegalArgumentException("no rate: " + bytesPerSecond);
    }
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO line_rates (server, bytes_per_second, measured_s,"
                      + " measured_ns) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, server);
            insert.setLong(2, bytesPerSecond);
            Database.set(insert, 3, clock.instant());
            insert.executeUpdate();
          }
        });
  }
}
