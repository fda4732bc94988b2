package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.disk.Volumes;
import dev.vat.lifecycle.PretendVolumes;
import dev.vat.settings.S3Access;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.api.io.TempDir;

/// A project of three files in a repository, two drives that are folders, T7 (the SSD) and T8, and
/// a bucket in memory.
abstract class DrivesAndBucket {
  static final Instant RECORDED = Instant.parse("2026-01-16T09:15:00Z");

  @TempDir Path temp;
  final HandClock clock = new HandClock();
  final MemoryObjectStore vault = new MemoryObjectStore(clock);
  final Map<String, byte[]> files = new TreeMap<>();
  Path repository;
  Path home;
  Path t7;
  Path t8;
  PretendVolumes computer;
  String bucket = "vault";

  /// What was asked of the bucket's contents, and after how many reads its line breaks.
  long fetched;

  int readsUntilCut = Integer.MAX_VALUE;

  @BeforeEach
  void arrive() throws IOException {
    TwoDrives drives = TwoDrives.in(temp);
    repository = drives.repository();
    home = repository.resolve("b63-flivideo");
    t7 = drives.t7();
    t8 = drives.t8();
    computer = drives.computer();
    Files.createDirectories(t7.resolve("youtube"));
    write("recordings/take 1.mp4", 900_000);
    write("final/cut.mov", 70_001);
    write("notes.txt", 11);
    succeed("manifest");
    succeed("drives", "add", t8.resolve("youtube").toString());
  }

  static void assertSame(Map<String, byte[]> found, Map<String, byte[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, content) -> assertThat(found.get(name)).as(name).isEqualTo(content));
  }

  static Map<String, byte[]> contents(Path folder) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        contents.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  static void remove(Path folder) throws IOException {
    List<Path> below;
    try (Stream<Path> all = Files.walk(folder)) {
      below = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : below) {
      Files.delete(one);
    }
  }

  /// As a disk does it: the time stays.
  static void rot(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    content[7] ^= 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
  }

  final void write(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new SplittableRandom(name.hashCode()).nextBytes(content);
    files.put(name, content);
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.from(RECORDED));
  }

  final void succeed(String... words) throws IOException {
    CommandRun run = vat(words);
    assertThat(run.exit()).as(run.out() + run.err()).isZero();
  }

  final CommandRun vat(String... words) {
    return CommandRun.in(repository)
        .with("S3_ARCHIVE_BUCKET", bucket)
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
      return new Breaking();
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

  /// Counts what is read, and breaks when it is told to.
  private final class Breaking extends ForwardingStore {
    private Breaking() {
      super(vault);
    }

    @Override
    public InputStream read(String key, ETag version, long offset, long length)
        throws StoreException {
      synchronized (DrivesAndBucket.this) {
        fetched += length;
      }
      return new FilterInputStream(super.read(key, version, offset, length)) {
        @Override
        public int read(byte[] buffer, int from, int wanted) throws IOException {
          synchronized (DrivesAndBucket.this) {
            if (--readsUntilCut <= 0) {
              throw new IOException("the line is cut");
            }
          }
          return super.read(buffer, from, wanted);
        }
      };
    }
  }
}
