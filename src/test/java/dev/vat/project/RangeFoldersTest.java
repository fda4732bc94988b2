package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeFoldersTest {
  @TempDir private Path place;

  @Test
  void modern_projects_go_in_groups_of_fifty() {
    assertThat(computed("b00-first")).isEqualTo("b00-b49");
    assertThat(computed("b49-x")).isEqualTo("b00-b49");
    assertThat(computed("b63-flivideo")).isEqualTo("b50-b99");
    assertThat(computed("b005-x")).isEqualTo("b00-b49");
    assertThat(computed("b100-x")).isEqualTo("b100-b149");
    assertThat(computed("B63-x")).isEqualTo("B50-B99");
  }

  @Test
  void projects_with_digits_first_go_in_groups_of_twenty_five() {
    assertThat(computed("006-ac-carnivore-90")).isEqualTo("-01-25");
    assertThat(computed("25-x")).isEqualTo("-01-25");
    assertThat(computed("26-x")).isEqualTo("-26-50");
    assertThat(computed("000-x")).isEqualTo("-01-25");
    assertThat(computed("101-x")).isEqualTo("-101-125");
    assertThat(computed("99999999999999999999999-x"))
        .isEqualTo("-99999999999999999999976-100000000000000000000000");
  }

  @Test
  void named_projects_have_no_range_folder() {
    assertThat(RangeFolders.computed(new ProjectId("boy-baker"))).isEmpty();
    assertThat(RangeFolders.computed(new ProjectId("b00-b49"))).isEmpty();
  }

  @Test
  void every_computed_folder_is_one_by_its_name_and_covers_its_project() {
    for (String id : List.of("b00-x", "b99-x", "z999-x", "1-x", "25-x", "26-x", "1000-x")) {
      String range = computed(id);
      assertThat(ProjectKind.isRangeFolder(range)).as(range).isTrue();
      assertThat(RangeFolders.covers(range, new ProjectId(id))).as(range).isTrue();
    }
  }

  @Test
  void an_empty_place_gets_the_computed_folder() throws IOException {
    assertThat(choice("a07-seven"))
        .isEqualTo(new RangeChoice.Free(place.resolve("a00-a49/a07-seven")));
    assertThat(choice("boy-baker")).isEqualTo(new RangeChoice.Free(place.resolve("boy-baker")));
  }

  @Test
  void an_existing_folder_that_covers_the_project_wins_over_the_computed_one() throws IOException {
    folder("a01-a49");
    assertThat(choice("a07-seven"))
        .isEqualTo(new RangeChoice.Free(place.resolve("a01-a49/a07-seven")));
    assertThat(choice("a00-zero"))
        .isEqualTo(new RangeChoice.Free(place.resolve("a00-a49/a00-zero")));
    assertThat(choice("b07-seven"))
        .isEqualTo(new RangeChoice.Free(place.resolve("b00-b49/b07-seven")));
  }

  @Test
  void of_several_that_cover_it_the_computed_one_wins_then_the_narrowest() throws IOException {
    folder("a00-a99");
    folder("a01-a49");
    assertThat(choice("a07-x")).isEqualTo(new RangeChoice.Free(place.resolve("a01-a49/a07-x")));
    folder("a00-a49");
    assertThat(choice("a07-x")).isEqualTo(new RangeChoice.Free(place.resolve("a00-a49/a07-x")));
  }

  @Test
  void the_folder_that_holds_the_project_wins_over_everything() throws IOException {
    folder("b00-b49");
    folder("b50-b99/b07-moved");
    assertThat(choice("b07-moved"))
        .isEqualTo(new RangeChoice.Holds(place.resolve("b50-b99/b07-moved")));
    folder("b08-loose");
    assertThat(choice("b08-loose")).isEqualTo(new RangeChoice.Holds(place.resolve("b08-loose")));
  }

  @Test
  void a_project_in_two_range_folders_is_not_guessed_at() throws IOException {
    folder("a00-a49/a07-x");
    folder("a01-a49/a07-x");
    assertThat(choice("a07-x"))
        .isEqualTo(
            new RangeChoice.Several(
                List.of(place.resolve("a00-a49/a07-x"), place.resolve("a01-a49/a07-x"))));
  }

  @Test
  void a_folder_whose_accents_are_stored_apart_is_the_same_project() throws IOException {
    folder("a00-a49/a07-cafe\u0301");
    assertThat(choice("a07-caf\u00e9"))
        .isEqualTo(new RangeChoice.Holds(place.resolve("a00-a49/a07-cafe\u0301")));
  }

  @Test
  void a_file_or_a_link_is_no_place_for_a_project() throws IOException {
    folder("elsewhere");
    folder("a00-a49");
    Files.writeString(place.resolve("a00-a49/a07-x"), "a file");
    Files.createSymbolicLink(place.resolve("b00-b49"), place.resolve("elsewhere"));
    assertThat(choice("a07-x"))
        .isEqualTo(RangeChoice.InTheWay.noFolder(place.resolve("a00-a49/a07-x")));
    assertThat(choice("b07-x")).isEqualTo(RangeChoice.InTheWay.noFolder(place.resolve("b00-b49")));
  }

  @Test
  void a_place_that_is_not_there_is_not_taken_for_an_empty_one() {
    RangeFolders gone = new RangeFolders(place.resolve("unplugged"));
    assertThatThrownBy(() -> gone.of(new ProjectId("b63-x")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private RangeChoice choice(String id) throws IOException {
    return new RangeFolders(place).of(new ProjectId(id));
  }

  private void folder(String name) throws IOException {
    Files.createDirectories(place.resolve(name));
  }

  private static String computed(String id) {
    return RangeFolders.computed(new ProjectId(id)).orElseThrow();
  }
}
