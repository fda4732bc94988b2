package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.catalog.ThawNote;
import dev.vat.catalog.Warning;
import dev.vat.cloud.AccessPolicies;
import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryAccessPolicies;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.cost.PriceBook;
import dev.vat.disk.CopyProblem;
import dev.vat.lifecycle.Obstacle;
import dev.vat.lifecycle.Orphan;
import dev.vat.lifecycle.Proposal;
import dev.vat.lifecycle.RecoveryPage;
import dev.vat.lifecycle.Verdict;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import dev.vat.staging.Removal;
import dev.vat.staging.Standing;
import dev.vat.staging.Step;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get is what docs/formats promises: real commands of two people on a real server,
/// each document checked against its JSON Schema.
final class PublishedFormatsTest {
  private static final Path SCHEMAS = Path.of("docs/formats").toAbsolutePath();
  private static final String PROJECT = "b63-flivideo";
  private static final String BUCKET = "films";

  @TempDir Path folder;
  private SandboxServer server;
  private String ssdBase = "";

  @BeforeEach
  void serve() throws IOException {
    // The SDK signs with the computer's own time, so the server must live in it too.
    server =
        SandboxServer.start(
            SandboxOptions.in(folder.resolve("s3"), InstantSource.system()).withBuckets(BUCKET));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void the_daily_work_of_two_people_speaks_the_published_formats() throws Exception {
    write("david", "draft.mp4", "first cut");
    write("david", "audio/voice.wav", "a voice");
    write("david", "metadata.json", "{}");
    assertThat(valid("sync", 4, "david", "up", PROJECT, "--dry-run", "--json"))
        .contains("\"upload\"");
    assertThat(valid("sync", 4, "david", "up", PROJECT, "--json"))
        .contains("\"uploaded\"", "\"left_out\" : [ {");
    Files.delete(staged("david", "metadata.json"));
    assertThat(valid("sync", 0, "jan", "down", PROJECT, "--json")).contains("\"downloaded\"");
    write("jan", "draft.mp4", "Jan's cut");
    valid("sync", 0, "jan", "up", PROJECT, "--json");
    write("david", "draft.mp4", "David's second cut");
    assertThat(valid("status", 0, "david", "status", PROJECT, "--json")).contains("\"conflict\"");
    valid("sync", 3, "david", "down", PROJECT, "--json");
    assertThat(valid("sync", 0, "david", "down", PROJECT, "--keep", "both", "--json"))
        .contains("\"kept_both\"", "draft-david.mp4");
    write("david", "draft.mp4", "David's third cut");
    write("jan", "draft.mp4", "Jan's third cut");
    valid("sync", 0, "jan", "up", PROJECT, "--json");
    assertThat(valid("sync", 0, "david", "up", PROJECT, "--keep", "mine", "--json"))
        .contains("\"kept_mine\"", ".vat-kept/" + PROJECT);
    write("jan", "draft.mp4", "Jan's fourth cut");
    assertThat(valid("sync", 0, "jan", "down", PROJECT, "--keep", "theirs", "--json"))
        .contains("\"kept_theirs\"", ".vat-kept");
    assertThat(valid("kept", 0, "jan", "kept", "list", "--json")).contains("\"local\"", "\"s3\"");
    valid("kept", 0, "jan", "kept", "empty", "--dry-run", "--json");
    assertThat(valid("kept", 0, "jan", "kept", "empty", "--yes", "--json"))
        .contains("\"destroyed\" : true");
  }

  @Test
  void all_projects_at_once_speak_the_published_formats() throws Exception {
    write("david", "draft.mp4", "first cut");
    assertThat(valid("sync-all", 0, "david", "up", "--all", "--dry-run", "--json"))
        .contains("\"upload\"");
    assertThat(valid("sync-all", 0, "david", "up", "--all", "--json")).contains("\"uploaded\"");
    assertThat(valid("status-all", 0, "jan", "status", "--all", "--json"))
        .contains("\"only_there\"", "\"in_sync\" : false");
    Files.createSymbolicLink(folder.resolve("jan").resolve(PROJECT), folder.resolve("unplugged"));
    assertThat(valid("sync-all", 2, "jan", "down", "--all", "--json")).contains("\"hint\"");
    valid("status-all", 2, "jan", "status", "--all", "--json");
    Files.delete(folder.resolve("jan").resolve(PROJECT));
    assertThat(valid("sync-all", 0, "jan", "down", "--all", "--json")).contains("\"downloaded\"");
    valid("error", 2, "jan", "down", PROJECT, "--all", "--json");
  }

  @Test
  void a_cleanup_and_what_is_left_of_it_speak_the_published_formats() throws Exception {
    write("david", "draft.mp4", "first cut");
    valid("sync", 0, "david", "up", PROJECT, "--json");
    write("jan", "notes.txt", "only Jan has this");
    valid("sync", 0, "jan", "up", PROJECT, "--json");

    assertThat(valid("cleanup", 3, "david", "cleanup", PROJECT, "--dry-run", "--json"))
        .contains("\"remove\"", "\"unsaved\"");
    assertThat(valid("cleanup", 3, "david", "cleanup", PROJECT, "--yes", "--json"))
        .contains("\"removed\"", "\"nothing_here\"");
    assertThat(valid("status", 0, "david", "status", PROJECT, "--json"))
        .contains("\"removed_there\"", "\"removed_by\" : \"david\"");
    assertThat(valid("sync", 0, "david", "up", PROJECT, "--again", "--json")).contains("\"again\"");
    assertThat(complaints("metadata", metadata())).isEmpty();
  }

  @Test
  void links_speak_the_published_format() throws Exception {
    write("david", "draft.mp4", "first cut");
    valid("sync", 0, "david", "up", PROJECT, "--json");
    assertThat(valid("share", 0, "david", "share", PROJECT, "draft.mp4", "--json"))
        .contains("\"in_sync\"", "X-Amz-Signature=", "\"page\" : null")
        .doesNotContain(SandboxOptions.SECRET_KEY);
    assertThat(valid("share", 0, "jan", "share", PROJECT, "draft.mp4", "--html", "--json"))
        .contains("\"only_there\"", "draft.html");
    write("david", "draft.mp4", "David's second cut");
    assertThat(valid("share", 0, "david", "share", PROJECT, "draft.mp4", "--dry-run", "--json"))
        .contains("\"changed_here\"", "\"url\" : null");
    valid("error", 2, "david", "share", PROJECT, "--json");
  }

  @Test
  void the_manifest_and_the_list_are_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    Files.createDirectories(folder.resolve("david/archived/b00-b49/b40-flight"));
    Files.createDirectories(folder.resolve("david/b40-flight/recordings"));
    Files.createDirectories(folder.resolve("david/no project"));
    valid("manifest", 0, "david", "manifest", "--dry-run", "--json");
    assertThat(valid("manifest", 0, "david", "manifest", "--json"))
        .contains("\"flat_and_grouped\"", "no project", "\"written\" : true");
    assertThat(valid("estimate", 0, "david", "estimate", "--json")).contains("\"today\" : {");
    valid("estimate", 0, "david", "estimate", "--months", "3", "--json");
    valid("estimate", 0, "david", "estimate", "--collab", "--json");
    valid("estimate", 0, "david", "estimate", "--total", "3GB", "--split", "1,1,1", "--json");
    assertThat(complaints("prices", PriceBook.shipped().json("here"))).isEmpty();
    assertThat(valid("list", 0, "david", "list", "--json")).contains("\"staging\" : true");
    valid("list", 0, "jan", "list", "--json");
    assertThat(valid("manifest-all", 0, "david", "manifest", "--all", "--json"))
        .contains("\"repo\" : \"jan\"");
    assertThat(valid("list", 0, "david", "list", "--repo", "all", "--json"))
        .contains("\"repo\" : \"david\"");
    Files.writeString(folder.resolve("jan/projects.json"), "[");
    assertThat(valid("manifest-all", 4, "david", "manifest", "--all", "--json"))
        .contains("\"manifest\" : null");
    valid("list", 4, "david", "list", "--repo", "all", "--json");
    Files.delete(folder.resolve("jan/projects.json"));
    write("david", "draft.srt", "1\n00:01:05,000 --> 00:01:07,000\nthe butcher knife\n");
    valid("manifest", 0, "david", "manifest", "--json");
    assertThat(valid("find", 0, "david", "find", "knife", "--json"))
        .contains("\"00:01:05\"", "\"marks\" : [ {");
    assertThat(valid("find", 0, "david", "find", "draft", "--json")).contains("\"local\"");
    valid("find", 0, "david", "find", "flivideo", "--json");
    valid("find", 0, "jan", "find", "knife", "--json");
    assertThat(valid("show", 0, "david", "show", PROJECT, "--json"))
        .contains("\"step\" : \"archive\"", "\"kind\" : \"local\"");
    valid("show", 0, "david", "show", "b40", "--json");
    valid("error", 2, "jan", "show", PROJECT, "--json");
    assertThat(
            complaints(
                "projects", Files.readString(folder.resolve("david").resolve("projects.json"))))
        .isEmpty();
  }

