package dev.vat.state;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables, and the way to them from every earlier version (`PRAGMA user_version`).
final class Schema {
  /// Step number n leads from version n to version n + 1. Never change one that was published: add.
  private static final List<List<String>> STEPS =
      List.of(
          List.of(
              """
              CREATE TABLE hashes (
                path TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL,
                modified_s INTEGER NOT NULL, modified_ns INTEGER NOT NULL, identity TEXT NOT NULL,
                md5 TEXT NOT NULL, crc32 INTEGER NOT NULL,
                began_s INTEGER NOT NULL, began_ns INTEGER NOT NULL, seen_day INTEGER NOT NULL
              ) WITHOUT ROWID""",
              "CREATE INDEX hashes_seen ON hashes (seen_day)",
              """
              CREATE TABLE bases (
                place TEXT NOT NULL, project TEXT NOT NULL, name TEXT NOT NULL,
                md5 TEXT NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,
                agreed_s INTEGER NOT NULL, agreed_ns INTEGER NOT NULL,
                PRIMARY KEY (place, project, name)
              ) WITHOUT ROWID""",
              """
              CREATE TABLE uploads (
                place TEXT NOT NULL, key TEXT NOT NULL, upload_id TEXT NOT NULL,
                file TEXT NOT NULL, size INTEGER NOT NULL,
                modified_s INTEGER NOT NULL, modified_ns INTEGER NOT NULL,
                md5 TEXT NOT NULL, crc32 INTEGER NOT NULL, part_bytes INTEGER NOT NULL,
                begun_s INTEGER NOT NULL, begun_ns INTEGER NOT NULL,
                PRIMARY KEY (place, key, upload_id)
              ) WITHOUT ROWID""",
              """
              CREATE TABLE downloads (
                id INTEGER PRIMARY KEY, place TEXT NOT NULL, key TEXT NOT NULL,
                etag TEXT NOT NULL, temporary TEXT NOT NULL, size INTEGER NOT NULL,
                range_bytes INTEGER NOT NULL, UNIQUE (place, key)
              )""",
              """
              CREATE TABLE finished_ranges (
                download INTEGER NOT NULL REFERENCES downloads (id) ON DELETE CASCADE,
                number INTEGER NOT NULL, PRIMARY KEY (download, number)
              ) WITHOUT ROWID"""),
          List.of(
              """
              CREATE TABLE remote_notes (
                place TEXT NOT NULL, project TEXT NOT NULL, etag TEXT NOT NULL,
                document BLOB NOT NULL, PRIMARY KEY (place, project)
              ) WITHOUT ROWID""",
              """
              CREATE TABLE part_etags (
                path TEXT NOT NULL, part_bytes INTEGER NOT NULL, size INTEGER NOT NULL,
                modified_s INTEGER NOT NULL, modified_ns INTEGER NOT NULL, identity TEXT NOT NULL,
                etag TEXT NOT NULL, began_s INTEGER NOT NULL, began_ns INTEGER NOT NULL,
                seen_day INTEGER NOT NULL, PRIMARY KEY (path, part_bytes)
              ) WITHOUT ROWID""",
              """
              CREATE TABLE server_conditions (
                server TEXT NOT NULL, bucket TEXT NOT NULL, missing TEXT NOT NULL,
                checked_s INTEGER NOT NULL, checked_ns INTEGER NOT NULL,
                PRIMARY KEY (server, bucket)
              ) WITHOUT ROWID"""),
          List.of(
              """
              CREATE TABLE pulled_files (
                project TEXT NOT NULL, name TEXT NOT NULL, md5 TEXT NOT NULL, size INTEGER NOT NULL,
                PRIMARY KEY (project, name)
              ) WITHOUT ROWID"""),
          List.of(
              """
              CREATE TABLE copied_sources (
                path TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL,
                modified_s INTEGER NOT NULL, modified_ns INTEGER NOT NULL, identity TEXT NOT NULL,
                md5 TEXT NOT NULL, seen_day INTEGER NOT NULL
              ) WITHOUT ROWID""",
              "CREATE INDEX copied_sources_seen ON copied_sources (seen_day)"),
          List.of(
              """
              CREATE TABLE class_changes (
                place TEXT NOT NULL, key TEXT NOT NULL, upload_id TEXT NOT NULL,
                storage_class TEXT NOT NULL, asked_s INTEGER NOT NULL, asked_ns INTEGER NOT NULL,
                PRIMARY KEY (place, key, upload_id)
              ) WITHOUT ROWID""",
              """
              CREATE TABLE thaws (
                place TEXT NOT NULL, key TEXT NOT NULL, project TEXT NOT NULL, etag TEXT NOT NULL,
                tier TEXT NOT NULL, days INTEGER NOT NULL, target TEXT NOT NULL,
                requested_s INTEGER NOT NULL, requested_ns INTEGER NOT NULL,
                ready_s INTEGER NOT NULL, ready_ns INTEGER NOT NULL,
                PRIMARY KEY (place, key)
              ) WITHOUT ROWID"""),
          List.of(
              """
              CREATE TABLE line_rates (
                server TEXT NOT NULL PRIMARY KEY, bytes_per_second INTEGER NOT NULL,
                measured_s INTEGER NOT NULL, measured_ns INTEGER NOT NULL
              ) WITHOUT ROWID"""));

  static final int VERSION = STEPS.size();

  /// Every table, those that others refer to first.
  static final List<String> TABLES =
      List.of(
          "hashes",
          "bases",
          "uploads",
          "downloads",
          "finished_ranges",
          "remote_notes",
          "part_etags",
          "server_conditions",
          "pulled_files",
          "copied_sources",
          "class_changes",
          "thaws",
          "line_rates");

  private Schema() {}

  static int versionOf(Connection connection, String schema) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + schema + ".user_version")) {
      return row.getInt(1);
    }
  }

  /// Runs the missing steps. Must be called inside a write transaction, so that of several
  /// processes one does it.
  static void migrate(Connection connection) throws SQLException {
    for (int version = versionOf(connection, "main"); version < VERSION; version++) {
      for (String statement : STEPS.get(version)) {
        Database.execute(connection, statement);
      }
      Database.execute(connection, "PRAGMA user_version = " + (version + 1));
    }
  }
}
