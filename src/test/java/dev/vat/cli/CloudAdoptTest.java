package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.sandbox.SandboxServer;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat cloud adopt`, with the real client and a real server: David archives, backs up and freezes;
/// Jan's computer has nothing but settings.
final class CloudAdoptTest {
  private static final String VAULT = ArchivingComputer.BUCKET;
  private static final String B40 = "appydave/b00-b49/b40-flight";
  private static final String B63 = "appydave/b50-b99/b63-flivideo";

  @TempDir static Path begun;
  @TempDir Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Map<String, ArchivingComputer> computers = new HashMap<>();
  private SandboxServer server;
  private Path home;
  private Path ssd;

  /// David's work, done once: each test goes on from there.
  @BeforeEach
  void prepare() throws IOException {
    home = begun.toRealPath();
    if (Files.notExists(home.resolve("s3"))) {
      arrive();
      work();
      server.close();
    }
    home = folder.toRealPath();
    copy(begun.toRealPath(), home);
    arrive();
    asked.clear();
  }

  private void arrive() throws IOException {
    ssd = Files.createDirectories(home.resolve("T7"));
    server = ArchivingComputer.serve(home.resolve("s3"));
    computers.put("david", computer("david", "SSD_BASE=" + ssd + "\nSSD_SAME_DISK_OK=1\n"));
    computers.put("jan", computer("jan", ""));
  }

  private ArchivingComputer computer(String user, String more) throws IOException {
    return ArchivingComputer.of(
        user, home.resolve(user), server, "S3_SYNC_USER=" + user + "\n" + more);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Path target = to.resolve(from.relativize(one).toString());
        if (Files.isDirectory(one)) {
          Files.createDirectories(target);
        } else {
          Files.copy(one, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private void work() throws IOException {
    project("b40-flight", "the butcher knife is under the seat");
    project("b41-kitchen", "a spoon in the sink");
    project("b63-flivideo", "mail me the links");
    vat(ExitCode.DONE, "david", "archive", "b40");
    vat(ExitCode.DONE, "david", "backup", "b40", "b41", "b63");
    vat(ExitCode.DONE, "david", "freeze", "b40", "b41", "--yes");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Path repository(String user) {
    return computers.get(user).repository();
  }

  private void project(String id, String said) throws IOException {
    Path project = Files.createDirectories(repository("david").resolve(id));
    for (String name : List.of("final/film.mp4", "recordings/take 1.mp4")) {
      Files.createDirectories(project.resolve(name).getParent());
      try (InputStream film = getClass().getResourceAsStream("/dev/vat/demo/draft.mp4")) {
        Files.copy(film, project.resolve(name));
      }
    }
    Files.createDirectories(project.resolve("transcripts"));
    Files.writeString(
        project.resolve("transcripts/take 1.srt"),
        "1\n00:01:05,000 --> 00:01:07,000\n" + said + "\n");
    Files.writeString(project.resolve("notes.md"), "notes of " + id);
  }

  private CommandRun vat(ExitCode expected, String user, String... words) {
    return computers.get(user).run(expected, new PretendDrives(new Watched(), ssd), words);
  }

  @Test
  void an_empty_computer_knows_all_that_the_bucket_tells() throws Exception {
    CommandRun planned = vat(ExitCode.DONE, "jan", "cloud", "adopt", "--dry-run");
    assertThat(planned.out())
        .contains("Would read the names and texts in 3 archives in S3: at most ", "under $0.01");
    assertThat(files(repository("jan"))).containsExactly(".video-tools.env");
    assertThat(asked).noneMatch(request -> request.startsWith("read"));

    CommandRun run = vat(ExitCode.DONE, "jan", "cloud", "adopt");

    assertThat(run.out())
        .contains("Glacier:    2", "projects.json written")
        .contains("3 archives in S3 read for vat find: 12 files, the text of 6");
    assertThat(requests("read")).as("%s", asked).hasSizeLessThanOrEqualTo(6);
    assertThat(files(repository("jan")))
        .allMatch(name -> name.matches("\\.video-tools\\.env|projects\\.json|\\.vat/.*"));
    CommandRun found = vat(ExitCode.DONE, "jan", "find", "butcher");
    assertThat(found.out())
        .contains("b40-flight/transcripts/take 1.srt  Glacier Deep Archive")
        .contains("00:01:05  the butcher knife");
    assertThat(found.err())
        .contains("vat restore b40-flight --file \"transcripts/take 1.srt\" --to FOLDER");
    assertThat(vat(ExitCode.DONE, "jan", "find", "film").out())
        .contains("b63-flivideo/final/film.mp4", "  S3", "3 file names");
    assertThat(vat(ExitCode.DONE, "jan", "show", "b40").out())
        .contains("4 files, ", "2 heavy (", "2 light (")
        .contains("Biggest files:", "  final/film.mp4  126.4 KB  Glacier Deep Archive");
    assertThat(vat(ExitCode.DONE, "jan", "list", "--tier", "glacier").out())
        .contains("b40-flight", "b41-kitchen")
        .doesNotContain("b63");
    vat(ExitCode.DONE, "jan", "restore", "b63");
    assertThat(repository("jan").resolve("b63-flivideo/final/film.mp4"))
        .hasSameBinaryContentAs(repository("david").resolve("b63-flivideo/final/film.mp4"));
  }

  @Test
  void what_was_read_is_not_read_again_and_stays() throws Exception {
    vat(ExitCode.DONE, "jan", "manifest", "--from-cloud");
    asked.clear();

    CommandRun again = vat(ExitCode.DONE, "jan", "cloud", "adopt");

    assertThat(again.out()).contains("Nothing to read in S3: 3 archives known already");
    assertThat(asked).containsExactly("list appydave/");
    asked.clear();
    vat(ExitCode.DONE, "jan", "manifest");
    assertThat(asked).containsExactly("list appydave/");
    vat(ExitCode.DONE, "jan", "manifest", "--offline");
    assertThat(vat(ExitCode.DONE, "jan", "find", "spoon").out())
        .contains("b41-kitchen/transcripts/take 1.srt  Glacier Deep Archive");
    // Freezing gives an archive another ETag, and changes nothing of what is in it.
    vat(ExitCode.DONE, "david", "freeze", "b63", "--yes");
    asked.clear();
    vat(ExitCode.DONE, "jan", "cloud", "adopt");
    assertThat(requests("read")).isEmpty();
    assertThat(vat(ExitCode.DONE, "jan", "find", "links").out()).contains("Glacier Deep Archive");
  }

  @Test
  void a_new_archive_is_read_by_the_way_and_what_is_gone_from_S3_is_said_to_be_gone()
      throws Exception {
    vat(ExitCode.DONE, "jan", "cloud", "adopt");
    project("b64-new", "a whole new thing");
    vat(ExitCode.DONE, "david", "backup", "b64");
    asked.clear();

    assertThat(vat(ExitCode.DONE, "jan", "manifest").out()).contains("1 archive in S3 read");
    assertThat(requests("read")).hasSize(2);
    assertThat(vat(ExitCode.DONE, "jan", "find", "whole", "new").out()).contains("b64-new/");

    remove("appydave/b50-b99/b64-new.tar.gz");
    vat(ExitCode.DONE, "jan", "manifest");
    assertThat(vat(ExitCode.DONE, "jan", "find", "whole", "new").out())
        .contains("b64-new/transcripts/take 1.srt  in no known place any more");
  }

  @Test
  void what_the_computer_has_read_in_its_own_copies_is_not_fetched_and_is_told_first()
      throws Exception {
    assertThat(vat(ExitCode.DONE, "david", "manifest").out())
        .contains("3 archives in S3 read for vat find: 12 files, the text of 0");
    assertThat(requests("read")).hasSize(3).allMatch(request -> request.contains(".toc.json"));
    assertThat(vat(ExitCode.DONE, "david", "find", "links").out())
        .contains("b63-flivideo/transcripts/take 1.srt  here, S3");
    assertThat(vat(ExitCode.DONE, "david", "show", "b63").out())
        .contains("Recordings: 2, ", "final/film.mp4  126.4 KB")
        .contains("      has all of the folder here, by names and sizes");
  }

  @Test
  void a_damaged_or_foreign_table_of_contents_is_told_and_keeps_no_other_one_back()
      throws Exception {
    replace(B63 + ".toc.json", _ -> "{\"schema\": \"vat.toc/1\", \"entries\": [");
    replace(B40 + ".toc.json", toc -> toc.replace("b40-flight/notes.md", "../../notes.md"));

    CommandRun run = vat(ExitCode.PARTLY, "jan", "cloud", "adopt");

    assertThat(run.out())
        .contains("2 archives in S3 read for vat find: 8 files, the text of 4")
        .contains("b63-flivideo in S3: the table of contents beside it cannot be read")
        .contains("the archive itself was asked instead")
        .contains("b40-flight in S3: the table of contents beside it cannot be read")
        .contains("it is frozen (DEEP_ARCHIVE), so that nothing tells what is in it");
    assertThat(vat(ExitCode.DONE, "jan", "find", "links").out()).contains("b63-flivideo/");
    assertThat(vat(ExitCode.DONE, "jan", "find", "butcher").out()).contains("0 texts");
    assertThat(vat(ExitCode.DONE, "jan", "find", "..").out()).contains("0 file names");
    asked.clear();
    vat(ExitCode.DONE, "jan", "manifest");
    assertThat(requests("read")).as("by the way it is not tried again").isEmpty();
    vat(ExitCode.PARTLY, "jan", "cloud", "adopt");
    assertThat(requests("read")).hasSize(1);

    replace(B40 + ".toc.json", toc -> toc.replace("../../notes.md", "b40-flight/notes.md"));
    vat(ExitCode.DONE, "jan", "cloud", "adopt");
    assertThat(vat(ExitCode.DONE, "jan", "find", "butcher").out()).contains("1 text,");
  }

  @Test
  void another_archives_table_of_contents_is_not_believed() throws Exception {
    byte[] other = content("appydave/b00-b49/b41-kitchen.toc.json");
    replace(B63 + ".toc.json", _ -> new String(other, UTF_8));

    CommandRun run = vat(ExitCode.PARTLY, "jan", "cloud", "adopt");

    assertThat(run.out())
        .contains("b63-flivideo in S3: the table of contents beside it is another archive's");
    assertThat(vat(ExitCode.DONE, "jan", "find", "links").out()).contains("b63-flivideo/");
  }

  /// As some tools copy a bucket: contents, and no metadata.
  @Test
  void an_archive_without_metadata_is_told_by_its_table_of_contents() throws Exception {
    byte[] archive = content(B63 + ".tar.gz");
    remove(B63 + ".tar.gz");
    try (ObjectStore store = RealTeam.store(server.endpoint(), VAULT)) {
      store.put(
          B63 + ".tar.gz",
          Body.of(archive),
          new ObjectAttributes("application/gzip", Map.of()),
          Guard.absent());
    }
    assertThat(vat(ExitCode.DONE, "jan", "manifest").out())
        .contains("b63-flivideo.tar.gz in S3 does not say which repository it is of");
    assertThat(vat(ExitCode.DONE, "jan", "list").out()).doesNotContain("b63");

    vat(ExitCode.DONE, "jan", "cloud", "adopt");

    vat(ExitCode.DONE, "jan", "manifest");
    assertThat(vat(ExitCode.DONE, "jan", "find", "links").out()).contains("b63-flivideo/");
    vat(ExitCode.DONE, "jan", "restore", "b63");
    Path settings = repository("jan").resolve(".video-tools.env");
    Files.writeString(settings, Files.readString(settings).replace("=v-appydave", "=v-voz"));
    Files.delete(repository("jan").resolve("projects.json"));
    Files.move(repository("jan").resolve("b63-flivideo"), home.resolve("elsewhere"));
    assertThat(vat(ExitCode.DONE, "jan", "cloud", "adopt").out()).contains("Projects: 0");
  }

  @Test
  void without_anything_beside_it_an_archive_is_read_from_its_own_end_unless_it_is_frozen()
      throws Exception {
    for (String key : List.of(B40, B63)) {
      remove(key + ".toc.json");
      remove(key + ".light.tar.gz");
    }

    CommandRun planned = vat(ExitCode.DONE, "jan", "cloud", "adopt", "--dry-run");
    assertThat(planned.out()).contains("1 archive in S3 cannot tell what is in it: frozen");
    CommandRun run = vat(ExitCode.PARTLY, "jan", "cloud", "adopt");

    assertThat(run.out())
        .contains("2 archives in S3 read for vat find: 8 files, the text of 4")
        .contains("b40-flight in S3: there is no table of contents beside it, and it is frozen");
    assertThat(vat(ExitCode.DONE, "jan", "find", "links").out()).contains("b63-flivideo/");
  }

  @Test
  void damaged_light_files_leave_the_names_and_what_the_archive_itself_can_give() throws Exception {
    for (String key : List.of(B40, B63)) {
      replace(
          key + ".light.tar.gz", _ -> "no archive at all, but long enough to look like one....");
    }

    CommandRun run = vat(ExitCode.PARTLY, "jan", "cloud", "adopt");

    assertThat(run.out())
        .contains("3 archives in S3 read for vat find: 12 files, the text of 4")
        .contains("b40-flight in S3: the light files beside it cannot be read");
    assertThat(vat(ExitCode.DONE, "jan", "find", "links").out()).contains("b63-flivideo/");
    assertThat(vat(ExitCode.DONE, "jan", "find", "take 1").out()).contains("b40-flight/");
  }

  @Test
  void without_settings_or_a_server_it_says_so_and_writes_nothing() throws Exception {
    Path settings = repository("jan").resolve(".video-tools.env");
    String all = Files.readString(settings);
    Files.writeString(settings, all.replaceAll("S3_ARCHIVE_BUCKET=.*\n", ""));
    assertThat(vat(ExitCode.USAGE, "jan", "cloud", "adopt").err()).contains("S3_ARCHIVE_BUCKET");
    Files.writeString(settings, all.replace("sandbox-secret", "wrong"));
    vat(ExitCode.USAGE, "jan", "cloud", "adopt");
    vat(ExitCode.USAGE, "jan", "manifest", "--from-cloud", "--offline");
    assertThat(repository("jan").resolve("projects.json")).doesNotExist();
  }

  private List<String> requests(String kind) {
    return asked.stream().filter(request -> request.startsWith(kind)).toList();
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private byte[] content(String key) throws IOException {
    try (ObjectStore store = RealTeam.store(server.endpoint(), VAULT)) {
      ObjectSummary object = store.head(key).orElseThrow().summary();
      try (InputStream in = store.read(key, object.etag(), 0, object.sizeBytes())) {
        return in.readAllBytes();
      }
    }
  }

  private void replace(String key, UnaryOperator<String> change) throws IOException {
    String changed = change.apply(new String(content(key), StandardCharsets.ISO_8859_1));
    try (ObjectStore store = RealTeam.store(server.endpoint(), VAULT)) {
      ObjectFacts facts = store.head(key).orElseThrow();
      store.put(
          key,
          Body.of(changed.getBytes(StandardCharsets.ISO_8859_1)),
          new ObjectAttributes("application/json", facts.metadata()),
          Guard.unchanged(facts.summary().etag()));
    }
  }

  private void remove(String key) throws IOException {
    try (ObjectStore store = RealTeam.store(server.endpoint(), VAULT)) {
      store.remove(key, store.head(key).orElseThrow().summary().etag());
    }
  }

  /// The real client, with a note of what it is asked.
  private final class Watched implements Services {
    private final Services real = new RealTeam.Cloud();

    @Override
    public ObjectStore openStore(S3Access access, String bucket, Set<Condition> lacking)
        throws StoreException {
      return new ForwardingStore(real.openStore(access, bucket, lacking)) {
        @Override
        public void list(String prefix, Consumer<ObjectSummary> each) throws StoreException {
          asked.add("list " + prefix);
          super.list(prefix, each);
        }

        @Override
        public Optional<ObjectFacts> head(String key) throws StoreException {
          asked.add("head " + key);
          return super.head(key);
        }

        @Override
        public InputStream read(String key, ETag version, long offset, long length)
            throws StoreException {
          asked.add("read " + key + " " + offset);
          return super.read(key, version, offset, length);
        }
      };
    }

    @Override
    public KeepAwake keepAwake() {
      return real.keepAwake();
    }
  }
}