  @Test
  void checksum_histories_are_told_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    String project = folder.resolve("david").resolve(PROJECT).toString();
    valid("mhl", 0, "david", "mhl", "create", project, "--dry-run", "--json");
    assertThat(valid("mhl", 0, "david", "mhl", "create", project, "--json"))
        .contains("\"new\"", "\"history\" : null", "\"recorded\" : true");
    write("david", "draft.mp4", "another cut");
    assertThat(valid("mhl", 6, "david", "mhl", "check", project, "--json"))
        .contains("\"count\" : 1", "\"recorded\" : false");
    assertThat(valid("mhl", 6, "david", "mhl", "check", folder.toString(), "--json"))
        .as("only the history of a folder below")
        .contains("\"history\" : null");
    valid("error", 1, "david", "mhl", "check", folder.resolve("s3").toString(), "--json");
  }

  @Test
  void archiving_is_told_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    Path ssd = Files.createDirectories(folder.resolve("ssd"));
    CommandRun.Person david =
        person("david")
            .with("SSD_SAME_DISK_OK", "1")
            .with("SSD_BASE", ssd.toString())
            .using(new PretendDrives(new OnTheSandbox(), ssd));
    assertThat(valid("archive", 3, david, "archive", PROJECT, "--json"))
        .contains("\"stopped\"", "not sent to the team yet");
    valid("sync", 0, "david", "up", PROJECT, "--json");
    assertThat(valid("archive", 0, david, "archive", PROJECT, "-n", "--json"))
        .contains("\"planned\"");
    assertThat(valid("archive", 0, david, "archive", PROJECT, "--json"))
        .contains("\"archived\"", "\"left\" : [ \"ssd\" ]");
    assertThat(valid("archive", 0, david, "archive", PROJECT, "--json"))
        .contains("\"archived_already\"");
    assertThat(complaints("projects", Files.readString(folder.resolve("david/projects.json"))))
        .isEmpty();
  }

  @Test
  void backing_up_is_told_as_published() throws Exception {
    Path ssd = Files.createDirectories(folder.resolve("ssd/b00-b49/b40-flight"));
    Files.writeString(ssd.resolve("film.mov"), "a film");
    CommandRun.Person david =
        person("david")
            .with("S3_ARCHIVE_BUCKET", BUCKET)
            .with("S3_ARCHIVE_PREFIX", "archive")
            .with("S3_COLLAB_PREFIX", "staging")
            .with("SSD_SAME_DISK_OK", "1")
            .with("SSD_BASE", folder.resolve("ssd").toString());
    assertThat(valid("backup", 0, david, "backup", "b40", "--dry-run", "--json"))
        .contains("\"planned\"");
    assertThat(valid("backup", 0, david, "backup", "b40", "--json"))
        .contains("\"stored\"", "\"checksum\"");
    Files.writeString(ssd.resolve("more.mov"), "more");
    assertThat(valid("backup", 3, david, "backup", "b40", "--json"))
        .contains("\"refused\"", "\"conflict\"");
    Files.delete(ssd.resolve("more.mov"));
    assertThat(valid("backup", 0, david, "backup", "b40", "--delete-local", "--json"))
        .contains("\"already_there\"", "\"released_files\" : 1");
    valid("backup", 0, david, "backup", "b40", "--json");
    assertThat(valid("verify-cloud", 0, david, "verify", "--place", "s3", "--dry-run", "--json"))
        .contains("\"planned\"");
    assertThat(valid("verify-cloud", 0, david, "verify", "--place", "s3", "--full", "--json"))
        .contains("\"whole\"", "\"full\" : true");
    try (ObjectStore store = opened(server.endpoint(), BUCKET)) {
      String key = "archive/b00-b49/b40-flight.toc.json";
      ObjectSummary object = store.head(key).orElseThrow().summary();
      try (InputStream in = store.read(key, object.etag(), 0, object.sizeBytes())) {
        assertThat(complaints("toc", new String(in.readAllBytes(), StandardCharsets.UTF_8)))
            .isEmpty();
      }
      String archive = "archive/b00-b49/b40-flight.tar.gz";
      store.remove(archive, store.head(archive).orElseThrow().summary().etag());
      store.createUpload(archive, new ObjectAttributes("x/y", Map.of()));
      assertThat(valid("cloud-clean", 0, david, "cloud", "clean", "--dry-run", "--json"))
          .contains("\"toc\"", "\"ours\" : false");
      valid("cloud-clean", 0, david, "cloud", "clean", "--yes", "--json");
      assertThat(valid("verify-cloud", 6, david, "verify", "--place", "s3", "--json"))
          .contains("\"missing\"", "\"upload_id\"");
    }
  }

  @Test
  void freezing_is_told_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    CommandRun.Person david =
        person("david")
            .with("S3_ARCHIVE_BUCKET", BUCKET)
            .with("S3_ARCHIVE_PREFIX", "archive")
            .with("S3_COLLAB_PREFIX", "staging");
    archived("archive/b00-b49/b40-flight.tar.gz", "v-appydave");
    archived("archive/b00-b49/b41-voz.tar.gz", "v-voz");
    assertThat(valid("freeze", 0, david, "freeze", "b40", "--dry-run", "--json"))
        .contains("\"freeze\"", "\"region\" : \"us-east-1\"");
    assertThat(valid("freeze", 3, david, "freeze", "b40", "b41", "--yes", "--json"))
        .contains("\"frozen\"", "\"not_ours\"");
    assertThat(valid("freeze", 0, david, "freeze", "b40", "--yes", "--json"))
        .contains("\"already\"");
    assertThat(valid("freeze", 1, david, "freeze", PROJECT, "--yes", "--json"))
        .contains("\"none\"", "\"key\" : null");
    valid("freeze", 0, david, "freeze", "--older-than", "1y", "--json", "--yes");
    valid("error", 2, david, "freeze", "b40", "--older-than", "1y", "--json");
    assertThat(valid("thaw", 7, david, "thaw", "b40", "--dry-run", "--json"))
        .contains("\"frozen\"", "\"ready_within_minutes\" : 2880");
    assertThat(valid("thaw", 7, david, "thaw", "b40", "--yes", "--json"))
        .contains("\"in_progress\"", "\"ready_by\" : \"");
    valid("thaw", 3, david, "thaw", "b40", "b41", "--check-status", "--json");
    server.forward(Duration.ofHours(49));
    assertThat(valid("thaw", 0, david, "thaw", "--check-status", "--json"))
        .contains("\"ready\"", "\"expires_at\" : \"");
    valid("thaw", 1, david, "thaw", PROJECT, "--yes", "--json");
    valid("error", 2, david, "thaw", "--json");
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
    try (ObjectStore store = opened(server.endpoint(), BUCKET)) {
      store.put(
          key,
          Body.of(new byte[200_000]),
          new ObjectAttributes("application/gzip", Map.of("repo", repo)),
          Guard.absent());
    }
  }

  @Test
  void restoring_is_told_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    CommandRun.Person david =
        person("david")
            .with("S3_ARCHIVE_BUCKET", BUCKET)
            .with("S3_ARCHIVE_PREFIX", "archive")
            .with("S3_COLLAB_PREFIX", "staging");
    byte[] notes = "hello".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    new ArchiveWriter(1)
        .write(
            List.of(
                new ArchiveItem.File(
                    RelativeName.of("b40-flight/notes.txt"), notes.length, Instant.EPOCH)),
            _ -> new ByteArrayInputStream(notes),
            archive);
    try (ObjectStore store = opened(server.endpoint(), BUCKET)) {
      store.put(
          "archive/b00-b49/b40-flight.tar.gz",
          Body.of(archive.toByteArray()),
          new ObjectAttributes(
              "application/gzip", Map.of("repo", "v-appydave", "project-id", "b40-flight")),
          Guard.absent());
    }
    assertThat(valid("restore", 0, david, "restore", "b40", "--dry-run", "--json"))
        .contains("\"planned\"", "\"fetched_bytes\" : null");
    assertThat(valid("restore", 0, david, "restore", "b40", "--json")).contains("\"restored\"");
    assertThat(valid("restore", 0, david, "restore", "b40", "--json"))
        .contains("\"there_already\"");
    Files.writeString(folder.resolve("david/b40-flight/notes.txt"), "edited");
    assertThat(valid("restore", 3, david, "restore", "b40", "--json")).contains("\"conflict\"");
    assertThat(valid("restore", 1, david, "restore", "b40", "--json", "--file", "no/such"))
        .contains("\"refused\"", "\"target\" : null");
    valid("error", 1, david, "restore", PROJECT, "--json");
    assertThat(valid("manifest", 0, david, "manifest", "--json"))
        .contains("\"archives\"", "\"archives_read\" : 0");
    assertThat(valid("manifest", 0, david, "cloud", "adopt", "--dry-run", "--json"))
        .contains("\"to_fetch\" : {");
    assertThat(valid("manifest", 0, david, "manifest", "--from-cloud", "--json"))
        .contains("\"archives_read\" : 1", "\"left\" : 0");
    assertThat(valid("show", 0, david, "show", "b40", "--json")).contains("[ \"here\", \"S3\" ]");
    assertThat(valid("find", 0, david, "find", "notes", "--json")).contains("\"kind\" : \"s3\"");
    assertThat(complaints("projects", Files.readString(folder.resolve("david/projects.json"))))
        .isEmpty();
  }

  @Test
  void the_drives_are_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    Path ssd = Files.createDirectories(folder.resolve("ssd/b00-b49/b40-flight/final"));
    Files.writeString(ssd.resolve("film.mov"), "a film");
    Path second = Files.createDirectories(folder.resolve("second"));
    CommandRun.Person david =
        person("david")
            .with("SSD_SAME_DISK_OK", "1")
            .with("SSD_BASE", folder.resolve("ssd").toString());
    valid("drives", 0, david, "drives", "--json");
    valid("manifest", 0, david, "manifest", "--json");
    String[] add = {"drives", "add", second.toString(), "--name", "T8", "--json"};
    valid(
        "drives", 0, david, Stream.concat(Stream.of(add), Stream.of("-n")).toArray(String[]::new));
    valid("drives", 0, david, add);
    valid("drives", 0, david, "drives", "rename", "T8", "T8 blue", "--json");
    assertThat(valid("drives", 0, david, "drives", "--json"))
        .contains("\"T8 blue\"", "\"primary\" : true", "\"only_here\" : 1");
    valid("error", 2, david, "drives", "rename", "T9", "T10", "--json");
    valid("copy", 0, david, "copy", PROJECT, "--to", "T8 blue", "--dry-run", "--json");
    assertThat(valid("copy", 0, david, "copy", PROJECT, "--to", "T8 blue", "--json"))
        .contains("\"whole\" : true");
    valid("copy", 5, david, "copy", "b40-flight", "--to", "ssd", "--json");
    String[] fromDrive = {"restore", "b40-flight", "--from", "ssd", "--json"};
    assertThat(
            valid(
                "restore",
                0,
                david,
                Stream.concat(Stream.of(fromDrive), Stream.of("-n")).toArray(String[]::new)))
        .contains("\"planned\"", "\"archive\" : null");
    assertThat(valid("restore", 0, david, fromDrive)).contains("\"restored\"");
    assertThat(valid("restore", 0, david, fromDrive)).contains("\"there_already\"");
    Files.writeString(folder.resolve("david/b40-flight/final/film.mov"), "another");
    assertThat(valid("restore", 3, david, fromDrive)).contains("\"conflict\"");
    Files.writeString(second.resolve("b50-b99/b63-flivideo/s3-staging/draft.mp4"), "other");
    assertThat(valid("copy", 3, david, "copy", PROJECT, "--to", "T8 blue", "--json"))
        .contains("\"different\"");
    assertThat(complaints("drive", Files.readString(second.resolve(".vat-drive.json")))).isEmpty();
    assertThat(complaints("projects", Files.readString(folder.resolve("david/projects.json"))))
        .isEmpty();
    valid("drives", 0, david, "drives", "forget", "T8 blue", "--yes", "--json");
  }

  @Test
  void light_files_are_told_as_published() throws Exception {
    Path drive = Files.createDirectories(folder.resolve("T7/b00-b49/b40-flight"));
    Files.writeString(drive.resolve("notes.txt"), "notes");
    Files.writeString(drive.resolve("poster.png"), "poster");
    Files.writeString(drive.resolve("said.srt"), "said");
    ssdBase = folder.resolve("T7").toString();
    valid("light", 0, "david", "light", "--dry-run", "--json");
    assertThat(valid("light", 0, "david", "light", "--json")).contains("\"new\"");
    Files.writeString(drive.resolve("notes.txt"), "other notes");
    Files.writeString(drive.resolve("said.srt"), "said again");
    Files.writeString(
        folder.resolve("david/archived/b00-b49/b40-flight/said.srt"), "said otherwise");
    write("david", "draft.mp4", "first cut");
    Files.createDirectories(folder.resolve("T7").resolve(PROJECT));
    assertThat(valid("light", 3, "david", "light", "--json"))
        .contains("\"update\"", "\"conflict\"", ".vat-kept", "\"active\"");
    Files.move(folder.resolve("T7"), folder.resolve("away"));
    valid("error", 5, "david", "light", "--json");
  }

  @Test
  void verifying_is_told_as_published() throws Exception {
    Path drive = Files.createDirectories(folder.resolve("T7/b00-b49/b40-flight"));
    Files.writeString(drive.resolve("film.mov"), "a flight");
    Files.writeString(drive.resolve("notes.txt"), "notes");
    Files.createDirectories(folder.resolve("T7/b00-b49/b41-ship/recordings"));
    ssdBase = folder.resolve("T7").toString();
    valid("verify", 0, "david", "verify", "--dry-run", "--json");
    assertThat(valid("verify", 0, "david", "verify", "--json")).contains("\"first\"", "\"new\"");
    Files.writeString(drive.resolve("film.mov"), "a Flight");
    Files.writeString(
        Files.createDirectories(folder.resolve("david/b40-flight")).resolve("film.mov"),
        "a flight");
    assertThat(valid("verify", 6, "david", "verify", "b40", "--json")).contains("\"bad\"");
    assertThat(valid("verify", 0, "david", "verify", "b40", "--repair", "--also-changed", "--json"))
        .contains("\"restored\" : true");
    Files.move(folder.resolve("T7"), folder.resolve("away"));
    assertThat(valid("verify", 5, "david", "verify", "--json")).contains("\"unavailable\"");
    valid("error", 2, "david", "verify", "--also-changed", "--json");
  }

  @Test
  void notes_with_every_member_are_as_published() throws Exception {
    write("david", "draft.mp4", "first cut");
    write("david", "old.mp4", "an old one");
    valid("sync", 0, "david", "up", PROJECT, "--json");
    valid("cleanup", 0, "david", "cleanup", PROJECT, "old.mp4", "--yes", "--json");

    assertThat(metadata()).contains("\"removed_at\"", "\"uploaded_by\"", "\"last_sync_by\"");
    assertThat(complaints("metadata", metadata())).isEmpty();
    assertThat(complaints("metadata", golden())).isEmpty();
  }

  @Test
  void settings_set_up_and_errors_speak_the_published_formats() throws Exception {
    Files.createDirectories(folder.resolve("new"));
    valid("start", 0, "new", "init", "--collab-bucket", "films", "--json");
    valid("config", 0, "new", "config", "--json");
    // A file that others may read, and a clock that is months behind the server's.
    assertThat(valid("doctor", 1, "david", "doctor", "--json"))
        .contains("\"delete-condition\"", "\"remedy\" : null", "\"problem\"");
    valid("error", 2, "david", "status", "nobody", "--json");
    valid("error", 2, "david", "status", "--bogus", "--json");
  }

  @Test
  void the_schemas_refuse_what_is_not_theirs() throws Exception {
    write("david", "draft.mp4", "first cut");
    String real = valid("sync", 0, "david", "up", PROJECT, "--json");

    assertThat(complaints("sync", real.replace("vat.up/1", "vat.up/2"))).isNotEmpty();
    assertThat(complaints("sync", real.replace("\"only_here\"", "\"unheard_of\""))).isNotEmpty();
    assertThat(complaints("sync", real.replace("\"detail\"", "\"details\""))).isNotEmpty();
    assertThat(complaints("metadata", metadata().replace("\"md5\"", "\"md6\""))).isNotEmpty();
  }

  @Test
  void setting_the_buckets_up_speaks_the_published_formats() throws Exception {
    CommandRun.Person david = person("david").with("S3_ARCHIVE_BUCKET", "films-archive");
    assertThat(valid("cloud", 0, david, "cloud", "setup", "--dry-run", "--json"))
        .contains("\"create_bucket\"", "\"planned\"");
    assertThat(valid("cloud", 0, david, "cloud", "setup", "--yes", "--json"))
        .contains("\"done\"", "\"life_cycle_rules\"");
    CommandRun.Person account = david.with("AWS_ENDPOINT_URL_IAM", "http://127.0.0.1:9");
    assertThat(valid("cloud", 0, account, "cloud", "setup", "--iam", "--yes", "--json"))
        .contains("\"create_policy\"", "\"access\"");
    assertThat(valid("cloud", 0, david, "cloud", "lifecycle", "--json"))
        .contains("\"as_wanted\"", "vat-freeze");
    valid("cloud", 0, david, "cloud", "policy", "--for", "owner", "--json");
    valid("error", 2, david, "cloud", "policy", "--for", "nobody", "--json");
    valid("cloud", 0, david, "cloud", "setup", "--print", "cloudformation", "--audit", "--json");
  }

  @Test
  void every_schema_is_a_schema_and_is_named_in_the_documentation() throws Exception {
    String documentation = Files.readString(SCHEMAS.resolveSibling("formats.md"));
    Schema ofSchemas =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));
    try (Stream<Path> files = Files.list(SCHEMAS)) {
      for (Path file : files.toList()) {
        assertThat(ofSchemas.validate(Files.readString(file), InputFormat.JSON)).isEmpty();
        assertThat(documentation).contains(file.getFileName().toString());
      }
    }
  }

  @Test
  void the_schemas_know_every_word_that_the_code_can_say() throws Exception {
    for (Standing standing : Standing.values()) {
      assertThat(words("status")).contains(quoted(standing));
      assertThat(words("sync")).contains(quoted(standing));
      assertThat(words("status-all")).contains(quoted(standing));
      assertThat(words("sync-all")).contains(quoted(standing));
    }
    for (Warning.Code code : Warning.Code.values()) {
      assertThat(words("manifest")).contains(quoted(code));
    }
    for (Verdict verdict : Verdict.values()) {
      if (verdict != Verdict.GOOD) {
        assertThat(words("mhl")).contains(quoted(verdict));
        assertThat(words("verify")).contains(quoted(verdict));
      }
    }
    for (Obstacle.Kind kind : Obstacle.Kind.values()) {
      assertThat(words("archive")).contains(quoted(kind));
    }
    for (Class<?> problem : CopyProblem.class.getPermittedSubclasses()) {
      assertThat(words("archive")).contains('"' + ArchiveReport.kind(problem) + '"');
    }
    for (Proposal.Step step : Proposal.Step.values()) {
      assertThat(words("show")).contains(quoted(step));
    }
    for (Orphan.Kind kind : Orphan.Kind.values()) {
      assertThat(words("cloud-clean")).contains(quoted(kind));
      assertThat(words("verify-cloud")).contains(quoted(kind));
    }
    for (RecoveryPage.State state : RecoveryPage.State.values()) {
      assertThat(words("backup")).contains(quoted(state));
    }
    for (Removal.Left left : Removal.Left.values()) {
      assertThat(words("cleanup")).contains(quoted(left));
    }
    for (Step.Upload.Why why : Step.Upload.Why.values()) {
      assertThat(words("sync")).contains(why.name().toLowerCase(Locale.ROOT));
    }
  }

  private static String words(String schema) throws IOException {
    return Files.readString(SCHEMAS.resolve(schema + ".schema.json"));
  }

  private static String quoted(Enum<?> constant) {
    return '"' + constant.name().toLowerCase(Locale.ROOT) + '"';
  }

  /// @return the document, which fits its schema
  private String valid(String schema, int exit, String who, String... words) throws IOException {
    return valid(schema, exit, person(who), words);
  }

  private String valid(String schema, int exit, CommandRun.Person who, String... words)
      throws IOException {
    CommandRun run = who.run(words);
    assertThat(run.exit()).as("%s%n%s", run.out(), run.err()).isEqualTo(exit);
    assertThat(complaints(schema, run.out())).as(run.out()).isEmpty();
    return run.out();
  }

  private static List<String> complaints(String schema, String document) throws IOException {
    Schema asked =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(
                Files.readString(SCHEMAS.resolve(schema + ".schema.json")), InputFormat.JSON);
    return asked
        .validate(
            document,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
        .stream()
        .map(Error::toString)
        .toList();
  }

  private CommandRun.Person person(String who) throws IOException {
    Path repository = Files.createDirectories(folder.resolve(who));
    if (!who.equals("new")) {
      Files.writeString(
          repository.resolve(".video-tools.env"),
          ssdBase.isEmpty() ? "" : "SSD_BASE=" + ssdBase + "\nSSD_SAME_DISK_OK=1\n");
    }
    return CommandRun.in(repository)
        .with("AWS_ENDPOINT_URL_S3", server.endpoint().toString())
        .with("AWS_REGION", "us-east-1")
        .with("AWS_ACCESS_KEY_ID", SandboxOptions.ACCESS_KEY)
        .with("AWS_SECRET_ACCESS_KEY", SandboxOptions.SECRET_KEY)
        .with("S3_COLLAB_BUCKET", BUCKET)
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", who)
        .using(new OnTheSandbox());
  }

  private void write(String who, String name, String content) throws IOException {
    Path file = staged(who, name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private Path staged(String who, String name) {
    return folder.resolve(who).resolve(PROJECT).resolve("s3-staging").resolve(name);
  }

  private String metadata() throws IOException {
    try (ObjectStore store = opened(server.endpoint(), BUCKET)) {
      TreeMap<String, ObjectSummary> notes = new TreeMap<>();
      String key = "v-appydave/" + PROJECT + "/metadata.json";
      store.list(key, object -> notes.put(object.key(), object));
      ObjectSummary found = notes.get(key);
      try (InputStream in = store.read(key, found.etag(), 0, found.sizeBytes())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static String golden() throws IOException {
    return Files.readString(Path.of("src/test/resources/dev/vat/staging/metadata-golden.json"));
  }

  private static ObjectStore opened(URI endpoint, String bucket) throws IOException {
    return S3ObjectStore.open(
        new S3Connection(
            Optional.of(endpoint),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
            Optional.empty()),
        bucket);
  }

  private static final class OnTheSandbox implements Services {
    @Override
    public AccessPolicies openPolicies(S3Access access) {
      return new MemoryAccessPolicies();
    }

    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      try {
        return opened(access.endpoint().orElseThrow(), bucket);
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
