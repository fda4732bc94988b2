package dev.vat.cli;

import static dev.vat.cli.FormatsTeam.PROJECT;
import static dev.vat.cli.PublishedSchemas.complaints;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get of drives, of the copies on them and of their checksums is what docs/formats
/// promises.
final class CopyFormatsTest {
  @TempDir Path folder;
  @AutoClose private FormatsTeam team;

  @BeforeEach
  void serve() throws IOException {
    team = FormatsTeam.in(folder);
  }

  @Test
  void the_drives_are_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    Path ssd = Files.createDirectories(folder.resolve("ssd/b00-b49/b40-flight/final"));
    Files.writeString(ssd.resolve("film.mov"), "a film");
    Path second = Files.createDirectories(folder.resolve("second"));
    CommandRun.Person david =
        team.person("david")
            .with("SSD_SAME_DISK_OK", "1")
            .with("SSD_BASE", folder.resolve("ssd").toString());
    team.valid("drives", 0, david, "drives", "--json");
    team.valid("manifest", 0, david, "manifest", "--json");
    String[] add = {"drives", "add", second.toString(), "--name", "T8", "--json"};
    team.valid(
        "drives", 0, david, Stream.concat(Stream.of(add), Stream.of("-n")).toArray(String[]::new));
    team.valid("drives", 0, david, add);
    team.valid("drives", 0, david, "drives", "rename", "T8", "T8 blue", "--json");
    assertThat(team.valid("drives", 0, david, "drives", "--json"))
        .contains("\"T8 blue\"", "\"primary\" : true", "\"only_here\" : 1");
    team.valid("error", 2, david, "drives", "rename", "T9", "T10", "--json");
    team.valid("copy", 0, david, "copy", PROJECT, "--to", "T8 blue", "--dry-run", "--json");
    assertThat(team.valid("copy", 0, david, "copy", PROJECT, "--to", "T8 blue", "--json"))
        .contains("\"whole\" : true");
    team.valid("copy", 5, david, "copy", "b40-flight", "--to", "ssd", "--json");
    String[] fromDrive = {"restore", "b40-flight", "--from", "ssd", "--json"};
    assertThat(
            team.valid(
                "restore",
                0,
                david,
                Stream.concat(Stream.of(fromDrive), Stream.of("-n")).toArray(String[]::new)))
        .contains("\"planned\"", "\"archive\" : null");
    assertThat(team.valid("restore", 0, david, fromDrive)).contains("\"restored\"");
    assertThat(team.valid("restore", 0, david, fromDrive)).contains("\"there_already\"");
    Files.writeString(folder.resolve("david/b40-flight/final/film.mov"), "another");
    assertThat(team.valid("restore", 3, david, fromDrive)).contains("\"conflict\"");
    Path draft = second.resolve("b50-b99/b63-flivideo/s3-staging/draft.mp4");
    FileTime recorded = Files.getLastModifiedTime(draft);
    Files.writeString(draft, "other");
    Files.setLastModifiedTime(draft, recorded);
    assertThat(team.valid("copy", 6, david, "copy", PROJECT, "--to", "T8 blue", "--json"))
        .contains("\"known_damaged\"");
    Files.setLastModifiedTime(draft, FileTime.from(Instant.parse("2026-11-01T10:00:00Z")));
    assertThat(team.valid("copy", 3, david, "copy", PROJECT, "--to", "T8 blue", "--json"))
        .contains("\"different\"");
    assertThat(complaints("base", Files.readString(second.resolve(".vat-base.json")))).isEmpty();
    assertThat(complaints("drive", Files.readString(second.resolve(".vat-drive.json")))).isEmpty();
    assertThat(complaints("projects", Files.readString(folder.resolve("david/projects.json"))))
        .isEmpty();
    team.valid("drives", 0, david, "drives", "forget", "T8 blue", "--yes", "--json");
  }

  @Test
  void light_files_are_told_as_published() throws Exception {
    Path drive = Files.createDirectories(folder.resolve("T7/b00-b49/b40-flight"));
    Files.writeString(drive.resolve("notes.txt"), "notes");
    Files.writeString(drive.resolve("poster.png"), "poster");
    Files.writeString(drive.resolve("said.srt"), "said");
    team.keepsCopiesOn(folder.resolve("T7"));
    team.valid("light", 0, "david", "light", "--dry-run", "--json");
    assertThat(team.valid("light", 0, "david", "light", "--json")).contains("\"new\"");
    Files.writeString(drive.resolve("notes.txt"), "other notes");
    Files.writeString(drive.resolve("said.srt"), "said again");
    Files.writeString(
        folder.resolve("david/archived/b00-b49/b40-flight/said.srt"), "said otherwise");
    team.write("david", "draft.mp4", "first cut");
    Files.createDirectories(folder.resolve("T7").resolve(PROJECT));
    assertThat(team.valid("light", 3, "david", "light", "--json"))
        .contains("\"update\"", "\"conflict\"", ".vat-kept", "\"active\"");
    Files.move(folder.resolve("T7"), folder.resolve("away"));
    team.valid("error", 5, "david", "light", "--json");
  }

  @Test
  void verifying_is_told_as_published() throws Exception {
    Path drive = Files.createDirectories(folder.resolve("T7/b00-b49/b40-flight"));
    Files.writeString(drive.resolve("film.mov"), "a flight");
    Files.writeString(drive.resolve("notes.txt"), "notes");
    Files.createDirectories(folder.resolve("T7/b00-b49/b41-ship/recordings"));
    team.keepsCopiesOn(folder.resolve("T7"));
    team.valid("verify", 0, "david", "verify", "--dry-run", "--json");
    assertThat(team.valid("verify", 0, "david", "verify", "--json"))
        .contains("\"first\"", "\"new\"");
    Files.writeString(drive.resolve("film.mov"), "a Flight");
    Files.writeString(
        Files.createDirectories(folder.resolve("david/b40-flight")).resolve("film.mov"),
        "a flight");
    assertThat(team.valid("verify", 6, "david", "verify", "b40", "--json")).contains("\"bad\"");
    assertThat(
            team.valid(
                "verify", 0, "david", "verify", "b40", "--repair", "--also-changed", "--json"))
        .contains("\"restored\" : true");
    Files.move(folder.resolve("T7"), folder.resolve("away"));
    assertThat(team.valid("verify", 5, "david", "verify", "--json")).contains("\"unavailable\"");
    team.valid("error", 2, "david", "verify", "--also-changed", "--json");
  }

  @Test
  void checksum_histories_are_told_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    String project = folder.resolve("david").resolve(PROJECT).toString();
    team.valid("mhl", 0, "david", "mhl", "create", project, "--dry-run", "--json");
    assertThat(team.valid("mhl", 0, "david", "mhl", "create", project, "--json"))
        .contains("\"new\"", "\"history\" : null", "\"recorded\" : true");
    team.write("david", "draft.mp4", "another cut");
    assertThat(team.valid("mhl", 6, "david", "mhl", "check", project, "--json"))
        .contains("\"count\" : 1", "\"recorded\" : false");
    assertThat(team.valid("mhl", 6, "david", "mhl", "check", folder.toString(), "--json"))
        .as("only the history of a folder below")
        .contains("\"history\" : null");
    team.valid("error", 1, "david", "mhl", "check", folder.resolve("s3").toString(), "--json");
  }
}
