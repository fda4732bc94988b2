package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Condition;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.disk.Volumes;
import dev.vat.lifecycle.PretendVolumes;
import dev.vat.settings.S3Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vat restore` from drives that are folders, with a bucket in memory behind them.
final class RestoreFromDriveTest {
  private static final Instant RECORDED = Instant.parse("2026-01-16T09:15:00Z");

  @TempDir Path temp;
  private final HandClock clock = new HandClock();
  private final MemoryObjectStore vault = new MemoryObjectStore(clock);
  private final Map<String, byte[]> files = new TreeMap<>();
  private Path repository;
  private Path home;
  private Path archived;
  private Path t8;
  private Path copy;
  private PretendVolumes computer;

  @BeforeEach
  void prepare() throws IOException {
    TwoDrives drives = TwoDrives.in(temp);
    repository = drives.repository();
    home = repository.resolve("b63-flivideo");
    archived = repository.resolve("archived/b50-b99/b63-flivideo");
    t8 = drives.t8();
    copy = t8.resolve("youtube/b50-b99/b63-flivideo");
    computer = drives.computer();
    Files.createDirectories(drives.t7().resolve("youtube"));
    write("recordings/take 1.mp4", 300_000);
    write("final/cut.mov", 70_001);
    write("notes.txt", 11);
    succeed("manifest");
    succeed("drives", "add", t8.resolve("youtube").toString());
    succeed("copy", "b63", "--to", "T8");
  }

  @Test
  void the_copy_on_a_drive_comes_home_and_stays_on_the_drive() throws IOException {
    remove(home);
    Map<String, byte[]> before = contents(copy);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("from T8", "3 files restored from T8, read back and proven");
    assertIsHome();
    assertThat(home.resolve("ascmhl")).as("the history is the copy's").doesNotExist();
    assertThat(Files.getLastModifiedTime(home.resolve("notes.txt")).toInstant())
        .isEqualTo(RECORDED);
    assertSame(contents(copy), before);
    assertThat(vat("list", "b63*").out()).contains("flat");
    CommandRun again = vat("restore", "b63");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(again.out()).contains("everything is here already, as on T8");
  }

  @Test
  void a_dry_run_tells_the_plan_and_writes_nothing() throws IOException {
    remove(home);
    Map<String, byte[]> before = contents(temp);

    CommandRun run = vat("restore", "b63", "--dry-run");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 files to copy", "Nothing was written (--dry-run).");
    assertSame(contents(temp), before);
  }

  @Test
  void light_files_that_are_equal_move_back() throws IOException {
    Files.createDirectories(archived);
    Files.move(home.resolve("notes.txt"), archived.resolve("notes.txt"));
    remove(home);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("2 files restored from T8", "1 light file moved back");
    assertIsHome();
    assertThat(archived).doesNotExist();
  }

  @Test
  void what_is_here_with_another_content_is_a_conflict_and_nothing_is_written() throws IOException {
    Files.createDirectories(archived);
    Files.writeString(archived.resolve("notes.txt"), "edited here");
    remove(home);

    CommandRun light = vat("restore", "b63");

    assertThat(light.exit()).isEqualTo(3);
    assertThat(light.out()).contains("notes.txt is another one than on T8", "Nothing was written");
    assertThat(home).doesNotExist();

    remove(archived);
    Files.createDirectories(home.resolve("final"));
    Files.writeString(home.resolve("final/cut.mov"), "somebody's own");
    CommandRun own = vat("restore", "b63");

    assertThat(own.exit()).isEqualTo(3);
    assertThat(own.out()).contains("final/cut.mov is there with another content");
    assertThat(home.resolve("final/cut.mov")).hasContent("somebody's own");
    assertThat(home.resolve("notes.txt")).doesNotExist();
  }

  @Test
  void a_folder_that_lacks_files_is_completed() throws IOException {
    Files.delete(home.resolve("recordings/take 1.mp4"));

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("1 file to copy", "2 files here already, proven equal");
    assertIsHome();
  }

  @Test
  void what_the_drive_damaged_never_becomes_visible() throws IOException {
    byte[] damaged = files.get("final/cut.mov").clone();
    damaged[4_000] ^= 1;
    Files.write(copy.resolve("final/cut.mov"), damaged);
    Path kept = Files.move(home.resolve("final/cut.mov"), temp.resolve("kept.mov"));

    CommandRun completing = vat("restore", "b63");

    assertThat(completing.exit()).as(completing.out()).isEqualTo(6);
    assertThat(completing.out()).contains("final/cut.mov on T8 is not what its checksum history");
    assertThat(home.resolve("final/cut.mov")).doesNotExist();

    remove(home);
    assertThat(vat("restore", "b63").exit()).isEqualTo(6);
    assertThat(home).doesNotExist();
    Files.copy(kept, copy.resolve("final/cut.mov"), StandardCopyOption.REPLACE_EXISTING);
    CommandRun healed = vat("restore", "b63");
    assertThat(healed.exit()).as(healed.out() + healed.err()).isZero();
    assertIsHome();
  }

  @Test
  void a_copy_that_is_not_whole_is_not_taken_and_the_archive_is() throws IOException {
    succeed("backup", "b63");
    Files.delete(copy.resolve("final/cut.mov"));
    remove(home);
    assertThat(vat("restore", "b63", "--from", "ssd").exit()).isEqualTo(5);

    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err())
        .contains("The copy on T8 is not taken: its checksum history tells of final/cut.mov");
    assertThat(run.out()).contains("s3://vault/");
    assertIsHome();
  }

  @Test
  void an_unplugged_drive_is_named_and_the_archive_is_taken() throws IOException {
    succeed("backup", "b63");
    remove(home);
    computer.unplug(t8);
    Files.move(t8, temp.resolve("in the drawer"));

    CommandRun only = vat("restore", "b63", "--from", "ssd");
    assertThat(only.exit()).isEqualTo(5);
    assertThat(only.err()).contains("b63-flivideo is on T8, which is not connected");
    CommandRun run = vat("restore", "b63");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.err()).contains("is also on T8, which is not connected");
    assertIsHome();
  }

  @Test
  void where_from_can_be_said() throws IOException {
    succeed("backup", "b63");
    remove(home);

    assertThat(vat("restore", "b63", "--from", "s3", "--dry-run").out()).contains("s3://vault/");
    assertThat(vat("restore", "b63", "--from", "ssd", "--dry-run").out()).contains("from T8");
    assertThat(vat("restore", "b63", "--from", "ssd", "--light").exit()).isEqualTo(2);
    Path desk = Files.createDirectories(temp.resolve("desk"));
    CommandRun elsewhere = vat("restore", "b63", "--to", desk.toString());
    assertThat(elsewhere.exit()).as(elsewhere.err()).isZero();
    assertThat(desk.resolve("b63-flivideo/notes.txt")).exists();
    assertThat(home).doesNotExist();
  }

  private void assertIsHome() throws IOException {
    Map<String, byte[]> here = contents(home);
    // An archive that was made from a drive's copy brings that copy's history.
    here.keySet().removeIf(name -> name.startsWith("ascmhl"));
    assertSame(here, files);
    try (Stream<Path> around = Files.list(repository)) {
      assertThat(around.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".vat-tmp-"));
    }
  }

  private static void assertSame(Map<String, byte[]> found, Map<String, byte[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, content) -> assertThat(found.get(name)).as(name).isEqualTo(content));
  }

  private static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static void remove(Path folder) throws IOException {
    List<Path> below;
    try (Stream<Path> all = Files.walk(folder)) {
      below = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : below) {
      Files.delete(one);
    }
  }

  private void write(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new SplittableRandom(name.hashCode()).nextBytes(content);
    files.put(name, content);
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(RECORDED));
  }

  private void succeed(String... words) throws IOException {
    CommandRun run = vat(words);
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
  }

  private CommandRun vat(String... words) {
    return CommandRun.in(repository)
        .with("S3_ARCHIVE_BUCKET", "vault")
        .with("S3_ARCHIVE_PREFIX", "appydave")
        .with("S3_REPO_NAME", "v-appydave")
        .with("S3_SYNC_USER", "david")
        .home(temp.resolve("home"))
        .at(clock)
        .using(new OnThisComputer())
        .run(words);
  }

  private final class OnThisComputer implements Services {
    @Override
    public ObjectStore openStore(S3Access access, String name, Set<Condition> lacking) {
      return vault;
    }

    @Override
    public Volumes volumes() {
      return computer;
    }

    @Override
    public KeepAwake keepAwake() {
      return why -> () -> {};
    }
  }
}
