package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CleanupTest extends TwoPeople {
  @Test
  void after_davids_cleanup_jan_is_told_and_her_up_does_not_put_it_back() throws Exception {
    bothHave("draft.mp4", "first cut");

    assertThat(david.cleansUp(false)).singleElement().isInstanceOf(Removal.Done.Removed.class);

    assertThat(bucket.keys()).containsExactly(NOTES);
    assertThat(david.reads("draft.mp4")).isEqualTo("first cut");
    StagedFile jans = jan.looks().files().get(name("draft.mp4"));
    assertThat(jans.standing()).isEqualTo(Standing.REMOVED_THERE);
    assertThat(jans.tombstone()).get().extracting(Tombstone::removedBy).isEqualTo("david");
    assertThat(the(jan.up(), "draft.mp4")).isInstanceOf(Outcome.Left.class);
    assertThat(bucket.keys()).containsExactly(NOTES);
  }

  @Test
  void told_to_jans_up_sends_it_again_and_the_tombstone_goes() throws Exception {
    bothHave("draft.mp4", "first cut");
    david.cleansUp(false);

    assertThat(the(jan.up(Map.of(), true), "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.Uploaded.class,
            sent -> assertThat(sent.why()).isEqualTo(Step.Upload.Why.AGAIN));

    assertThat(inBucket("draft.mp4")).isEqualTo("first cut");
    assertThat(jan.looks().remote().tombstones()).isEmpty();
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.IN_SYNC);
  }

  @Test
  void with_the_memory_of_earlier_runs_lost_the_tombstone_still_tells() throws Exception {
    bothHave("draft.mp4", "first cut");
    david.cleansUp(false);
    jan.losesState();

    assertThat(jan.standingOf("draft.mp4")).isEqualTo(Standing.REMOVED_THERE);
  }

  @Test
  void what_jan_changed_since_the_cleanup_goes_up_as_new() throws Exception {
    bothHave("draft.mp4", "first cut");
    david.cleansUp(false);
    jan.saves("draft.mp4", "second cut");

    assertThat(the(jan.up(), "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.Uploaded.class,
            sent -> assertThat(sent.why()).isEqualTo(Step.Upload.Why.CHANGED_SINCE_REMOVED));

    assertThat(inBucket("draft.mp4")).isEqualTo("second cut");
    assertThat(jan.looks().remote().tombstones()).isEmpty();
  }

  @Test
  void what_exists_only_in_s3_stays_unless_asked_for() throws Exception {
    jan.saves("jans.mp4", "only Jan has it");
    jan.up();

    assertThat(david.cleansUp(false)).singleElement().isInstanceOf(Removal.Done.Unsaved.class);
    assertThat(inBucket("jans.mp4")).isEqualTo("only Jan has it");
    assertThat(david.looks().remote().tombstones()).isEmpty();

    assertThat(david.cleansUp(true)).singleElement().isInstanceOf(Removal.Done.Removed.class);
    assertThat(bucket.keys()).containsExactly(NOTES);
  }

  @Test
  void the_same_content_under_another_name_saves_it() throws Exception {
    bothHave("draft.mp4", "first cut");
    david.renames("draft.mp4", "old/first.mp4");

    assertThat(david.cleansUp(false)).singleElement().isInstanceOf(Removal.Done.Removed.class);
  }

  @Test
  void an_edit_that_left_size_and_time_alone_is_noticed() throws Exception {
    bothHave("draft.mp4", "first cut");
    StagingView before = david.looks();
    FileTime time = Files.getLastModifiedTime(david.at("draft.mp4"));
    Files.writeString(david.at("draft.mp4"), "2nd cut !");
    Files.setLastModifiedTime(david.at("draft.mp4"), time);
    assertThat(david.looks().files().get(name("draft.mp4")).here().content())
        .as("for looking, what is remembered of the file is trusted")
        .isEqualTo(before.files().get(name("draft.mp4")).here().content());

    assertThat(david.cleansUp(false))
        .singleElement()
        .isInstanceOfSatisfying(
            Removal.Done.Unsaved.class,
            done -> assertThat(done.removal().left()).isEqualTo(Removal.Left.OTHER_CONTENT_HERE));
    assertThat(inBucket("draft.mp4")).isEqualTo("first cut");
  }

  @Test
  void a_file_edited_while_david_thinks_about_the_question_is_no_longer_saved() throws Exception {
    bothHave("draft.mp4", "first cut");
    StagingView view = david.looks();
    List<Removal> plan = Staging.planCleanup(view.remote().files().values(), view.local());
    assertThat(plan).allMatch(Removal::isSaved);
    david.saves("draft.mp4", "second cut");

    assertThat(david.vat().cleanup(plan, false).outcomes())
        .singleElement()
        .isInstanceOf(Removal.Done.Unsaved.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("first cut");
    assertThat(david.looks().remote().tombstones()).isEmpty();
  }

  @Test
  void jans_newer_upload_meanwhile_is_left_alone_and_the_tombstone_is_taken_back()
      throws Exception {
    bothHave("draft.mp4", "first cut");
    StagingView view = david.looks();
    List<Removal> plan = Staging.planCleanup(view.remote().files().values(), view.local());
    jan.saves("draft.mp4", "second cut");
    jan.up();

    assertThat(david.vat().cleanup(plan, false).outcomes())
        .singleElement()
        .isInstanceOf(Removal.Done.ChangedMeanwhile.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("second cut");
    assertThat(david.looks().remote().tombstones()).isEmpty();
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.CHANGED_THERE);
  }

  @Test
  void nothing_that_was_not_listed_goes() throws Exception {
    bothHave("draft.mp4", "first cut");
    StagingView view = david.looks();
    List<Removal> plan = Staging.planCleanup(view.remote().files().values(), view.local());
    jan.saves("later.mp4", "came later");
    jan.up();

    david.vat().cleanup(plan, true).outcomes();

    assertThat(inBucket("later.mp4")).isEqualTo("came later");
    assertThat(bucket.keys()).doesNotContain(PREFIX + "draft.mp4");
  }

  @Test
  void a_content_that_nobody_can_tell_is_not_taken_for_saved() throws Exception {
    david.saves("draft.mp4", "not the same");
    String key = PREFIX + "draft.mp4";
    String id = bucket.createUpload(key, new ObjectAttributes("video/mp4", Map.of()));
    Body body = Body.of("unknown".getBytes(UTF_8));
    bucket.completeUpload(
        key, id, List.of(bucket.uploadPart(key, id, 1, body)), 7, body.crc32(), Guard.absent());

    assertThat(david.cleansUp(false))
        .singleElement()
        .isInstanceOfSatisfying(
            Removal.Done.Unsaved.class,
            done -> assertThat(done.removal().left()).isEqualTo(Removal.Left.UNKNOWN));
  }

  @Test
  void cut_after_the_tombstones_the_objects_still_count_and_the_next_cleanup_goes_on()
      throws Exception {
    bothHave("a.mp4", "a");
    bothHave("b.mp4", "b");
    int step = 0;
    while (david.looks().remote().tombstones().isEmpty()) {
      david.line.cutAt(step++);
      try {
        david.cleansUp(false);
      } catch (CuttingStore.Cut expected) {
        // That is what is tried here.
      }
      david.line.mend();
    }
    assertThat(bucket.keys()).contains(PREFIX + "a.mp4", PREFIX + "b.mp4");
    assertThat(jan.standingOf("a.mp4")).isEqualTo(Standing.IN_SYNC);

    david.cleansUp(false);

    assertThat(bucket.keys()).containsExactly(NOTES);
    assertThat(jan.standingOf("a.mp4")).isEqualTo(Standing.REMOVED_THERE);
  }

  @Test
  void a_file_removed_here_is_never_deleted_by_up_and_comes_back_by_down() throws Exception {
    bothHave("draft.mp4", "first cut");
    david.deletes("draft.mp4");

    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Left.class);
    assertThat(inBucket("draft.mp4")).isEqualTo("first cut");
    assertThat(the(david.down(), "draft.mp4")).isInstanceOf(Outcome.Downloaded.class);
    assertThat(david.reads("draft.mp4")).isEqualTo("first cut");
  }

  @Test
  void notes_that_tell_another_content_than_the_object_do_not_justify_its_removal()
      throws Exception {
    bothHave("draft.mp4", "first cut");
    String before = bucket.head(PREFIX + "draft.mp4").orElseThrow().summary().etag().value();
    otherToolPuts(PREFIX + "draft.mp4", "other cut");
    String now = bucket.head(PREFIX + "draft.mp4").orElseThrow().summary().etag().value();
    otherToolPuts(NOTES, notes().replace(before, now));

    assertThat(david.cleansUp(false)).singleElement().isInstanceOf(Removal.Done.Unsaved.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("other cut");
  }

  @Test
  void one_copy_that_cannot_be_read_is_unproven_and_the_others_go() throws Exception {
    bothHave("draft.mp4", "first cut");
    bothHave("odd.mp4", "becomes a folder after the look");
    StagingView view = david.looks();
    List<Removal> plan = Staging.planCleanup(view.remote().files().values(), view.local());
    Files.delete(david.at("odd.mp4"));
    Files.createDirectory(david.at("odd.mp4"));

    List<Removal.Done> done = david.vat().cleanup(plan, false).outcomes();

    assertThat(done.get(0)).isInstanceOf(Removal.Done.Removed.class);
    assertThat(done.get(1).removal().left()).isEqualTo(Removal.Left.UNPROVEN_HERE);
    assertThat(inBucket("odd.mp4")).isEqualTo("becomes a folder after the look");
  }

  @Test
  void a_file_that_went_away_between_its_proof_and_its_removal_is_no_longer_saved()
      throws Exception {
    bothHave("draft.mp4", "first cut");
    StagingView view = david.looks();
    List<Removal> plan = Staging.planCleanup(view.remote().files().values(), view.local());
    Staging vat =
        david.vat(
            new ForwardingStore(bucket) {
              @Override
              public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
                  throws IOException {
                david.deletes("draft.mp4");
                return super.put(key, body, attributes, guard);
              }
            },
            david.state());

    assertThat(vat.cleanup(plan, false).outcomes())
        .singleElement()
        .isInstanceOf(Removal.Done.Unsaved.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("first cut");
    assertThat(david.looks().remote().tombstones()).isEmpty();
  }
}
