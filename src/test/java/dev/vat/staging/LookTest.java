package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.ChildJvm;
import dev.vat.disk.OpenForWriting;
import dev.vat.state.State;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LookTest extends TwoPeople {
  @Test
  void a_recording_without_its_index_that_was_just_written_is_left_alone() throws Exception {
    david.saves("recording.mp4", headOfAnMp4());
    otherToolPuts(PREFIX + "recording.mp4", "another one in S3");

    StagingView view = david.looks();
    david.up();
    david.down();

    assertThat(view.files()).isEmpty();
    assertThat(view.local().leftOut())
        .singleElement()
        .satisfies(leftOut -> assertThat(leftOut.temporary()).isTrue());
    assertThat(inBucket("recording.mp4")).isEqualTo("another one in S3");
    assertThat(Files.readAllBytes(david.at("recording.mp4"))).isEqualTo(headOfAnMp4());
  }

  @Test
  void an_old_one_without_its_index_goes_with_a_warning() throws Exception {
    david.saves("recording.mp4", headOfAnMp4());
    clock.pass(Duration.ofMinutes(11));

    assertThat(david.looks().local().warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.what()).contains("may not play"));
    assertThat(the(david.up(), "recording.mp4")).isInstanceOf(Outcome.Uploaded.class);
  }

  @Test
  void the_warning_comes_each_time_until_it_was_sent() throws Exception {
    david.saves("recording.mp4", headOfAnMp4());
    clock.pass(Duration.ofMinutes(11));

    assertThat(david.looks().local().warnings()).hasSize(1);
    assertThat(david.looks().local().warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.name()).contains(name("recording.mp4"));
              assertThat(warning.what()).contains("may not play");
            });
    david.up();
    assertThat(david.looks().local().warnings()).isEmpty();
  }

  @Test
  void that_the_system_could_not_be_asked_about_open_files_is_told() throws Exception {
    david.saves("draft.mp4", "first cut");

    StagingView view =
        new Staging(
                david.parts(bucket, david.state()),
                _ -> OpenForWriting.unknown("whether files are open could not be told"))
            .look(_ -> true, true);

    assertThat(view.local().warnings())
        .containsExactly(
            new LocalSnapshot.Warning(
                Optional.empty(), "whether files are open could not be told"));
  }

  private static byte[] headOfAnMp4() {
    return ByteBuffer.allocate(32)
        .putInt(16)
        .put("ftypisom".getBytes(StandardCharsets.US_ASCII))
        .putInt(0)
        .putInt(1 << 20)
        .put("mdat".getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  @Test
  void a_file_that_another_program_has_open_for_writing_is_left_alone() throws Exception {
    david.saves("export.mov", "half of it");
    Process editor = ChildJvm.start(Editor.class, david.at("export.mov").toString());
    try {
      assertThat(editor.inputReader().readLine()).isEqualTo("open");
      StagingView view = david.looks();
      david.up();

      assertThat(view.files()).isEmpty();
      assertThat(view.local().leftOut())
          .singleElement()
          .satisfies(leftOut -> assertThat(leftOut.temporary()).isTrue());
      assertThat(bucket.keys()).isEmpty();
    } finally {
      editor.destroy();
      editor.waitFor();
    }
    assertThat(the(david.up(), "export.mov")).isInstanceOf(Outcome.Uploaded.class);
  }

  /// A program that has a file open until it is ended.
  static final class Editor {
    private Editor() {}

    public static void main(String[] arguments) throws IOException {
      try (OutputStream out =
          Files.newOutputStream(Path.of(arguments[0]), StandardOpenOption.APPEND)) {
        System.out.println("open");
        out.flush();
        System.in.read();
      }
    }
  }

  @Test
  void looking_without_remembering_leaves_everything_as_it_is() throws Exception {
    bothHave("draft.mp4", "first cut");
    jan.saves("draft.mp4", "second cut");
    jan.saves("new.mp4", "new");
    jan.up();
    david.saves("mine.mp4", "0123456789abcdef and more");
    david.close(); // so that nothing but what is on the disk counts
    SortedMap<String, String> disk = tree();
    Map<String, String> there = wholeBucket();

    try (State copy = State.copyForLooking(david.repository.resolve(".vat"), clock)) {
      StagingView view = david.vat(bucket, copy).look(_ -> true, false);
      List<Step> up = david.planner(Map.of(), view).up(view.files().values(), true);
      List<Step> down = david.planner(Map.of(), view).down(view.files().values());
      david.vat(bucket, copy).planCleanup(view.remote().files().values(), view.local());

      assertThat(up).filteredOn(Step.Upload.class::isInstance).hasSize(1);
      assertThat(down).filteredOn(Step.Download.class::isInstance).hasSize(2);
    }

    assertThat(tree()).isEqualTo(disk);
    assertThat(wholeBucket()).isEqualTo(there);
    assertThat(bucket.openUploads()).isZero();
  }

  /// Every file's bytes and time.
  private SortedMap<String, String> tree() throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(david.repository)) {
      for (Path file : files.sorted(Comparator.naturalOrder()).toList()) {
        FileTime time = Files.getLastModifiedTime(file);
        String content =
            Files.isRegularFile(file)
                ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                : "a folder";
        all.put(file.toString(), time + " " + content);
      }
    }
    return all;
  }

  @Test
  void only_the_files_that_were_asked_for_are_told() throws Exception {
    bothHave("draft.mp4", "first cut");
    david.saves("draft.mp4", "second cut");
    david.saves("other.mp4", "other");

    StagingView view = david.vat().look(name("draft.mp4")::equals, true);
    david.applied(
        view, david.planner(Map.of(), view).up(view.files().values(), false), _ -> false, true);

    assertThat(view.files()).containsOnlyKeys(name("draft.mp4"));
    assertThat(inBucket("draft.mp4")).isEqualTo("second cut");
    assertThat(bucket.keys()).doesNotContain(PREFIX + "other.mp4");
  }
}
