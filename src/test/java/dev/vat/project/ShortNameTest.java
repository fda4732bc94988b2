package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortNameTest {
  @Test
  void an_unambiguous_beginning_means_the_project() {
    assertThat(ShortName.resolve("b63", ids("b63-flivideo", "b64-other")))
        .isEqualTo(found("b63-flivideo"));
    assertThat(ShortName.resolve("b63-fli", ids("b63-flivideo", "b64-other")))
        .isEqualTo(found("b63-flivideo"));
  }

  @Test
  void an_ambiguous_beginning_lists_its_candidates() {
    assertThat(ShortName.resolve("b6", ids("b64-other", "b63-flivideo", "c01-x")))
        .isEqualTo(new Resolved.Ambiguous(ids("b63-flivideo", "b64-other")));
  }

  @Test
  void the_whole_number_wins_over_a_mere_beginning() {
    assertThat(ShortName.resolve("b6", ids("b6-x", "b63-y"))).isEqualTo(found("b6-x"));
    assertThat(ShortName.resolve("b63", ids("b63-y", "b630-z"))).isEqualTo(found("b63-y"));
  }

  @Test
  void the_whole_id_wins_over_everything() {
    assertThat(ShortName.resolve("boy", ids("boy", "boy-baker"))).isEqualTo(found("boy"));
  }

  @Test
  void two_projects_with_the_same_number_are_ambiguous() {
    assertThat(ShortName.resolve("b63", ids("b63-a", "b63-b")))
        .isEqualTo(new Resolved.Ambiguous(ids("b63-a", "b63-b")));
  }

  @Test
  void capital_letters_matter_only_while_they_decide() {
    assertThat(ShortName.resolve("B63", ids("b63-flivideo"))).isEqualTo(found("b63-flivideo"));
    assertThat(ShortName.resolve("B63", ids("b63-one", "B63-two"))).isEqualTo(found("B63-two"));
  }

  @Test
  void an_accent_in_another_unicode_form_is_the_same_accent() {
    assertThat(ShortName.resolve("cafe\u0301", ids("caf\u00e9-film")))
        .isEqualTo(found("caf\u00e9-film"));
  }

  @Test
  void an_unknown_name_suggests_at_most_three_similar_ones() {
    assertThat(ShortName.resolve("b63-flivdeo", ids("b63-flivideo", "c01-x")))
        .isEqualTo(new Resolved.Unknown(ids("b63-flivideo")));
    assertThat(ShortName.resolve("b99", ids("b91-a", "b92-b", "b93-c", "b94-d")))
        .isInstanceOfSatisfying(
            Resolved.Unknown.class, unknown -> assertThat(unknown.closest()).hasSize(3));
    assertThat(ShortName.resolve("holiday", ids("b63-flivideo")))
        .isEqualTo(new Resolved.Unknown(List.of()));
  }

  @Test
  void nothing_typed_means_nothing() {
    assertThat(ShortName.resolve("", ids("b63-flivideo")))
        .isEqualTo(new Resolved.Unknown(List.of()));
  }

  private static Resolved found(String id) {
    return new Resolved.Found(new ProjectId(id));
  }

  private static List<ProjectId> ids(String... ids) {
    return Arrays.stream(ids).map(ProjectId::new).toList();
  }
}
