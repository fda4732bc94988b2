package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.project.ProjectId;
import dev.vat.settings.S3Access;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `--all`: every project of a repository at once, and what S3 is asked for it.
final class AllTest {
  private static final String PREFIX = "v-appydave/";

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore bucket = new MemoryObjectStore(clock);
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /// The part of a key that cannot be written to; and whether S3 cannot be reached.
  private String brokenAt = "none";

  private boolean unreachable;

  /// How long each write takes.
  private Duration sending = Duration.ZERO;

  @BeforeEach
  void arrive() throws IOException {
    for (String who : List.of("david", "jan")) {
      Files.createDirectories(home(who));
      Files.writeString(home(who).resolve(".video-tools.env"), "");
    }
  }

  private Path home(String who) throws IOException {
    return folder.toRealPath().resolve(who).resolve("v-appydave");
  }

  /// The bucket over a line on which every request is written down.
  private final class Line extends ForwardingStore {
    private Line() {
      super(bucket);
    }

    private void asks(String what) throws StoreException {
      requests.add(what);
      if (unreachable || what.startsWith("put") && what.contains(brokenAt)) {
        throw new StoreException.Unreachable("cannot reach S3", null);
      }
    }

    @Override
    public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
      asks("list " + prefix);
      super.list(prefix, each);
    }

    @Override
    public void listFolders(String prefix, Consumer<String> each) throws StoreException {
      asks("folders " + prefix);
      super.listFolders(prefix, each);
    }

    @Override
    public Optional<ObjectFacts> head(String key) throws StoreException {
      asks("head " + key);
      return super.head(key);
    }

    @Override
    public InputStream read(String key, ETag version, long offset, long length)
        throws StoreException {
      asks("read " + key);
      return super.read(key, version, offset, length);
    }

