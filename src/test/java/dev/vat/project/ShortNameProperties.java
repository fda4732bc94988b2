package dev.vat.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ShortNameProperties {
  @Property
  void every_id_resolves_to_itself(@ForAll("projects") Set<ProjectId> ids) {
    for (ProjectId id : ids) {
      assertThat(ShortName.resolve(id.value(), ids)).isEqualTo(new Resolved.Found(id));
    }
  }

  @Property
  void what_is_found_was_known_and_begins_with_what_was_typed(
      @ForAll("projects") Set<ProjectId> ids, @ForAll("typed") String typed) {
    switch (ShortName.resolve(typed, ids)) {
      case Resolved.Found(ProjectId id) -> {
        assertThat(ids).contains(id);
        assertThat(id.value().toLowerCase()).startsWith(typed.toLowerCase());
      }
      case Resolved.Ambiguous(List<ProjectId> candidates) -> {
        assertThat(candidates).hasSizeGreaterThan(1).isSorted();
        assertThat(ids).containsAll(candidates);
      }
      case Resolved.Unknown(List<ProjectId> closest) -> {
        assertThat(closest).hasSizeLessThanOrEqualTo(3);
        assertThat(ids).containsAll(closest).noneMatch(id -> id.value().startsWith(typed + "-"));
      }
    }
  }

  @Property
  void a_beginning_that_only_one_id_has_finds_it(
      @ForAll("projects") Set<ProjectId> ids, @ForAll("typed") String typed) {
    List<ProjectId> having = ids.stream().filter(id -> id.value().startsWith(typed)).toList();
    if (having.size() == 1) {
      assertThat(ShortName.resolve(typed, ids)).isEqualTo(new Resolved.Found(having.getFirst()));
    }
  }

  @Property
  void any_text_is_answered(@ForAll("projects") Set<ProjectId> ids, @ForAll String typed) {
    assertThat(ShortName.resolve(typed, ids)).isNotNull();
  }

  @Provide
  Arbitrary<Set<ProjectId>> projects() {
    return Arbitraries.strings()
        .withChars("abB6-3")
        .ofMinLength(1)
        .ofMaxLength(8)
        .map(ProjectId::new)
        .set()
        .ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> typed() {
    return Arbitraries.strings().withChars("abB6-3").ofMinLength(1).ofMaxLength(4);
  }
}
