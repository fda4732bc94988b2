package dev.vat.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.ProjectId;
import dev.vat.project.UnreadFolders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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

    Catalog after = known.after(new Sighting(Map.of(), Map.of(), List.of()), NOW);

    assertThat(after.projects().get(B40).ssd()).containsExactly(ssd(100, Optional.of(VERIFIED)));
    assertThat(after.updatedAt()).contains(NOW);
  }

  @Test
  void a_drive_that_was_looked_at_and_has_it_no_more_loses_it() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.empty())), Optional.empty());

    Catalog after = known.after(new Sighting(Map.of(), Map.of(), List.of(onT7(Map.of()))), NOW);

    assertThat(after.projects()).isEmpty();
    assertThat(after.lostSince(known)).containsExactly(B40);
  }

  @Test
  void what_could_not_be_listed_keeps_its_facts() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(1));
    StagedFiles staged = new StagedFiles(2, 9);
    SsdCopy copy = ssd(100, Optional.of(VERIFIED));
    Catalog known =
        Catalog.empty()
            .after(
                new Sighting(
                    Map.of(B40, List.of(flat)),
                    Map.of(B40, staged),
                    List.of(onT7(Map.of(B40, copy)))),
                NOW)
            .withCopy(B40, copy);
    DriveSighting seen = onT7(Map.of());

    Catalog after =
        known.after(
            new Sighting(
                Map.of(),
                Map.of(),
                List.of(
                    new DriveSighting(
                        seen.drive(),
                        seen.primary(),
                        Map.of(),
                        new UnreadFolders(Set.of(copy.path())))),
                new UnreadFolders(Set.of("b40-flight"))),
            NOW.plusSeconds(60));

    assertThat(after.projects().get(B40)).isEqualTo(known.projects().get(B40));
    assertThat(after.lostSince(known)).isEmpty();
  }

  @Test
  void a_copy_of_another_size_was_not_verified() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.of(VERIFIED))), Optional.empty());

    Catalog same = known.after(seenOnSsd(ssd(100, Optional.empty())), NOW);
    Catalog grown = known.after(seenOnSsd(ssd(101, Optional.empty())), NOW);

    assertThat(same.projects().get(B40).primarySsd().orElseThrow().verifiedAt()).contains(VERIFIED);
    assertThat(grown.projects().get(B40).primarySsd().orElseThrow().verifiedAt()).isEmpty();
  }

  @Test
  void what_is_in_S3_stays_known_when_every_folder_is_gone() {
    CloudCopy frozen = new CloudCopy("b00-b49/b40-flight.tar.gz", true, OptionalLong.of(5));
    Catalog known = catalog(Optional.empty(), Optional.of(frozen));

    Catalog after = known.after(new Sighting(Map.of(), Map.of(), List.of(onT7(Map.of()))), NOW);

    assertThat(after.projects().get(B40).s3()).contains(frozen);
    assertThat(after.projects().get(B40).wholeCopies()).isOne();
  }

  @Test
  void what_was_listed_in_S3_counts_and_what_was_not_listed_keeps_its_facts() {
    CloudCopy here = inCloud("archives", "ours/b00-b49/b40-flight.tar.gz", "STANDARD", "v1");
    CloudCopy elsewhere = inCloud("archives", "theirs/b40-flight.tar.gz", "STANDARD", "v9");
    Catalog known =
        catalog(Optional.empty(), Optional.empty())
            .withCloud(B40, here.verified(VERIFIED))
            .withCloud(B40, elsewhere);

    Catalog again = known.after(listed(Map.of(B40, List.of(here))), NOW);
    Catalog gone = known.after(listed(Map.of()), NOW);
    Catalog notListed = known.after(new Sighting(Map.of(), Map.of(), List.of()), NOW);

    assertThat(again.projects().get(B40).cloud())
        .containsExactly(here.verified(VERIFIED), elsewhere);
    assertThat(gone.projects().get(B40).cloud()).containsExactly(elsewhere);
    assertThat(notListed.projects()).isEqualTo(known.projects());
  }

  @Test
  void another_version_in_S3_was_not_verified_and_a_class_change_keeps_when_it_was_uploaded() {
    String key = "ours/b00-b49/b40-flight.tar.gz";
    CloudCopy stored = inCloud("archives", key, "STANDARD", "v1").verified(VERIFIED);
    Catalog known = catalog(Optional.empty(), Optional.empty()).withCloud(B40, stored);

    CloudCopy frozen =
        known
            .after(
                listed(Map.of(B40, List.of(inCloud("archives", key, "DEEP_ARCHIVE", "v2")))), NOW)
            .projects()
            .get(B40)
            .s3()
            .orElseThrow();

    assertThat(frozen.verifiedAt()).isEmpty();
    assertThat(frozen.uploadedAt()).isEqualTo(stored.uploadedAt());
    assertThat(frozen.transitionedAt()).contains(NOW);
  }

  @Test
  void an_archive_object_with_less_than_the_active_folder_is_no_whole_copy() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(9));
    CloudCopy all = inCloud("archives", "ours/b40-flight.tar.gz", "STANDARD", "v1");

    Catalog known =
        Catalog.empty()
            .after(new Sighting(Map.of(B40, List.of(flat)), Map.of(), List.of()), NOW)
            .withCloud(B40, all);

    assertThat(known.projects().get(B40).wholeCopies()).isEqualTo(2);
    assertThat(
            known
                .withCloud(B40, with(all, new CloudCopy.Content(1, 8)))
                .projects()
                .get(B40)
                .wholeCopies())
        .isOne();
  }

  @Test
  void a_project_that_is_whole_on_this_computer_alone_is_warned_of() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(9));
    CloudCopy all = inCloud("archives", "ours/b40-flight.tar.gz", "STANDARD", "v1");
    Catalog here =
        Catalog.empty().after(new Sighting(Map.of(B40, List.of(flat)), Map.of(), List.of()), NOW);

    assertThat(Warning.about(here))
        .extracting(Warning::code)
        .containsExactly(Warning.Code.ONLY_HERE);
    assertThat(Warning.about(here.withCloud(B40, all))).isEmpty();
    assertThat(Warning.about(here.withCloud(B40, with(all, new CloudCopy.Content(1, 8)))))
        .as("an archive of less is no copy of it")
        .extracting(Warning::code)
        .containsExactly(Warning.Code.ONLY_HERE);
  }

  @Test
  void light_files_below_archived_are_no_whole_copy() {
    LocalCopy light =
        new LocalCopy(LocalCopy.Structure.GROUPED, "archived/b00-b49/b40-flight", totals(1));

    Catalog after =
        Catalog.empty()
            .after(
                new Sighting(Map.of(B40, List.of(light)), Map.of(), List.of(onT7(Map.of()))), NOW);

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
            .after(new Sighting(Map.of(B40, List.of(flat, grouped)), Map.of(), List.of()), NOW);

    assertThat(Warning.about(after))
        .extracting(Warning::code)
        .containsExactly(
            Warning.Code.FLAT_AND_GROUPED, Warning.Code.HEAVY_IN_ARCHIVED, Warning.Code.ONLY_HERE);
  }

  @Test
  void shared_files_that_nobody_touched_for_a_month_are_warned_of() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(9));
    Sighting seen =
        new Sighting(Map.of(B40, List.of(flat)), Map.of(B40, new StagedFiles(2, 9)), List.of());
    Instant change = flat.totals().lastChange().orElseThrow();

    assertThat(Warning.about(Catalog.empty().after(seen, change.plus(Duration.ofDays(29)))))
        .extracting(Warning::code)
        .doesNotContain(Warning.Code.STAGING_FORGOTTEN);
    assertThat(Warning.about(Catalog.empty().after(seen, change.plus(Duration.ofDays(30)))))
        .extracting(Warning::code)
        .contains(Warning.Code.STAGING_FORGOTTEN);
  }

  @Test
  void a_folder_on_the_drive_that_merely_exists_is_no_whole_copy() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(3_000_000));
    SsdCopy begun = ssd(12, Optional.empty());

    Catalog after =
        Catalog.empty()
            .after(
                new Sighting(
                    Map.of(B40, List.of(flat)), Map.of(), List.of(onT7(Map.of(B40, begun)))),
                NOW);

    assertThat(after.projects().get(B40).wholeCopies()).isOne();
    assertThat(Warning.about(after))
        .extracting(Warning::code)
        .containsExactly(Warning.Code.SSD_INCOMPLETE, Warning.Code.NEVER_VERIFIED);
  }

  @Test
  void a_drive_that_holds_nothing_of_what_is_known_is_another_drive() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.empty())), Optional.empty());

    assertThat(known.isStrange(List.of())).isTrue();
    assertThat(known.isStrange(List.of(new ProjectId("c01-else")))).isTrue();
    assertThat(known.isStrange(List.of(B40))).isFalse();
    assertThat(Catalog.empty().isStrange(List.of())).isFalse();
  }

  @Test
  void what_an_older_manifest_told_of_the_SSD_becomes_the_first_drives() {
    Catalog known = catalog(Optional.of(ssd(100, Optional.of(VERIFIED))), Optional.empty());

    Catalog after = known.after(seenOnSsd(ssd(100, Optional.empty())), NOW);

    SsdCopy copy = after.projects().get(B40).primarySsd().orElseThrow();
    assertThat(copy.drive()).contains(T7.id());
    assertThat(copy.verifiedAt()).contains(VERIFIED);
    assertThat(after.primaryDrive()).contains(T7.id());
    assertThat(after.isStrange(List.of())).isFalse();
  }

  @Test
  void a_copy_on_a_second_drive_says_nothing_about_the_first() {
    Catalog both =
        Catalog.empty()
            .after(seenOnSsd(ssd(100, Optional.empty())), EARLIER)
            .after(seenOn(T8, Map.of(B40, ssd(100, Optional.empty()))), EARLIER);

    assertThat(both.projects().get(B40).ssd())
        .extracting(both::driveName)
        .containsExactly("T7", "A8");
    assertThat(both.projects().get(B40).wholeCopies()).isEqualTo(2);

    Catalog after = both.after(seenOn(T8, Map.of()), NOW);

    assertThat(after.projects().get(B40).ssd()).extracting(after::driveName).containsExactly("T7");
    assertThat(after.drives().get(T8.id()).lastSeenAt()).contains(EARLIER);
  }

  @Test
  void a_copy_that_was_just_made_is_known_without_another_look() {
    Catalog known = Catalog.empty().after(seenOnSsd(ssd(100, Optional.empty())), EARLIER);
    SsdCopy made =
        new SsdCopy(
            Optional.of(T8.id()),
            "b00-b49/b40-flight",
            Optional.of(totals(100)),
            Optional.of(NOW),
            Optional.of(NOW));

    Catalog after = known.withDrive(T8).withCopy(B40, made).withCopy(B40, made);

    assertThat(after.projects().get(B40).ssd()).hasSize(2);
    assertThat(after.projects().get(B40).on(T8.id())).contains(made);
    assertThat(after.withoutDrive(T8.id()).projects().get(B40).ssd()).hasSize(1);
  }

  @Test
  void that_a_copy_is_damaged_is_forgotten_only_when_something_proved_it_later() {
    SsdCopy bad = ssd(100, Optional.of(VERIFIED)).damaged(EARLIER);
    Catalog known =
        Catalog.empty()
            .after(seenOnSsd(ssd(100, Optional.empty())), EARLIER)
            .withCopy(B40, on(bad));

    assertThat(known.projects().get(B40).wholeCopies()).isZero();
    assertThat(damage(known.after(seenOnSsd(ssd(120, Optional.empty())), NOW))).contains(EARLIER);
    assertThat(damage(known.withCopy(B40, on(ssd(100, Optional.empty()))))).contains(EARLIER);
    assertThat(damage(known.withCopy(B40, on(ssd(100, Optional.of(EARLIER.minusSeconds(1)))))))
        .contains(EARLIER);
    assertThat(damage(known.withCopy(B40, on(ssd(100, Optional.of(NOW)))))).isEmpty();
  }

  @Test
  void that_an_archive_is_damaged_is_forgotten_when_it_is_proven_or_another_one_was_stored() {
    String key = "ours/b00-b49/b40-flight.tar.gz";
    CloudCopy stored = inCloud("archives", key, "STANDARD", "v1");
    Catalog known =
        catalog(Optional.empty(), Optional.empty())
            .withCloud(B40, stored.verified(EARLIER))
            .withDamaged(B40, "archives", key, NOW);

    CloudCopy found = known.projects().get(B40).s3().orElseThrow();
    assertThat(found.damagedAt()).contains(NOW);
    assertThat(found.verifiedAt()).isEmpty();
    assertThat(known.projects().get(B40).wholeCopies()).isZero();
    Catalog again = known.after(listed(Map.of(B40, List.of(stored))), NOW);
    assertThat(again.projects().get(B40).s3().orElseThrow().damagedAt())
        .as("looking proves nothing")
        .contains(NOW);
    assertThat(
            known
                .withCloud(B40, stored.verified(NOW.plusSeconds(1)))
                .projects()
                .get(B40)
                .s3()
                .orElseThrow()
                .damagedAt())
        .isEmpty();
    CloudCopy newer =
        new CloudCopy(
            stored.bucket(),
            key,
            false,
            stored.storageClass(),
            OptionalLong.of(6),
            Optional.empty(),
            Optional.of("v2"),
            Optional.of(NOW.plusSeconds(1)),
            Optional.empty(),
            Optional.of(NOW.plusSeconds(1)),
            Optional.empty(),
            Optional.empty());
    assertThat(known.withCloud(B40, newer).projects().get(B40).s3().orElseThrow().damagedAt())
        .isEmpty();
  }

  private static SsdCopy on(SsdCopy copy) {
    return new SsdCopy(
        Optional.of(T7.id()),
        copy.path(),
        copy.totals(),
        copy.seenAt(),
        copy.verifiedAt(),
        copy.damagedAt());
  }

  private static Optional<Instant> damage(Catalog catalog) {
    return catalog.projects().get(B40).on(T7.id()).orElseThrow().damagedAt();
  }

  @Test
  void light_files_that_are_only_below_archived_make_an_active_folder_less_than_whole() {
    LocalCopy flat = new LocalCopy(LocalCopy.Structure.FLAT, "b40-flight", totals(9));
    LocalCopy grouped =
        new LocalCopy(
            LocalCopy.Structure.GROUPED,
            "archived/b00-b49/b40-flight",
            new TreeTotals(2, 9, 0, 0, Optional.of(EARLIER)));

    Catalog after =
        Catalog.empty()
            .after(new Sighting(Map.of(B40, List.of(flat, grouped)), Map.of(), List.of()), NOW);

    assertThat(after.projects().get(B40).wholeCopies()).isZero();
  }

  @Test
  void a_drive_with_less_than_what_an_archive_in_S3_holds_is_no_whole_copy() {
    CloudCopy all = inCloud("archives", "ours/b40-flight.tar.gz", "STANDARD", "v1");
    Catalog known =
        Catalog.empty()
            .after(seenOnSsd(ssd(100, Optional.empty())), EARLIER)
            .withCloud(B40, with(all, new CloudCopy.Content(2, 200)));

    assertThat(known.projects().get(B40).wholeCopies()).isOne();
    assertThat(known.projects().get(B40).isWholeNowhereBut(T7.id())).isFalse();
    assertThat(Warning.about(known))
        .extracting(Warning::message)
        .anyMatch(message -> message.contains("on T7 than in S3"));
  }

  @Test
  void a_drive_is_found_by_its_name_whatever_its_capitals() {
    Catalog known = Catalog.empty().withDrive(T7).withDrive(T8);

    assertThat(known.drivesNamed("t7")).containsExactly(T7);
    assertThat(known.drivesNamed(T8.id().value())).containsExactly(T8);
    assertThat(known.drivesNamed("T9")).isEmpty();
  }

  private static final KnownDrive T7 = drive("11111111-t7", "T7");

  /// Sorted before the primary one by its name.
  private static final KnownDrive T8 = drive("00000000-t8", "A8");

  private static KnownDrive drive(String id, String name) {
    return new KnownDrive(
        new DriveId(id),
        name,
        Optional.empty(),
        "youtube",
        "/media/" + name + "/youtube",
        Optional.of(EARLIER),
        OptionalLong.of(1),
        OptionalLong.of(2));
  }

  private static DriveSighting onT7(Map<ProjectId, SsdCopy> copies) {
    return new DriveSighting(Optional.of(T7), true, copies);
  }

  private static Sighting seenOn(KnownDrive drive, Map<ProjectId, SsdCopy> copies) {
    return new Sighting(
        Map.of(), Map.of(), List.of(new DriveSighting(Optional.of(drive), false, copies)));
  }

  private static Sighting seenOnSsd(SsdCopy copy) {
    return new Sighting(Map.of(), Map.of(), List.of(onT7(Map.of(B40, copy))));
  }

  private static Catalog catalog(Optional<SsdCopy> ssd, Optional<CloudCopy> s3) {
    TreeMap<ProjectId, ProjectEntry> projects = new TreeMap<>();
    projects.put(
        B40, new ProjectEntry(B40, List.of(), ssd.stream().toList(), s3, Optional.empty()));
    return new Catalog(Optional.of(EARLIER), Optional.empty(), new TreeMap<>(), projects);
  }

  private static SsdCopy ssd(long bytes, Optional<Instant> verifiedAt) {
    return new SsdCopy(
        Optional.empty(),
        "b00-b49/b40-flight",
        Optional.of(totals(bytes)),
        Optional.of(EARLIER),
        verifiedAt);
  }

  private static TreeTotals totals(long bytes) {
    return new TreeTotals(1, bytes, 0, 0, Optional.of(EARLIER));
  }

  private static CloudCopy inCloud(String bucket, String key, String storageClass, String etag) {
    return new CloudCopy(
        Optional.of(bucket),
        key,
        storageClass.equals("DEEP_ARCHIVE"),
        Optional.of(storageClass),
        OptionalLong.of(5),
        Optional.empty(),
        Optional.of(etag),
        Optional.of(etag.equals("v2") ? NOW : EARLIER),
        Optional.empty(),
        Optional.of(NOW),
        Optional.empty(),
        Optional.of(CloudThaw.of(CloudThaw.State.NONE, Optional.empty())));
  }

  private static CloudCopy with(CloudCopy copy, CloudCopy.Content content) {
    return new CloudCopy(
        copy.bucket(),
        copy.key(),
        copy.frozen(),
        copy.storageClass(),
        copy.bytes(),
        Optional.of(content),
        copy.etag(),
        copy.uploadedAt(),
        copy.transitionedAt(),
        copy.seenAt(),
        copy.verifiedAt(),
        copy.thaw());
  }

  private static Sighting listed(Map<ProjectId, List<CloudCopy>> copies) {
    return new Sighting(Map.of(), Map.of(), List.of())
        .with(
            new CloudSighting(
                Optional.of(new CloudSighting.Archives("archives", "ours/", copies)),
                Optional.empty()));
  }
}
