package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.lifecycle.ArchiveKeys.Kind;
import dev.vat.project.ProjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchiveKeysTest {
  private static final ProjectId B40 = new ProjectId("b40-old");

  @Test
  void lie_in_the_range_folder_below_the_prefix() {
    ArchiveKeys keys = ArchiveKeys.computed("appydave/", B40);

    assertThat(keys.archive()).isEqualTo("appydave/b00-b49/b40-old.tar.gz");
    assertThat(keys.toc()).isEqualTo("appydave/b00-b49/b40-old.toc.json");
    assertThat(keys.light()).isEqualTo("appydave/b00-b49/b40-old.light.tar.gz");
    assertThat(ArchiveKeys.computed("", new ProjectId("006-ac-carnivore-90")).archive())
        .isEqualTo("-01-25/006-ac-carnivore-90.tar.gz");
    assertThat(ArchiveKeys.computed("", new ProjectId("boy-baker")).archive())
        .isEqualTo("boy-baker.tar.gz");
  }

  @Test
  void of_a_further_archive_tell_when_it_was_made() {
    ArchiveKeys keys = ArchiveKeys.computed("", B40).dated(Instant.parse("2026-11-25T17:03:09.5Z"));

    assertThat(keys.archive()).isEqualTo("b00-b49/b40-old.2026-11-25_170309Z.tar.gz");
    assertThat(ArchiveKeys.parse("", keys.light()))
        .contains(new ArchiveKeys.Named(keys.light(), keys, Kind.LIGHT));
  }

  @ParameterizedTest
  @CsvSource({
    "p/b40-x.tar.gz, b40-x, ARCHIVE",
    "p/a01-a49/a07-x.tar.gz, a07-x, ARCHIVE",
    "p/a01-a49/a07-x.light.tar.gz, a07-x, LIGHT",
    "p/-01-25/006-ac.toc.json, 006-ac, TOC",
    "p/b00-b49/b40.v2.tar.gz, b40.v2, ARCHIVE"
  })
  void are_understood_in_whatever_folder_they_lie(String key, String project, Kind kind) {
    ArchiveKeys.Named named = ArchiveKeys.parse("p/", key).orElseThrow();

    assertThat(named.keys().project().value()).isEqualTo(project);
    assertThat(named.kind()).isEqualTo(kind);
    assertThat(named.keys().key(kind)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "q/b40-x.tar.gz",
        "p/",
        "p/.tar.gz",
        "p/..tar.gz",
        "p/.hidden.tar.gz",
        "p/../x.tar.gz",
        "p/./x.tar.gz",
        "p//x.tar.gz",
        "p/a/b/x.tar.gz",
        "p/..\\x.tar.gz",
        "p/C:x.tar.gz",
        "p/x\u0000.tar.gz",
        "p/b00-b49/b40-x.zip",
        "p/b40-x.2026-99-99_999999Z.tar.gz",
        "p/recover-without-vat.md"
      })
  void that_are_hostile_or_somebody_elses_are_none(String key) {
    assertThat(ArchiveKeys.parse("p/", key)).isEmpty();
  }

  @Test
  void compare_accents_in_nfc() {
    String decomposed = "p/cafe\u0301.tar.gz";

    ArchiveKeys.Named named = ArchiveKeys.parse("p/", decomposed).orElseThrow();

    assertThat(named.key()).isEqualTo(decomposed);
    assertThat(named.keys().project()).isEqualTo(new ProjectId("caf\u00e9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"b40.light", "b40.2026-11-25_170309Z"})
  void that_could_be_anothers_are_given_to_nobody(String id) {
    assertThat(ArchiveKeys.isAmbiguous(new ProjectId(id))).isTrue();
    assertThatThrownBy(() -> ArchiveKeys.computed("", new ProjectId(id)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property(tries = 200)
  void are_read_back_as_they_were_written(
      @ForAll("projects") ProjectId project, @ForAll Kind kind, @ForAll boolean dated) {
    ArchiveKeys keys = ArchiveKeys.computed("a/b/", project);
    keys = dated ? keys.dated(Instant.parse("2026-02-03T04:05:06Z")) : keys;

    assertThat(ArchiveKeys.parse("a/b/", keys.key(kind)))
        .contains(new ArchiveKeys.Named(keys.key(kind), keys, kind));
  }

  @Provide
  Arbitrary<ProjectId> projects() {
    return Arbitraries.strings()
        .withChars("abZ059-_. é!")
        .ofMinLength(1)
        .ofMaxLength(12)
        .filter(text -> !text.startsWith("."))
        .map(ProjectId::new)
        .filter(project -> !ArchiveKeys.isAmbiguous(project));
  }

  @Test
  void facts_are_read_back_from_metadata_and_nonsense_is_left_out() {
    ArchiveFacts facts =
        new ArchiveFacts(
            "v-appydave",
            B40,
            "vat-archive/1",
            OptionalLong.of(41),
            OptionalLong.of(12_453_678),
            "david");

    assertThat(ArchiveFacts.of(facts.metadata())).contains(facts);
    assertThat(
            ArchiveFacts.of(
                Map.of("repo", "v", "project-id", "b40-old", "files", "many", "bytes", "-1")))
        .contains(new ArchiveFacts("v", B40, "", OptionalLong.empty(), OptionalLong.empty(), ""));
    assertThat(ArchiveFacts.of(Map.of("repo", "v", "project-id", "../x")))
        .isEqualTo(Optional.empty());
    assertThat(ArchiveFacts.of(Map.of("project-id", "b40-old"))).isEmpty();
    assertThat(facts.isOf("v-appydave", B40)).isTrue();
    assertThat(facts.isOf("v-voz", B40)).isFalse();
  }
}
