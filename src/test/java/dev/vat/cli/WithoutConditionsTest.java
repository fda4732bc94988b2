package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.HabitServer;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Written;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// `up` and `cleanup` on servers that lack conditions, which nobody may find out by losing a file.
final class WithoutConditionsTest {
  private static final String BUCKET = "films";
  private static final String PROJECT = "b63-flivideo";
  private static final String DRAFT = "v-appydave/" + PROJECT + "/draft.mp4";
  private static final Set<Condition> ALL = EnumSet.allOf(Condition.class);

  private static SandboxServer sandbox;

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private HabitServer server;

  @BeforeAll
  static void startSandbox(@TempDir Path data) throws Exception {
    sandbox =
        SandboxServer.start(SandboxOptions.in(data, InstantSource.system()).withBuckets(BUCKET));
  }

  @AfterAll
  static void stopSandbox() throws Exception {
    sandbox.close();
  }

  @BeforeEach
  void start() throws Exception {
    clock.pass(Duration.between(clock.instant(), InstantSource.system().instant()));
    server =
        HabitServer.before(
            sandbox.endpoint(), SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY);
  }

  @AfterEach
  void emptyTheBucket() throws Exception {
    server.close();
    try (ObjectStore store = at(sandbox.endpoint(), Set.of())) {
      Map<String, ETag> there = new HashMap<>();
      store.list("", object -> there.put(object.key(), object.etag()));
      for (var each : there.entrySet()) {
        store.remove(each.getKey(), each.getValue());
      }
    }
  }

