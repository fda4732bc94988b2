package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {
  private static final Path PATH = Path.of("/brand/.video-tools.env");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSD_BASE=/Volumes/T7",
        "export SSD_BASE=/Volumes/T7",
        "  SSD_BASE = /Volumes/T7  ",
        "SSD_BASE='/Volumes/T7'",
        "SSD_BASE=\"/Volumes/T7\" # my drive",
        "SSD_BASE=/Volumes/T7 # my drive",
        "\uFEFFSSD_BASE=/Volumes/T7",
        "# first\r\n\r\nSSD_BASE=/Volumes/T7\r\n",
        "\t# comment\nSSD_BASE=/Volumes/T7"
      })
  void the_usual_forms_of_a_line_all_mean_the_same(String text) {
    assertThat(value(text)).isEqualTo("/Volumes/T7");
    assertThat(EnvFile.parse(PATH, text).warnings()).isEmpty();
  }

  @Test
  void a_hash_begins_a_comment_only_after_a_blank() {
    assertThat(value("SSD_BASE=/a#b")).isEqualTo("/a#b");
    assertThat(value("SSD_BASE=#b")).isEqualTo("#b");
    assertThat(value("SSD_BASE= # nothing")).isEmpty();
    assertThat(value("SSD_BASE='/a #b'")).isEqualTo("/a #b");
  }

  @Test
  void backslashes_of_windows_paths_survive() {
    assertThat(value("SSD_BASE=D:\\new\\T7")).isEqualTo("D:\\new\\T7");
    assertThat(value("SSD_BASE=\"D:\\new\\T7\"")).isEqualTo("D:\\new\\T7");
    assertThat(value("SSD_BASE='D:\\new\\'")).isEqualTo("D:\\new\\");
  }

  @Test
  void double_quotes_know_the_shells_four_escapes() {
    assertThat(value("SSD_BASE=\"a\\\"b\\\\c\\$d\\`e\"")).isEqualTo("a\"b\\c$d`e");
  }

  @Test
  void a_tilde_is_left_as_it_is() {
    assertThat(value("SSD_BASE=~/T7")).isEqualTo("~/T7");
  }

  @Test
  void the_last_of_two_equal_keys_counts_and_this_is_said() {
    EnvFile file = EnvFile.parse(PATH, "SSD_BASE=/a\n\nSSD_BASE=/b");
    assertThat(file.entries().get(Setting.SSD_BASE)).isEqualTo(new EnvFile.Entry("/b", 3));
    assertThat(file.warnings())
        .containsExactly(
            new EnvFile.Warning(3, "SSD_BASE is already set in line 1; this line counts"));
  }

  @Test
  void an_unknown_key_is_said_with_what_was_probably_meant() {
    assertThat(warnings("SDD_BASE=/a"))
        .containsExactly("vat knows no setting SDD_BASE; did you mean SSD_BASE?");
    assertThat(warnings("ssd_base=/a")).first().asString().contains("did you mean SSD_BASE?");
    assertThat(warnings("HOLIDAY=1")).containsExactly("vat knows no setting HOLIDAY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SECRET_ACCESS_KEY 'topsecret'",
        "AWS_SECRET_ACCESS_KEY='topsecret",
        "AWS_SECRET_ACCESS_KEY=\"topsecret\\\"",
        "AWS_SECRET_ACCESS_KEY='topsecret' topsecret",
        "AWS_SECRET_ACCESS_KEY=top\u0000secret",
        "AWS_SECRET_ACCESS_KEY=\u201Ctopsecret\u201D",
        "=topsecret",
        "1KEY=topsecret",
        "{\"json\": \"topsecret\"}"
      })
  void a_line_that_is_not_understood_is_left_out_and_its_secret_is_not_repeated(String line) {
    EnvFile file = EnvFile.parse(PATH, "\n" + line);
    assertThat(file.entries()).isEmpty();
    assertThat(file.warnings()).hasSize(1);
    assertThat(file.warnings().getFirst().line()).isEqualTo(2);
    assertThat(file.toString()).doesNotContain("secret'").doesNotContain("topsecret");
  }

  @Test
  void an_overlong_line_is_left_out() {
    assertThat(EnvFile.parse(PATH, "SSD_BASE=" + "a".repeat(20_000)).entries()).isEmpty();
  }

  @Test
  void a_missing_file_is_none_and_an_unreadable_one_is_a_fault(@TempDir Path temp)
      throws IOException {
    assertThat(EnvFile.read(temp.resolve("gone"))).isEmpty();
    Path folder = Files.createDirectory(temp.resolve("folder"));
    assertThatThrownBy(() -> EnvFile.read(folder)).isInstanceOf(SettingsException.class);
    Path big = Files.write(temp.resolve("big"), new byte[1_000_001]);
    assertThatThrownBy(() -> EnvFile.read(big)).hasMessageContaining("bigger than 1 MB");
  }

  private static String value(String text) {
    return EnvFile.parse(PATH, text).entries().get(Setting.SSD_BASE).value();
  }

  private static List<String> warnings(String text) {
    return EnvFile.parse(PATH, text).warnings().stream().map(EnvFile.Warning::message).toList();
  }
}
