package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.disk.FolderEvents;
import dev.vat.project.ProjectId;
import dev.vat.settings.S3Access;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passes over real folders and a bucket in memory; time passes by hand.
final class WatchLoopTest {
  private static final String PREFIX = "v-appydave/";

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore bucket = new MemoryObjectStore(clock);
  private final List<String> asked = new ArrayList<>();
  private final PaperTerminal paper = new PaperTerminal(false, true, "");
  private final Set<String> refused = new java.util.HashSet<>();
  private boolean lineIsCut;
  private boolean stopping;
  private Path repository;
  private Console console;
  private Invocation invocation;
  private FolderEvents events;
  private WatchLoop loop;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
    Surroundings surroundings =
        CommandRun.in(repository)
            .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
            .with("AWS_REGION", "us-east-1")
            .with("S3_COLLAB_BUCKET", "films")
            .with("S3_REPO_NAME", "v-appydave")
            .with("S3_SYNC_USER", "david")
            .home(folder.resolve("home"))
            .at(clock)
            .surroundings(paper);
    console = new Console(surroundings, new OutputOptions());
    invocation = new Invocation(surroundings, new InMemory(), console);
    events = FolderEvents.none();
    begin(false, Set.of());
  }

  @AfterEach
  void leave() {
    events.close();
    console.close();
  }

  private void begin(boolean pull, Set<String> wanted) throws IOException {
    loop =
        new WatchLoop(
            new WatchLoop.Wishes(
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                pull,
                id -> wanted.isEmpty() || wanted.contains(id.value())),
            invocation,
            CollabAccess.open(invocation, OptionalLong.empty()),
            events,
            () -> stopping ? Optional.empty() : Optional.of(() -> {}));
  }

  private final class InMemory implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name) {
      return new ForwardingStore(bucket) {
        @Override
        public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
          requireLine();
          asked.add(prefix);
          super.list(prefix, each);
        }

        @Override
        public dev.vat.cloud.Written put(
            String key, Body body, ObjectAttributes attributes, Guard guard) throws IOException {
          requireLine();
          if (refused.contains(key)) {
            throw new StoreException.AccessDenied("not this one", null);
          }
          return super.put(key, body, attributes, guard);
        }
      };
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private void requireLine() throws StoreException {
    if (lineIsCut) {
      throw new StoreException.Unreachable("the cable is cut", null);
    }
  }

  /// As the command does, with a clock that is moved instead of waiting.
  private void run(Duration time) throws IOException {
    Duration left = time;
    while (!left.isNegative()) {
      Duration pause = loop.pass();
      assertThat(pause).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(60));
      clock.pass(pause);
      left = left.minus(pause);
    }
  }

  private void minute() throws IOException {
    run(Duration.ofSeconds(65));
  }

  private Path write(String path, String content) throws IOException {
    Path file = repository.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    return file;
  }

  private void put(String key, String content, Guard guard) throws IOException {
    bucket.put(
        PREFIX + key,
        Body.of(content.getBytes(UTF_8)),
        new ObjectAttributes("video/mp4", Map.of("uploaded-by", "jan")),
        guard);
  }

  private String inS3(String key) {
    return bucket.content(PREFIX + key).map(bytes -> new String(bytes, UTF_8)).orElse("nothing");
  }

  private String said() {
    return paper.written();
  }

  private long times(String what) {
    return said().lines().filter(line -> line.contains(what)).count();
  }

  @Test
  void what_grows_is_not_sent_and_what_has_come_to_rest_is_sent_once_and_whole()
      throws IOException {
    StringBuilder content = new StringBuilder();
    for (int second = 0; second < 60; second += 5) {
      write("b63-flivideo/s3-staging/draft.mp4", content.append("more ").toString());
      run(Duration.ofSeconds(3));
      assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("nothing");
    }
    minute();
    minute();

    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo(content.toString());
    assertThat(times("uploaded")).isEqualTo(1);
    assertThat(said()).contains("✓ b63-flivideo/draft.mp4 (60 B) - uploaded");
    assertThat(times("added")).as("one's own upload is no news").isZero();
  }

  @Test
  void when_nothing_happens_nothing_is_said_and_s3_gets_one_listing_each_minute()
      throws IOException {
    for (int number = 10; number < 40; number++) {
      write("b" + number + "-film/s3-staging/draft.mp4", "cut " + number);
    }
    minute();
    assertThat(times("uploaded")).isEqualTo(30);
    String before = said();
    asked.clear();

    for (int minutes = 0; minutes < 10; minutes++) {
      run(Duration.ofSeconds(59));
    }

    assertThat(said()).isEqualTo(before);
    assertThat(asked).hasSizeBetween(8, 12).containsOnly(PREFIX);
  }

  @Test
  void a_new_start_asks_s3_nothing_about_files_that_were_agreed_on() throws IOException {
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    minute();
    begin(false, Set.of());
    asked.clear();

    run(Duration.ofSeconds(40));

    assertThat(asked).containsExactly(PREFIX);
  }

  @Test
  void a_project_and_a_folder_that_appear_later_take_part() throws IOException {
    minute();
    write("b64-new/s3-staging/audio/takes/voice.wav", "a voice");
    write("Boy Baker/s3-staging/intro.mov", "an intro");
    minute();

    assertThat(inS3("b64-new/audio/takes/voice.wav")).isEqualTo("a voice");
    assertThat(inS3("Boy Baker/intro.mov")).isEqualTo("an intro");
  }

  @Test
  void only_the_projects_that_were_named_take_part() throws IOException {
    begin(true, Set.of("b63-flivideo"));
    write("b63-flivideo/s3-staging/draft.mp4", "mine");
    write("b65-other/s3-staging/draft.mp4", "not asked for");
    put("b65-other/jan.mp4", "not asked for", Guard.absent());
    minute();

    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("mine");
    assertThat(inS3("b65-other/draft.mp4")).isEqualTo("nothing");
    assertThat(said()).doesNotContain("b65");
  }

  @Test
  void what_a_teammate_adds_or_changes_is_told_once_with_who_and_what_to_do() throws IOException {
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    minute();
    put("b63-flivideo/draft-2.mp4", "Jan's own", Guard.absent());
    put("b64-new/intro.mp4", "of a project that is not here", Guard.absent());
    minute();
    minute();

    assertThat(times("jan added draft-2.mp4 (9 B) to b63-flivideo: vat down b63-flivideo"))
        .isEqualTo(1);
    assertThat(times("jan added intro.mp4 (29 B) to b64-new: vat down b64-new")).isEqualTo(1);
    assertThat(repository.resolve("b64-new")).doesNotExist();

    put("b63-flivideo/draft.mp4", "Jan's cut", unchanged("b63-flivideo/draft.mp4"));
    minute();
    assertThat(times("jan changed draft.mp4 (9 B) in b63-flivideo")).isEqualTo(1);
    assertThat(repository.resolve("b63-flivideo/s3-staging/draft.mp4")).hasContent("first cut");
  }

  private Guard unchanged(String key) throws IOException {
    return Guard.unchanged(bucket.head(PREFIX + key).orElseThrow().summary().etag());
  }

  @Test
  void many_files_of_one_person_are_told_in_one_line() throws IOException {
    for (int number = 0; number < 20; number++) {
      put("b63-flivideo/take-" + number + ".mp4", "x", Guard.absent());
    }
    minute();

    assertThat(times("b63-flivideo")).isEqualTo(1);
    assertThat(said()).contains("jan added 20 files (20 B) in b63-flivideo: vat down b63-flivideo");
  }

  @Test
  void with_pull_it_comes_here_and_what_was_removed_here_stays_away() throws IOException {
    begin(true, Set.of());
    Path removed = write("b63-flivideo/s3-staging/old.mp4", "an old one");
    Path draft = write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    minute();
    Files.delete(removed);
    put("b63-flivideo/draft.mp4", "Jan's cut", unchanged("b63-flivideo/draft.mp4"));
    put("b64-new/intro.mp4", "an intro", Guard.absent());
    minute();
    minute();

    assertThat(draft).hasContent("Jan's cut");
    assertThat(repository.resolve("b64-new/s3-staging/intro.mp4")).hasContent("an intro");
    assertThat(removed).doesNotExist();
    assertThat(times("b63-flivideo/draft.mp4 (9 B) - downloaded (the older one is kept"))
        .isEqualTo(1);
    assertThat(times("b64-new/intro.mp4 (8 B) - downloaded")).isEqualTo(1);
    assertThat(times("uploaded")).as("what came down does not go up again").isEqualTo(2);

    begin(true, Set.of());
    minute();
    assertThat(removed).doesNotExist();
  }

  @Test
  void a_conflict_is_told_once_and_left() throws IOException {
    begin(true, Set.of());
    Path draft = write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    minute();
    put("b63-flivideo/draft.mp4", "Jan's cut", unchanged("b63-flivideo/draft.mp4"));
    write("b63-flivideo/s3-staging/draft.mp4", "David's second cut");
    minute();
    minute();

    assertThat(times("b63-flivideo/draft.mp4 differs from the one in S3 (from jan)")).isEqualTo(1);
    assertThat(said()).contains("decide with: vat up b63-flivideo draft.mp4");
    assertThat(draft).hasContent("David's second cut");
    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("Jan's cut");
  }

  @Test
  void a_line_that_is_lost_is_told_once_and_again_when_it_is_back() throws IOException {
    minute();
    lineIsCut = true;
    minute();
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    put("b63-flivideo/jan.mp4", "Jan's", Guard.absent());
    minute();
    minute();
    assertThat(times("the cable is cut")).isEqualTo(1);

    lineIsCut = false;
    minute();
    minute();

    assertThat(times("S3 can be reached again.")).isEqualTo(1);
    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("first cut");
    assertThat(times("jan added jan.mp4")).isEqualTo(1);
  }

  @Test
  void after_a_sleep_everything_is_looked_at_at_once() throws IOException {
    lineIsCut = true;
    minute();
    minute();
    lineIsCut = false;
    put("b63-flivideo/jan.mp4", "Jan's", Guard.absent());
    clock.pass(Duration.ofHours(8));

    loop.pass();

    assertThat(said()).contains("S3 can be reached again.", "jan added jan.mp4");
  }

  @Test
  void another_command_at_work_is_waited_for() throws IOException {
    try (ProjectLock _ =
        ProjectLock.take(
            repository.resolve(".vat"), new ProjectId("b63-flivideo"), "vat up", clock)) {
      write("b63-flivideo/s3-staging/draft.mp4", "first cut");
      write("b65-other/s3-staging/draft.mp4", "another");
      minute();
      assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("nothing");
      assertThat(inS3("b65-other/draft.mp4")).isEqualTo("another");
    }
    minute();

    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("first cut");
    assertThat(times("⚠")).isZero();
  }

  @Test
  void one_file_that_is_refused_is_told_once_and_tried_again_while_others_go() throws IOException {
    refused.add(PREFIX + "b63-flivideo/draft.mp4");
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    write("b63-flivideo/s3-staging/notes.txt", "notes");
    minute();
    minute();
    assertThat(inS3("b63-flivideo/notes.txt")).isEqualTo("notes");
    assertThat(times("draft.mp4 failed: not this one")).isEqualTo(1);

    refused.clear();
    minute();
    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("first cut");
  }

  @Test
  void notes_that_cannot_be_written_are_told_once_and_hold_up_nothing() throws IOException {
    refused.add(PREFIX + "b63-flivideo/metadata.json");
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    minute();
    write("b63-flivideo/s3-staging/second.mp4", "second cut");
    minute();

    assertThat(inS3("b63-flivideo/second.mp4")).isEqualTo("second cut");
    assertThat(times("uploaded")).isEqualTo(2);
    assertThat(times("not this one")).isEqualTo(1);
  }

  @Test
  void where_nothing_tells_of_changes_it_is_said_once_and_folders_are_looked_at()
      throws IOException {
    FolderEvents silent = FolderEvents.scanning("a network drive (nfs) does not tell");
    events.close();
    events = silent;
    begin(false, Set.of());
    minute();
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    minute();

    assertThat(times("every 5s, because a network drive (nfs) does not tell.")).isEqualTo(1);
    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("first cut");
  }

  @Test
  void a_link_and_a_reserved_name_are_told_once_and_an_archived_project_is_left()
      throws IOException {
    write("b63-flivideo/s3-staging/metadata.json", "{}");
    Files.createSymbolicLink(
        repository.resolve("b63-flivideo/s3-staging/link.mp4"), folder.resolve("elsewhere"));
    write("archived/b00-b49/b40-old/notes.txt", "light");
    put("b40-old/draft.mp4", "still in S3", Guard.absent());
    minute();
    minute();
    minute();

    assertThat(times("metadata.json is left alone")).isEqualTo(1);
    assertThat(times("link.mp4 is left alone")).isEqualTo(1);
    assertThat(times("b40-old is archived")).isEqualTo(1);
    assertThat(repository.resolve("b40-old")).doesNotExist();
  }

  @Test
  void after_the_wish_to_stop_no_transfer_begins() throws IOException {
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    stopping = true;
    minute();

    assertThat(inS3("b63-flivideo/draft.mp4")).isEqualTo("nothing");
  }

  @Test
  void credentials_that_never_worked_end_it_and_those_that_expire_later_do_not()
      throws IOException {
    Services wrong =
        new Services() {
          @Override
          public ObjectStore openStore(S3Access access, String name) {
            return new ForwardingStore(bucket) {
              @Override
              public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
                throw new StoreException.BadCredentials("the credentials have expired", null);
              }
            };
          }

          @Override
          public KeepAwake keepAwake() {
            return why -> () -> {};
          }
        };
    invocation = new Invocation(invocation.surroundings(), wrong, console);
    begin(false, Set.of());

    assertThatThrownBy(() -> loop.pass()).isInstanceOf(StoreException.BadCredentials.class);
  }
}
