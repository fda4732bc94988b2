package dev.vat.state;

import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;

/// What each light file was when it was last taken from a copy on a drive, or found to be the same
/// there: only a file that is still that may be replaced. Losing it makes differences look like
/// conflicts: a question too many, never an overwritten file.
public final class PulledFiles {
  private final Database database;

  PulledFiles(Database database) {
    this.database = database;
  }

  /// The content of one file.
  public record Pulled(Md5 md5, long sizeBytes) {}

  /// All of a project's.
  public Map<RelativeName, Pulled> of(ProjectId project) throws StateException {
    return database.read(
        connection -> {
          Map<RelativeName, Pulled> found = new HashMap<>();
          try (PreparedStatement query =
              connection.prepareStatement("SELECT * FROM pulled_files WHERE project = ?")) {
            query.setString(1, project.value());
            try (ResultSet row = query.executeQuery()) {
              while (row.next()) {
                found.put(
                    new RelativeName(row.getString("name")),
                    new Pulled(new Md5(row.getString("md5")), row.getLong("size")));
              }
            }
          }
          return found;
        });
  }

  /// Remembers files, in place of what was known of them.
  public void remember(ProjectId project, Map<RelativeName, Pulled> files) throws StateException {
    if (files.isEmpty()) {
      return;
    }
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT OR REPLACE INTO pulled_files (project, name, md5, size)"
                      + " VALUES (?, ?, ?, ?)")) {
            for (Map.Entry<RelativeName, Pulled> file : files.entrySet()) {
              insert.setString(1, project.value());
              insert.setString(2, file.getKey().value());
              insert.setString(3, file.getValue().md5().hex());
              insert.setLong(4, file.getValue().sizeBytes());
              insert.addBatch();
            }
            insert.executeBatch();
          }
        });
  }
}
