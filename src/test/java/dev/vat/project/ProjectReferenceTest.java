package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectReferenceTest {
  @ParameterizedTest
  @ValueSource(strings = {"b63", "b63/", "./b63", "./b63/", "b63\\", " b63 "})
  void a_project_alone(String given) {
    assertThat(ProjectReference.parse(given))
        .contains(new ProjectReference(Optional.empty(), "b63"));
  }

  @Test
  void a_project_with_its_repository() {
    assertThat(ProjectReference.parse("v-appydave/b63/"))
        .contains(new ProjectReference(Optional.of("v-appydave"), "b63"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", ".", "..", "../b63", "a/b/c", "/Users/david", "a//b", "~/x", "C:\\a\\b"})
  void anything_else_is_no_reference(String given) {
    assertThat(ProjectReference.parse(given)).isEmpty();
  }
}
