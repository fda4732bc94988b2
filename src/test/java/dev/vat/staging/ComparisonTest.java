package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.ETag;
import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  private static final RelativeName NAME = RelativeName.of("draft.mp4");
  private static final Instant TIME = Instant.parse("2026-01-16T09:15:00Z");

  /// Contents are letters; `.` is nothing there, `?` a content that nobody can tell. The table
  /// holds every combination of three contents on every side, with a tombstone wherever S3 holds
  /// nothing.
  @ParameterizedTest(name = "here {0}, in S3 {1}, base {2}, tombstone {3}: {4}")
  @CsvSource(
      textBlock =
          """
          a, a, ., ., IN_SYNC
          a, a, a, ., IN_SYNC
          a, a, b, ., IN_SYNC
          a, b, ., ., CONFLICT
          a, b, a, ., CHANGED_THERE
          a, b, b, ., CHANGED_HERE
          a, b, c, ., CONFLICT
          a, ?, ., ., CONFLICT
          a, ?, a, ., CHANGED_THERE
          a, ?, b, ., CONFLICT
          a, ., ., ., ONLY_HERE
          a, ., ., a, REMOVED_THERE
          a, ., ., b, CHANGED_HERE_REMOVED_THERE
          a, ., ., ?, CHANGED_HERE_REMOVED_THERE
          a, ., a, ., REMOVED_THERE
          a, ., a, a, REMOVED_THERE
          a, ., a, b, REMOVED_THERE
          a, ., a, ?, REMOVED_THERE
          a, ., b, ., CHANGED_HERE_REMOVED_THERE
          a, ., b, a, REMOVED_THERE
          a, ., b, b, CHANGED_HERE_REMOVED_THERE
          a, ., b, c, CHANGED_HERE_REMOVED_THERE
          a, ., b, ?, CHANGED_HERE_REMOVED_THERE
          ., a, ., ., ONLY_THERE
          ., a, a, ., REMOVED_HERE
          ., a, b, ., REMOVED_HERE
          ., ?, ., ., ONLY_THERE
          ., ?, a, ., REMOVED_HERE
          """)
  void a_file_stands_as_its_three_sides_say(
      char here, char there, char base, char tombstone, Standing expected) {
    assertThat(standing(here, there, base, tombstone)).contains(expected);
  }

  @Test
  void a_present_object_beats_every_tombstone() {
    for (char here : "ab.".toCharArray()) {
      for (char base : "abc.".toCharArray()) {
        for (char tombstone : "abc?".toCharArray()) {
          assertThat(standing(here, 'a', base, tombstone))
              .as("here %s, base %s, tombstone %s", here, base, tombstone)
              .isEqualTo(standing(here, 'a', base, '.'));
        }
      }
    }
  }

  @Test
  void what_is_on_neither_side_is_not_told() {
    assertThat(standing('.', '.', 'a', '.')).isEmpty();
    assertThat(standing('.', '.', '.', 'a')).isEmpty();
    assertThat(standing('.', '.', 'a', 'a')).isEmpty();
  }

  @Test
  void size_and_time_decide_nothing() {
    LocalFile here = local('a');
    RemoteFile sameSizeAndTime = remote('b');

    assertThat(here.sizeBytes()).isEqualTo(sameSizeAndTime.sizeBytes());
    assertThat(standing('a', 'b', '.', '.')).contains(Standing.CONFLICT);
  }

  @Test
  void every_standing_occurs_in_some_combination() {
    Set<Standing> seen =
        "ab."
            .chars()
            .boxed()
            .flatMap(
                here ->
                    "abc?."
                        .chars()
                        .boxed()
                        .flatMap(
                            there ->
                                "abc."
                                    .chars()
                                    .boxed()
                                    .flatMap(
                                        base ->
                                            Stream.of('a', '.')
                                                .flatMap(
                                                    stone ->
                                                        standing(
                                                            (char) (int) here,
                                                            (char) (int) there,
                                                            (char) (int) base,
                                                            stone)
                                                            .stream()))))
            .collect(Collectors.toSet());

    assertThat(seen).containsExactlyInAnyOrder(Standing.values());
  }

  private static Optional<Standing> standing(char here, char there, char base, char tombstone) {
    return Optional.ofNullable(
            Comparison.of(
                    here == '.' ? Map.of() : Map.of(NAME, local(here)),
                    there == '.' ? Map.of() : Map.of(NAME, remote(there)),
                    base == '.'
                        ? Map.of()
                        : Map.of(NAME, new Base(md5(base).orElseThrow(), 5, "e" + base, TIME)),
                    tombstone == '.'
                        ? Map.of()
                        : Map.of(NAME, new Tombstone(NAME, md5(tombstone), "david", TIME)))
                .get(NAME))
        .map(StagedFile::standing);
  }

  private static LocalFile local(char content) {
    FileStamp stamp = new FileStamp(Path.of("/p/draft.mp4").toAbsolutePath(), 5, TIME, "");
    return new LocalFile(NAME, stamp, new ContentHash(5, md5(content).orElseThrow(), content));
  }

  private static RemoteFile remote(char content) {
    return new RemoteFile(
        NAME,
        "v-appydave/b63/draft.mp4",
        5,
        new ETag("e" + (int) content),
        TIME,
        md5(content),
        OptionalInt.empty(),
        Optional.of("jan"),
        Optional.of(TIME),
        Optional.empty(),
        false,
        true);
  }

  private static Optional<Md5> md5(char content) {
    return content == '?' ? Optional.empty() : Optional.of(new Md5(("" + content).repeat(32)));
  }
}
