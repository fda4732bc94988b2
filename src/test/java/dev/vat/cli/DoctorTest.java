package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.cloud.s3.S3ObjectStore;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.AccessKeys;
import dev.vat.settings.S3Access;
import dev.vat.state.JournalledUpload;
import dev.vat.state.State;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DoctorTest {
  private static final String BUCKET = "team";
  private static final String PREFIX = "v-appydave/";

  private static SandboxServer server;

  @TempDir Path folder;

  private Path repository;
  private final HandClock clock = new HandClock();

  @BeforeAll
  static void startServer(@TempDir Path data) throws Exception {
    server =
        SandboxServer.start(SandboxOptions.in(data, InstantSource.system()).withBuckets(BUCKET));
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @BeforeEach
  void setUp() throws Exception {
    clock.pass(Duration.between(clock.instant(), InstantSource.system().instant()));
    repository = Files.createDirectory(folder.resolve("v-appydave"));
    settings(server.endpoint(), SandboxOptions.SECRET_KEY);
  }

  private void settings(URI endpoint, String secret) throws IOException {
    Path file = repository.resolve(".video-tools.env");
    Files.writeString(
        file,
        """
        AWS_ENDPOINT_URL_S3=%s
        AWS_REGION=us-east-1
        AWS_ACCESS_KEY_ID=%s
        AWS_SECRET_ACCESS_KEY=%s
        S3_COLLAB_BUCKET=%s
        S3_REPO_NAME=v-appydave
        """
            .formatted(endpoint, SandboxOptions.ACCESS_KEY, secret, BUCKET));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /// The real client, or what a test makes of it.
  private record Cloud(UnaryOperator<ObjectStore> around) implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String bucket) throws StoreException {
      S3Connection connection =
          new S3Connection(
              access.endpoint(),
              access.region(),
              access.keys().map(k -> new S3Keys(k.accessKeyId(), k.secretKey(), k.sessionToken())),
              access.profile());
      return around.apply(S3ObjectStore.open(connection, bucket));
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private CommandRun.Person david() {
    return davidWith(store -> store);
  }

  private CommandRun.Person davidWith(UnaryOperator<ObjectStore> around) {
    return CommandRun.in(repository)
        .using(new Cloud(around))
        .at(clock)
        .with("PATH", System.getenv("PATH"));
  }

  private static ObjectStore store() throws StoreException {
    return new Cloud(store -> store)
        .openStore(
            new S3Access(
                Optional.of(server.endpoint()),
                Optional.of("us-east-1"),
                Optional.of(
                    new AccessKeys(
                        SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty())),
                Optional.empty()),
            BUCKET);
  }

  /// Whatever is in the bucket, uploads under way included.
  private static List<String> inBucket() throws IOException {
    List<String> all = new ArrayList<>();
    try (ObjectStore store = store()) {
      store.list("", object -> all.add(object.key()));
      store.listUploads("", upload -> all.add("upload of " + upload.key()));
    }
    return all;
  }

  private void git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
    command.addAll(List.of("-c", "user.name=david", "-c", "user.email=david@example.com"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("git.txt").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("git.txt"))).isZero();
  }

  private static boolean hasGit() {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "git")));
  }

  private void ignoreAll() throws IOException {
    Files.writeString(
        repository.resolve(".gitignore"),
        """
        .video-tools.env
        .vat/
        .vat-kept/
        .vat-releasing/
        projects.json
        **/s3-staging/
        """);
  }

  @Test
  void where_all_is_well_everything_is_found_good_and_nothing_is_left_behind() throws Exception {
    assumeTrue(hasGit(), "git is not installed");
    git("init", "-q");
    ignoreAll();
    Path staging = Files.createDirectories(repository.resolve("b63-flivideo/s3-staging"));
    Files.writeString(staging.resolve("draft.mp4"), "film");

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains(
            "✓ settings: ",
            "✓ env file: Only you can read",
            "✓ git: git neither tracks",
            "✓ names: ",
            "✓ disk: ",
            "✓ state: ",
            "✓ bucket: The bucket answers and can be listed: s3://team/v-appydave/",
            "✓ clock: ",
            "✓ shared names: ",
            "✓ writing: ",
            "✓ object facts: ",
            "✓ create condition: ",
            "✓ replace condition: ",
            "✓ complete condition: ",
            "✓ delete condition: ",
            "Summary: no problems, no warnings, 0 notes; ")
        .doesNotContain("⚠", "✗", SandboxOptions.SECRET_KEY);
    assertThat(inBucket()).isEmpty();
    assertThat(repository.resolve(".vat")).doesNotExist();
  }

  @Test
  void names_that_differ_in_capital_letters_from_those_in_s3_are_told() throws Exception {
    Path staging = Files.createDirectories(repository.resolve("b63-flivideo/s3-staging"));
    Files.writeString(staging.resolve("Draft.txt"), "David's");
    String key = "v-appydave/b63-flivideo/draft.txt";
    try (ObjectStore store = store()) {
      store.put(
          key,
          Body.of("Jan's".getBytes(StandardCharsets.UTF_8)),
          new ObjectAttributes("text/plain", Map.of()),
          Guard.absent());

      assertThat(david().run("doctor", "--no-write").out())
          .contains(
              "⚠ shared names, warning: b63-flivideo, here and in S3: \"Draft.txt\" and"
                  + " \"draft.txt\" differ in capital letters only");

      store.remove(key, store.head(key).orElseThrow().summary().etag());
    }
  }

  @Test
  void a_wrong_secret_is_a_wrong_setting_and_the_local_findings_are_told_all_the_same()
      throws Exception {
    settings(server.endpoint(), "not-the-secret");

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out())
        .contains(
            "✓ names: ", "✗ bucket, problem: ", "→ Check AWS_ACCESS_KEY_ID", "was not checked")
        .doesNotContain("not-the-secret");
  }

  @Test
  void a_server_that_nobody_runs_is_unreachable() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    settings(URI.create("http://127.0.0.1:" + free), "any-secret");

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.out())
        .contains("✓ settings: ", "✗ bucket, problem: ", "→ Check the internet connection");
  }

  @Test
  void keys_that_others_can_read_are_a_problem_with_the_command_that_mends_it() throws Exception {
    Path file = repository.resolve(".video-tools.env");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("✗ env file, problem: Others on this computer", "(mode rw-r--r--)")
        .contains("→ chmod 600 " + file.toRealPath());
  }

  @Test
  void keys_that_git_tracks_are_a_problem() throws Exception {
    assumeTrue(hasGit(), "git is not installed");
    git("init", "-q");
    git("add", ".video-tools.env");
    git("commit", "-q", "-m", "all of it");
    ignoreAll();

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("✗ git, problem: git tracks .video-tools.env")
        .contains("→ git rm --cached .video-tools.env")
        .contains("replace the keys");
  }

  @Test
  void keys_that_git_would_add_are_a_problem_and_other_files_a_warning() throws Exception {
    assumeTrue(hasGit(), "git is not installed");
    git("init", "-q");
    Files.writeString(repository.resolve(".gitignore"), "/projects.json\nb40-*/\n");
    Files.createDirectories(repository.resolve("b40-secret"));

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("✗ git, problem: git does not ignore .video-tools.env")
        .contains("→ Put the line .video-tools.env at the end of .gitignore")
        .contains("⚠ git, warning: git does not ignore .vat-kept/")
        .contains("- not protected, note: b40-secret: git ignores this project as a whole")
        .doesNotContain("does not ignore projects.json");
  }

  @Test
  void without_git_the_check_is_said_not_to_have_been_made() throws Exception {
    Files.createDirectory(repository.resolve(".git"));

    CommandRun run = david().with("PATH", folder.toString()).run("doctor");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("- git, note: Whether git tracks your keys was not checked");
  }

  @Test
  void a_server_without_conditional_writes_is_found_out_condition_by_condition() throws Exception {
    Map<UnconditionalStore.Ignored, List<String>> named =
        Map.of(
            UnconditionalStore.Ignored.PUT, List.of("create condition", "replace condition"),
            UnconditionalStore.Ignored.COMPLETE, List.of("complete condition"),
            UnconditionalStore.Ignored.REMOVE, List.of("delete condition"));
    for (var ignored : named.entrySet()) {
      CommandRun run =
          davidWith(store -> new UnconditionalStore(store, Set.of(ignored.getKey()))).run("doctor");

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out().lines().filter(line -> line.startsWith("✗ ")))
          .hasSameSizeAs(ignored.getValue())
          .allMatch(line -> line.contains("ignores the condition"));
      assertThat(run.out()).contains(ignored.getValue()).contains("overwrite each other unseen");
      assertThat(inBucket()).isEmpty();
    }
  }

  @Test
  void a_server_without_any_condition_still_gets_its_probe_object_removed() throws Exception {
    CommandRun run =
        davidWith(
                store ->
                    new UnconditionalStore(store, EnumSet.allOf(UnconditionalStore.Ignored.class)))
            .run("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out().lines().filter(line -> line.startsWith("✗ "))).hasSize(4);
    assertThat(inBucket()).isEmpty();
  }

  @Test
  void with_no_write_nothing_is_written_and_it_is_said() throws Exception {
    CommandRun run =
        davidWith(
                store -> {
                  try {
                    store.put(
                        PREFIX + "b63-flivideo/draft.mp4",
                        Body.of(new byte[3]),
                        new ObjectAttributes("video/mp4", Map.of()),
                        Guard.absent());
                  } catch (IOException failed) {
                    throw new AssertionError(failed);
                  }
                  return store;
                })
            .run("doctor", "--no-write");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("✓ clock: ", "- writing, note: Whether the bucket can be written")
        .doesNotContain("create condition");
    assertThat(inBucket()).containsExactly(PREFIX + "b63-flivideo/draft.mp4");
    try (ObjectStore store = store()) {
      String key = PREFIX + "b63-flivideo/draft.mp4";
      store.remove(key, store.head(key).orElseThrow().summary().etag());
    }
  }

  @Test
  void what_a_doctor_that_was_cut_left_in_the_bucket_is_removed_after_an_hour() throws Exception {
    ObjectStore memory = new MemoryObjectStore(clock);
    String left = PREFIX + ".vat-doctor/01234567-89ab-4def-8123-456789abcdef";
    String young = PREFIX + ".vat-doctor/11234567-89ab-4def-8123-456789abcdef";
    String users = PREFIX + ".vat-doctor/readme.txt";
    ObjectAttributes plain = new ObjectAttributes("text/plain", Map.of());
    memory.put(left, Body.of(new byte[1]), plain, Guard.absent());
    memory.put(users, Body.of(new byte[1]), plain, Guard.absent());
    memory.createUpload(left, plain);
    clock.pass(Duration.ofMinutes(61));
    memory.put(young, Body.of(new byte[1]), plain, Guard.absent());

    CommandRun run = davidWith(_ -> memory).run("doctor");

    assertThat(run.exit()).as(run.out()).isZero();
    assertThat(run.out()).contains("what it left in the bucket (2 objects) was removed");
    List<String> there = new ArrayList<>();
    memory.list("", object -> there.add(object.key()));
    memory.listUploads("", upload -> there.add(upload.key()));
    assertThat(there).containsExactlyInAnyOrder(young, users);
  }

  @Test
  void a_probe_object_that_cannot_be_removed_is_told_with_its_key() throws Exception {
    ObjectStore memory = new MemoryObjectStore(clock);

    CommandRun run =
        davidWith(
                _ ->
                    new ForwardingStore(memory) {
                      @Override
                      public Removed remove(String key, ETag version) throws StoreException {
                        throw new StoreException.AccessDenied("s3:DeleteObject is missing", null);
                      }
                    })
            .run("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("✗ delete condition, problem: s3:DeleteObject is missing")
        .contains("⚠ leftovers, warning: The doctor could not remove what it wrote: s3://memory/")
        .contains("✓ complete condition");
  }

  @Test
  void a_line_that_breaks_in_the_middle_ends_the_probing_and_says_what_was_not_checked()
      throws Exception {
    ObjectStore memory = new MemoryObjectStore(clock);

    CommandRun run =
        davidWith(
                _ ->
                    new ForwardingStore(memory) {
                      @Override
                      public UploadedPart uploadPart(
                          String key, String uploadId, int number, Body body) throws IOException {
                        throw new StoreException.Unreachable("the connection broke", null);
                      }
                    })
            .run("doctor");

    assertThat(run.exit()).isEqualTo(5);
    assertThat(run.out())
        .contains("✓ replace condition", "✗ complete condition, problem: the connection broke")
        .contains("these were not checked: delete-condition");
    List<String> there = new ArrayList<>();
    memory.list("", object -> there.add(object.key()));
    memory.listUploads("", upload -> there.add(upload.key()));
    assertThat(there).isEmpty();
  }

  @Test
  void a_bucket_that_may_only_be_read_is_told_with_the_permission_that_is_missing()
      throws Exception {
    CommandRun run =
        davidWith(
                store ->
                    new ForwardingStore(store) {
                      @Override
                      public Written put(
                          String key, Body body, ObjectAttributes attributes, Guard guard)
                          throws IOException {
                        throw new StoreException.AccessDenied("s3:PutObject is missing", null);
                      }
                    })
            .run("doctor");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("✓ bucket: ", "✗ writing, problem: s3:PutObject is missing", "→ Ask whoever owns")
        .contains("these were not checked: object-facts, create-condition");
  }

  @Test
  void a_clock_that_is_minutes_off_is_a_warning_and_more_than_a_quarter_of_an_hour_a_problem() {
    clock.pass(Duration.ofMinutes(7));
    CommandRun some = david().run("doctor");
    clock.pass(Duration.ofMinutes(-27));
    CommandRun much = david().run("doctor");

    assertThat(some.exit()).isZero();
    assertThat(some.out())
        .containsPattern("⚠ clock, warning: This computer's clock is [67] min ahead of S3's");
    assertThat(much.exit()).isEqualTo(1);
    assertThat(much.out())
        .containsPattern("✗ clock, problem: This computer's clock is (19|20) min behind S3's")
        .contains("→ Set this computer's clock");
  }

  @Test
  void names_that_will_not_travel_and_what_cut_transfers_left_are_told_with_their_project()
      throws Exception {
    Path staging = Files.createDirectories(repository.resolve("b63-flivideo/s3-staging"));
    Files.writeString(staging.resolve("take 10:30.mp4"), "film");
    Files.write(staging.resolve(".vat-part-abc"), new byte[2_000_000]);
    Files.writeString(repository.resolve("loose.mp4"), "film");

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("⚠ names, warning: b63-flivideo: \"take 10:30.mp4\" cannot be made")
        .contains("→ Rename it without the :.")
        .contains("- leftovers, note: b63-flivideo: ", ".vat-part-abc is what a cut transfer left")
        .contains("- not protected, note: loose.mp4 is not protected");
  }

  @Test
  void an_upload_that_is_still_open_is_told() throws Exception {
    Path film = repository.resolve("b63-flivideo/s3-staging/draft.mp4");
    ContentHash hash = new ContentHash(9_000_000, new Md5("0".repeat(32)), 7);
    try (State state = State.open(repository.toRealPath().resolve(".vat"), clock)) {
      state
          .uploads()
          .begin(
              new JournalledUpload(
                  server.endpoint() + "|" + BUCKET + "|v-appydave",
                  PREFIX + "b63-flivideo/draft.mp4",
                  "upload-1",
                  film,
                  9_000_000,
                  Instant.parse("2026-05-04T09:00:00Z"),
                  hash,
                  5_000_000,
                  Instant.parse("2026-05-04T10:00:00Z")));
    }

    CommandRun run = david().run("doctor");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("- leftovers, note: The upload of " + film + " (9.0 MB), begun 2026-05-04 10:00")
        .contains("→ vat up in that project carries on with it.");
  }

  @Test
  void uploads_that_somebody_left_open_and_those_of_other_places_are_told() throws Exception {
    Path film = repository.resolve("b63-flivideo/s3-staging/draft.mp4");
    ContentHash hash = new ContentHash(9_000_000, new Md5("0".repeat(32)), 7);
    String key = PREFIX + "b63-flivideo/jan's.mp4";
    try (ObjectStore store = RealTeam.store(server.endpoint(), BUCKET);
        State state = State.open(repository.toRealPath().resolve(".vat"), clock)) {
      String id = store.createUpload(key, new ObjectAttributes("video/mp4", Map.of()));
      store.uploadPart(key, id, 1, Body.of(new byte[2_000_000]));
      state
          .uploads()
          .begin(
              new JournalledUpload(
                  "aws|old-bucket|v-appydave",
                  PREFIX + "b63-flivideo/draft.mp4",
                  "upload-1",
                  film,
                  9_000_000,
                  Instant.parse("2026-05-04T09:00:00Z"),
                  hash,
                  5_000_000,
                  Instant.parse("2026-05-04T10:00:00Z")));

      CommandRun run = david().run("doctor");
      store.abortUpload(key, id);

      assertThat(run.exit()).as(run.out()).isZero();
      assertThat(run.out())
          .contains("An upload of s3://team/" + key + " is not finished: begun 0 hours ago")
          .contains("2.0 MB so far")
          .contains("--key '" + PREFIX + "b63-flivideo/jan'\\''s.mp4' --upload-id " + id)
          .contains("went to aws old-bucket v-appydave, which the settings no longer name");
    }
  }

  @Test
  void half_credentials_and_wrong_values_are_all_told_and_S3_is_left_alone() throws Exception {
    Path file = repository.resolve(".video-tools.env");
    Files.writeString(
        file,
        "AWS_ACCESS_KEY_ID=AKIAEXAMPLE\nMIN_COPIES=many\nS3_COLLAB_BUCKET=team\nS3_COLAB_BUCKET=x\n",
        StandardCharsets.UTF_8);

    CommandRun run =
        davidWith(
                _ -> {
                  throw new AssertionError("with wrong settings S3 is not asked");
                })
            .run("doctor");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out())
        .contains("✗ settings, problem: The credentials are incomplete")
        .contains("✗ settings, problem: MIN_COPIES is wrong")
        .contains("⚠ settings, warning: ", ".video-tools.env:4: ")
        .contains("- bucket, note: S3 was not asked anything: the settings for it are wrong");
  }

  @Test
  void outside_of_a_repository_it_says_so_and_checks_what_it_can() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));

    CommandRun run = CommandRun.in(elsewhere).with("MIN_COPIES", "none").run("doctor");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out())
        .contains("- repository, note: This folder is in no repository", "vat init")
        .contains("✗ settings, problem: MIN_COPIES is wrong (environment)");
  }

  @Test
  void with_json_there_is_one_document_with_every_finding() throws Exception {
    CommandRun run = david().run("doctor", "--json");

    JsonNode document = JsonMapper.shared().readTree(run.out());
    assertThat(run.exit()).isZero();
    assertThat(document.get("schema").asString()).isEqualTo("vat.doctor/1");
    assertThat(document.get("problems").asInt()).isZero();
    assertThat(document.get("findings").valueStream().map(f -> f.get("check").asString()))
        .contains("settings", "env-file", "git", "bucket", "create-condition", "delete-condition");
    assertThat(document.get("findings").valueStream().map(f -> f.get("level").asString()))
        .isSubsetOf("ok", "note");
  }
}
