package dev.vat.state;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Thaws that were asked for on this computer, one for each object: who waits half a day should not
/// have to remember what for. Losing it loses no thaw: S3 knows how it stands, and what it is for
/// is in the bucket as well.
public final class ThawJournal {
  private final Database database;

  ThawJournal(Database database) {
    this.database = database;
  }

  /// Remembers one, in place of an earlier one of the same object.
  public void remember(RememberedThaw thaw) throws StateException {
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO thaws (place, key, project, etag, tier, days, target,"
                      + " requested_s, requested_ns, ready_s, ready_ns)"
                      + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, thaw.place());
            insert.setString(2, thaw.key());
            insert.setString(3, thaw.project());
            insert.setString(4, thaw.etag());
            insert.setString(5, thaw.tier());
            insert.setInt(6, thaw.days());
            insert.setString(7, thaw.target());
            Database.set(insert, 8, thaw.requestedAt());
            Database.set(insert, 10, thaw.readyBy());
            insert.executeUpdate();
          }
        });
  }

  /// That of an object.
  public Optional<RememberedThaw> find(String place, String key) throws StateException {
    return select("SELECT * FROM thaws WHERE place = ? AND key = ?", place, key).stream()
        .findFirst();
  }

  /// All of a place, by key.
  public List<RememberedThaw> all(String place) throws StateException {
    return select("SELECT * FROM thaws WHERE place = ? ORDER BY key", place);
  }

  /// Forgets one that is done with; one that is not known is no fault.
  public void forget(String place, String key) throws StateException {
    database.write(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM thaws WHERE place = ? AND key = ?")) {
            delete.setString(1, place);
            delete.setString(2, key);
            delete.executeUpdate();
          }
        });
  }

  private List<RememberedThaw> select(String sql, String... arguments) throws StateException {
    return database.read(
        connection -> {
          List<RememberedThaw> found = new ArrayList<>();
          try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
              query.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                found.add(thawIn(row));
              }
            }
          }
          return found;
        });
  }

  private static RememberedThaw thawIn(ResultSet row) throws SQLException {
    return new RememberedThaw(
        row.getString("place"),
        row.getString("key"),
        row.getString("project"),
        row.getString("etag"),
        row.getString("tier"),
        row.getInt("days"),
        row.getString("target"),
        Database.instant(row, "requested"),
        Database.instant(row, "ready"));
  }
}
