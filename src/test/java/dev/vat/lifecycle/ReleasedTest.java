package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ReleasedTest {
  private static Released.Gone gone(String name, String... left) {
    return new Released.Gone(new RelativeName(name), 1, new TreeSet<>(List.of(left)));
  }

  @Test
  void a_copy_of_one_file_is_not_said_to_be_left_of_another() {
    Released released =
        new Released(List.of(gone("a.mov", "T7", "T8"), gone("b.mov", "T7")), List.of());

    assertThat(released.leftOfEach()).containsExactly("T7");
    assertThat(released.fewestLeft()).isEqualTo(1);
  }

  @Test
  void files_with_copies_in_different_places_have_no_place_in_common() {
    Released released = new Released(List.of(gone("a.mov", "T7"), gone("b.mov", "T8")), List.of());

    assertThat(released.leftOfEach()).isEmpty();
    assertThat(released.fewestLeft()).isEqualTo(1);
    assertThat(new Released(List.of(), List.of()).fewestLeft()).isZero();
  }
}
