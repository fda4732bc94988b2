package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What programs get of setting things up, and of errors, is what docs/formats promises.
final class SetupFormatsTest {
  @TempDir Path folder;
  @AutoClose private FormatsTeam team;

  @BeforeEach
  void serve() throws IOException {
    team = FormatsTeam.in(folder);
  }

  @Test
  void settings_set_up_and_errors_speak_the_published_formats() throws Exception {
    Files.createDirectories(folder.resolve("new"));
    team.valid("start", 0, "new", "init", "--collab-bucket", "films", "--json");
    team.valid("config", 0, "new", "config", "--json");
    // A file that others may read, and a clock that is months behind the server's.
    assertThat(team.valid("doctor", 1, "david", "doctor", "--json"))
        .contains("\"delete-condition\"", "\"remedy\" : null", "\"problem\"");
    team.valid("error", 2, "david", "status", "nobody", "--json");
    team.valid("error", 2, "david", "status", "--bogus", "--json");
  }

  @Test
  void setting_the_buckets_up_speaks_the_published_formats() throws Exception {
    CommandRun.Person david = team.person("david").with("S3_ARCHIVE_BUCKET", "films-archive");
    assertThat(team.valid("cloud", 0, david, "cloud", "setup", "--dry-run", "--json"))
        .contains("\"create_bucket\"", "\"planned\"");
    assertThat(team.valid("cloud", 0, david, "cloud", "setup", "--yes", "--json"))
        .contains("\"done\"", "\"life_cycle_rules\"");
    CommandRun.Person account = david.with("AWS_ENDPOINT_URL_IAM", "http://127.0.0.1:9");
    assertThat(team.valid("cloud", 0, account, "cloud", "setup", "--iam", "--yes", "--json"))
        .contains("\"create_policy\"", "\"access\"");
    assertThat(team.valid("cloud", 0, david, "cloud", "lifecycle", "--json"))
        .contains("\"as_wanted\"", "vat-freeze");
    team.valid("cloud", 0, david, "cloud", "policy", "--for", "owner", "--json");
    team.valid("error", 2, david, "cloud", "policy", "--for", "nobody", "--json");
    team.valid(
        "cloud", 0, david, "cloud", "setup", "--print", "cloudformation", "--audit", "--json");
  }
}
