package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.SourceChangedException;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UploadTest extends TwoPeople {
  private static final String LONG = "0123456789abcdef".repeat(8) + "end";
  private static final int PARTS = 9;

  private List<Outcome> upOver(ObjectStore line) throws IOException {
    Staging vat = david.vat(line, david.state());
    StagingView view = vat.look(_ -> true, true);
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    return vat.up(view, steps, _ -> true, _ -> {}).outcomes();
  }

  /// Counts what is sent.
  private static final class Counting extends ForwardingStore {
    private final AtomicInteger parts = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();

    private Counting(ObjectStore store) {
      super(store);
    }

    @Override
    public String createUpload(String key, ObjectAttributes attributes) throws StoreException {
      begun.incrementAndGet();
      return super.createUpload(key, attributes);
    }

    @Override
    public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
        throws IOException {
      parts.incrementAndGet();
      return super.uploadPart(key, uploadId, number, body);
    }
  }

  /// Cuts David's up after some parts are in S3.
  private int cutAfterSomeParts() throws IOException {
    david.line.cutAt(10);
    assertThatThrownBy(david::up).isInstanceOf(CuttingStore.Cut.class);
    david.line.mend();
    assertThat(bucket.openUploads()).isEqualTo(1);
    String id = david.state().uploads().all(Teammate.place(bucket).placeId()).getFirst().uploadId();
    int there = bucket.listParts(PREFIX + "draft.mp4", id).size();
    assertThat(there).isBetween(1, PARTS - 1);
    return there;
  }

  @Test
  void an_upload_in_parts_that_was_cut_goes_on_without_sending_finished_parts_again()
      throws Exception {
    david.saves("draft.mp4", LONG);
    int there = cutAfterSomeParts();
    assertThat(bucket.keys()).doesNotContain(PREFIX + "draft.mp4");
    Counting counting = new Counting(bucket);

    upOver(counting);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(counting.parts).hasValue(PARTS - there);
    assertThat(counting.begun).hasValue(0);
    assertThat(bucket.openUploads()).isZero();
  }

  @Test
  void when_the_file_changed_in_between_the_old_upload_is_aborted_and_a_new_one_begun()
      throws Exception {
    david.saves("draft.mp4", LONG);
    cutAfterSomeParts();
    david.saves("draft.mp4", LONG.replace('3', 'x'));
    Counting counting = new Counting(bucket);

    upOver(counting);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG.replace('3', 'x'));
    assertThat(counting.parts).hasValue(PARTS);
    assertThat(counting.begun).hasValue(1);
    assertThat(bucket.openUploads()).isZero();
  }

  @Test
  void when_the_file_is_gone_the_old_upload_is_aborted() throws Exception {
    david.saves("draft.mp4", LONG);
    cutAfterSomeParts();
    david.deletes("draft.mp4");

    david.up();

    assertThat(bucket.openUploads()).isZero();
    assertThat(david.state().uploads().all(Teammate.place(bucket).placeId())).isEmpty();
  }

  @Test
  void when_somebody_aborted_the_old_upload_a_new_one_is_begun() throws Exception {
    david.saves("draft.mp4", LONG);
    cutAfterSomeParts();
    String id = david.state().uploads().all(Teammate.place(bucket).placeId()).getFirst().uploadId();
    bucket.abortUpload(PREFIX + "draft.mp4", id);

    david.up();

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
  }

  @Test
  void a_faster_teammates_version_is_not_overwritten() throws Exception {
    david.saves("draft.mp4", "David's");
    StagingView view = david.looks();
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    jan.saves("draft.mp4", "Jan's");
    jan.up();

    assertThat(the(david.applied(view, steps, _ -> true, true), "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.Overtaken.class, overtaken -> assertThat(overtaken.what()).startsWith("jan "));

    assertThat(inBucket("draft.mp4")).isEqualTo("Jan's");
    assertThat(david.reads("draft.mp4")).isEqualTo("David's");
    assertThat(david.bases()).isEmpty();
  }

  @Test
  void a_faster_teammates_big_version_is_not_overwritten_and_no_parts_are_left() throws Exception {
    david.saves("draft.mp4", LONG);
    StagingView view = david.looks();
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    jan.saves("draft.mp4", "Jan's");
    jan.up();

    assertThat(the(david.applied(view, steps, _ -> true, true), "draft.mp4"))
        .isInstanceOf(Outcome.Overtaken.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("Jan's");
    assertThat(bucket.openUploads()).isZero();
  }

  @Test
  void a_faster_teammates_same_bytes_are_in_sync_and_stay_hers() throws Exception {
    david.saves("draft.mp4", "the same");
    StagingView view = david.looks();
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    jan.saves("draft.mp4", "the same");
    jan.up();

    assertThat(the(david.applied(view, steps, _ -> true, true), "draft.mp4"))
        .isInstanceOf(Outcome.InSync.class);

    assertThat(david.bases()).containsOnlyKeys(name("draft.mp4"));
    assertThat(david.looks().files().get(name("draft.mp4")).there().uploadedBy()).contains("jan");
    assertThat(david.looks().remote().lastSyncBy()).contains("jan");
  }

  @Test
  void a_file_that_changes_while_its_parts_are_sent_becomes_visible_nowhere() throws Exception {
    david.saves("draft.mp4", LONG);
    david.line.onceBefore(4, () -> changeInPlace(LONG.toUpperCase(Locale.ROOT)));

    assertThat(the(david.up(), "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(SourceChangedException.class));

    assertThat(bucket.keys()).doesNotContain(PREFIX + "draft.mp4");
    assertThat(bucket.openUploads()).isZero();
    david.up();
    assertThat(inBucket("draft.mp4")).isEqualTo(david.reads("draft.mp4"));
  }

  @Test
  void a_small_file_that_changed_after_it_was_looked_at_becomes_visible_nowhere() throws Exception {
    david.saves("draft.mp4", "first cut");
    StagingView view = david.looks();
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    changeInPlace("2nd cut !");

    assertThat(the(david.applied(view, steps, _ -> true, true), "draft.mp4"))
        .isInstanceOf(Outcome.Failed.class);

    assertThat(bucket.keys()).doesNotContain(PREFIX + "draft.mp4");
  }

  @Test
  void an_edit_between_the_check_and_the_sending_becomes_visible_nowhere() throws Exception {
    for (String draft : List.of("first cut", LONG)) {
      david.saves("draft.mp4", draft);

      List<Outcome> outcomes =
          upOver(
              new ForwardingStore(bucket) {
                @Override
                public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
                    throws IOException {
                  changeInPlace("2nd cut !");
                  return super.put(key, body, attributes, guard);
                }

                @Override
                public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
                    throws IOException {
                  if (number == 3) {
                    changeInPlace(LONG.replace('3', 'x'));
                  }
                  return super.uploadPart(key, uploadId, number, body);
                }
              });

      assertThat(the(outcomes, "draft.mp4"))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.cause()).isInstanceOf(SourceChangedException.class));
      assertThat(bucket.keys()).isEmpty();
      assertThat(bucket.openUploads()).isZero();
    }
  }

  @Test
  void an_edit_that_left_size_and_time_alone_is_found_out_and_goes_up_with_the_next_run()
      throws Exception {
    david.saves("draft.mp4", "first cut");
    david.looks();
    FileTime time = Files.getLastModifiedTime(david.at("draft.mp4"));
    changeInPlace("2nd cut !");
    Files.setLastModifiedTime(david.at("draft.mp4"), time);

    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Failed.class);
    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Uploaded.class);

    assertThat(inBucket("draft.mp4")).isEqualTo("2nd cut !");
  }

  private void changeInPlace(String content) {
    try {
      Files.writeString(david.at("draft.mp4"), content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_browser_is_told_that_an_mp4_is_a_video() throws Exception {
    david.saves("draft.mp4", "small");
    david.saves("big.MP4", LONG);
    david.up();

    for (String key : List.of("draft.mp4", "big.MP4")) {
      assertThat(bucket.head(PREFIX + key).orElseThrow().contentType()).contains("video/mp4");
    }
  }

  @Test
  void progress_adds_up_to_the_size_also_when_parts_are_sent_twice() throws Exception {
    david.saves("draft.mp4", LONG);
    david.saves("small.txt", "small");
    AtomicLong moved = new AtomicLong();
    david.watchedBy(
        (what, total) ->
            new Progress.Task() {
              @Override
              public void advance(long bytes) {
                if (what.startsWith("uploading")) {
                  moved.addAndGet(bytes);
                }
              }

              @Override
              public void close() {}
            });

    upOver(new SendingTwice(bucket));

    assertThat(moved).hasValue(LONG.length() + "small".length());
    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
  }

  /// The first attempt at each body breaks off after half of it; the second goes through.
  private static final class SendingTwice extends ForwardingStore {
    private SendingTwice(ObjectStore store) {
      super(store);
    }

    private static void half(Body body) throws IOException {
      AtomicBoolean broke = new AtomicBoolean();
      try {
        body.writeTo(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("the line broke");
              }

              @Override
              public void write(byte[] bytes, int offset, int length) throws IOException {
                if (broke.getAndSet(true) || length <= 1) {
                  throw new IOException("the line broke");
                }
              }
            });
      } catch (IOException expected) {
        // As a retrying store takes it.
      }
    }

    @Override
    public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
        throws IOException {
      half(body);
      return super.put(key, body, attributes, guard);
    }

    @Override
    public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
        throws IOException {
      half(body);
      return super.uploadPart(key, uploadId, number, body);
    }
  }

  @Test
  void several_files_of_one_content_are_several_objects() throws Exception {
    david.saves("a.mp4", LONG);
    david.saves("b.mp4", LONG);
    david.up();
    jan.down();

    assertThat(jan.files()).isEqualTo(david.files()).hasSize(2);
  }

  @Test
  void when_the_file_was_renamed_the_upload_under_its_old_name_is_aborted() throws Exception {
    david.saves("draft.mp4", LONG);
    cutAfterSomeParts();
    david.renames("draft.mp4", "final.mp4");

    david.up();

    assertThat(inBucket("final.mp4")).isEqualTo(LONG);
    assertThat(bucket.openUploads()).isZero();
  }

  @Test
  void the_parts_of_an_upload_that_waits_for_a_decision_are_kept() throws Exception {
    david.saves("draft.mp4", LONG);
    cutAfterSomeParts();
    jan.saves("draft.mp4", "Jan's");
    jan.up();

    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Undecided.class);

    assertThat(bucket.openUploads()).isEqualTo(1);
  }

  @Test
  void what_cannot_be_tidied_up_does_not_hide_what_was_sent() throws Exception {
    david.saves("draft.mp4", LONG);
    cutAfterSomeParts();
    david.deletes("draft.mp4");
    david.saves("new.wav", "a voice");
    Staging vat =
        david.vat(
            new ForwardingStore(bucket) {
              @Override
              public void abortUpload(String key, String uploadId) throws StoreException {
                throw new StoreException.AccessDenied("may not abort", null);
              }
            },
            david.state());
    StagingView view = vat.look(_ -> true, true);
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);

    Applied applied = vat.up(view, steps, _ -> true, _ -> {});

    assertThat(the(applied.outcomes(), "new.wav")).isInstanceOf(Outcome.Uploaded.class);
    assertThat(applied.leftovers()).isPresent();
    assertThat(notes()).contains("new.wav");
  }
}
