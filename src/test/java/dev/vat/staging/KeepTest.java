package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTest extends TwoPeople {
  @BeforeEach
  void bothChangeTheDraft() throws Exception {
    bothHave("draft.mp4", "first cut");
    jan.saves("draft.mp4", "Jan's cut");
    jan.up();
    david.saves("draft.mp4", "David's cut");
  }

  private String keptInS3() {
    return bucket.keys().stream()
        .filter(key -> key.matches("v-appydave/[.]vat-kept/b63-flivideo/[0-9_-]+Z/draft[.]mp4"))
        .map(key -> new String(bucket.content(key).orElseThrow()))
        .findFirst()
        .orElse("nothing");
  }

  @Test
  void undecided_nothing_moves_and_the_rest_goes_on() throws Exception {
    david.saves("other.mp4", "other");

    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Undecided.class);
    assertThat(the(david.down(), "draft.mp4")).isInstanceOf(Outcome.Undecided.class);

    assertThat(david.reads("draft.mp4")).isEqualTo("David's cut");
    assertThat(inBucket("draft.mp4")).isEqualTo("Jan's cut");
    assertThat(inBucket("other.mp4")).isEqualTo("other");
    assertThat(david.kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mine_goes_to_s3_and_theirs_is_kept_there(boolean upwards) throws Exception {
    assertThat(the(david.keeps(Keep.MINE, "draft.mp4", upwards), "draft.mp4"))
        .isInstanceOf(Outcome.KeptMine.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("David's cut");
    assertThat(keptInS3()).isEqualTo("Jan's cut");
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.IN_SYNC);
    jan.down();
    assertThat(jan.reads("draft.mp4")).isEqualTo("David's cut");
    assertThat(jan.kept()).containsExactly("Jan's cut");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theirs_comes_here_and_mine_is_kept_here(boolean upwards) throws Exception {
    assertThat(the(david.keeps(Keep.THEIRS, "draft.mp4", upwards), "draft.mp4"))
        .isInstanceOf(Outcome.KeptTheirs.class);

    assertThat(david.reads("draft.mp4")).isEqualTo("Jan's cut");
    assertThat(david.kept()).containsExactly("David's cut");
    assertThat(inBucket("draft.mp4")).isEqualTo("Jan's cut");
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.IN_SYNC);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void both_have_a_name_on_both_sides(boolean upwards) throws Exception {
    assertThat(the(david.keeps(Keep.BOTH, "draft.mp4", upwards), "draft.mp4"))
        .isInstanceOf(Outcome.KeptBoth.class);
    jan.down();

    assertThat(david.files())
        .isEqualTo(Map.of("draft.mp4", "Jan's cut", "draft-david.mp4", "David's cut"))
        .isEqualTo(jan.files());
    assertThat(inBucket("draft-david.mp4")).isEqualTo("David's cut");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void both_takes_the_next_free_name_when_mine_is_taken_here(boolean upwards) throws Exception {
    david.saves("draft-david.mp4", "an older one");

    assertThat(the(david.keeps(Keep.BOTH, "draft.mp4", upwards), "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.KeptBoth.class,
            kept -> assertThat(kept.mineBecame()).isEqualTo(name("draft-david-2.mp4")));

    assertThat(david.reads("draft-david.mp4")).isEqualTo("an older one");
    assertThat(inBucket("draft-david-2.mp4")).isEqualTo("David's cut");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void both_takes_the_next_free_name_when_mine_is_taken_in_s3(boolean upwards) throws Exception {
    otherToolPuts(PREFIX + "Draft-David.mp4", "an older one, in other case");

    assertThat(the(david.keeps(Keep.BOTH, "draft.mp4", upwards), "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.KeptBoth.class,
            kept -> assertThat(kept.mineBecame()).isEqualTo(name("draft-david-2.mp4")));

    assertThat(inBucket("Draft-David.mp4")).isEqualTo("an older one, in other case");
    assertThat(david.reads("draft.mp4")).isEqualTo("Jan's cut");
  }

  @Test
  void an_edit_in_the_last_moment_is_not_put_aside_as_if_it_were_the_decided_one()
      throws Exception {
    StagingView view = david.looks();
    List<Step> steps =
        david.planner(Map.of(name("draft.mp4"), Keep.THEIRS), view).down(view.files().values());
    Files.writeString(david.at("draft.mp4"), "David's later cut");

    assertThat(the(david.applied(view, steps, _ -> true, false), "draft.mp4"))
        .isInstanceOf(Outcome.Overtaken.class);

    assertThat(david.reads("draft.mp4")).isEqualTo("David's later cut");
    assertThat(david.kept()).isEmpty();
  }

  @Test
  void jans_newer_version_in_the_last_moment_survives_keep_mine() throws Exception {
    StagingView view = david.looks();
    List<Step> steps =
        david.planner(Map.of(name("draft.mp4"), Keep.MINE), view).up(view.files().values(), false);
    jan.saves("draft.mp4", "Jan's later cut");
    jan.up();

    assertThat(the(david.applied(view, steps, _ -> true, true), "draft.mp4"))
        .isInstanceOf(Outcome.Overtaken.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("Jan's later cut");
    assertThat(david.reads("draft.mp4")).isEqualTo("David's cut");
  }

  @Test
  void the_name_that_both_gives_is_never_that_of_a_file_that_only_s3_has() throws Exception {
    david.saves("draft-david.mp4", "an earlier cut");
    david.up();
    david.deletes("draft-david.mp4");

    david.keeps(Keep.BOTH, "draft.mp4", true);
    david.up();

    assertThat(inBucket("draft-david.mp4")).isEqualTo("an earlier cut");
    assertThat(inBucket("draft-david-2.mp4")).isEqualTo("David's cut");
  }
}