  private static ObjectStore at(URI endpoint, Set<Condition> lacking) {
    return S3ObjectStore.open(
        new S3Connection(
            Optional.of(endpoint),
            Optional.of("us-east-1"),
            Optional.of(
                new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
            Optional.empty()),
        BUCKET,
        lacking);
  }

  private record Cloud() implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking) {
      return at(access.endpoint().orElseThrow(), lacking);
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private CommandRun run(String who, String... words) {
    try {
      Path repository = Files.createDirectories(folder.resolve(who));
      Files.writeString(repository.resolve(".video-tools.env"), "");
      return CommandRun.in(repository)
          .at(clock)
          .using(new Cloud())
          .home(folder.resolve("home"))
          .with("AWS_ENDPOINT_URL_S3", server.endpoint().toString())
          .with("AWS_REGION", "us-east-1")
          .with("S3_COLLAB_BUCKET", BUCKET)
          .with("S3_REPO_NAME", "v-appydave")
          .with("S3_SYNC_USER", who)
          .run(words);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private void write(String who, String content) throws IOException {
    Path file = folder.resolve(who).resolve(PROJECT).resolve("s3-staging/draft.mp4");
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  private String inS3() throws IOException {
    try (ObjectStore store = at(sandbox.endpoint(), Set.of())) {
      var facts = store.head(DRAFT);
      if (facts.isEmpty()) {
        return "";
      }
      var summary = facts.get().summary();
      try (InputStream in = store.read(DRAFT, summary.etag(), 0, summary.sizeBytes())) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    try (ObjectStore store = at(sandbox.endpoint(), Set.of())) {
      store.list("", object -> keys.add(object.key()));
      store.listUploads("", upload -> keys.add(upload.key()));
    }
    return keys;
  }

  private long probes() {
    return server.requests().stream().filter(request -> request.contains(".vat-doctor")).count();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"PUT_IF_ABSENT", "PUT_IF_UNCHANGED", "COMPLETE_IF_ABSENT", "COMPLETE_IF_UNCHANGED"})
  void up_refuses_where_a_condition_is_missing_and_works_when_told_to_do_without(
      Condition condition) throws Exception {
    server.ignoring(Set.of(condition));
    write("david", "first cut");

    CommandRun refused = run("david", "up", PROJECT);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("lacks", "unseen", "--without-conditions", "one person");
    assertThat(keys()).isEmpty();
    CommandRun without = run("david", "up", PROJECT, "--without-conditions");
    assertThat(without.exit()).as(without.err()).isZero();
    assertThat(without.err()).containsOnlyOnce("What it cannot promise");
    assertThat(inS3()).isEqualTo("first cut");
    assertThat(run("david", "status", PROJECT).out()).contains("In sync");
  }

  @Test
  void a_copy_without_condition_stops_only_who_puts_something_aside() throws Exception {
    server.ignoring(Set.of(Condition.COPY_IF_ABSENT));
    write("david", "first cut");
    assertThat(run("david", "up", PROJECT).exit()).isZero();
    write("jan", "Jan's cut");
    assertThat(run("jan", "up", PROJECT).exit()).isEqualTo(3);

    CommandRun refused = run("jan", "up", PROJECT, "--keep", "mine");

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(inS3()).isEqualTo("first cut");
    CommandRun mine = run("jan", "up", PROJECT, "--keep", "mine", "--without-conditions");
    assertThat(mine.exit()).as(mine.err()).isZero();
    assertThat(inS3()).isEqualTo("Jan's cut");
    assertThat(keys()).anyMatch(key -> key.startsWith("v-appydave/.vat-kept/" + PROJECT));
  }

  @Test
  void cleanup_refuses_where_removals_are_unconditional_and_up_does_not_mind() throws Exception {
    server.ignoring(Set.of(Condition.DELETE_IF_UNCHANGED));
    write("david", "first cut");
    assertThat(run("david", "up", PROJECT).exit()).isZero();

    CommandRun refused = run("david", "cleanup", PROJECT, "--yes");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains("removed unseen", "--without-conditions");
    assertThat(run("david", "cleanup", PROJECT, "--dry-run").exit()).isEqualTo(2);
    assertThat(inS3()).isEqualTo("first cut");

    CommandRun without = run("david", "cleanup", PROJECT, "--yes", "--without-conditions");
    assertThat(without.exit()).as(without.out() + without.err()).isZero();
    assertThat(inS3()).isEmpty();
  }

  @Test
  void a_server_that_refuses_all_the_headers_is_worked_with_too() throws Exception {
    server.refusing(ALL);
    write("david", "first cut");
    assertThat(run("david", "up", PROJECT).exit()).isEqualTo(2);
    assertThat(run("david", "up", PROJECT, "--without-conditions").exit()).isZero();
    write("david", "second cut");
    assertThat(run("david", "up", PROJECT, "--without-conditions").exit()).isZero();
    assertThat(inS3()).isEqualTo("second cut");
    assertThat(run("david", "cleanup", PROJECT, "--yes", "--without-conditions").exit()).isZero();
    assertThat(inS3()).isEmpty();
  }

  @Test
  void a_conflict_of_two_people_is_one_without_conditions_as_well() throws Exception {
    server.ignoring(ALL);
    write("david", "first cut");
    run("david", "up", PROJECT, "--without-conditions");
    assertThat(run("jan", "down", PROJECT).exit()).isZero();
    write("jan", "Jan's cut");
    assertThat(run("jan", "up", PROJECT, "--without-conditions").exit()).isZero();
    write("david", "David's cut");

    CommandRun up = run("david", "up", PROJECT, "--without-conditions");

    assertThat(up.exit()).isEqualTo(3);
    assertThat(inS3()).isEqualTo("Jan's cut");
  }

  @Test
  void what_comes_between_compare_and_write_is_seen_by_the_look() throws Exception {
    server.ignoring(ALL);
    write("david", "first cut");
    run("david", "up", PROJECT, "--without-conditions");
    write("david", "second cut");
    server.beforeNext(
        request -> request.startsWith("HEAD /" + BUCKET + "/" + DRAFT), () -> teammatePuts("hers"));
    server.forgetRequests();

    CommandRun up = run("david", "up", PROJECT, "--without-conditions");

    assertThat(up.exit()).as(up.out() + up.err()).isEqualTo(3);
    assertThat(up.out()).contains("jan changed it in S3 meanwhile");
    assertThat(inS3()).isEqualTo("hers");
    assertThat(server.requests())
        .noneMatch(request -> request.startsWith("PUT /" + BUCKET + "/" + DRAFT));
  }

  private static void teammatePuts(String content) throws IOException {
    try (ObjectStore store = at(sandbox.endpoint(), Set.of())) {
      Written written =
          store.put(
              DRAFT,
              Body.of(content.getBytes(StandardCharsets.UTF_8)),
              new ObjectAttributes("video/mp4", Map.of("uploaded-by", "jan")),
              Guard.unchanged(store.head(DRAFT).orElseThrow().summary().etag()));
      assertThat(written).isInstanceOf(Written.Stored.class);
    }
  }

  @Test
  void what_was_found_holds_for_a_month_and_is_tried_again_before_it_stops_anybody()
      throws Exception {
    write("david", "first cut");
    assertThat(run("david", "up", PROJECT).exit()).isZero();
    assertThat(probes()).isPositive();
    server.forgetRequests();
    assertThat(run("david", "up", PROJECT).exit()).isZero();
    clock.pass(Duration.ofDays(29));
    assertThat(run("david", "cleanup", PROJECT, "--dry-run").exit()).isZero();
    assertThat(probes()).isZero();
    server.ignoring(ALL);
    clock.pass(Duration.ofDays(2));
    assertThat(run("david", "up", PROJECT).exit()).isEqualTo(2);
    server.ignoring(Set.of());
    assertThat(run("david", "up", PROJECT).exit()).isZero();
  }

  @Test
  void a_dry_run_tries_nothing_out_and_says_that_it_does_not_know() throws Exception {
    write("david", "first cut");

    CommandRun dry = run("david", "up", PROJECT, "--dry-run");

    assertThat(dry.exit()).isZero();
    assertThat(dry.err()).contains("is not known yet");
    assertThat(probes()).isZero();
    assertThat(keys()).isEmpty();
  }

  @Test
  void on_a_server_that_honours_everything_the_option_is_not_needed_and_changes_nothing()
      throws Exception {
    write("david", "first cut");

    CommandRun up = run("david", "up", PROJECT, "--without-conditions");

    assertThat(up.exit()).isZero();
    assertThat(up.err()).contains("was not needed");
    assertThat(server.requests())
        .noneMatch(request -> request.startsWith("HEAD /" + BUCKET + "/" + DRAFT));
  }
}
