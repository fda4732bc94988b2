package dev.vat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.cloud.Body;
import dev.vat.cloud.Condition;
import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Thaw;
import dev.vat.disk.TemporaryTree;
import dev.vat.project.RelativeName;
import dev.vat.settings.S3Access;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat restore` at its command line, from a bucket in memory.
final class RestoreTest {
  private static final String KEY = "appydave/b00-b49/b40-old.tar.gz";
  private static final Instant TAKEN = Instant.parse("2025-01-02T03:04:05Z");

  @TempDir Path folder;
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore vault = new MemoryObjectStore(clock);
  private final Map<String, byte[]> files = new TreeMap<>();
  private Path repository;
  private Path home;
  private long fetched;
  private int readsUntilCut = Integer.MAX_VALUE;

  @BeforeEach
  void arrive() throws IOException {
    repository = Files.createDirectories(folder.toRealPath().resolve("v-appydave"));
    home = repository.resolve("b40-old");
    Files.writeString(repository.resolve(".video-tools.env"), "");
    files.put("film.srt", "1\n00:00:01,000 --> 00:00:02,000\nhello\n".getBytes(UTF_8));
    files.put("recordings/take.mp4", noise(3_000_000, 1));
    files.put("recordings/other.mov", noise(2_000_000, 2));
    files.put("data/empty.txt", new byte[0]);
    store(KEY, "v-appydave");
  }

  @Test
  void a_project_comes_home_whole_and_the_manifest_knows() throws IOException {
    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("4 files to download, 5.0 MB", "4 files restored and proven");
    assertIsHome();
    assertThat(Files.getLastModifiedTime(home.resolve("film.srt")).toInstant()).isEqualTo(TAKEN);
    assertThat(run("list").out()).contains("b40-old  flat   -    verified");
    assertThat(run("restore", "b40").out()).contains("everything is here already");
    assertNothingHalf();
  }

  @Test
  void a_dry_run_writes_nothing() throws IOException {
    CommandRun run = run("restore-from-s3", "b40", "--dry-run");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("recordings/take.mp4", "Nothing was written (--dry-run).")
        .contains("$0.00 for leaving Amazon, after the 100 GB that are free each month");
    try (Stream<Path> there = Files.list(repository)) {
      assertThat(there).containsExactly(repository.resolve(".video-tools.env"));
    }
  }

  @Test
  void light_files_in_archived_move_back_when_they_are_equal_and_are_not_downloaded()
      throws IOException {
    Path archived = Files.createDirectories(repository.resolve("archived/b00-b49/b40-old"));
    Files.write(archived.resolve("film.srt"), files.get("film.srt"));

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("1 light file from archived/, proven equal");
    assertIsHome();
    assertThat(archived.resolve("film.srt")).doesNotExist();
  }

  @Test
  void what_is_there_with_another_content_is_a_conflict_and_nothing_is_written()
      throws IOException {
    Files.createDirectories(home.resolve("recordings"));
    Files.writeString(home.resolve("recordings/take.mp4"), "somebody's own");
    Path archived = Files.createDirectories(repository.resolve("archived/b00-b49/b40-old"));
    Files.writeString(archived.resolve("film.srt"), "edited");

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out())
        .contains("recordings/take.mp4 is there with another content", "Nothing was written");
    assertThat(home.resolve("recordings/take.mp4")).hasContent("somebody's own");
    assertThat(home.resolve("recordings/other.mov")).doesNotExist();

    Files.delete(home.resolve("recordings/take.mp4"));
    Files.delete(home.resolve("recordings"));
    Files.delete(home);
    assertThat(run("restore", "b40").out()).contains("film.srt was changed since it was backed up");
    assertThat(home).doesNotExist();
  }

  @Test
  void one_file_out_of_a_big_archive_is_one_small_download() throws IOException {
    Path desk = Files.createDirectories(folder.resolve("desk"));
    fetched = 0;

    CommandRun run = run("restore", "b40", "--file", "data", "--to", desk.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(desk.resolve("b40-old/data/empty.txt")).isEmptyFile();
    run("restore", "b40", "--file", "recordings/other.mov", "--to", desk.toString());
    assertThat(desk.resolve("b40-old/recordings/other.mov"))
        .hasBinaryContent(files.get("recordings/other.mov"));
    assertThat(desk.resolve("b40-old/recordings/take.mp4")).doesNotExist();
    assertThat(fetched).isLessThan(2_000_000 + 2 * 300_000);
    assertThat(run("restore", "b40", "--file", "no/such", "--to", desk.toString()).out())
        .contains("the archive holds no file and no folder no/such");
  }

  @Test
  void a_part_never_comes_where_it_would_be_taken_for_the_whole() throws IOException {
    assertThat(run("restore", "b40", "--file", "film.srt").exit()).isEqualTo(2);
    assertThat(run("restore", "b40", "--file", "film.srt", "--to", ".").exit()).isEqualTo(2);
    assertThat(run("restore", "b40", "--light", "--to", repository.toString()).exit()).isEqualTo(2);
    assertThat(run("restore", "b40", "--light", "--file", "film.srt").exit()).isEqualTo(2);
    assertThat(home).doesNotExist();

    CommandRun light = run("restore", "b40", "--light");

    assertThat(light.exit()).as(light.err()).isZero();
    assertThat(repository.resolve("archived/b00-b49/b40-old/film.srt")).exists();
    assertThat(home).doesNotExist();
    assertThat(run("restore", "b40").exit()).isZero();
    assertIsHome();
  }

  @Test
  void a_part_does_not_come_into_the_repository_through_a_link_either() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("videos"), repository);

    CommandRun run = run("restore", "b40", "--file", "film.srt", "--to", link.toString());

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(home).doesNotExist();
  }

  @Test
  void a_part_does_not_come_into_the_repository_of_another_brand_either() throws IOException {
    Path other = Files.createDirectories(folder.resolve("v-other"));
    Files.writeString(other.resolve(".video-tools.env"), "");

    CommandRun run = run("restore", "b40", "--file", "film.srt", "--to", other.toString());

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(2);
    assertThat(run.err()).contains("give a folder outside of", "v-other");
    assertThat(other.resolve("b40-old")).doesNotExist();
  }

  @Test
  void light_files_in_a_folder_that_a_link_leads_to_stay_where_they_are() throws IOException {
    Path archived = Files.createDirectories(repository.resolve("archived/b00-b49/b40-old"));
    Path shared = Files.createDirectories(folder.resolve("shared"));
    Files.write(shared.resolve("empty.txt"), files.get("data/empty.txt"));
    Files.createSymbolicLink(archived.resolve("data"), shared);

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).as(run.err()).isZero();
    assertIsHome();
    assertThat(shared.resolve("empty.txt")).exists();
  }

  @Test
  void a_run_that_is_cut_shows_nothing_and_the_next_one_carries_on() throws IOException {
    long seed = new Random().nextLong();
    readsUntilCut = 2 + new Random(seed).nextInt(40);
    CommandRun cut = run("restore", "b40");
    String told = "seed " + seed + ": " + cut.out() + cut.err();
    readsUntilCut = Integer.MAX_VALUE;
    if (cut.exit() != 0) {
      assertThat(home).as(told).doesNotExist();
    }

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).as(told + run.err()).isZero();
    assertIsHome();
    assertNothingHalf();
  }

  @Test
  void what_was_damaged_in_the_hidden_folder_is_fetched_again() throws IOException {
    String version = vault.head(KEY).orElseThrow().summary().etag().value();
    Path growing =
        TemporaryTree.of(
            home.resolveSibling("b40-old." + version.replaceAll("[^0-9A-Za-z-]", "_")));
    Files.createDirectories(growing.resolve("recordings"));
    Files.writeString(growing.resolve("recordings/take.mp4"), "damaged");
    Files.write(growing.resolve("recordings/other.mov"), files.get("recordings/other.mov"));
    fetched = 0;

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(fetched).isBetween(3_000_000L, 3_000_000L + 300_000);
    assertIsHome();
    assertNothingHalf();
  }

  private void freeze() throws IOException {
    freeze(KEY);
  }

  private void freeze(String key) throws IOException {
    ETag etag = vault.head(key).orElseThrow().summary().etag();
    vault.copy(
        key,
        etag,
        key,
        CopyAttributes.in(StorageClass.DEEP_ARCHIVE),
        Guard.unchanged(etag),
        CopyWatch.none());
  }

  @Test
  void a_frozen_archive_is_told_and_nothing_is_asked_for() throws IOException {
    freeze();

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).isEqualTo(7);
    assertThat(run.err())
        .contains("b40-old is frozen in DEEP_ARCHIVE", "Nothing was asked for")
        .contains("vat restore b40-old --glacier");
    assertThat(run.out()).contains("standard  within 12 hours", "bulk      within 48 hours");
    assertThat(vault.head(KEY).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Frozen());
    assertThat(home).doesNotExist();
    assertThat(repository.resolve(".vat")).doesNotExist();
    assertThat(run("restore").exit()).isEqualTo(2);
    assertThat(run("restore", "b40", "--wait").exit()).isEqualTo(2);
  }

  @Test
  void light_files_of_a_frozen_archive_come_from_beside_it_and_nothing_is_thawed()
      throws IOException {
    Path project = repository.resolve("b50-new");
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path at = project.resolve(file.getKey());
      Files.createDirectories(at.getParent());
      Files.write(at, file.getValue());
    }
    CommandRun backup = run("backup", "b50");
    assertThat(backup.exit()).as(backup.err()).isZero();
    String key = "appydave/b50-b99/b50-new.tar.gz";
    freeze(key);
    Files.move(project, folder.resolve("away"));
    String desk = folder.toRealPath().resolve("desk").toString();
    for (String place : List.of("light", "one", "none", "heavy")) {
      Files.createDirectories(Path.of(desk, place));
    }

    CommandRun light =
        run("restore", "b50", "--light", "--glacier", "--yes", "--to", desk + "/light");
    CommandRun one = run("restore", "b50", "--file", "film.srt", "--to", desk + "/one");
    CommandRun none = run("restore", "b50", "--file", "nothing.srt", "--to", desk + "/none");
    CommandRun heavy =
        run(
            "restore",
            "b50",
            "--file",
            "recordings",
            "--file",
            "film.srt",
            "--to",
            desk + "/heavy");

    assertThat(light.exit()).as(light.err()).isZero();
    assertThat(Path.of(desk, "light/b50-new/film.srt")).hasBinaryContent(files.get("film.srt"));
    assertThat(Path.of(desk, "light/b50-new/recordings")).doesNotExist();
    assertThat(one.exit()).as(one.err()).isZero();
    assertThat(Path.of(desk, "one/b50-new/film.srt")).hasBinaryContent(files.get("film.srt"));
    assertThat(none.out()).contains("holds no file and no folder nothing.srt");
    assertThat(heavy.exit()).isEqualTo(7);
    assertThat(Path.of(desk, "heavy")).isEmptyDirectory();
    assertThat(vault.head(key).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Frozen());
  }

  @Test
  void a_frozen_project_is_thawed_and_a_later_run_brings_it_to_where_it_was_wanted()
      throws IOException {
    freeze();
    Path desk = Files.createDirectories(folder.toRealPath().resolve("desk"));
    assertThat(run("restore", "b40", "--glacier", "--dry-run").exit()).isEqualTo(7);
    assertThat(vault.head(KEY).orElseThrow().summary().thaw()).isEqualTo(new Thaw.Frozen());

    CommandRun asked = run("restore", "b40", "--glacier", "--to", desk.toString(), "--yes");
    assertThat(asked.exit()).as(asked.err()).isEqualTo(7);
    assertThat(asked.out()).contains("is being thawed");
    CommandRun early = run("restore", "b40");
    assertThat(early.exit()).isEqualTo(7);
    assertThat(early.err()).contains("being thawed; it cannot be read before that is done");
    assertThat(run("restore", "--check-status").exit()).isEqualTo(7);

    clock.pass(Duration.ofHours(49));
    assertThat(run("restore", "--check-status").out()).contains("can be read until");
    CommandRun later = run("restore", "b40");

    assertThat(later.exit()).as(later.err()).isZero();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(desk.resolve("b40-old").resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
    assertThat(home).doesNotExist();
    assertThat(vault.keys()).as("the note of the thaw is gone").containsExactly(KEY);
    clock.pass(Duration.ofDays(10));
    assertThat(run("restore", "--check-status").out()).contains("No thaw is known of.");
  }

  @Test
  void waiting_for_the_thaw_goes_on_to_bring_it_home() throws IOException {
    freeze();

    CommandRun run = run("restore", "b40", "--glacier", "--tier", "standard", "--wait", "--yes");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("is being thawed", "can be read until", "restored and proven");
    assertIsHome();
  }

  @Test
  void what_is_of_another_repository_or_no_archive_of_ours_is_refused() throws IOException {
    store("appydave/b00-b49/b41-voz.tar.gz", "v-voz");
    vault.put(
        "appydave/b00-b49/b42-tar.tar.gz",
        Body.of("no archive at all".getBytes(UTF_8)),
        new ObjectAttributes("application/gzip", Map.of()),
        Guard.absent());
    store("appydave/b00-b49/b43-swapped.tar.gz", "v-appydave", "b43-swapped");

    assertThat(run("restore", "b41").exit()).isEqualTo(3);
    assertThat(run("restore", "b42").exit()).isEqualTo(6);
    CommandRun swapped = run("restore", "b43");
    assertThat(swapped.exit()).isEqualTo(1);
    assertThat(swapped.out()).contains("which is no file of b43-swapped");
    Files.createDirectories(repository.resolve("b63-flivideo/recordings"));
    assertThat(run("restore", "b63").err()).contains("b63-flivideo has no archive in S3");
  }

  @Test
  void ours_beside_another_repositorys_archive_comes_home() throws IOException {
    vault.remove(KEY, vault.head(KEY).orElseThrow().summary().etag());
    store(KEY, "v-voz", "b40-old");
    store(KEY.replace(".tar.gz", ".2026-01-02_030405Z.tar.gz"), "v-appydave", "b40-old");

    CommandRun run = run("restore", "b40");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("more than one");
    assertIsHome();
  }

  @Test
  void of_several_archives_the_one_that_is_named_comes_home_and_none_is_guessed()
      throws IOException {
    String second = KEY.replace(".tar.gz", ".2026-01-02_030405Z.tar.gz");
    files.remove("data/empty.txt");
    store(second, "v-appydave", "b40-old");

    CommandRun unclear = run("restore", "b40");

    assertThat(unclear.exit()).isEqualTo(2);
    assertThat(unclear.err())
        .contains("S3 has 2 archives of b40-old")
        .contains("say which: vat restore b40-old --archive b40-old.tar.gz");
    assertThat(home).doesNotExist();
    CommandRun run = run("restore", "b40", "--archive", "b40-old.2026-01-02_030405Z.tar.gz");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("from s3://vault/" + second, "3 files restored");
    assertIsHome();
    assertThat(run("restore", "b40", "--archive", "b40-old.tar.gz", "--from", "ssd").exit())
        .isEqualTo(2);
  }

  private void assertIsHome() throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertThat(home.resolve(file.getKey())).hasBinaryContent(file.getValue());
    }
  }

  private void assertNothingHalf() throws IOException {
    try (Stream<Path> all = Files.walk(repository)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".vat-tmp-") || name.startsWith(".vat-part-"));
    }
  }

  private CommandRun run(String... words) {
    return CommandRun.in(repository)
        .with("S3_ARCHIVE_BUCKET", "vault")
        .with("S3_ARCHIVE_PREFIX", "appydave")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", "david")
        .with("AWS_REGION", "us-east-1")
        .home(folder.resolve("home"))
        .at(clock)
        .using(new InMemory())
        .run(words);
  }

  private void store(String key, String repo) throws IOException {
    store(key, repo, key.substring(key.lastIndexOf('/') + 1).replace(".tar.gz", ""));
  }

  private void store(String key, String repo, String project) throws IOException {
    List<ArchiveItem> items =
        files.entrySet().stream()
            .map(
                file ->
                    (ArchiveItem)
                        new ArchiveItem.File(
                            RelativeName.of("b40-old/" + file.getKey()),
                            file.getValue().length,
                            TAKEN))
            .toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ArchiveWriter(2)
        .write(
            items,
            file ->
                new ByteArrayInputStream(
                    files.get(file.name().value().substring("b40-old/".length()))),
            out);
    vault.put(
        key,
        Body.of(out.toByteArray()),
        new ObjectAttributes(
            "application/gzip",
            Map.of("repo", repo, "project-id", project, "files", "4", "bytes", "5000038")),
        Guard.absent());
  }

  private static byte[] noise(int bytes, int seed) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  private final class InMemory implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name, Set<Condition> lacking) {
      return new Counting();
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }

    @Override
    public void pause(Duration time) {
      clock.pass(time);
    }
  }

  /// Counts what is read, and breaks when it is told to.
  private final class Counting extends ForwardingStore {
    private Counting() {
      super(vault);
    }

    @Override
    public InputStream read(String key, ETag version, long offset, long length)
        throws StoreException {
      return new FilterInputStream(super.read(key, version, offset, length)) {
        @Override
        public int read(byte[] buffer, int from, int wanted) throws IOException {
          synchronized (RestoreTest.this) {
            if (--readsUntilCut <= 0) {
              throw new StoreException.Unreachable("the line is cut", null);
            }
          }
          int got = super.read(buffer, from, wanted);
          synchronized (RestoreTest.this) {
            fetched += Math.max(0, got);
          }
          return got;
        }
      };
    }
  }
}
