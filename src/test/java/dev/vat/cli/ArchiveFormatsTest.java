package dev.vat.cli;

import static dev.vat.cli.FormatsTeam.BUCKET;
import static dev.vat.cli.FormatsTeam.PROJECT;
import static dev.vat.cli.PublishedSchemas.complaints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.catalog.ThawNote;
import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get of archiving, backing up, freezing and restoring is what docs/formats
/// promises, and so is what lies beside an archive in S3.
final class ArchiveFormatsTest {
  @TempDir Path folder;
  @AutoClose private FormatsTeam team;

  @BeforeEach
  void serve() throws IOException {
    team = FormatsTeam.in(folder);
  }

  /// David, with a place for archives in the bucket.
  private CommandRun.Person archivist() throws IOException {
    return team.person("david")
        .with("S3_ARCHIVE_BUCKET", BUCKET)
        .with("S3_ARCHIVE_PREFIX", "archive")
        .with("S3_COLLAB_PREFIX", "staging");
  }

  @Test
  void archiving_is_told_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    Path ssd = Files.createDirectories(folder.resolve("ssd"));
    CommandRun.Person david =
        team.person("david")
            .with("SSD_SAME_DISK_OK", "1")
            .with("SSD_BASE", ssd.toString())
            .using(new PretendDrives(team.services(), ssd));
    assertThat(team.valid("archive", 3, david, "archive", PROJECT, "--json"))
        .contains("\"stopped\"", "not sent to the team yet");
    team.valid("sync", 0, "david", "up", PROJECT, "--json");
    assertThat(team.valid("archive", 0, david, "archive", PROJECT, "-n", "--json"))
        .contains("\"planned\"");
    assertThat(team.valid("archive", 0, david, "archive", PROJECT, "--json"))
        .contains("\"archived\"", "\"left\" : [ \"ssd\" ]");
    assertThat(team.valid("archive", 0, david, "archive", PROJECT, "--json"))
        .contains("\"archived_already\"");
    assertThat(complaints("projects", Files.readString(folder.resolve("david/projects.json"))))
        .isEmpty();
  }

  @Test
  void backing_up_is_told_as_published() throws Exception {
    Path ssd = Files.createDirectories(folder.resolve("ssd/b00-b49/b40-flight"));
    Files.writeString(ssd.resolve("film.mov"), "a film");
    CommandRun.Person david =
        archivist()
            .with("SSD_SAME_DISK_OK", "1")
            .with("SSD_BASE", folder.resolve("ssd").toString());
    assertThat(team.valid("backup", 0, david, "backup", "b40", "--dry-run", "--json"))
        .contains("\"planned\"");
    assertThat(team.valid("backup", 0, david, "backup", "b40", "--json"))
        .contains("\"stored\"", "\"checksum\"");
    Files.writeString(ssd.resolve("more.mov"), "more");
    assertThat(team.valid("backup", 3, david, "backup", "b40", "--json"))
        .contains("\"refused\"", "\"conflict\"");
    Files.delete(ssd.resolve("more.mov"));
    assertThat(team.valid("backup", 0, david, "backup", "b40", "--delete-local", "--json"))
        .contains("\"already_there\"", "\"released_files\" : 1");
    team.valid("backup", 0, david, "backup", "b40", "--json");
    assertThat(
            team.valid("verify-cloud", 0, david, "verify", "--place", "s3", "--dry-run", "--json"))
        .contains("\"planned\"");
    assertThat(team.valid("verify-cloud", 0, david, "verify", "--place", "s3", "--full", "--json"))
        .contains("\"whole\"", "\"full\" : true");
    try (ObjectStore store = team.store()) {
      String key = "archive/b00-b49/b40-flight.toc.json";
      ObjectSummary object = store.head(key).orElseThrow().summary();
      try (InputStream in = store.read(key, object.etag(), 0, object.sizeBytes())) {
        assertThat(complaints("toc", new String(in.readAllBytes(), StandardCharsets.UTF_8)))
            .isEmpty();
      }
      String archive = "archive/b00-b49/b40-flight.tar.gz";
      store.remove(archive, store.head(archive).orElseThrow().summary().etag());
      store.createUpload(archive, new ObjectAttributes("x/y", Map.of()));
      assertThat(team.valid("cloud-clean", 0, david, "cloud", "clean", "--dry-run", "--json"))
          .contains("\"toc\"", "\"ours\" : false");
      team.valid("cloud-clean", 0, david, "cloud", "clean", "--yes", "--json");
      assertThat(team.valid("verify-cloud", 6, david, "verify", "--place", "s3", "--json"))
          .contains("\"missing\"", "\"upload_id\"");
    }
  }

  @Test
  void freezing_is_told_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    CommandRun.Person david = archivist();
    archived("archive/b00-b49/b40-flight.tar.gz", "v-appydave");
    archived("archive/b00-b49/b41-voz.tar.gz", "v-voz");
    assertThat(team.valid("freeze", 0, david, "freeze", "b40", "--dry-run", "--json"))
        .contains("\"freeze\"", "\"region\" : \"us-east-1\"");
    assertThat(team.valid("freeze", 3, david, "freeze", "b40", "b41", "--yes", "--json"))
        .contains("\"frozen\"", "\"not_ours\"");
    assertThat(team.valid("freeze", 0, david, "freeze", "b40", "--yes", "--json"))
        .contains("\"already\"");
    assertThat(team.valid("freeze", 1, david, "freeze", PROJECT, "--yes", "--json"))
        .contains("\"none\"", "\"key\" : null");
    team.valid("freeze", 0, david, "freeze", "--older-than", "1y", "--json", "--yes");
    team.valid("error", 2, david, "freeze", "b40", "--older-than", "1y", "--json");
    assertThat(team.valid("thaw", 7, david, "thaw", "b40", "--dry-run", "--json"))
        .contains("\"frozen\"", "\"ready_within_minutes\" : 2880");
    assertThat(team.valid("thaw", 7, david, "thaw", "b40", "--yes", "--json"))
        .contains("\"in_progress\"", "\"ready_by\" : \"");
    team.valid("thaw", 3, david, "thaw", "b40", "b41", "--check-status", "--json");
    team.server().forward(Duration.ofHours(49));
    assertThat(team.valid("thaw", 0, david, "thaw", "--check-status", "--json"))
        .contains("\"ready\"", "\"expires_at\" : \"");
    team.valid("thaw", 1, david, "thaw", PROJECT, "--yes", "--json");
    team.valid("error", 2, david, "thaw", "--json");
    assertThat(
            complaints(
                "thaw-note",
                new String(
                    new ThawNote(
                            "v-appydave",
                            new ProjectId("b40-flight"),
                            "archive/b00-b49/b40-flight.tar.gz",
                            "etag",
                            "bulk",
                            7,
                            "ssd",
                            "david",
                            Instant.parse("2026-11-25T12:00:00Z"),
                            Instant.parse("2026-11-27T12:00:00Z"))
                        .document(),
                    StandardCharsets.UTF_8)))
        .isEmpty();
  }

  private void archived(String key, String repo) throws IOException {
    try (ObjectStore store = team.store()) {
      store.put(
          key,
          Body.of(new byte[200_000]),
          new ObjectAttributes("application/gzip", Map.of("repo", repo)),
          Guard.absent());
    }
  }

  @Test
  void restoring_is_told_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    CommandRun.Person david = archivist();
    byte[] notes = "hello".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    new ArchiveWriter(1)
        .write(
            List.of(
                new ArchiveItem.File(
                    RelativeName.of("b40-flight/notes.txt"), notes.length, Instant.EPOCH)),
            _ -> new ByteArrayInputStream(notes),
            archive);
    try (ObjectStore store = team.store()) {
      store.put(
          "archive/b00-b49/b40-flight.tar.gz",
          Body.of(archive.toByteArray()),
          new ObjectAttributes(
              "application/gzip", Map.of("repo", "v-appydave", "project-id", "b40-flight")),
          Guard.absent());
    }
    assertThat(team.valid("restore", 0, david, "restore", "b40", "--dry-run", "--json"))
        .contains("\"planned\"", "\"fetched_bytes\" : null");
    assertThat(team.valid("restore", 0, david, "restore", "b40", "--json"))
        .contains("\"restored\"");
    assertThat(team.valid("restore", 0, david, "restore", "b40", "--json"))
        .contains("\"there_already\"");
    Files.writeString(folder.resolve("david/b40-flight/notes.txt"), "edited");
    assertThat(team.valid("restore", 3, david, "restore", "b40", "--json"))
        .contains("\"conflict\"");
    assertThat(team.valid("restore", 1, david, "restore", "b40", "--json", "--file", "no/such"))
        .contains("\"refused\"", "\"target\" : null");
    team.valid("error", 1, david, "restore", PROJECT, "--json");
    assertThat(team.valid("manifest", 0, david, "manifest", "--json"))
        .contains("\"archives\"", "\"archives_read\" : 0");
    assertThat(team.valid("manifest", 0, david, "cloud", "adopt", "--dry-run", "--json"))
        .contains("\"to_fetch\" : {");
    assertThat(team.valid("manifest", 0, david, "manifest", "--from-cloud", "--json"))
        .contains("\"archives_read\" : 1", "\"left\" : 0");
    assertThat(team.valid("show", 0, david, "show", "b40", "--json"))
        .contains("[ \"here\", \"S3\" ]");
    assertThat(team.valid("find", 0, david, "find", "notes", "--json"))
        .contains("\"kind\" : \"s3\"");
    assertThat(complaints("projects", Files.readString(folder.resolve("david/projects.json"))))
        .isEmpty();
  }
}
