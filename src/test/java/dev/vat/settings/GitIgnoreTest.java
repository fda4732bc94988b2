package dev.vat.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GitIgnoreTest {
  private static final String ALL =
      """
      # Video Asset Tools
      .video-tools.env
      .vat/
      .vat-kept/
      .vat-releasing/
      projects.json
      s3-staging/
      **/s3-staging/
      """;

  @Test
  void an_empty_file_gets_everything() {
    assertThat(GitIgnore.completed("")).isEqualTo(ALL);
  }

  @Test
  void what_is_complete_stays_as_it_is() {
    assertThat(GitIgnore.completed(ALL)).isSameAs(ALL);
    String equivalent =
        "/.video-tools.env\n/.vat\n.vat-kept  \n**/.vat-releasing/\n/projects.json\n"
            + "s3-staging\n**/s3-staging";
    assertThat(GitIgnore.completed(equivalent)).isSameAs(equivalent);
  }

  @Test
  void only_what_is_missing_is_added_after_what_is_there() {
    assertThat(GitIgnore.completed("*.mp4\n.vat/\n"))
        .isEqualTo("*.mp4\n.vat/\n\n" + ALL.replace(".vat/\n", ""));
  }

  @Test
  void a_last_line_without_an_end_gets_one() {
    assertThat(GitIgnore.completed("*.mp4")).isEqualTo("*.mp4\n\n" + ALL);
  }

  @Test
  void windows_line_ends_stay() {
    assertThat(GitIgnore.completed("*.mp4\r\n"))
        .isEqualTo(("*.mp4\n\n" + ALL).replace("\n", "\r\n"));
    String complete = ALL.replace("\n", "\r\n");
    assertThat(GitIgnore.completed(complete)).isSameAs(complete);
  }

  @Test
  void a_line_that_is_taken_back_later_does_not_count() {
    String taken = ALL + "!.video-tools.env\n";
    assertThat(GitIgnore.missing(taken)).containsExactly(".video-tools.env");
    assertThat(GitIgnore.missing(GitIgnore.completed(taken))).isEmpty();
  }

  @Test
  void a_comment_or_a_folder_pattern_does_not_count_for_a_file() {
    assertThat(GitIgnore.missing("# .vat/\nprojects.json/\n")).contains(".vat/", "projects.json");
  }

  @Test
  void completing_twice_changes_nothing_more() {
    String once = GitIgnore.completed("a\r\nb\n");
    assertThat(GitIgnore.completed(once)).isSameAs(once);
  }
}
