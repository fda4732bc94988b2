package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vat.disk.ExfatDrive;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.TestAbortedException;

/// The rows of docs/names.md, each tried: David sends all those names from ext4, and four others
/// get them on ext4, on tmpfs, on a real exFAT drive, and by the rules of Windows. That last one is
/// a simulation: its files are on ext4, only what `vat` decides by is Windows'.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NamesAcrossSystemsTest {
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir static Path folder;
  private final Map<String, CommandRun> runs = new HashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private BadLine line;
  private BadLine.Repository repository;
  private CommandRun up;
  private TestAbortedException noExfat;
  private Path inMemory;

  @BeforeAll
  void everybodyWorks(TestReporter reporter) throws Exception {
    line = new BadLine(folder);
    open.add(line);
    repository = line.repository();
    for (NameRow row : NameRow.all()) {
      for (String name : row.here()) {
        Path file = repository.staging("david").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content(name));
      }
      for (String key : row.inS3()) {
        repository.otherToolPuts(key, content(key));
      }
    }
    up = repository.somebody("david", OperatingSystem.LINUX, "up", BadLine.PROJECT);
    downloads("ext4", OperatingSystem.LINUX);
    downloads("windows", OperatingSystem.WINDOWS);
    if (Files.isWritable(MEMORY)) {
      inMemory = Files.createTempDirectory(MEMORY, "vat-names-");
      line.keepsAt("tmpfs", inMemory);
      downloads("tmpfs", OperatingSystem.LINUX);
    }
    try {
      ExfatDrive drive = ExfatDrive.mountIn(folder, reporter);
      open.add(drive);
      line.keepsAt("exfat", drive.folder());
      downloads("exfat", OperatingSystem.LINUX);
    } catch (TestAbortedException e) {
      noExfat = e;
    }
  }

  private void downloads(String user, OperatingSystem system) throws IOException {
    runs.put(user, repository.somebody(user, system, "down", BadLine.PROJECT));
  }

  @AfterAll
  void everybodyLeaves() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    if (inMemory != null) {
      try (Stream<Path> all = Files.walk(inMemory)) {
        for (Path path : all.toList().reversed()) {
          Files.delete(path);
        }
      }
    }
  }

  static List<NameRow> rows() {
    return NameRow.all();
  }

  @Test
  void the_document_has_these_very_rows() throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of("docs/names.md")).stream()
            .filter(text -> text.startsWith("| "))
            .skip(2)
            .toList();

    assertThat(lines).isEqualTo(NameRow.all().stream().map(NameRow::line).toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void up_from_linux(NameRow row) throws IOException {
    assertThat(up.exit()).as(up.err()).isEqualTo(4);
    for (String name : row.here()) {
      String key = Normalizer.normalize(name, Normalizer.Form.NFC);
      switch (row.up()) {
        case GOES -> {
          assertThat(repository.inS3()).containsEntry(key, content(name));
          assertThat(up.err()).doesNotContain(key);
        }
        case WARNED -> {
          assertThat(repository.inS3()).containsEntry(key, content(name));
          assertThat(up.err()).contains(key);
        }
        case LEFT -> {
          assertThat(repository.inS3()).doesNotContainKey(key);
          assertThat(mentions(up.err(), name)).as(name + " in " + up.err()).isTrue();
        }
        case CANNOT_BE, NOT_SENT -> throw new AssertionError("the row says that it cannot be here");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void down_to_ext4(NameRow row) throws IOException {
    assertDown(row, row.linux(), "ext4");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void down_to_tmpfs(NameRow row) throws IOException {
    assumeTrue(inMemory != null, "NOT TESTED ON tmpfs: there is no " + MEMORY);
    assertDown(row, row.linux(), "tmpfs");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void down_to_exfat(NameRow row) throws IOException {
    if (noExfat != null) {
      throw noExfat;
    }
    assertDown(row, row.windows(), "exfat");
  }

  @ParameterizedTest
  @MethodSource("rows")
  void down_by_the_rules_of_windows(NameRow row) throws IOException {
    // Which names are one and the same, and how long they may be, is the disk's business, and this
    // one is ext4.
    boolean byTheDisk = row.windows() == NameRow.Down.ONE || row.up() == NameRow.Up.CANNOT_BE;
    assertDown(row, byTheDisk ? row.linux() : row.windows(), "windows");
  }

  private void assertDown(NameRow row, NameRow.Down expected, String user) throws IOException {
    CommandRun run = runs.get(user);
    List<String> here = row.names().stream().filter(name -> isHere(user, name)).toList();
    List<String> missing = row.names().stream().filter(name -> !here.contains(name)).toList();
    switch (expected) {
      case ARRIVES -> assertThat(missing).as(run.out() + run.err()).isEmpty();
      case REFUSED, NOTHING -> assertThat(here).isEmpty();
      case ONE -> assertThat(here).as(run.out() + run.err()).hasSize(1);
    }
    if (expected == NameRow.Down.REFUSED || expected == NameRow.Down.ONE) {
      for (String name : missing) {
        assertThat(mentions(run.out() + run.err(), name))
            .as(name + " in " + run.out() + run.err())
            .isTrue();
      }
    }
    assertThat(run.exit()).as(run.out() + run.err()).isIn(3, 4);
  }

  /// Whether the folder's own listing has this very name, with this very content.
  private boolean isHere(String user, String name) {
    try {
      Path file = repository.staging(user);
      for (String part : RelativeName.of(name).value().split("/")) {
        TreeSet<String> entries = new TreeSet<>();
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          try (Stream<Path> all = Files.list(file)) {
            all.forEach(path -> entries.add(path.getFileName().toString()));
          }
        }
        if (!entries.contains(part)) {
          return false;
        }
        file = file.resolve(part);
      }
      return Files.isRegularFile(file) && Files.readString(file).equals(content(name));
    } catch (IllegalArgumentException hostile) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean mentions(String said, String name) {
    String escaped = Printable.of(name);
    return Stream.of(name, escaped, Normalizer.normalize(name, Normalizer.Form.NFC))
        .anyMatch(said::contains);
  }

  private static String content(String name) {
    return "this is " + name;
  }
}
