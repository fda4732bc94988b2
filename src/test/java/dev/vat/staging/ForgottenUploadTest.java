package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Uploads in parts that were begun and that no note tells of: ours go on, all others stay.
class ForgottenUploadTest extends TwoPeople {
  private static final String LONG = "0123456789abcdef".repeat(8) + "end";
  private static final int PARTS = 9;
  private static final String KEY = PREFIX + "draft.mp4";
  private static final ObjectAttributes FILM = new ObjectAttributes("video/mp4", Map.of());

  /// David's line: counts, and knows who began which upload.
  private static class Line extends ForwardingStore {
    final AtomicInteger parts = new AtomicInteger();
    final AtomicInteger listings = new AtomicInteger();
    final Map<String, String> initiators = new HashMap<>();

    Line(ObjectStore store) {
      super(store);
    }

    @Override
    public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
      listings.incrementAndGet();
      super.listUploads(
          prefix,
          u ->
              each.accept(
                  new OpenUpload(
                      u.key(),
                      u.uploadId(),
                      u.initiatedAt(),
                      initiators.getOrDefault(u.uploadId(), "david"))));
    }

    @Override
    public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
        throws IOException {
      parts.incrementAndGet();
      return super.uploadPart(key, uploadId, number, body);
    }
  }

  private List<Outcome> upOver(ObjectStore line) throws IOException {
    Staging vat = david.vat(line, david.state());
    StagingView view = vat.look(_ -> true, true);
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    return vat.up(view, steps, _ -> true, _ -> {}).outcomes();
  }

  /// An upload of the key, with these parts of a content.
  private String begun(String content, int partBytes, int... numbers) throws IOException {
    String id = bucket.createUpload(KEY, FILM);
    byte[] bytes = content.getBytes(UTF_8);
    for (int number : numbers) {
      int from = (number - 1) * partBytes;
      byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partBytes));
      bucket.uploadPart(KEY, id, number, Body.of(part));
    }
    return id;
  }

  private Set<String> open() {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    bucket.listUploads("", upload -> ids.add(upload.uploadId()));
    return ids;
  }

  @Test
  void after_the_loss_of_vats_notes_an_upload_goes_on_where_it_was() throws Exception {
    david.saves("draft.mp4", LONG);
    david.line.cutAt(11);
    assertThatThrownBy(david::up).isInstanceOf(CuttingStore.Cut.class);
    david.line.mend();
    int there = bucket.listParts(KEY, open().iterator().next()).size();
    assertThat(there).isBetween(1, PARTS - 1);
    david.losesState();
    Line line = new Line(bucket);

    upOver(line);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(line.parts).hasValue(PARTS - there);
    assertThat(open()).isEmpty();
  }

  @Test
  void one_with_parts_of_another_size_goes_on_with_that_size() throws Exception {
    david.saves("draft.mp4", LONG);
    begun(LONG, 24, 1, 3, 6);
    Line line = new Line(bucket);

    upOver(line);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(line.parts).hasValue(3);
    assertThat(open()).isEmpty();
  }

  @Test
  void somebody_elses_is_left_alone_also_with_the_same_content() throws Exception {
    david.saves("draft.mp4", LONG);
    String jans = begun(LONG, 16, 1, 2, 3);
    Line line = new Line(bucket);
    line.initiators.put(jans, "jan");

    upOver(line);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(line.parts).hasValue(PARTS);
    assertThat(open()).containsExactly(jans);
    assertThat(bucket.listParts(KEY, jans)).hasSize(3);
  }

  @Test
  void where_the_server_names_nobody_nothing_is_taken_for_ours() throws Exception {
    david.saves("draft.mp4", LONG);
    String somebodys = begun(LONG, 16, 1, 2, 3);
    Line line =
        new Line(bucket) {
          @Override
          public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
            super.listUploads(
                prefix,
                u -> each.accept(new OpenUpload(u.key(), u.uploadId(), u.initiatedAt(), "")));
          }
        };

    upOver(line);

    assertThat(line.parts).hasValue(PARTS);
    assertThat(open()).containsExactly(somebodys);
  }

  @Test
  void one_with_other_bytes_may_be_a_teammates_with_the_same_credentials() throws Exception {
    david.saves("draft.mp4", LONG);
    String other = begun(LONG.replace('a', 'x'), 16, 1, 2);
    String oneByte = begun(LONG.substring(0, 40) + "!" + LONG.substring(41), 16, 1, 2, 3);
    String uneven = begun(LONG, 16, 1);
    bucket.uploadPart(KEY, uneven, 2, Body.of(LONG.substring(16, 40).getBytes(UTF_8)));
    String tooLong = begun(LONG + LONG, 16, 1, 10);
    String empty = begun(LONG, 16);
    Line line = new Line(bucket);

    upOver(line);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(line.parts).hasValue(PARTS);
    assertThat(open()).containsExactlyInAnyOrder(other, oneByte, uneven, tooLong, empty);
  }

  @Test
  void who_may_not_list_uploads_sends_as_ever() throws Exception {
    david.saves("draft.mp4", LONG);
    String somebodys = begun(LONG, 16, 1, 2, 3);
    Line line =
        new Line(bucket) {
          @Override
          public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
            throw new StoreException.AccessDenied("not for you", null);
          }
        };

    assertThat(the(upOver(line), "draft.mp4")).isInstanceOf(Outcome.Uploaded.class);

    assertThat(open()).containsExactly(somebodys);
  }

  @Test
  void one_listing_serves_all_files_and_small_ones_need_none() throws Exception {
    david.saves("small.mp4", "small");
    Line line = new Line(bucket);
    upOver(line);
    assertThat(line.listings).hasValue(0);
    for (int i = 0; i < 5; i++) {
      david.saves("draft-" + i + ".mp4", LONG + i);
    }

    upOver(line);

    assertThat(line.listings).hasValue(1);
    assertThat(open()).isEmpty();
  }

  @Test
  void one_that_was_begun_and_never_noted_is_removed_by_the_next_run() throws Exception {
    david.saves("draft.mp4", LONG);
    int step = 0;
    do {
      david.line.cutAt(step++);
      assertThatThrownBy(david::up).isInstanceOf(CuttingStore.Cut.class);
      david.line.mend();
    } while (open().isEmpty());
    assertThat(david.state().uploads().all(Teammate.place(bucket).placeId())).isEmpty();

    david.up();

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(open()).isEmpty();
  }

  @Test
  void one_that_does_not_take_our_parts_is_left_and_a_new_one_begun() throws Exception {
    david.saves("draft.mp4", LONG);
    String programs = begun(LONG, 16, 1, 2);
    Line line =
        new Line(bucket) {
          @Override
          public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
              throws IOException {
            if (uploadId.equals(programs)) {
              throw new StoreException.Failed("another kind of checksum", null);
            }
            return super.uploadPart(key, uploadId, number, body);
          }
        };

    assertThat(the(upOver(line), "draft.mp4")).isInstanceOf(Outcome.Uploaded.class);

    assertThat(inBucket("draft.mp4")).isEqualTo(LONG);
    assertThat(open()).containsExactly(programs);
    assertThat(david.state().uploads().all(Teammate.place(bucket).placeId())).isEmpty();
  }

  @Test
  void what_is_there_already_is_skipped_and_not_taken_for_speed() throws Exception {
    david.saves("draft.mp4", LONG);
    begun(LONG, 16, 1, 2, 3);
    List<Long> skipped = new ArrayList<>();
    david.watchedBy(
        (what, total) ->
            new Progress.Task() {
              @Override
              public void advance(long bytes) {}

              @Override
              public synchronized void skip(long bytes) {
                skipped.add(bytes);
              }

              @Override
              public void close() {}
            });

    upOver(new Line(bucket));

    assertThat(skipped).containsExactly(16L, 16L, 16L);
  }
}
