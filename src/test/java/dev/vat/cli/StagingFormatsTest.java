package dev.vat.cli;

import static dev.vat.cli.FormatsTeam.PROJECT;
import static dev.vat.cli.PublishedSchemas.complaints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get of the daily work of two people is what docs/formats promises, and so is what
/// is noted in S3.
final class StagingFormatsTest {
  @TempDir Path folder;
  @AutoClose private FormatsTeam team;

  @BeforeEach
  void serve() throws IOException {
    team = FormatsTeam.in(folder);
  }

  @Test
  void the_daily_work_of_two_people_speaks_the_published_formats() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    team.write("david", "audio/voice.wav", "a voice");
    team.write("david", "metadata.json", "{}");
    assertThat(team.valid("sync", 4, "david", "up", PROJECT, "--dry-run", "--json"))
        .contains("\"upload\"");
    assertThat(team.valid("sync", 4, "david", "up", PROJECT, "--json"))
        .contains("\"uploaded\"", "\"left_out\" : [ {");
    Files.delete(team.staged("david", "metadata.json"));
    assertThat(team.valid("sync", 0, "jan", "down", PROJECT, "--json")).contains("\"downloaded\"");
    team.write("jan", "draft.mp4", "Jan's cut");
    team.valid("sync", 0, "jan", "up", PROJECT, "--json");
    team.write("david", "draft.mp4", "David's second cut");
    assertThat(team.valid("status", 0, "david", "status", PROJECT, "--json"))
        .contains("\"conflict\"");
    team.valid("sync", 3, "david", "down", PROJECT, "--json");
    assertThat(team.valid("sync", 0, "david", "down", PROJECT, "--keep", "both", "--json"))
        .contains("\"kept_both\"", "draft-david.mp4");
    team.write("david", "draft.mp4", "David's third cut");
    team.write("jan", "draft.mp4", "Jan's third cut");
    team.valid("sync", 0, "jan", "up", PROJECT, "--json");
    assertThat(team.valid("sync", 0, "david", "up", PROJECT, "--keep", "mine", "--json"))
        .contains("\"kept_mine\"", ".vat-kept/" + PROJECT);
    team.write("jan", "draft.mp4", "Jan's fourth cut");
    assertThat(team.valid("sync", 0, "jan", "down", PROJECT, "--keep", "theirs", "--json"))
        .contains("\"kept_theirs\"", ".vat-kept");
    assertThat(team.valid("kept", 0, "jan", "kept", "list", "--json"))
        .contains("\"local\"", "\"s3\"");
    team.valid("kept", 0, "jan", "kept", "empty", "--dry-run", "--json");
    assertThat(team.valid("kept", 0, "jan", "kept", "empty", "--yes", "--json"))
        .contains("\"destroyed\" : true");
  }

  @Test
  void all_projects_at_once_speak_the_published_formats() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    assertThat(team.valid("sync-all", 0, "david", "up", "--all", "--dry-run", "--json"))
        .contains("\"upload\"");
    assertThat(team.valid("sync-all", 0, "david", "up", "--all", "--json"))
        .contains("\"uploaded\"");
    assertThat(team.valid("status-all", 0, "jan", "status", "--all", "--json"))
        .contains("\"only_there\"", "\"in_sync\" : false");
    Files.createSymbolicLink(folder.resolve("jan").resolve(PROJECT), folder.resolve("unplugged"));
    assertThat(team.valid("sync-all", 2, "jan", "down", "--all", "--json")).contains("\"hint\"");
    team.valid("status-all", 2, "jan", "status", "--all", "--json");
    Files.delete(folder.resolve("jan").resolve(PROJECT));
    assertThat(team.valid("sync-all", 0, "jan", "down", "--all", "--json"))
        .contains("\"downloaded\"");
    team.valid("error", 2, "jan", "down", PROJECT, "--all", "--json");
  }

  @Test
  void a_cleanup_and_what_is_left_of_it_speak_the_published_formats() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    team.valid("sync", 0, "david", "up", PROJECT, "--json");
    team.write("jan", "notes.txt", "only Jan has this");
    team.valid("sync", 0, "jan", "up", PROJECT, "--json");

    assertThat(team.valid("cleanup", 3, "david", "cleanup", PROJECT, "--dry-run", "--json"))
        .contains("\"remove\"", "\"unsaved\"");
    assertThat(team.valid("cleanup", 3, "david", "cleanup", PROJECT, "--yes", "--json"))
        .contains("\"removed\"", "\"nothing_here\"");
    assertThat(team.valid("status", 0, "david", "status", PROJECT, "--json"))
        .contains("\"removed_there\"", "\"removed_by\" : \"david\"");
    assertThat(team.valid("sync", 0, "david", "up", PROJECT, "--again", "--json"))
        .contains("\"again\"");
    assertThat(complaints("metadata", team.metadata())).isEmpty();
  }

  @Test
  void links_speak_the_published_format() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    team.valid("sync", 0, "david", "up", PROJECT, "--json");
    assertThat(team.valid("share", 0, "david", "share", PROJECT, "draft.mp4", "--json"))
        .contains("\"in_sync\"", "X-Amz-Signature=", "\"page\" : null")
        .doesNotContain(SandboxOptions.SECRET_KEY);
    assertThat(team.valid("share", 0, "jan", "share", PROJECT, "draft.mp4", "--html", "--json"))
        .contains("\"only_there\"", "draft.html");
    team.write("david", "draft.mp4", "David's second cut");
    assertThat(
            team.valid("share", 0, "david", "share", PROJECT, "draft.mp4", "--dry-run", "--json"))
        .contains("\"changed_here\"", "\"url\" : null");
    team.valid("error", 2, "david", "share", PROJECT, "--json");
  }

  @Test
  void notes_with_every_member_are_as_published() throws Exception {
    team.write("david", "draft.mp4", "first cut");
    team.write("david", "old.mp4", "an old one");
    team.valid("sync", 0, "david", "up", PROJECT, "--json");
    team.valid("cleanup", 0, "david", "cleanup", PROJECT, "old.mp4", "--yes", "--json");

    assertThat(team.metadata()).contains("\"removed_at\"", "\"uploaded_by\"", "\"last_sync_by\"");
    assertThat(complaints("metadata", team.metadata())).isEmpty();
    assertThat(complaints("metadata", golden())).isEmpty();
  }

  private static String golden() throws IOException {
    return Files.readString(Path.of("src/test/resources/dev/vat/staging/metadata-golden.json"));
  }
}
