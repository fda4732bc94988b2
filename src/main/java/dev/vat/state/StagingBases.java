package dev.vat.state;

import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What both sides last agreed on, for each staged file. Set only after both were confirmed equal.
/// Losing it makes differences look like conflicts: a question too many, never an overwritten file.
public final class StagingBases {
  private final Database database;

  StagingBases(Database database) {
    this.database = database;
  }

  /// All of a project's.
  ///
  /// @param place the bucket and prefix as one text: another bucket has agreed on nothing
  public Map<RelativeName, Base> of(String place, ProjectId project) throws StateException {
    return database.read(
        connection -> {
          Map<RelativeName, Base> found = new HashMap<>();
          try (PreparedStatement query =
              connection.prepareStatement("SELECT * FROM bases WHERE place = ? AND project = ?")) {
            query.setString(1, place);
            query.setString(2, project.value());
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                found.put(new RelativeName(row.getString("name")), baseIn(row));
              }
            }
          }
          return found;
        });
  }

  /// Remembers that both sides were confirmed equal.
  public void agree(String place, ProjectId project, RelativeName name, Base base)
      throws StateException {
    agreeAll(place, project, Map.of(name, base));
  }

  /// As [#agree], all or none.
  public void agreeAll(String place, ProjectId project, Map<RelativeName, Base> bases)
      throws StateException {
    if (!bases.isEmpty()) {
      database.write(connection -> insert(connection, place, project, bases));
    }
  }

  private static void insert(
      Connection connection, String place, ProjectId project, Map<RelativeName, Base> bases)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO bases (place, project, name, md5, size, etag, agreed_s,"
                + " agreed_ns) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<RelativeName, Base> entry : bases.entrySet()) {
        Base base = entry.getValue();
        insert.setString(1, place);
        insert.setString(2, project.value());
        insert.setString(3, entry.getKey().value());
        insert.setString(4, base.md5().hex());
        insert.setLong(5, base.sizeBytes());
        insert.setString(6, base.etag());
        Database.set(insert, 7, base.agreedAt());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /// Forgets what was agreed on: the files are gone on both sides.
  public void forget(String place, ProjectId project, Collection<RelativeName> names)
      throws StateException {
    if (names.isEmpty()) {
      return;
    }
    database.write(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM bases WHERE place = ? AND project = ? AND name = ?")) {
            for (RelativeName name : names) {
              delete.setString(1, place);
              delete.setString(2, project.value());
              delete.setString(3, name.value());
              delete.addBatch();
            }
            delete.executeBatch();
          }
        });
  }

  private static Base baseIn(ResultSet row) throws SQLException {
    return new Base(
        new Md5(row.getString("md5")),
        row.getLong("size"),
        row.getString("etag"),
        Database.instant(row, "agreed"));
  }
}
