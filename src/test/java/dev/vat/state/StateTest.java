package dev.vat.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.disk.ChildJvm;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");
  private static final String PLACE = "s3://bucket/prefix";
  private static final Md5 MD5 = new Md5("25f9e794323b453885f5181f1b624d0b");
  private static final RelativeName DRAFT = RelativeName.of("Entwürfe/draft.mp4");
  private static final Base BASE =
      new Base(MD5, 9, "etag-1", Instant.parse("2026-11-22T15:30:00.123456789Z"));

  @TempDir Path repository;
  private Path vatDir;
  private final TestClock clock = new TestClock();

  @BeforeEach
  void a_folder_with_signs_that_mean_something_to_sqlite() {
    vatDir = repository.resolve("100% größer? #1 mode=memory/.vat");
  }

  @Test
  void the_folder_is_ignored_by_git_and_a_second_opening_finds_everything() throws IOException {
    try (State state = open()) {
      state.bases().agree(PLACE, PROJECT, DRAFT, BASE);
      assertThat(state.remark()).isEmpty();
    }
    assertThat(vatDir.resolve(".gitignore")).hasContent("*");
    assertThat(vatDir.resolve("state.db")).isNotEmptyFile();
    try (State state = open()) {
      assertThat(state.bases().of(PLACE, PROJECT)).isEqualTo(Map.of(DRAFT, BASE));
    }
  }

  @Test
  void bases_are_kept_apart_by_place_and_project_and_can_be_replaced_and_forgotten()
      throws IOException {
    try (State state = open()) {
      StagingBases bases = state.bases();
      RelativeName other = RelativeName.of("audio.wav");
      bases.agreeAll(PLACE, PROJECT, Map.of(DRAFT, BASE, other, BASE));
      assertThat(bases.of("s3://other", PROJECT)).isEmpty();
      assertThat(bases.of(PLACE, new ProjectId("b64"))).isEmpty();
      Base newer = new Base(MD5, 10, "etag-2", clock.instant());
      bases.agree(PLACE, PROJECT, DRAFT, newer);
      bases.forget(PLACE, PROJECT, List.of(other));
      assertThat(bases.of(PLACE, PROJECT)).isEqualTo(Map.of(DRAFT, newer));
    }
  }

  @Test
  void uploads_under_way_are_found_and_ended() throws IOException {
    JournalledUpload first = upload("id-1", clock.instant().minusSeconds(60));
    JournalledUpload second = upload("id-2", clock.instant());
    try (State state = open()) {
      state.uploads().begin(second);
      state.uploads().begin(first);
    }
    try (State state = open()) {
      UploadJournal uploads = state.uploads();
      assertThat(uploads.find(PLACE, "key")).contains(second);
      assertThat(uploads.find("s3://other", "key")).isEmpty();
      assertThat(uploads.all(PLACE)).containsExactly(first, second);
      uploads.end("id-2");
      uploads.end("unknown");
      assertThat(uploads.find(PLACE, "key")).contains(first);
    }
  }

  @Test
  void downloads_under_way_know_their_finished_ranges() throws IOException {
    JournalledDownload download = download("etag-1");
    try (State state = open()) {
      state.downloads().begin(download);
      state.downloads().finished(download, 0);
      state.downloads().finished(download, 2);
      state.downloads().finished(download, 2);
    }
    try (State state = open()) {
      DownloadJournal downloads = state.downloads();
      assertThat(downloads.find(PLACE, "key"))
          .contains(new StartedDownload(download, java.util.Set.of(0L, 2L)));
      assertThat(downloads.all(PLACE)).hasSize(1);
      assertThatThrownBy(() -> downloads.finished(download, 3))
          .isInstanceOf(IllegalArgumentException.class);
      downloads.end(PLACE, "key");
      assertThat(downloads.find(PLACE, "key")).isEmpty();
      assertThat(downloads.all(PLACE)).isEmpty();
    }
  }

  @Test
  void ranges_of_an_older_version_never_count_for_a_newer_one() throws IOException {
    try (State state = open()) {
      DownloadJournal downloads = state.downloads();
      downloads.begin(download("etag-1"));
      downloads.finished(download("etag-1"), 1);
      downloads.begin(download("etag-2"));
      downloads.finished(download("etag-1"), 0);
      assertThat(downloads.find(PLACE, "key"))
          .contains(new StartedDownload(download("etag-2"), java.util.Set.of()));
    }
  }

  @Test
  void a_database_that_is_none_is_put_aside_and_said() throws IOException {
    Files.createDirectories(vatDir);
    Files.writeString(vatDir.resolve("state.db"), "this is no database at all ".repeat(100));
    try (State state = open()) {
      assertThat(state.remark())
          .hasValueSatisfying(
              remark -> assertThat(remark).contains("damaged").contains("nothing is lost"));
      state.bases().agree(PLACE, PROJECT, DRAFT, BASE);
    }
    assertThat(vatDir.resolve("state.db.damaged-2026-11-22_153000Z"))
        .content()
        .startsWith("this is no database");
    try (State state = open()) {
      assertThat(state.remark()).isEmpty();
      assertThat(state.bases().of(PLACE, PROJECT)).hasSize(1);
    }
  }

  @Test
  void damage_found_in_use_is_said_and_the_next_opening_begins_a_new_one() throws IOException {
    try (State state = open()) {
      for (int i = 0; i < 500; i++) {
        state.bases().agree(PLACE, PROJECT, RelativeName.of("file-" + i), BASE);
      }
    }
    byte[] bytes = Files.readAllBytes(vatDir.resolve("state.db"));
    java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(vatDir.resolve("state.db"), bytes);
    Throwable fault = null;
    try (State state = State.open(vatDir, clock)) {
      state.bases().of(PLACE, PROJECT);
    } catch (StateException damaged) {
      fault = damaged;
    }
    assertThat(fault).hasMessageContaining("damaged").hasMessageContaining("Run again");
    try (State state = open()) {
      assertThat(state.remark()).isPresent();
      assertThat(state.bases().of(PLACE, PROJECT)).isEmpty();
    }
  }

  @Test
  void a_database_of_a_newer_vat_is_left_alone() throws Exception {
    open().close();
    String url = StateFile.uri(vatDir.resolve("state.db").toAbsolutePath(), "");
    try (Connection connection = DriverManager.getConnection(url)) {
      Database.execute(connection, "PRAGMA user_version = 99");
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("newer vat")
        .hasMessageContaining("Update");
    try (State copy = State.copyForLooking(vatDir, clock)) {
      assertThat(copy.remark()).isPresent();
    }
  }

  @Test
  void two_processes_and_this_one_write_at_once_from_the_first_opening_on() throws Exception {
    Process one = ChildJvm.start(StateWriter.class, vatDir.toString(), "b01-one");
    Process two = ChildJvm.start(StateWriter.class, vatDir.toString(), "b02-two");
    for (Process process : List.of(one, two)) {
      assertThat(process.inputReader().readLine()).isEqualTo("ready");
    }
    for (Process process : List.of(one, two)) {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }
    try (State state = open()) {
      for (int i = 0; i < StateWriter.FACTS; i++) {
        state.bases().agree(StateWriter.PLACE, PROJECT, RelativeName.of("file-" + i), BASE);
      }
      assertThat(one.waitFor()).isZero();
      assertThat(two.waitFor()).isZero();
      for (String project : List.of("b01-one", "b02-two", PROJECT.value())) {
        assertThat(state.bases().of(StateWriter.PLACE, new ProjectId(project)))
            .as(project)
            .hasSize(StateWriter.FACTS);
      }
    }
  }

  @Test
  void what_a_killed_process_wrote_is_there() throws Exception {
    Process other = ChildJvm.start(StateWriter.class, vatDir.toString(), "b01-one");
    assertThat(other.inputReader().readLine()).isEqualTo("ready");
    try (State state = open()) {
      other.getOutputStream().write('\n');
      other.getOutputStream().flush();
      ProjectId project = new ProjectId("b01-one");
      for (int told = 0; told < 5; told++) {
        assertThat(other.inputReader().readLine()).isEqualTo(Integer.toString(told));
      }
      other.toHandle().destroyForcibly();
      other.waitFor();
      assertThat(state.bases().of(StateWriter.PLACE, project)).hasSizeGreaterThanOrEqualTo(5);
      state.bases().agree(PLACE, PROJECT, DRAFT, BASE);
    }
    try (State state = open()) {
      assertThat(state.bases().of(PLACE, PROJECT)).isEqualTo(Map.of(DRAFT, BASE));
    }
  }

  @Test
  void a_copy_for_looking_reads_everything_and_changes_nothing() throws IOException {
    try (State state = open()) {
      state.bases().agree(PLACE, PROJECT, DRAFT, BASE);
      state.downloads().begin(download("etag-1"));
      state.downloads().finished(download("etag-1"), 1);
    }
    Map<String, FileTime> before = files();
    try (State copy = State.copyForLooking(vatDir, clock)) {
      assertThat(copy.remark()).isEmpty();
      assertThat(copy.bases().of(PLACE, PROJECT)).isEqualTo(Map.of(DRAFT, BASE));
      assertThat(copy.downloads().find(PLACE, "key").orElseThrow().finishedRanges())
          .containsExactly(1L);
      copy.bases().forget(PLACE, PROJECT, List.of(DRAFT));
      assertThat(copy.bases().of(PLACE, PROJECT)).isEmpty();
    }
    assertThat(files()).isEqualTo(before);
    try (State state = open()) {
      assertThat(state.bases().of(PLACE, PROJECT)).isEqualTo(Map.of(DRAFT, BASE));
    }
  }

  @Test
  void a_copy_for_looking_sees_what_an_open_one_wrote_a_moment_ago() throws IOException {
    try (State state = open()) {
      state.bases().agree(PLACE, PROJECT, DRAFT, BASE);
      try (State copy = State.copyForLooking(vatDir, clock)) {
        assertThat(copy.bases().of(PLACE, PROJECT)).isEqualTo(Map.of(DRAFT, BASE));
      }
    }
  }

  @Test
  void a_copy_of_nothing_or_of_damage_is_empty_and_creates_nothing() throws IOException {
    try (State copy = State.copyForLooking(vatDir, clock)) {
      assertThat(copy.bases().of(PLACE, PROJECT)).isEmpty();
    }
    assertThat(vatDir).doesNotExist();
    Files.createDirectories(vatDir);
    Files.writeString(vatDir.resolve("state.db"), "no database ".repeat(100));
    try (State copy = State.copyForLooking(vatDir, clock)) {
      assertThat(copy.remark()).isPresent();
      assertThat(copy.bases().of(PLACE, PROJECT)).isEmpty();
    }
    assertThat(files()).containsOnlyKeys("state.db");
  }

  @Test
  void opening_again_is_fast() throws IOException {
    open().close();
    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long begin = System.nanoTime();
      open().close();
      millis.add((System.nanoTime() - begin) / 1_000_000);
    }
    assertThat(millis).anyMatch(one -> one < 60);
  }

  private State open() throws IOException {
    return State.open(vatDir, clock);
  }

  private Map<String, FileTime> files() throws IOException {
    Map<String, FileTime> found = new TreeMap<>();
    try (Stream<Path> list = Files.list(vatDir)) {
      for (Path file : list.toList()) {
        found.put(file.getFileName().toString(), Files.getLastModifiedTime(file));
      }
    }
    return found;
  }

  private JournalledUpload upload(String id, Instant begunAt) {
    return new JournalledUpload(
        PLACE,
        "key",
        id,
        repository.resolve("draft.mp4").toAbsolutePath(),
        9,
        Instant.parse("2026-11-20T00:00:00.5Z"),
        new ContentHash(9, MD5, 0xCBF43926),
        8 << 20,
        begunAt);
  }

  private JournalledDownload download(String etag) {
    Path temporary = repository.resolve(".vat-part-x").toAbsolutePath();
    return new JournalledDownload(PLACE, "key", etag, temporary, 25, 10);
  }
}
