package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which folder on this disk a staging command is about, and what is said of it.
final class StagingCommandsTest {
  private static final String PREFIX = "v-appydave/";

  @TempDir Path folder;
  private final MemoryObjectStore bucket = new MemoryObjectStore(new HandClock());
  private Path repository;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    Files.writeString(repository.resolve(".video-tools.env"), "");
  }

  private CommandRun run(String... words) {
    return runIn(repository, words);
  }

  private CommandRun runIn(Path where, String... words) {
    return at(where).run(words);
  }

  private CommandRun.Person at(Path where) {
    return CommandRun.in(where)
        .with("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
        .with("AWS_REGION", "us-east-1")
        .with("S3_COLLAB_BUCKET", "films")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", "david")
        .home(folder.resolve("home"))
        .using(new InMemory());
  }

  private final class InMemory implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name, Set<Condition> lacking) {
      return bucket;
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }

  private Path write(String path, String content) throws IOException {
    Path file = repository.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private void put(String key, String content) throws IOException {
    bucket.put(
        PREFIX + key,
        Body.of(content.getBytes(UTF_8)),
        new ObjectAttributes("video/mp4", Map.of()),
        Guard.absent());
  }

  private Stream<String> top() throws IOException {
    try (Stream<Path> entries = Files.list(repository)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList()
          .stream();
    }
  }

  @Test
  void a_project_whose_folder_stores_its_accents_apart_is_that_very_folder() throws IOException {
    write("b12-cafe\u0301/s3-staging/draft.mp4", "first cut");

    CommandRun up = run("up", "b12-caf\u00e9");

    assertThat(up.exit()).as(up.err()).isZero();
    assertThat(bucket.content(PREFIX + "b12-caf\u00e9/draft.mp4")).isPresent();
    put("b12-caf\u00e9/new.mp4", "Jan's");
    assertThat(run("down", "b12").exit()).isZero();
    assertThat(repository.resolve("b12-cafe\u0301/s3-staging/new.mp4")).hasContent("Jan's");
    assertThat(top()).containsExactly("b12-cafe\u0301");
    assertThat(runIn(repository.resolve("b12-cafe\u0301/s3-staging"), "status", "draft.mp4").out())
        .contains("In sync");
  }

  @Test
  void a_dry_run_of_archive_tells_what_it_would_first_get_from_s3() throws IOException {
    Path drive = Files.createDirectories(folder.resolve("T7"));
    write(".video-tools.env", "SSD_BASE=" + drive + "\nSSD_SAME_DISK_OK=1\n");
    write("b63-flivideo/recordings/take.mp4", "footage");
    put("b63-flivideo/from jan.mp4", "Jan's edit");

    CommandRun dry = run("archive", "b63", "--pull-staging", "--dry-run");

    assertThat(dry.exit()).as(dry.out() + dry.err()).isZero();
    assertThat(dry.out())
        .contains("First gets from S3 (--pull-staging): 1 staged file, 10 B: from jan.mp4");
    assertThat(repository.resolve("b63-flivideo/s3-staging")).doesNotExist();
    assertThat(run("archive", "b63", "--dry-run").exit()).isEqualTo(3);
  }

  @Test
  void an_archived_project_gets_no_second_folder_and_it_is_said_where_it_is() throws IOException {
    write("archived/b00-b49/b40-old/notes.txt", "light");
    put("b40-old/draft.mp4", "still in S3");

    for (String command : new String[] {"up", "down", "status", "cleanup"}) {
      CommandRun run = run(command, "b40");

      assertThat(run.exit()).as(command).isEqualTo(2);
      assertThat(run.err())
          .contains("b40-old is archived: its folder here is archived/b00-b49/b40-old")
          .contains("move that folder back to " + repository);
    }
    assertThat(top()).containsExactly("archived");
    assertThat(runIn(repository.resolve("archived/b00-b49/b40-old"), "status").exit()).isEqualTo(2);
  }

  @Test
  void a_project_that_is_only_in_s3_gets_its_folder_by_down() throws IOException {
    put("b63-flivideo/draft.mp4", "Jan's cut");

    assertThat(run("down", "b63").exit()).isZero();

    assertThat(repository.resolve("b63-flivideo/s3-staging/draft.mp4")).hasContent("Jan's cut");
  }

  @Test
  void a_link_in_place_of_a_project_is_no_empty_project() throws IOException {
    put("b63-flivideo/draft.mp4", "Jan's cut");
    Files.createSymbolicLink(repository.resolve("b63-flivideo"), folder.resolve("unplugged"));

    CommandRun run = run("status", "b63");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("but a link or a file");
  }

  @Test
  void a_staging_folder_whose_drive_is_not_connected_is_not_in_sync() throws IOException {
    Path project = Files.createDirectories(repository.resolve("b63-flivideo"));
    Files.createSymbolicLink(project.resolve("s3-staging"), folder.resolve("unplugged"));

    for (String command : new String[] {"up", "down", "status", "cleanup"}) {
      CommandRun run = run(command, "b63");

      assertThat(run.exit()).as(command).isEqualTo(5);
      assertThat(run.out()).doesNotContain("In sync");
      assertThat(run.err()).contains("is a link to " + folder.resolve("unplugged"));
    }
  }

  @Test
  void what_cannot_be_compared_is_said_and_needs_an_own_word_to_be_removed() throws IOException {
    Path staging = Files.createDirectories(repository.resolve("b63-flivideo/s3-staging"));
    Files.createSymbolicLink(staging.resolve("audio"), folder.resolve("unplugged"));
    put("b63-flivideo/audio/take.wav", "a take");

    assertThat(run("status", "b63").out()).contains("not compared").doesNotContain("In sync");
    assertThat(run("status", "b63", "audio/take.wav").exit()).isZero();
    assertThat(run("down", "b63").exit()).isEqualTo(4);
    CommandRun cleanup = run("cleanup", "b63", "--yes");
    assertThat(cleanup.exit()).isEqualTo(3);
    assertThat(cleanup.out()).contains("cannot tell whether it is here");
    assertThat(bucket.content(PREFIX + "b63-flivideo/audio/take.wav")).isPresent();
    assertThat(run("cleanup", "b63", "--yes", "--even-unsaved").exit()).isZero();
    assertThat(bucket.content(PREFIX + "b63-flivideo/audio/take.wav")).isEmpty();
  }

  @Test
  void inside_a_project_a_staged_file_wins_over_the_beginning_of_another_project()
      throws IOException {
    write("b63-flivideo/s3-staging/audio/voice.wav", "a voice");
    write("b63-flivideo/s3-staging/draft.mp4", "first cut");
    write("audiobook/s3-staging/chapter.wav", "another project");

    for (Path where :
        new Path[] {
          repository.resolve("b63-flivideo"), repository.resolve("b63-flivideo/s3-staging")
        }) {
      CommandRun run = runIn(where, "up", "audio/", "--dry-run");

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("v-appydave/b63-flivideo", "audio/voice.wav")
          .doesNotContain("chapter.wav", "draft.mp4");
    }
    assertThat(runIn(repository.resolve("b63-flivideo"), "up", "audiob", "--dry-run").out())
        .contains("chapter.wav");
  }

  @Test
  void inside_a_project_a_word_that_is_a_project_and_a_staged_file_is_not_guessed_at()
      throws IOException {
    write("b63-flivideo/s3-staging/audio/voice.wav", "a voice");
    write("audio-tests/s3-staging/chapter.wav", "another project");
    Path where = repository.resolve("b63-flivideo");

    CommandRun run = runIn(where, "up", "audio", "--dry-run");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("audio is a project (audio-tests) and also in b63-flivideo/s3-staging")
        .contains("for the file write s3-staging/audio, for the project v-appydave/audio-tests");
    assertThat(runIn(where, "up", "s3-staging/audio", "--dry-run").out()).contains("voice.wav");
    assertThat(runIn(where, "up", "v-appydave/audio-tests", "--dry-run").out())
        .contains("chapter.wav");
    assertThat(runIn(where, "up", "b63", "audio", "--dry-run").out()).contains("voice.wav");
  }

  @Test
  void inside_a_project_a_file_in_a_folder_is_no_project_of_another_repository()
      throws IOException {
    write("b63-flivideo/s3-staging/audio/voice.wav", "a voice");

    CommandRun run =
        runIn(repository.resolve("b63-flivideo"), "up", "audio/voice.wav", "--dry-run");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("audio/voice.wav");
  }

  @Test
  void a_name_that_differs_in_capital_letters_from_one_in_s3_is_told_before_the_upload()
      throws IOException {
    write("b63-flivideo/s3-staging/Draft.txt", "David's");
    write("b63-flivideo/s3-staging/Audio/voice.wav", "David's");
    put("b63-flivideo/draft.txt", "Jan's");
    put("b63-flivideo/audio/take.wav", "Jan's");
    put("b63-flivideo/con", "in S3 only: no news at an upload");

    CommandRun run = run("up", "b63");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("\"Draft.txt\" and \"draft.txt\" differ in capital letters only")
        .contains("draft.txt is in S3.")
        .contains("\"Audio\" and \"audio\" differ in capital letters only")
        .doesNotContain("con");
    assertThat(bucket.content(PREFIX + "b63-flivideo/Draft.txt")).isPresent();
  }

  @Test
  void a_kept_file_of_an_archived_project_does_not_bring_a_second_folder() throws IOException {
    write("archived/b00-b49/b40-old/notes.txt", "light");
    write(".vat-kept/2026-11-22_153000Z/b40-old/s3-staging/draft.mp4", "the loser");

    CommandRun run = run("kept", "restore", "2026-11-22_153000Z/b40-old/s3-staging/draft.mp4");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.err()).contains("b40-old is archived");
    assertThat(top()).containsExactly("archived");
  }

  @Test
  void a_yes_decides_no_conflict_and_nobody_is_asked() throws IOException {
    write("b63-flivideo/s3-staging/draft.txt", "David's");
    put("b63-flivideo/draft.txt", "Jan's");

    CommandRun yes = at(repository).typing("mine").run("up", "b63", "--yes");
    assertThat(yes.exit()).isEqualTo(3);
    assertThat(bucket.content(PREFIX + "b63-flivideo/draft.txt"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("Jan's"));

    CommandRun asked = at(repository).typing("mine").run("up", "b63");
    assertThat(asked.exit()).isZero();
    assertThat(bucket.content(PREFIX + "b63-flivideo/draft.txt"))
        .hasValueSatisfying(bytes -> assertThat(bytes).asString(UTF_8).isEqualTo("David's"));
  }

  @Test
  void a_yes_is_refused_where_nothing_is_asked() {
    assertThat(run("kept", "restore", "any", "--yes").exit()).isEqualTo(2);
    assertThat(run("kept", "restore", "any", "--yes").err()).contains("--yes");
  }

  @Test
  void what_was_put_there_by_hand_is_said_to_be_from_outside_before_and_after_it_is_here()
      throws IOException {
    put("b63-flivideo/draft.mp4", "by hand");
    write("b63-flivideo/s3-staging/mine.mp4", "by vat");

    assertThat(run("status", "b63").out())
        .contains("to download (new, uploaded outside vat, ")
        .doesNotContain("synced, uploaded outside vat");
    assertThat(run("up", "b63").out()).contains("only in S3, uploaded outside vat, ");
    assertThat(run("down", "b63").exit()).isZero();

    CommandRun status = run("status", "b63");
    assertThat(status.out().lines().filter(line -> line.contains("uploaded outside vat")))
        .singleElement()
        .asString()
        .contains("draft.mp4")
        .endsWith("synced, uploaded outside vat");
    assertThat(run("status", "b63", "--json").out())
        .containsOnlyOnce("\"outside_vat\" : true")
        .containsOnlyOnce("\"outside_vat\" : false");
  }
}
