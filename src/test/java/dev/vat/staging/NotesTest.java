package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.Md5;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest extends TwoPeople {
  private static final String MD5 = "098f6bcd4621d373cade4e832627b4f6";

  @Test
  void jan_is_cut_between_her_object_and_the_notes_and_davids_up_sees_her_version()
      throws Exception {
    bothHave("draft.mp4", "first cut");
    jan.saves("draft.mp4", "first cut, with Jan's audio");
    jan.line.cutBeforePutting(NOTES);
    assertThatThrownBy(jan::up).isInstanceOf(CuttingStore.Cut.class);
    jan.line.mend();
    assertThat(inBucket("draft.mp4")).contains("Jan");
    assertThat(notes()).doesNotContain("\"size_bytes\" : 27");

    assertThat(the(david.up(), "draft.mp4")).isInstanceOf(Outcome.Left.class);
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.CHANGED_THERE);
    david.down();

    assertThat(david.reads("draft.mp4")).isEqualTo("first cut, with Jan's audio");
    assertThat(david.kept()).containsExactly("first cut");
  }

  @Test
  void an_entry_of_another_version_of_the_object_is_not_believed() throws Exception {
    bothHave("draft.mp4", "first cut");
    otherToolPuts(PREFIX + "draft.mp4", "put by rclone");

    assertThat(notes()).contains("draft.mp4");
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.CHANGED_THERE);
  }

  @Test
  void missing_notes_are_said_and_rebuilt_by_the_next_up() throws Exception {
    bothHave("draft.mp4", "first cut");
    String before = notes();
    remove(NOTES);

    assertThat(jan.looks().remote().health()).isInstanceOf(NotesHealth.Missing.class);
    assertThat(jan.standingOf("draft.mp4")).isEqualTo(Standing.IN_SYNC);
    jan.up();

    assertThat(entryLines(notes())).isEqualTo(entryLines(before));
  }

  private static List<String> entryLines(String notes) {
    return notes
        .lines()
        .filter(line -> line.matches(".*\"(name|size_bytes|md5|uploaded_by|etag)\".*"))
        .map(String::strip)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{}",
        "{\"project_id\": {\"deep\": []}}",
        "{\"project_id\": \"b64-another\", \"files\": []}",
        "{\"project_id\": \"b63-flivideo\", \"files\": [{\"name\": \"dra",
        "<html>no JSON at all</html>",
      })
  void what_is_not_ours_is_said_kept_and_replaced(String foreign) throws Exception {
    bothHave("draft.mp4", "first cut");
    otherToolPuts(NOTES, foreign);

    assertThat(david.looks().remote().health()).isInstanceOf(NotesHealth.NotOurs.class);
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.IN_SYNC);
    david.saves("new.mp4", "new");
    david.up();

    assertThat(david.looks().remote().health()).isInstanceOf(NotesHealth.Good.class);
    assertThat(notes()).contains("draft.mp4", "new.mp4");
    assertThat(foreignNotes()).containsExactly(foreign);
  }

  private List<String> foreignNotes() {
    return bucket.keys().stream()
        .filter(key -> key.matches(PREFIX + "metadata-foreign-[0-9_-]+Z[.]json"))
        .map(key -> new String(bucket.content(key).orElseThrow(), UTF_8))
        .toList();
  }

  @Test
  void json_nested_without_end_is_not_ours() throws Exception {
    otherToolPuts(NOTES, "[".repeat(1_000_000));

    assertThat(david.looks().remote().health()).isInstanceOf(NotesHealth.NotOurs.class);
  }

  @Test
  void spoilt_entries_are_left_out_and_the_readable_ones_and_tombstones_count() throws Exception {
    david.saves("draft.mp4", "first cut");
    david.up();
    String etag = bucket.head(PREFIX + "draft.mp4").orElseThrow().summary().etag().value();
    Md5 md5 = david.looks().files().get(name("draft.mp4")).here().content().md5();
    otherToolPuts(
        NOTES,
        """
        {"project_id": "b63-flivideo",
         "last_sync": 17, "last_sync_by": ["jan"],
         "files": [
           {"name": "../x", "size_bytes": 1, "md5": "%1$s", "etag": "e"},
           {"name": "/etc/passwd", "size_bytes": 1, "md5": "%1$s", "etag": "e"},
           {"name": "C:\\\\x", "size_bytes": 1, "md5": "%1$s", "etag": "e"},
           {"name": "no-md5", "size_bytes": 1, "etag": "e"},
           {"name": "bad-md5", "size_bytes": 1, "md5": "xyz", "etag": "e"},
           {"name": "text-size", "size_bytes": "one", "md5": "%1$s", "etag": "e"},
           {"name": "bad-time", "size_bytes": 1, "md5": "%1$s", "etag": "e", "uploaded_at": "noon"},
           {"name": 5}, 5, null, "x", [[]],
           {"name": "draft.mp4", "size_bytes": 9, "md5": "%2$s", "etag": "%3$s"}],
         "removed": [
           {"name": "../../y", "md5": "%1$s", "removed_by": "jan", "removed_at": "2026-01-01T00:00:00Z"},
           {"name": "gone.mp4", "md5": "%1$s", "removed_by": "jan", "removed_at": "2026-01-01T00:00:00Z"}]}
        """
            .formatted(MD5, md5.hex(), etag));
    david.saves("gone.mp4", "test");
    assertThat(david.looks().remote().health()).isInstanceOf(NotesHealth.PartlyUnreadable.class);
    assertThat(david.looks().remote().notes().files()).containsOnlyKeys(name("draft.mp4"));
    assertThat(david.standingOf("gone.mp4")).isEqualTo(Standing.REMOVED_THERE);

    david.saves("new.mp4", "new");
    david.up();

    assertThat(david.looks().remote().health()).isInstanceOf(NotesHealth.Good.class);
    assertThat(foreignNotes()).hasSize(1);
    assertThat(david.looks().remote().tombstones()).containsOnlyKeys(name("gone.mp4"));
    assertThat(bucket.keys()).doesNotContain(PREFIX + "gone.mp4");
  }

  @Test
  void a_hundred_thousand_entries_are_read() throws Exception {
    String entries =
        IntStream.range(0, 100_000)
            .mapToObj(
                i ->
                    "{\"name\":\"f%d\",\"size_bytes\":1,\"md5\":\"%s\",\"etag\":\"e\"}"
                        .formatted(i, MD5))
            .collect(Collectors.joining(","));
    otherToolPuts(NOTES, "{\"project_id\":\"b63-flivideo\",\"files\":[" + entries + "]}");

    StagingView view = david.looks();

    assertThat(view.remote().health()).isInstanceOf(NotesHealth.Good.class);
    assertThat(view.remote().notes().files()).hasSize(100_000);
    assertThat(view.files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2.5", "99999999999999999999", "1e99"})
  void a_newer_format_is_refused_and_nothing_is_written(String version) throws Exception {
    otherToolPuts(NOTES, "{\"version\": " + version + ", \"project_id\": \"b63-flivideo\"}");
    Map<String, String> before = wholeBucket();
    david.saves("draft.mp4", "first cut");

    assertThatThrownBy(david::up)
        .isInstanceOf(NewerFormatException.class)
        .hasMessageContaining("Update vat");
    assertThatThrownBy(david::down).isInstanceOf(NewerFormatException.class);
    assertThatThrownBy(() -> david.cleansUp(true)).isInstanceOf(NewerFormatException.class);

    assertThat(wholeBucket()).isEqualTo(before);
  }

  @Test
  void a_file_of_the_users_that_is_called_like_the_notes_is_refused_and_said() throws Exception {
    david.saves("metadata.json", "{\"mine\": true}");
    david.saves("audio/metadata.json", "in a folder it may");

    StagingView view = david.looks();
    david.up();

    assertThat(view.files()).containsOnlyKeys(name("audio/metadata.json"));
    assertThat(view.local().leftOut())
        .singleElement()
        .satisfies(
            leftOut -> {
              assertThat(leftOut.shown()).isEqualTo("metadata.json");
              assertThat(leftOut.why()).contains("Rename the file");
              assertThat(leftOut.temporary()).isFalse();
            });
    assertThat(notes()).doesNotContain("mine");
    assertThat(david.reads("metadata.json")).isEqualTo("{\"mine\": true}");
  }

  @Test
  void of_eight_who_note_at_once_nobodys_entry_is_lost() throws Exception {
    List<Callable<Void>> writers = new ArrayList<>();
    StagingMetadata seen = StagingMetadata.empty(Teammate.place(bucket));
    for (int writer = 0; writer < 8; writer++) {
      String by = "writer-" + writer;
      writers.add(
          () -> {
            MetadataFile notes =
                new MetadataFile(bucket, Teammate.place(bucket), Optional.empty(), clock);
            for (int i = 0; i < 5; i++) {
              StagingMetadata.Entry entry = entry(by + "/" + i);
              notes.update(now -> now.withUploaded(Map.of(entry.name(), entry), seen));
            }
            return null;
          });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> done : threads.invokeAll(writers)) {
        done.get();
      }
    }
    assertThat(david.looks().remote().notes().files()).hasSize(40);
  }

  private StagingMetadata.Entry entry(String name) {
    return new StagingMetadata.Entry(
        name(name),
        1,
        new Md5(MD5),
        Optional.of("jan"),
        Optional.of(clock.instant()),
        Optional.empty(),
        new ETag("e"));
  }

  @Test
  void an_entry_that_is_younger_than_the_listing_stays() throws Exception {
    bothHave("draft.mp4", "first cut");
    // Notes that David has not read yet, so that he reads them after his listing.
    jan.saves("audio.wav", "Jan's audio");
    jan.up();
    List<ObjectSummary> listed = david.vat().listed();
    jan.saves("edit.mp4", "Jan's edit");
    jan.up();
    david.saves("take.mp4", "David's take");

    StagingView view = david.vat().look(_ -> true, true, listed);
    List<Step> steps = david.planner(Map.of(), view).up(view.files().values(), false);
    david.vat().up(view, steps, _ -> true, _ -> {});

    assertThat(notes()).contains("edit.mp4", "take.mp4", "draft.mp4");
  }

  @Test
  void notes_whose_object_is_gone_are_tidied_up() throws Exception {
    bothHave("draft.mp4", "first cut");
    remove(PREFIX + "draft.mp4");

    assertThat(jan.standingOf("draft.mp4")).isEqualTo(Standing.REMOVED_THERE);
    jan.up();

    assertThat(notes()).doesNotContain("draft.mp4");
    assertThat(bucket.keys()).containsExactly(NOTES);
  }
}
