package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  @Test
  void an_md5_has_two_forms_of_the_same_bytes() {
    Md5 empty = new Md5("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(empty.base64()).isEqualTo("1B2M2Y8AsgTpgAmY7PhCfg==");
    assertThat(Md5.ofBase64("1B2M2Y8AsgTpgAmY7PhCfg==")).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "d41d8cd98f00b204e9800998ecf8427", "D41D8CD98F00B204E9800998ECF8427E"})
  void what_is_no_md5_is_refused(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Md5(hex));
    assertThatIllegalArgumentException().isThrownBy(() -> Md5.ofBase64("AAAA"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", ".hidden", "..", "a\\b", "C:"})
  void what_cannot_be_a_projects_folder_is_no_id(String id) {
    assertThatIllegalArgumentException().isThrownBy(() -> new ProjectId(id));
  }

  @ParameterizedTest
  @CsvSource({
    "b63-flivideo,MODERN", "B63-x,MODERN", "c100-x,MODERN", "b6-x,NAMED", "bb63-x,NAMED",
    "b63,NAMED", "b00-b49,NAMED", "b63-b,MODERN", "006-ac-carnivore-90,LEGACY", "6-x,LEGACY",
    "2024,NAMED", "01-25,NAMED", "boy-baker,NAMED"
  })
  void the_kind_is_told_by_the_form_of_the_id(String id, ProjectKind kind) {
    assertThat(ProjectKind.of(new ProjectId(id))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "b00-b49,true",
    "a01-a49,true",
    "-01-25,true",
    "000-099,true",
    "b00-c49,false",
    "b63-x,false"
  })
  void range_folders_are_told_by_their_form(String name, boolean range) {
    assertThat(ProjectKind.isRangeFolder(name)).isEqualTo(range);
  }

  @Test
  void facts_are_checked_on_entry() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileStamp(Path.of("relative"), 1, Instant.EPOCH, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileStamp(Path.of("/a").toAbsolutePath(), -1, Instant.EPOCH, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentHash(-1, new Md5("d41d8cd98f00b204e9800998ecf8427e"), 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new FileKinds(0));
    assertThatIllegalArgumentException().isThrownBy(() -> Repository.of(Path.of("relative")));
  }
}
