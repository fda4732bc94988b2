package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileWriterTest {
  @TempDir Path temp;

  @Test
  void given_values_come_with_a_comment_and_the_rest_as_examples() {
    String text = EnvFileWriter.render(Map.of(Setting.SSD_BASE, "/Volumes/My Drive"));
    assertThat(text)
        .contains("# the folder on the SSD for whole projects\nSSD_BASE='/Volumes/My Drive'\n")
        .contains("\n# S3_COLLAB_BUCKET=")
        .doesNotContain("# SSD_BASE=");
  }

  @Test
  void a_value_of_several_lines_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EnvFileWriter.render(Map.of(Setting.SSD_BASE, "/a\nMIN_COPIES=9")));
  }

  @Test
  void the_file_is_for_its_owner_only_and_nothing_else_is_left() throws IOException {
    Path file = temp.resolve(".video-tools.env");

    assertThat(EnvFileWriter.create(file, "A=1\n")).isEqualTo(EnvFileWriter.Creation.CREATED);

    assertThat(Files.readString(file)).isEqualTo("A=1\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(temp.toFile().list()).containsExactly(".video-tools.env");
  }

  @Test
  void what_is_there_is_not_replaced() throws IOException {
    Path file = Files.writeString(temp.resolve(".video-tools.env"), "mine");
    Path dangling = Files.createSymbolicLink(temp.resolve("link.env"), temp.resolve("gone"));

    assertThat(EnvFileWriter.create(file, "other")).isEqualTo(EnvFileWriter.Creation.ALREADY_THERE);
    assertThat(EnvFileWriter.create(dangling, "other"))
        .isEqualTo(EnvFileWriter.Creation.ALREADY_THERE);
    assertThat(Files.readString(file)).isEqualTo("mine");
    assertThat(temp.resolve("gone")).doesNotExist();
  }

  @Test
  void a_folder_that_is_missing_is_a_fault() {
    assertThatThrownBy(() -> EnvFileWriter.create(temp.resolve("no/x.env"), ""))
        .isInstanceOf(NoSuchFileException.class);
  }
}
