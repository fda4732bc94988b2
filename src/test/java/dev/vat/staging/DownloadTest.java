package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.disk.ChildJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadTest extends TwoPeople {
  private static final String LONG = "0123456789abcdef".repeat(8) + "end";

  /// David downloads everything over a line of this kind.
  private List<Outcome> downOver(ObjectStore line) throws IOException {
    Staging vat = david.vat(line, david.state());
    StagingView view = vat.look(_ -> true, true);
    List<Step> steps = david.planner(Map.of(), view).down(view.files().values());
    return vat.down(view, steps, _ -> {}).outcomes();
  }

  @Test
  void a_cut_download_goes_on_with_the_ranges_that_are_missing() throws Exception {
    jan.saves("draft.mp4", LONG);
    jan.up();
    int before = 8;
    david.line.cutAt(2 + before); // the listing and the notes, then ranges
    assertThatThrownBy(david::down).isInstanceOf(CuttingStore.Cut.class);
    david.line.mend();
    assertThat(david.files()).isEmpty();
    assertThat(david.temporaries()).hasSize(1);

    AtomicInteger reads = new AtomicInteger();
    downOver(
        new ForwardingStore(bucket) {
          @Override
          public InputStream read(String key, ETag version, long offset, long length)
              throws StoreException {
            if (key.endsWith("draft.mp4")) {
              reads.incrementAndGet();
            }
            return super.read(key, version, offset, length);
          }
        });

    assertThat(david.reads("draft.mp4")).isEqualTo(LONG);
    assertThat(reads.get()).isBetween(1, 9 - before + 4);
    assertThat(david.temporaries()).isEmpty();
  }

  @Test
  void a_line_that_breaks_off_again_and_again_but_gains_something_gets_there() throws Exception {
    jan.saves("draft.mp4", LONG);
    jan.up();

    downOver(
        new ForwardingStore(bucket) {
          @Override
          public InputStream read(String key, ETag version, long offset, long length)
              throws StoreException {
            InputStream in = super.read(key, version, offset, length);
            return key.endsWith("draft.mp4") ? new BreakingOff(in) : in;
          }
        });

    assertThat(david.reads("draft.mp4")).isEqualTo(LONG);
  }

  /// Three bytes, then the line is gone.
  private static final class BreakingOff extends InputStream {
    private final InputStream in;
    private int left = 3;

    private BreakingOff(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      if (left-- == 0) {
        throw new IOException("connection reset");
      }
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int one = read();
      if (one >= 0) {
        bytes[offset] = (byte) one;
      }
      return one < 0 ? -1 : 1;
    }
  }

  @Test
  void a_version_that_changes_during_the_download_places_nothing() throws Exception {
    jan.saves("draft.mp4", LONG);
    jan.up();
    david.line.onceBefore(
        5,
        () -> {
          try {
            otherToolPuts(PREFIX + "draft.mp4", "something else");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });

    assertThat(the(david.down(), "draft.mp4")).isInstanceOf(Outcome.Overtaken.class);

    david.line.mend();
    assertThat(david.files()).isEmpty();
    assertThat(david.temporaries()).isEmpty();
    david.down();
    assertThat(david.reads("draft.mp4")).isEqualTo("something else");
  }

  @Test
  void damaged_bytes_are_not_placed_and_the_next_run_gets_good_ones() throws Exception {
    jan.saves("draft.mp4", LONG);
    jan.up();
    AtomicBoolean once = new AtomicBoolean();

    List<Outcome> outcomes =
        downOver(
            new ForwardingStore(bucket) {
              @Override
              public InputStream read(String key, ETag version, long offset, long length)
                  throws StoreException {
                InputStream in = super.read(key, version, offset, length);
                return key.endsWith("draft.mp4") && once.compareAndSet(false, true)
                    ? flipped(in)
                    : in;
              }
            });

    assertThat(the(outcomes, "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.cause()).isInstanceOf(DamagedDownloadException.class));
    assertThat(david.files()).isEmpty();
    assertThat(david.temporaries()).isEmpty();
    assertThat(david.bases()).isEmpty();
    david.down();
    assertThat(david.reads("draft.mp4")).isEqualTo(LONG);
  }

  private static InputStream flipped(InputStream in) {
    try {
      byte[] bytes = in.readAllBytes();
      bytes[bytes.length / 2] ^= 1;
      return new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_local_file_edited_between_compare_and_replace_is_put_back() throws Exception {
    bothHave("draft.mp4", "first cut");
    jan.saves("draft.mp4", "Jan's second cut");
    jan.up();
    StagingView view = david.looks();
    List<Step> steps = david.planner(Map.of(), view).down(view.files().values());
    david.saves("draft.mp4", "David's own second cut");

    assertThat(the(david.applied(view, steps, _ -> true, false), "draft.mp4"))
        .isInstanceOf(Outcome.Overtaken.class);

    assertThat(david.reads("draft.mp4")).isEqualTo("David's own second cut");
    assertThat(david.kept()).isEmpty();
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.CONFLICT);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void an_edit_of_the_same_size_at_any_step_of_its_download_is_seen(int step) throws Exception {
    jan.saves("notes.txt", "from jan");
    jan.up();
    david.line.onceBefore(step, () -> savesUnchecked("notes.txt", "by david"));

    david.down();
    david.line.mend();

    assertThat(david.reads("notes.txt")).isEqualTo("by david");
    assertThat(david.standingOf("notes.txt")).isIn(Standing.CONFLICT, Standing.CHANGED_HERE);
  }

  private void savesUnchecked(String file, String content) {
    try {
      david.saves(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_new_local_file_that_appears_under_the_name_is_not_overwritten() throws Exception {
    jan.saves("draft.mp4", "Jan's");
    jan.up();
    StagingView view = david.looks();
    List<Step> steps = david.planner(Map.of(), view).down(view.files().values());
    david.saves("draft.mp4", "David's");

    assertThat(the(david.applied(view, steps, _ -> true, false), "draft.mp4"))
        .isInstanceOf(Outcome.Overtaken.class);

    assertThat(david.reads("draft.mp4")).isEqualTo("David's");
    assertThat(inBucket("draft.mp4")).isEqualTo("Jan's");
  }

  @Test
  void a_new_file_goes_into_the_folder_that_is_spelled_otherwise_here() throws Exception {
    Files.createDirectory(david.at("Cafe\u0301"));
    jan.saves("Caf\u00e9/take.wav", "Jan's take");
    jan.up();

    assertThat(the(david.down(), "Caf\u00e9/take.wav")).isInstanceOf(Outcome.Downloaded.class);

    assertThat(david.at("Cafe\u0301/take.wav")).hasContent("Jan's take");
    assertThat(david.standingOf("Caf\u00e9/take.wav")).isEqualTo(Standing.IN_SYNC);
  }

  @Test
  void what_has_the_name_of_a_file_in_s3_is_told_before_anything_is_downloaded() throws Exception {
    Files.createDirectory(david.at("draft.mp4"));
    david.saves("audio", "a file where S3 has a folder");
    jan.saves("draft.mp4", "Jan's cut");
    jan.saves("audio/take.wav", "Jan's take");
    jan.up();

    List<Outcome> outcomes = david.down();

    assertThat(((Outcome.Overtaken) the(outcomes, "draft.mp4")).what())
        .contains("a folder called draft.mp4 is in its place here");
    assertThat(((Outcome.Overtaken) the(outcomes, "audio/take.wav")).what())
        .contains("a file called audio is in its place here");
    assertThat(david.at("draft.mp4")).isEmptyDirectory();
    assertThat(david.repository.resolve("b63-flivideo/s3-staging"))
        .isDirectoryNotContaining("glob:**/.vat-*");
  }

  @Test
  void a_folder_that_is_a_link_is_not_followed() throws Exception {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Files.createSymbolicLink(david.at("audio"), elsewhere);
    jan.saves("audio/take.wav", "Jan's take");
    jan.saves("draft.mp4", "Jan's");
    jan.up();

    List<Outcome> outcomes = david.down();

    assertThat(outcomes).hasSize(1);
    assertThat(the(outcomes, "draft.mp4")).isInstanceOf(Outcome.Downloaded.class);
    assertThat(david.looks().notCompared()).hasSize(1);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../x",
        "../../b64-other/x",
        "/etc/x",
        "a//b",
        "a/../b",
        "./a",
        "a\\b",
        "C:/x",
        "c:x",
        "bell\u0007",
        "line\nbreak",
        "folder-with-content/",
        "\u0000"
      })
  void a_hostile_key_is_refused_and_shown_and_the_others_come(String hostile) throws Exception {
    otherToolPuts(PREFIX + hostile, "hostile");
    otherToolPuts(PREFIX + "good.mp4", "good");

    StagingView view = david.looks();
    david.down();
    david.up();

    assertThat(view.remote().refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.key()).isEqualTo(PREFIX + hostile));
    assertThat(david.files()).containsOnlyKeys("good.mp4");
    assertThat(inBucket(hostile)).isEqualTo("hostile");
    assertThat(david.cleansUp(true)).hasSize(1);
    assertThat(inBucket(hostile)).isEqualTo("hostile");
  }

  @Test
  void the_two_unicode_forms_of_a_name_are_the_same_file() throws Exception {
    String composed = "Caf\u00e9.mp4";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    otherToolPuts(PREFIX + decomposed, "first cut");
    david.saves(composed, "first cut");

    assertThat(david.standingOf(composed)).isEqualTo(Standing.IN_SYNC);
    david.up();
    david.saves(composed, "second cut");
    david.up();

    assertThat(inBucket(decomposed)).isEqualTo("second cut");
    assertThat(bucket.keys()).doesNotContain(PREFIX + composed);
  }

  @Test
  void two_keys_whose_names_look_the_same_are_reported() throws Exception {
    String composed = "Caf\u00e9.mp4";
    String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
    otherToolPuts(PREFIX + composed, "one");
    otherToolPuts(PREFIX + decomposed, "two");

    StagingView view = david.looks();

    assertThat(view.files()).hasSize(1);
    assertThat(view.remote().refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.why()).contains("look the same"));
  }

  @Test
  void junk_that_another_tool_put_into_the_bucket_takes_no_part() throws Exception {
    otherToolPuts(PREFIX + ".DS_Store", "finder");
    otherToolPuts(PREFIX + "audio/._take.wav", "finder");
    otherToolPuts(PREFIX + ".vat-part-0123456789abcdef0123456789abcdef", "hostile");
    otherToolPuts(PREFIX + "good.mp4", "good");

    david.down();

    assertThat(david.looks().files()).containsOnlyKeys(name("good.mp4"));
    assertThat(david.down()).allMatch(Outcome.InSync.class::isInstance);
    assertThat(david.at(".DS_Store")).doesNotExist();
    assertThat(david.temporaries()).isEmpty();
  }

  @Test
  void where_the_system_cannot_write_a_name_the_others_come() throws Exception {
    Process child =
        ChildJvm.start(
            Map.of("LC_ALL", "C", "LANG", "C"), Downloading.class, home.resolve("c").toString());

    String told = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(child.waitFor()).isZero();
    assertThat(told)
        .contains("Downloaded good.mp4", "Failed", "this system cannot write that name");
  }

  /// Downloads a file with a Thai name and one with an English one.
  static final class Downloading {
    private Downloading() {}

    public static void main(String[] arguments) throws IOException {
      TeamClock clock = new TeamClock();
      MemoryObjectStore bucket = new MemoryObjectStore(clock);
      for (String name : List.of("\u0e44\u0e17\u0e22.mp4", "good.mp4")) {
        ObjectAttributes plain = new ObjectAttributes("video/mp4", Map.of());
        bucket.put(PREFIX + name, Body.of(new byte[5]), plain, Guard.absent());
      }
      try (Teammate david = new Teammate("david", Path.of(arguments[0]), bucket, clock, 16)) {
        for (Outcome outcome : david.down()) {
          switch (outcome) {
            case Outcome.Downloaded done -> System.out.println("Downloaded " + done.name());
            case Outcome.Failed failed -> System.out.println("Failed " + failed.cause());
            default -> System.out.println(outcome);
          }
        }
      }
    }
  }

  @Test
  void the_files_own_time_comes_with_it() throws Exception {
    jan.saves("draft.mp4", LONG);
    jan.up();
    david.down();

    assertThat(Files.getLastModifiedTime(david.at("draft.mp4")))
        .isEqualTo(Files.getLastModifiedTime(jan.at("draft.mp4")));
  }

  @Test
  void empty_files_and_three_hundred_small_ones_travel() throws Exception {
    jan.saves("empty.txt", "");
    for (int i = 0; i < 300; i++) {
      jan.saves("many/%03d.txt".formatted(i), "file " + i);
    }
    jan.up();
    david.down();

    assertThat(david.files()).isEqualTo(jan.files()).hasSize(301);
    assertThat(david.looks().files().values())
        .allMatch(file -> file.standing() == Standing.IN_SYNC);
  }

  @Test
  void too_little_disk_space_is_said_before_the_first_byte() throws Exception {
    Path small =
        Path.of(System.getProperty("java.io.tmpdir"), "vat-small-" + ProcessHandle.current().pid());
    Files.createDirectories(small);
    boolean mounted =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0;
    try {
      assumeThat(mounted).as("this user may mount a small file system").isTrue();
      jan.saves("draft.mp4", LONG);
      jan.up();
      try (Teammate cramped = new Teammate("cramped", small, bucket, clock, 16)) {
        assertThatThrownBy(cramped::down)
            .isInstanceOf(NotEnoughSpaceException.class)
            .hasMessageContaining("not enough disk space");
        assertThat(cramped.files()).isEmpty();
        assertThat(cramped.temporaries()).isEmpty();
      }
    } finally {
      if (mounted) {
        new ProcessBuilder("umount", small.toString()).start().waitFor();
      }
      Files.delete(small);
    }
  }

  @Test
  void bytes_are_bytes() throws Exception {
    byte[] all = new byte[512];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    jan.saves("all.bin", all);
    jan.up();
    david.down();

    assertThat(Files.readAllBytes(david.at("all.bin"))).isEqualTo(all);
  }

  /// As another tool uploads in parts, on a server that encrypts by KMS and keeps no checksum of
  /// the whole.
  private ObjectStore withNothingToProve(String content) throws IOException {
    byte[] bytes = content.getBytes(UTF_8);
    String key = PREFIX + "draft.mp4";
    String id = bucket.createUpload(key, new ObjectAttributes("video/mp4", Map.of()));
    UploadedPart part = bucket.uploadPart(key, id, 1, Body.of(bytes));
    bucket.completeUpload(
        key, id, List.of(part), bytes.length, Body.of(bytes).crc32(), Guard.absent());
    return new ForwardingStore(bucket) {
      @Override
      public Optional<ObjectFacts> head(String asked) throws StoreException {
        return super.head(asked)
            .map(
                facts ->
                    new ObjectFacts(
                        facts.summary(),
                        facts.metadata(),
                        facts.contentType(),
                        OptionalInt.empty(),
                        true));
      }
    };
  }

  @Test
  void what_nothing_can_prove_is_not_pieced_together_from_two_runs() throws Exception {
    ObjectStore server = withNothingToProve(LONG);
    AtomicInteger reads = new AtomicInteger();
    ForwardingStore breaking =
        new ForwardingStore(server) {
          @Override
          public InputStream read(String key, ETag version, long offset, long length)
              throws StoreException {
            if (key.endsWith("draft.mp4") && reads.incrementAndGet() > 4) {
              throw new StoreException.Unreachable("the line is down", null);
            }
            return super.read(key, version, offset, length);
          }
        };
    assertThat(the(downOver(breaking), "draft.mp4")).isInstanceOf(Outcome.Failed.class);
    AtomicInteger again = new AtomicInteger();

    List<Outcome> outcomes =
        downOver(
            new ForwardingStore(server) {
              @Override
              public InputStream read(String key, ETag version, long offset, long length)
                  throws StoreException {
                if (key.endsWith("draft.mp4")) {
                  again.incrementAndGet();
                }
                return super.read(key, version, offset, length);
              }
            });

    assertThat(again).hasValue(9);
    assertThat(david.reads("draft.mp4")).isEqualTo(LONG);
    assertThat(the(outcomes, "draft.mp4"))
        .isInstanceOfSatisfying(
            Outcome.Downloaded.class, done -> assertThat(done.isProven()).isFalse());
  }
}
