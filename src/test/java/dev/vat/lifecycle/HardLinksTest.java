package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HardLinksTest {
  @TempDir Path folder;
  private Path one;
  private Path other;

  @BeforeEach
  void link() throws IOException {
    one = Files.writeString(folder.resolve("one.mp4"), "footage");
    other = Files.createLink(folder.resolve("other.mp4"), one);
  }

  @Test
  void two_names_of_one_file_are_two_names() throws Exception {
    assertThat(HardLinks.areTwoNames(one, other, false)).isTrue();
    assertThat(HardLinks.areTwoNames(other, one, false)).isTrue();
  }

  @Test
  void one_path_and_a_file_of_the_same_content_are_not() throws Exception {
    Path copy = Files.writeString(folder.resolve("copy.mp4"), "footage");

    assertThat(HardLinks.areTwoNames(one, one, true)).isFalse();
    assertThat(HardLinks.areTwoNames(one, copy, true)).isFalse();
  }

  @Test
  void one_name_that_is_reached_through_a_link_to_its_folder_is_not_two() throws Exception {
    Files.delete(other);
    Path through = Files.createSymbolicLink(folder.resolve("way"), folder).resolve("one.mp4");

    assertThat(HardLinks.areTwoNames(one, through, true)).isFalse();
    assertThat(HardLinks.areTwoNames(through, one, true)).isFalse();
  }

  @Test
  void a_link_to_a_file_is_no_name_of_it() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.mp4"), one);

    assertThat(HardLinks.areTwoNames(other, link, true)).isFalse();
    assertThat(HardLinks.areTwoNames(link, other, true)).isFalse();
  }

  @Test
  void what_is_missing_is_no_other_name_and_has_none_itself() throws Exception {
    Path missing = folder.resolve("missing.mp4");

    assertThat(HardLinks.areTwoNames(one, missing, true)).isFalse();
    assertThatThrownBy(() -> HardLinks.areTwoNames(missing, one, true))
        .isInstanceOf(NoSuchFileException.class);
  }
}
