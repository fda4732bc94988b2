package dev.vat.state;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which conditions S3-compatible servers were found to lack, so that they are not tried out at
/// every run. Forgetting it costs some twenty small requests.
public final class ServerConditions {
  /// Servers are updated, and buckets move.
  private static final Duration GOOD_FOR = Duration.ofDays(30);

  private final Database database;
  private final InstantSource clock;

  ServerConditions(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// The words of the conditions that were missing.
  ///
  /// @param server its address as text
  /// @return empty when it was not tried out in the last 30 days
  public Optional<Set<String>> missing(String server, String bucket) throws StateException {
    Instant now = clock.instant();
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT * FROM server_conditions WHERE server = ? AND bucket = ?")) {
            query.setString(1, server);
            query.setString(2, bucket);
            try (ResultSet row = query.executeQuery()) {
              if (!row.next()) {
                return Optional.empty();
              }
              Duration age = Duration.between(Database.instant(row, "checked"), now);
              // One from the future was written by a clock that was wrong.
              return age.isNegative() || age.compareTo(GOOD_FOR) > 0
                  ? Optional.empty()
                  : Optional.of(words(row.getString("missing")));
            }
          }
        });
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" "))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Remembers what was just found.
  ///
  /// @param missing words without spaces; empty when the server honours everything
  public void remember(String server, String bucket, Set<String> missing) throws StateException {
    if (missing.stream().anyMatch(word -> word.isEmpty() || word.indexOf(' ') >= 0)) {
      throw new IllegalArgumentException("not words: " + missing);
    }
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO server_conditions (server, bucket, missing, checked_s,"
                      + " checked_ns) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, server);
            insert.setString(2, bucket);
            insert.setString(3, String.join(" ", new TreeSet<>(missing)));
            Database.set(insert, 4, clock.instant());
            insert.executeUpdate();
          }
        });
  }
}
