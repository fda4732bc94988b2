package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private final Given given = new Given();

  @Test
  void the_highest_source_wins_and_is_named() {
    given.user("S3_SYNC_USER=from-user\nSSD_BASE=/user\nMIN_COPIES=3");
    given.repository("\nS3_SYNC_USER=from-repository\nSSD_BASE=/repository");
    given.environment.put("S3_SYNC_USER", "from-environment");
    assertThat(words(Setting.MIN_COPIES)).isEqualTo("3 /home/jan/.config/vat/vat.env:3");
    assertThat(words(Setting.SSD_BASE)).isEqualTo("/repository /brand/.video-tools.env:3");
    assertThat(words(Setting.S3_SYNC_USER)).isEqualTo("from-environment environment");
    assertThat(words(Setting.STAGING_CLEANUP_DAYS)).isEqualTo("90 default");

    given.flags.put(Setting.S3_SYNC_USER, "from-flag");
    assertThat(words(Setting.S3_SYNC_USER)).isEqualTo("from-flag command line");
  }

  @Test
  void a_blank_value_is_not_set() {
    given.user("SSD_BASE=/user");
    given.repository("SSD_BASE=");
    given.environment.put("SSD_BASE", "  ");
    assertThat(words(Setting.SSD_BASE)).startsWith("/user ");
  }

  @Test
  void a_missing_setting_is_named_with_file_example_and_commands() {
    given.repository("");
    assertThatThrownBy(() -> SsdBase.required(given.load()))
        .isInstanceOfSatisfying(
            SettingsException.class,
            missing -> {
              assertThat(missing.message())
                  .isEqualTo("SSD_BASE is not set: the folder on the SSD for whole projects.");
              assertThat(missing.hint())
                  .isEqualTo(
                      "Put a line such as \"SSD_BASE=/Volumes/T7/youtube\" into"
                          + " /brand/.video-tools.env. Needed by: archive, light, backup, restore,"
                          + " manifest.");
            });
  }

  @Test
  void a_wrong_setting_is_named_with_its_line() {
    given.repository("\nMIN_COPIES=0");
    assertThatThrownBy(() -> new Limits(given.load()).minCopies())
        .hasMessage(
            "MIN_COPIES is wrong (/brand/.video-tools.env:2): \"0\" is no whole number from 1 to"
                + " 9.");
  }

  @Test
  void secrets_are_masked_wherever_a_value_is_shown() {
    given.repository(
        "AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\n"
            + "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\nSMTP_URL=short");
    Settings settings = given.load();
    String shown = settings + " " + settings.all() + S3Access.of(settings) + given.sources();

    assertThat(shown).doesNotContain("AKIA", "wJalr", "short").contains("****MPLE");
    assertThat(Secrets.masked("123456789012345")).isEqualTo("****");
    assertThat(Secrets.masked("1234567890123456")).isEqualTo("****3456");
  }

  @Test
  void warnings_name_their_file_and_line() {
    given.repository("\nNONSENSE=1");
    given.user("what");
    assertThat(given.load().warnings())
        .extracting(Settings.FileWarning::words)
        .containsExactly(
            "/brand/.video-tools.env:2: vat knows no setting NONSENSE",
            "/home/jan/.config/vat/vat.env:1: the line is not KEY=value and is left out");
  }

  @Test
  void the_files_are_read_from_their_places(@TempDir Path temp) throws IOException {
    Machine machine = new Machine(temp, "jan", false);
    Files.createDirectories(machine.userSettingsFile().getParent());
    Files.writeString(machine.userSettingsFile(), "S3_SYNC_USER=jan");
    Path repository = Files.writeString(temp.resolve(".video-tools.env"), "SSD_BASE=/x");

    Settings settings =
        Settings.load(SettingsSources.read(Map.of(), Map.of(), Optional.of(repository), machine));

    assertThat(settings.value(Setting.S3_SYNC_USER)).isPresent();
    assertThat(settings.value(Setting.SSD_BASE).orElseThrow().origin())
        .isEqualTo(new Origin.Line(repository, 1));
  }

  @Test
  void every_example_line_is_understood_and_every_default_is_in_its_range() {
    given.repository(
        String.join("\n", Arrays.stream(Setting.values()).map(Setting::exampleLine).toList()));
    Settings examples = given.load();
    assertThat(examples.warnings()).isEmpty();
    new Limits(examples).budget();
    S3Access.of(examples);
    SsdBase.required(examples);
    SyncUser.of(examples);
    assertThat(CollabPlace.of(examples, Path.of("/brand")).bucket())
        .isEqualTo("appydave-video-collab");

    Limits defaults = new Limits(new Given().load());
    assertThat(defaults.heavyFileBytes()).isEqualTo(100_000_000);
    assertThat(defaults.minCopies()).isEqualTo(1);
    assertThat(defaults.stagingCleanupDays()).isEqualTo(90);
    assertThat(defaults.ageRules()).isEqualTo(new Limits.AgeRules(90, 180, 90, 180));
    assertThat(defaults.ssdSameDiskOk()).isFalse();
    assertThat(defaults.budget().alertsUsd()).hasSize(3);
  }

  private String words(Setting setting) {
    SettingValue value = given.load().value(setting).orElseThrow();
    return value.text() + " " + value.origin().words();
  }
}
