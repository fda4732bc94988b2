package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.project.ContentHash;
import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.sandbox.SandboxServer;
import dev.vat.state.JournalledUpload;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat cloud clean` as David types it, with the real client, a real server and its clock.
final class CloudCleanTest {
  private static final String ARCHIVES = ArchivingComputer.BUCKET;
  private static final String TEAM = "team";
  private static final String BASE = "appydave/b50-b99/b63-flivideo";
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");

  @TempDir Path folder;
  private Path repository;
  private SandboxServer server;
  private ArchivingComputer computer;
  private ObjectStore archives;
  private ObjectStore team;

  @BeforeEach
  void prepare() throws IOException {
    Path home = folder.toRealPath();
    server = ArchivingComputer.serve(home.resolve("s3"), TEAM);
    archives = RealTeam.store(server.endpoint(), ARCHIVES);
    team = RealTeam.store(server.endpoint(), TEAM);
    computer =
        ArchivingComputer.of(
            "david", home.resolve("david"), server, "S3_COLLAB_BUCKET=" + TEAM + "\n");
    repository = computer.repository();
    write("recordings/take.mp4", "footage");
    write("transcript.txt", "said");
  }

  private void write(String name, String content) throws IOException {
    Path file = repository.resolve(PROJECT.value()).resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @AfterEach
  void stop() throws IOException {
    archives.close();
    team.close();
    server.close();
  }

  private CommandRun vat(ExitCode expected, String... words) {
    return computer.run(expected, new RealTeam.Cloud(), words);
  }

  private static String begin(ObjectStore store, String key, int bytes) throws IOException {
    String id = store.createUpload(key, new ObjectAttributes("x/y", Map.of()));
    if (bytes > 0) {
      store.uploadPart(key, id, 1, Body.of(new byte[bytes]));
    }
    return id;
  }

  /// As a run does that is cut then.
  private void remember(String place, String key, String id) throws IOException {
    try (State state = State.open(repository.resolve(".vat"), computer.clock())) {
      Instant now = computer.clock().instant();
      ContentHash content = new ContentHash(9, new Md5("d41d8cd98f00b204e9800998ecf8427e"), 0);
      state
          .uploads()
          .begin(
              new JournalledUpload(
                  place, key, id, repository.resolve("b63-flivideo"), 9, now, content, 9, now));
    }
  }

  private String place(String bucket, String rest) {
    return server.endpoint() + "|" + bucket + "|" + rest;
  }

  private static TreeSet<String> uploads(ObjectStore store) throws IOException {
    TreeSet<String> ids = new TreeSet<>();
    store.listUploads("", upload -> ids.add(upload.uploadId()));
    return ids;
  }

  private static TreeSet<String> keys(ObjectStore store) throws IOException {
    TreeSet<String> keys = new TreeSet<>();
    store.list("", object -> keys.add(object.key()));
    return keys;
  }

  private ObjectSummary object(String key) throws IOException {
    return archives.head(key).orElseThrow().summary();
  }

  private byte[] content(String key) throws IOException {
    ObjectSummary object = object(key);
    try (InputStream in = archives.read(key, object.etag(), 0, object.sizeBytes())) {
      return in.readAllBytes();
    }
  }

  @Test
  void only_uploads_that_this_computer_began_are_aborted() throws Exception {
    String ours = begin(archives, BASE + ".tar.gz", 3_000_000);
    remember(place(ARCHIVES, "appydave/"), BASE + ".tar.gz", ours);
    String shared = begin(team, "v-appydave/b63-flivideo/draft.mp4", 20);
    remember(place(TEAM, "v-appydave"), "v-appydave/b63-flivideo/draft.mp4", shared);
    String moving = begin(archives, BASE + ".tar.gz", 100);
    try (State state = State.open(repository.resolve(".vat"), computer.clock())) {
      Instant now = computer.clock().instant();
      state
          .classChanges()
          .began(place(ARCHIVES, "appydave/"), BASE + ".tar.gz", moving, "DEEP_ARCHIVE", now);
    }
    String jans = begin(team, "v-appydave/b63-flivideo/draft.mp4", 30);
    String others = begin(archives, "appydave/b50-b99/b64-other.tar.gz", 1_000_000);
    String hostile = begin(archives, "appydave/red \u202e.tar.gz", 0);
    String voz = begin(archives, "voz/b01.tar.gz", 10);
    server.forward(Duration.ofDays(3));

    CommandRun dry = vat(ExitCode.DONE, "cloud", "clean", "--dry-run");
    assertThat(dry.out())
        .contains("begun 3d ago by this computer, 3.0 MB so far, under $0.01 a month")
        .contains("b64-other.tar.gz", "not in this computer's journal", "red \\u202e")
        .contains("6 unfinished uploads")
        .doesNotContain("\u202e", "voz/");
    assertThat(uploads(archives)).containsExactlyInAnyOrder(ours, moving, others, hostile, voz);
    assertThat(uploads(team)).containsExactlyInAnyOrder(shared, jans);

    vat(ExitCode.USAGE, "cloud", "clean");
    assertThat(uploads(archives)).contains(ours);
    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out()).contains("aborted");
    assertThat(uploads(archives)).containsExactlyInAnyOrder(others, hostile, voz);
    assertThat(uploads(team)).containsExactly(jans);
    try (State state = State.open(repository.resolve(".vat"), computer.clock())) {
      assertThat(state.uploads().everywhere()).isEmpty();
      assertThat(state.classChanges().keys(place(ARCHIVES, "appydave/"))).isEmpty();
    }
    assertThat(vat(ExitCode.DONE, "verify", "--place", "s3").out()).contains("b64-other.tar.gz");
    assertThat(vat(ExitCode.DONE, "verify", "b63", "--place", "s3").out())
        .contains("draft.mp4")
        .doesNotContain("b64-other");
  }

  @Test
  void an_upload_that_a_running_vat_is_at_work_on_stays() throws Exception {
    String ours = begin(archives, BASE + ".tar.gz", 10);
    remember(place(ARCHIVES, "appydave/"), BASE + ".tar.gz", ours);

    try (ProjectLock _ =
        ProjectLock.take(repository.resolve(".vat"), PROJECT, "vat backup", computer.clock())) {
      assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out())
          .contains("stays: vat is at work");
      assertThat(uploads(archives)).containsExactly(ours);
    }
    vat(ExitCode.DONE, "cloud", "clean", "--yes");
    assertThat(uploads(archives)).isEmpty();
  }

  @Test
  void what_was_made_of_an_archive_goes_30_days_after_it_and_the_page_stays() throws Exception {
    vat(ExitCode.DONE, "backup", "b63", "--place", "local");
    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--dry-run").out())
        .contains("nothing lies unused");
    archives.remove(BASE + ".tar.gz", object(BASE + ".tar.gz").etag());

    server.forward(Duration.ofDays(29));
    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out())
        .contains("whose archive is gone", "stays for 30 days", "2 orphans");
    assertThat(keys(archives)).hasSize(3);

    server.forward(Duration.ofDays(2));
    vat(ExitCode.DONE, "cloud", "clean", "--dry-run");
    assertThat(keys(archives)).hasSize(3);
    String json = vat(ExitCode.DONE, "cloud", "clean", "--yes", "--json").out();
    assertThat(json).contains("\"removed\"");
    assertThat(keys(archives)).containsExactly("appydave/RECOVER-WITHOUT-VAT.md");
  }

  @Test
  void light_files_that_may_be_the_last_copy_stay() throws Exception {
    vat(ExitCode.DONE, "backup", "b63", "--place", "local");
    archives.remove(BASE + ".tar.gz", object(BASE + ".tar.gz").etag());
    write("transcript.txt", "SAID");
    server.forward(Duration.ofDays(40));

    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out())
        .contains("it may be the last copy of transcript.txt");
    assertThat(keys(archives))
        .containsExactly("appydave/RECOVER-WITHOUT-VAT.md", BASE + ".light.tar.gz");
  }

  @Test
  void light_files_stay_that_are_on_fewer_disks_than_the_settings_want() throws Exception {
    vat(ExitCode.DONE, "backup", "b63", "--place", "local");
    archives.remove(BASE + ".tar.gz", object(BASE + ".tar.gz").etag());
    Files.writeString(
        computer.settings(), Files.readString(computer.settings()) + "MIN_COPIES=2\n");
    server.forward(Duration.ofDays(40));

    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out())
        .contains("is on 1 disk that can be read now, and has to be on 2 (MIN_COPIES)");
    assertThat(keys(archives))
        .containsExactly("appydave/RECOVER-WITHOUT-VAT.md", BASE + ".light.tar.gz");
  }

  @Test
  void archives_are_never_removed_whatever_they_are_called() throws Exception {
    vat(ExitCode.DONE, "backup", "b63", "--place", "local");
    byte[] archive = content(BASE + ".tar.gz");
    Map<String, String> ours = archives.head(BASE + ".tar.gz").orElseThrow().metadata();
    for (String key :
        List.of(
            "appydave/b50-b99/b64-never.tar.gz",
            "appydave/b50-b99/b65-never.light.tar.gz",
            "appydave/b50-b99/b66-never.toc.json")) {
      String project = key.substring(key.lastIndexOf('/') + 1, key.indexOf("-never") + 6);
      Map<String, String> says = new HashMap<>(ours);
      says.put("project-id", project);
      archives.put(
          key, Body.of(archive), new ObjectAttributes("application/gzip", says), Guard.absent());
    }
    archives.put(
        "appydave/b50-b99/b67-words.toc.json",
        Body.of("not a table".getBytes(UTF_8)),
        new ObjectAttributes(
            "application/json", Map.of("repo", "v-appydave", "project-id", "b67-words")),
        Guard.absent());
    TreeSet<String> before = keys(archives);
    server.forward(Duration.ofDays(400));

    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out())
        .contains("an archive of a project that is not known here", "vat manifest takes it in");
    assertThat(keys(archives)).isEqualTo(before);
  }

  @Test
  void an_archive_that_is_being_uploaded_keeps_what_lies_beside_it() throws Exception {
    vat(ExitCode.DONE, "backup", "b63", "--place", "local");
    archives.remove(BASE + ".tar.gz", object(BASE + ".tar.gz").etag());
    server.forward(Duration.ofDays(40));
    begin(archives, BASE + ".tar.gz", 10);

    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes").out())
        .contains("is just being uploaded");
    assertThat(keys(archives)).hasSize(3);
  }

  @Test
  void what_lies_beside_an_archive_stays_when_not_all_uploads_are_known() throws Exception {
    vat(ExitCode.DONE, "backup", "b63", "--place", "local");
    archives.remove(BASE + ".tar.gz", object(BASE + ".tar.gz").etag());
    server.forward(Duration.ofDays(40));
    for (int i = 0; i <= 1_000; i++) {
      archives.createUpload(
          "appydave/others/" + i, new ObjectAttributes("application/gzip", Map.of()));
    }

    assertThat(vat(ExitCode.DONE, "cloud", "clean", "--yes", "--json").out())
        .contains("not every unfinished upload is known");
    assertThat(keys(archives)).hasSize(3);
  }
}
