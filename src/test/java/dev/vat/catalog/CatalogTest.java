package dev.vat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is known after a look.
final class CatalogTest {
  private static final ProjectId B40 = new ProjectId("b40-flight");
  private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final Instant VERIFIED = Instant.parse("2025-12-01T00:00:00Z");

  @Test
  void an_unplugged_drive_keeps_its_facts_and_their_date() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.of(VERIFIED))), Optional.empty());

    Catalog after = known.after(new Sighting(Map.of(), Map.of(), Optional.empty()), NOW);

    assertThat(after.projects().get(B40).ssd()).contains(ssd(100, Optional.of(VERIFIED)));
    assertThat(after.updatedAt()).contains(NOW);
  }

  @Test
  void a_drive_that_was_looked_at_and_has_it_no_more_loses_it() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.empty())), Optional.empty());

    Catalog after = known.after(new Sighting(Map.of(), Map.of(), Optional.of(Map.of())), NOW);

    assertThat(after.projects()).isEmpty();
    assertThat(after.lostSince(known)).containsExactly(B40);
  }

  @Test
  void a_copy_of_another_size_was_not_verified() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.of(VERIFIED))), Optional.empty());

    Catalog same = known.after(seenOnSsd(ssd(100, Optional.empty())), NOW);
    Catalog grown = known.after(seenOnSsd(ssd(101, Optional.empty())), NOW);

    assertThat(same.projects().get(B40).ssd().orElseThrow().verifiedAt()).contains(VERIFIED);
    assertThat(grown.projects().get(B40).ssd().orElseThrow().verifiedAt()).isEmpty();
  }

  @Test
  void what_is_in_S3_stays_known_when_every_folder_is_gone() {
    CloudCopy frozen = new CloudCopy("b00-b49/b40-flight.tar.gz", true, OptionalLong.of(5));
    Catalog known = catalog(Optional.empty(), Optional.of(frozen));

    Catalog after = known.after(new Sighting(Map.of(), Map.of(), Optional.of(Map.of())), NOW);

    assertThat(after.projects().get(B40).s3()).contains(frozen);
    assertThat(after.projects().get(B40).wholeCopies()).isOne();
  }

  @Test
  void light_files_below_archived_are_no_whole_copy() {
    LocalCopy light =
        new LocalCopy(LocalCopy.Structure.GROUPED, "archived/b00-b49/b40-flight", totals(1));

    Catalog after =
        Catalog.empty()
            .after(new Sighting(Map.of(B40, List.of(light)), Map.of(), Optional.of(Map.of())), NOW);

    assertThat(after.projects().get(B40).wholeCopies()).isZero();
    assertThat(Warning.about(after))
        .extracting(Warning::code)
        .containsExactly(Warning.Code.LIGHT_FILES_ONLY);
  }

  @Test
  void two_folders_of_one_project_and_heavy_files_below_archived_are_warned_of() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(9));
    LocalCopy grouped =
        new LocalCopy(
            LocalCopy.Structure.GROUPED,
            "archived/b00-b49/b40-flight",
            new TreeTotals(2, 9, 1, 8, Optional.of(EARLIER)));

    Catalog after =
        Catalog.empty()
            .after(
                new Sighting(Map.of(B40, List.of(flat, grouped)), Map.of(), Optional.empty()), NOW);

    assertThat(Warning.about(after))
        .extracting(Warning::code)
        .containsExactly(Warning.Code.FLAT_AND_GROUPED, Warning.Code.HEAVY_IN_ARCHIVED);
  }

  @Test
  void a_folder_on_the_drive_that_merely_exists_is_no_whole_copy() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(3_000_000));
    SsdCopy begun = ssd(12, Optional.empty());

    Catalog after =
        Catalog.empty()
            .after(
                new Sighting(Map.of(B40, List.of(flat)), Map.of(), Optional.of(Map.of(B40, begun))),
                NOW);

    assertThat(after.projects().get(B40).wholeCopies()).isOne();
    assertThat(Warning.about(after))
        .extracting(Warning::code)
        .containsExactly(Warning.Code.SSD_INCOMPLETE, Warning.Code.NEVER_VERIFIED);
  }

  @Test
  void a_drive_that_holds_nothing_of_what_is_known_is_another_drive() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.empty())), Optional.empty());

    assertThat(known.isStrange(Map.of())).isTrue();
    assertThat(known.isStrange(Map.of(new ProjectId("c01-else"), ssd(1, Optional.empty()))))
        .isTrue();
    assertThat(known.isStrange(Map.of(B40, ssd(1, Optional.empty())))).isFalse();
    assertThat(Catalog.empty().isStrange(Map.of())).isFalse();
  }

  private static Sighting seenOnSsd(SsdCopy copy) {
    return new Sighting(Map.of(), Map.of(), Optional.of(Map.of(B40, copy)));
  }

  private static Catalog catalog(Optional<SsdCopy> ssd, Optional<CloudCopy> s3) {
    TreeMap<ProjectId, ProjectEntry> projects = new TreeMap<>();
    projects.put(B40, new ProjectEntry(B40, List.of(), ssd, s3, Optional.empty()));
    return new Catalog(Optional.of(EARLIER), projects);
  }

  private static SsdCopy ssd(long bytes, Optional<Instant> verifiedAt) {
    return new SsdCopy(
        "b00-b49/b40-flight", Optional.of(totals(bytes)), Optional.of(EARLIER), verifiedAt);
  }

  private static TreeTotals totals(long bytes) {
    return new TreeTotals(1, bytes, 0, 0, Optional.of(EARLIER));
  }
}