    @Override
    public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
        throws IOException {
      asks("put " + key);
      clock.pass(sending);
      return super.put(key, body, attributes, guard);
    }
  }

  private final class OnTheLine implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name) {
      return new Line();
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private CommandRun run(String who, String... words) throws IOException {
    requests.clear();
    return CommandRun.in(home(who))
        .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
        .with("AWS_REGION", "us-east-1")
        .with("S3_COLLAB_BUCKET", "films")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", who)
        .home(folder.resolve("home"))
        .at(clock)
        .using(new OnTheLine())
        .run(words);
  }

  private CommandRun runWell(String who, String... words) throws IOException {
    CommandRun run = run(who, words);
    assertThat(run.exit()).as("%s%n%s", run.out(), run.err()).isZero();
    return run;
  }

  private Path write(String who, String project, String name, String content) throws IOException {
    Path file = staged(who, project, name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    clock.pass(Duration.ofSeconds(1));
    Files.setLastModifiedTime(file, FileTime.from(clock.instant().minus(Duration.ofHours(1))));
    return file;
  }

  private Path staged(String who, String project, String name) throws IOException {
    return home(who).resolve(project).resolve("s3-staging").resolve(name);
  }

  private void put(String key, String content) throws IOException {
    bucket.put(
        PREFIX + key,
        Body.of(content.getBytes(UTF_8)),
        new ObjectAttributes("video/mp4", Map.of()),
        Guard.absent());
  }

  @Test
  void everything_goes_up_and_comes_down_also_projects_that_are_new_to_the_other()
      throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    write("david", "b64-second", "a.mp4", "a");
    write("david", "b64-second", "b.mp4", "b");
    Files.createDirectories(home("david").resolve("b65-nothing/recordings"));

    CommandRun up = runWell("david", "up", "--all");
    assertThat(up.out())
        .contains("all projects of v-appydave", "draft.mp4", "Summary of 2 projects:")
        .contains("Uploaded: 3 files (11 B) in 2 projects")
        .doesNotContain("b65-nothing");

    assertThat(runWell("jan", "down", "--all").out())
        .contains("Downloaded: 3 files (11 B) in 2 projects");
    assertThat(staged("jan", "b63-flivideo", "draft.mp4")).hasContent("first cut");
    assertThat(staged("jan", "b64-second", "b.mp4")).hasContent("b");

    assertThat(runWell("jan", "up", "--all").out())
        .contains("b64-second - already in sync (2 files)", "Uploaded: 0 files");
    assertThat(runWell("jan", "status", "--all").out())
        .contains("b63-flivideo", "b64-second", "Status: 2 projects, all in sync");
  }

  @Test
  void a_steady_status_asks_for_one_listing_and_nothing_else() throws Exception {
    for (int i = 10; i < 40; i++) {
      write("david", "b" + i + "-film", "draft.mp4", "cut " + i);
      put("b" + i + "-film/by-hand.mp4", "somebody's " + i);
    }
    runWell("david", "up", "--all");
    runWell("david", "down", "--all");
    runWell("jan", "down", "--all");
    runWell("jan", "status", "--all");

    for (String who : List.of("david", "jan")) {
      assertThat(runWell(who, "status", "--all").out()).contains("30 projects, all in sync");
      assertThat(requests).as(who).containsExactly("list " + PREFIX);
    }
    runWell("jan", "status", "b12");
    assertThat(requests).containsExactly("list " + PREFIX + "b12-film/");
  }

  @Test
  void two_thousand_unchanged_files_cost_one_listing_and_none_is_read() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      write("david", "b63-flivideo", "clip-%04d.mp4".formatted(i), "clip " + i);
    }
    runWell("david", "up", "--all");
    // Other bytes that no look at size, time and identity can see: whoever reads them would tell.
    for (int i = 0; i < 2_000; i++) {
      Path file = staged("david", "b63-flivideo", "clip-%04d.mp4".formatted(i));
      FileTime time = Files.getLastModifiedTime(file);
      Files.write(file, new byte[(int) Files.size(file)]);
      Files.setLastModifiedTime(file, time);
    }

    assertThat(runWell("david", "status", "b63").out()).contains("In sync");
    assertThat(requests).containsExactly("list " + PREFIX + "b63-flivideo/");
    assertThat(runWell("david", "status", "--all").out()).contains("In sync (2000 files)");
    assertThat(requests).containsExactly("list " + PREFIX);
  }

  @Test
  void notes_that_changed_are_read_again_and_a_damaged_memory_of_them_too() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    runWell("david", "up", "--all");
    runWell("jan", "down", "--all");
    write("david", "b63-flivideo", "more.mp4", "more");
    runWell("david", "up", "--all");

    assertThat(run("jan", "status", "--all").out()).contains("more.mp4", "new, from david");
    assertThat(requests).contains("read " + PREFIX + "b63-flivideo/metadata.json");
    runWell("jan", "status", "--all");
    assertThat(requests).containsExactly("list " + PREFIX);

    try (Connection state =
            DriverManager.getConnection("jdbc:sqlite:" + home("jan").resolve(".vat/state.db"));
        Statement statement = state.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "UPDATE remote_notes SET document = zeroblob(length(document))"))
          .isEqualTo(1);
    }
    assertThat(run("jan", "status", "--all").out()).contains("more.mp4", "new, from david");
    assertThat(requests).contains("read " + PREFIX + "b63-flivideo/metadata.json");
  }

  @Test
  void a_project_or_a_decision_beside_all_is_refused() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");

    for (String command : List.of("up", "down", "status")) {
      CommandRun named = run("david", command, "b63", "--all");
      assertThat(named.exit()).as(command).isEqualTo(2);
      assertThat(named.err()).contains("either --all or the project");
    }
    for (String command : List.of("up", "down")) {
      CommandRun decided = run("david", command, "--all", "--keep", "mine");
      assertThat(decided.exit()).as(command).isEqualTo(2);
      assertThat(decided.err()).contains("--keep does not go with --all");
    }
    assertThat(run("david", "cleanup", "--all").exit()).isEqualTo(2);
    assertThat(requests).isEmpty();
  }

  @Test
  void a_conflict_in_one_project_is_left_and_the_others_go_on() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    runWell("david", "up", "--all");
    runWell("jan", "down", "--all");
    write("jan", "b63-flivideo", "draft.mp4", "Jan's cut");
    runWell("jan", "up", "--all");
    write("david", "b63-flivideo", "draft.mp4", "David's cut");
    write("david", "b64-second", "new.mp4", "new");

    CommandRun up = run("david", "up", "--all");

    assertThat(up.exit()).isEqualTo(3);
    assertThat(up.out())
        .contains("Conflicts to decide in: b63-flivideo", "vat up b63-flivideo draft.mp4 --keep")
        .contains("Uploaded: 1 file (3 B) in 1 project");
    assertThat(bucket.content(PREFIX + "b64-second/new.mp4")).isPresent();
    assertThat(run("david", "status", "--all").out()).contains("1 conflict", "changed by jan");
    assertThat(staged("david", "b63-flivideo", "draft.mp4")).hasContent("David's cut");
  }

  @Test
  void a_busy_project_is_told_and_the_others_go_on() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    write("david", "b64-second", "new.mp4", "new");

    try (ProjectLock _ =
        ProjectLock.take(
            home("david").resolve(".vat"), new ProjectId("b63-flivideo"), "vat watch", clock)) {
      CommandRun up = run("david", "up", "--all");

      assertThat(up.exit()).isEqualTo(4);
      assertThat(up.err()).contains("b63-flivideo is being changed by \"vat watch\"");
      assertThat(up.out()).contains("Not done: b63-flivideo");
      assertThat(bucket.content(PREFIX + "b64-second/new.mp4")).isPresent();
    }
  }

  @Test
  void what_cannot_reach_s3_ends_at_once() throws Exception {
    for (String project : List.of("b63-one", "b64-two", "b65-three")) {
      write("david", project, "draft.mp4", "cut");
    }
    unreachable = true;
    for (String command : List.of("up", "down", "status")) {
      assertThat(run("david", command, "--all").exit()).as(command).isEqualTo(5);
      assertThat(requests).hasSize(1);
    }
    unreachable = false;
    brokenAt = "b64";

    CommandRun up = run("david", "up", "--all");

    assertThat(up.exit()).isEqualTo(5);
    assertThat(up.out()).contains("Not reached, because S3 cannot be used now: b65-three");
    assertThat(bucket.content(PREFIX + "b63-one/draft.mp4")).isPresent();
    assertThat(requests).noneMatch(request -> request.contains("b65"));
  }

  @Test
  void keys_that_are_no_projects_are_passed_over_and_strange_folders_are_told() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "cut");
    put(".vat-kept/b63-flivideo/2026-01-01_000000Z/draft.mp4", "an older cut");
    put("loose.mp4", "by hand");
    put("b12-cafe\u0301/draft.mp4", "accents apart");
    put("../draft.mp4", "hostile");

    CommandRun down = run("david", "down", "--all");

    assertThat(down.exit()).isZero();
    assertThat(down.out()).contains("Summary of 1 project:");
    assertThat(down.err()).contains("the folder b12-cafe", "the folder ../");
    assertThat(home("david").getParent().resolve("draft.mp4")).doesNotExist();
  }

  @Test
  void an_archived_project_with_files_in_s3_gets_no_second_folder() throws Exception {
    Files.createDirectories(home("david").resolve("archived/b00-b49/b40-old/data"));
    put("b40-old/draft.mp4", "still in S3");
    put("b63-flivideo/draft.mp4", "cut");

    CommandRun down = run("david", "down", "--all");

    assertThat(down.exit()).isEqualTo(4);
    assertThat(down.err()).contains("b40-old is archived");
    assertThat(home("david").resolve("b40-old")).doesNotExist();
    assertThat(staged("david", "b63-flivideo", "draft.mp4")).hasContent("cut");
    assertThat(runWell("david", "status", "--all").out()).contains("archived here");
    assertThat(runWell("david", "up", "--all").out()).doesNotContain("b40-old");
  }

  @Test
  void a_dry_run_tells_the_plan_of_all_and_writes_nothing() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    put("b64-second/new.mp4", "new");

    assertThat(runWell("david", "up", "--all", "--dry-run").out())
        .contains("Plan for 1 project:", "Would be uploaded: 1 file (9 B) in 1 project");
    assertThat(runWell("david", "down", "--all", "--dry-run").out())
        .contains("Would be downloaded: 1 file (3 B) in 1 project");

    assertThat(requests).noneMatch(request -> request.startsWith("put"));
    assertThat(home("david").resolve(".vat")).doesNotExist();
    assertThat(home("david").resolve("b64-second")).doesNotExist();
  }

  @Test
  void a_listing_that_has_grown_old_is_made_again_before_something_is_sent() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    write("david", "b64-second", "new.mp4", "new");
    sending = Duration.ofMinutes(2);

    runWell("david", "up", "--all");

    assertThat(requests).contains("list " + PREFIX + "b64-second/");
  }

  @Test
  void notes_that_were_lost_tell_again_who_uploaded_what() throws Exception {
    write("david", "b63-flivideo", "draft.mp4", "first cut");
    runWell("david", "up", "--all");
    runWell("jan", "down", "--all");
    ETag notes = bucket.head(PREFIX + "b63-flivideo/metadata.json").orElseThrow().summary().etag();
    bucket.remove(PREFIX + "b63-flivideo/metadata.json", notes);

    runWell("jan", "status", "--all");
    assertThat(requests).containsExactly("list " + PREFIX);
    runWell("jan", "up", "--all");

    assertThat(new String(bucket.content(PREFIX + "b63-flivideo/metadata.json").get(), UTF_8))
        .contains("\"uploaded_by\" : \"david\"")
        .contains(
            "\"modified_at\" : \"" + Instant.from(clock.instant()).toString().substring(0, 4));
  }
}
