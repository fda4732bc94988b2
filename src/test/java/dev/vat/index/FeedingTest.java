package dev.vat.index;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectTree;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The index over days: drives come and go, projects change and leave.
final class FeedingTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
  private static final FileKinds KINDS = new FileKinds(100_000_000);
  private static final String DRIVE = "/Volumes/T7/video";

  @TempDir Path folder;
  private Path vatDir;

  @BeforeEach
  void prepare() {
    vatDir = folder.resolve(".vat");
  }

  @Test
  void what_has_not_changed_is_not_read_again() throws IOException {
    write("b63-flivideo/transcripts/one.txt", "the butcher knife");
    write("b63-flivideo/two.txt", "a spoon");
    assertThat(feed(MONDAY, local("b63-flivideo")).texts()).isEqualTo(2);

    Feeding.Fed again = feed(MONDAY.plusSeconds(60), local("b63-flivideo"));
    assertThat(again.copiesRead()).isZero();
    assertThat(again.files()).isZero();

    write("b63-flivideo/two.txt", "two spoons");
    Feeding.Fed changed = feed(MONDAY.plusSeconds(120), local("b63-flivideo"));
    assertThat(changed.copiesRead()).isEqualTo(1);
    assertThat(changed.files()).isEqualTo(1);
    assertThat(texts("spoons")).containsExactly("b63-flivideo/two.txt");
    assertThat(texts("\"a spoon\"")).isEmpty();
  }

  @Test
  void a_file_that_is_gone_is_forgotten() throws IOException {
    write("b63-flivideo/one.txt", "knife");
    write("b63-flivideo/two.txt", "spoon");
    feed(MONDAY, local("b63-flivideo"));
    Files.delete(folder.resolve("b63-flivideo/two.txt"));
    feed(MONDAY, local("b63-flivideo"));

    assertThat(texts("spoon")).isEmpty();
    assertThat(names("two")).isEmpty();
    assertThat(texts("knife")).hasSize(1);
  }

  @Test
  void text_of_an_unplugged_drive_stays_with_its_date() throws IOException {
    write("ssd/b00-b49/b40-flight/a.srt", "1\n00:00:01,000 --> 00:00:02,000\nknife\n");
    feed(MONDAY, Set.of(DRIVE), List.of(onDrive("b00-b49/b40-flight")));
    feed(MONDAY.plusSeconds(9_000), Set.of(), List.of());

    Index.Where where = find("knife").texts().getFirst().file().places().getFirst();
    assertThat(where.present()).isTrue();
    assertThat(where.seenAt()).isEqualTo(MONDAY);
    assertThat(where.place().drive()).isEqualTo(DRIVE);
  }

  @Test
  void text_of_a_project_that_left_stays_and_is_said_to_be_gone() throws IOException {
    write("b63-flivideo/one.txt", "knife");
    feed(MONDAY, local("b63-flivideo"));
    feed(MONDAY.plusSeconds(60), Set.of(DRIVE), List.of());

    Findings found = find("knife");
    assertThat(found.texts()).hasSize(1);
    assertThat(found.texts().getFirst().file().places()).noneMatch(Index.Where::present);
  }

  @Test
  void a_project_that_moved_is_found_where_it_is_now_and_only_there() throws IOException {
    write("b40-flight/one.txt", "knife");
    write("b40-flight/take.mp4", "footage");
    feed(MONDAY, local("b40-flight"));
    Files.createDirectories(folder.resolve("archived/b00-b49/b40-flight"));
    Files.createDirectories(folder.resolve("ssd/b00-b49/b40-flight"));
    for (String name : List.of("one.txt", "take.mp4")) {
      Files.copy(
          folder.resolve("b40-flight").resolve(name),
          folder.resolve("ssd/b00-b49/b40-flight").resolve(name));
    }
    Files.move(
        folder.resolve("b40-flight/one.txt"),
        folder.resolve("archived/b00-b49/b40-flight/one.txt"));
    feed(
        MONDAY,
        Set.of(DRIVE),
        List.of(
            copy(CopyPlace.Kind.ARCHIVED, "", "archived/b00-b49/b40-flight", "b40-flight"),
            onDrive("b00-b49/b40-flight")));

    assertThat(find("knife").texts()).hasSize(1);
    assertThat(find("knife").texts().getFirst().file().places())
        .extracting(where -> where.place().kind() + " " + where.present())
        .containsExactly("ARCHIVED true", "SSD true");
    assertThat(find("take").names().getFirst().places())
        .extracting(where -> where.place().kind())
        .containsExactly(CopyPlace.Kind.SSD);
    try (Index index = Index.open(vatDir).orElseThrow()) {
      assertThat(index.biggest(new ProjectId("b40-flight"), 1))
          .extracting(Index.FoundFile::name)
          .containsExactly("take.mp4");
    }
  }

  @Test
  void one_text_in_several_places_is_one_finding() throws IOException {
    write("b40-flight/one.txt", "knife");
    write("ssd/b40-flight/one.txt", "knife");
    feed(MONDAY, Set.of(DRIVE), List.of(local("b40-flight").getFirst(), onDrive("b40-flight")));

    assertThat(find("knife").texts()).hasSize(1);
    assertThat(find("knife").textsInAll()).isEqualTo(1);
    assertThat(find("one").names()).hasSize(1);
    assertThat(find("one").names().getFirst().places()).hasSize(2);
  }

  @Test
  void texts_are_read_in_the_encodings_that_teams_have() throws IOException {
    write("b63-flivideo/utf8.txt", "\uFEFFKäse");
    Files.write(
        folder.resolve("b63-flivideo/windows.txt"), new byte[] {'K', (byte) 0xe4, 's', 'e'});
    Files.write(folder.resolve("b63-flivideo/notepad.txt"), "\uFEFFKäse".getBytes(UTF_16LE));
    Files.write(folder.resolve("b63-flivideo/binary.txt"), new byte[] {'K', 0, 's', 'e', 1, 2});
    feed(MONDAY, local("b63-flivideo"));

    assertThat(texts("kase"))
        .containsExactlyInAnyOrder(
            "b63-flivideo/utf8.txt", "b63-flivideo/windows.txt", "b63-flivideo/notepad.txt");
    assertThat(names("binary")).hasSize(1);
  }

  @Test
  void media_facts_are_kept() throws IOException {
    Files.createDirectories(folder.resolve("b63-flivideo"));
    Files.write(
        folder.resolve("b63-flivideo/take.mp4"),
        MediaFiles.together(
            MediaFiles.ftyp("isom"), MediaFiles.moov(3840, 2160, 65_000, "avc1", false)));
    feed(MONDAY, local("b63-flivideo"));

    try (Index index = Index.open(vatDir).orElseThrow()) {
      MediaFacts facts = index.media(new ProjectId("b63-flivideo")).getFirst().facts();
      assertThat(facts.size()).contains(new MediaFacts.PictureSize(3840, 2160));
      assertThat(facts.codec()).contains("h264");
      assertThat(facts.duration().orElseThrow().toSeconds()).isEqualTo(65);
    }
  }

  @Test
  void names_are_found_by_any_part_and_together_with_the_project() throws IOException {
    write("b63-flivideo/recordings/Bali-Drône 2.mov", "x");
    feed(MONDAY, local("b63-flivideo"));

    assertThat(names("drone")).hasSize(1);
    assertThat(names("rone 2.m")).hasSize(1);
    assertThat(names("flivideo drone")).hasSize(1);
    assertThat(names("flivideo")).isEmpty();
    assertThat(find("flivid").projects()).hasSize(1);
  }

  @Test
  void whatever_is_typed_is_looked_for_and_never_a_command() throws IOException {
    write("b63-flivideo/one.txt", "a NEAR(b c) OR \"quoted\" 100% done_x * end");
    feed(MONDAY, local("b63-flivideo"));

    for (String typed :
        List.of(
            "NEAR(b c)",
            "OR",
            "AND",
            "NOT",
            "\"",
            "\"\"",
            "a\"b",
            "*",
            "^a",
            "body:one",
            "-one",
            "(",
            "{a b}:c",
            "100%",
            "done_x",
            "'",
            "; DROP TABLE files",
            "\u0000",
            "\\",
            "a*b",
            "😀",
            "ก",
            "\uD800",
            " \t ",
            "+",
            "a".repeat(5_000),
            "x ".repeat(500))) {
      Optional<Query> query = Query.of(typed);
      if (query.isPresent()) {
        try (Index index = Index.open(vatDir).orElseThrow()) {
          index.find(query.get(), Filter.all(5), List.of());
        }
      }
    }
    assertThat(texts("NEAR(b")).hasSize(1);
    assertThat(texts("100%")).hasSize(1);
    assertThat(names("*")).isEmpty();
    assertThat(names("_")).isEmpty();
  }

  @Test
  void more_findings_than_wanted_are_counted() throws IOException {
    for (int i = 0; i < 30; i++) {
      write("b63-flivideo/take-" + i + ".txt", "knife " + i);
    }
    feed(MONDAY, local("b63-flivideo"));
    try (Index index = Index.open(vatDir).orElseThrow()) {
      Findings found = index.find(Query.of("knife").orElseThrow(), Filter.all(5), List.of());
      assertThat(found.texts()).hasSize(5);
      assertThat(found.textsInAll()).isEqualTo(30);
      assertThat(index.find(Query.of("take").orElseThrow(), Filter.all(5), List.of()).namesInAll())
          .isEqualTo(30);
    }
  }

  @Test
  void a_damaged_index_is_put_aside_and_begun_anew() throws IOException {
    write("b63-flivideo/one.txt", "knife");
    feed(MONDAY, local("b63-flivideo"));
    Files.writeString(vatDir.resolve("index.db"), "no database at all, and long enough to see it");

    assertThatThrownBy(() -> find("knife"))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("vat manifest");
    assertThat(feed(MONDAY, local("b63-flivideo")).remarks())
        .singleElement()
        .asString()
        .contains("was damaged and is put aside");
    assertThat(texts("knife")).hasSize(1);
    assertThat(vatDir.resolve("index.db.damaged")).exists();
  }

  /// The first pages are whole, so it opens: the table of files shows it only when it is read.
  @Test
  void damage_deep_in_the_index_is_put_aside_too() throws IOException, SQLException {
    write("b63-flivideo/one.txt", "knife");
    feed(MONDAY, local("b63-flivideo"));
    Path file = vatDir.resolve("index.db");
    long page;
    long pageSize;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      pageSize = IndexDatabase.number(connection, "PRAGMA page_size");
      page =
          IndexDatabase.number(
              connection, "SELECT rootpage FROM sqlite_schema WHERE name = 'files'");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] garbage = new byte[(int) pageSize];
      Arrays.fill(garbage, (byte) 0x5a);
      channel.write(ByteBuffer.wrap(garbage), (page - 1) * pageSize);
    }
    write("b63-flivideo/two.txt", "spoon");

    assertThat(feed(MONDAY, local("b63-flivideo")).remarks())
        .singleElement()
        .asString()
        .contains("was damaged and is put aside");
    assertThat(texts("knife")).hasSize(1);
    assertThat(texts("spoon")).hasSize(1);
  }

  @Test
  void values_that_nobody_wrote_are_damage_and_no_riddle() throws IOException, SQLException {
    write("b63-flivideo/one.txt", "knife");
    feed(MONDAY, local("b63-flivideo"));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + vatDir.resolve("index.db"));
        var statement = connection.createStatement()) {
      statement.execute("UPDATE places SET kind = 'DRAWER', seen_s = 9223372036854775807");
    }
    assertThatThrownBy(() -> find("knife"))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("is damaged");
    assertThat(feed(MONDAY, local("b63-flivideo")).remarks()).hasSize(1);
    assertThat(texts("knife")).hasSize(1);
  }

  @Test
  void an_index_of_a_newer_vat_is_left_as_it_is() throws IOException, SQLException {
    write("b63-flivideo/one.txt", "knife");
    feed(MONDAY, local("b63-flivideo"));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + vatDir.resolve("index.db"));
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    assertThatThrownBy(() -> feed(MONDAY, local("b63-flivideo")))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("newer vat");
  }

  @Test
  void looking_writes_nothing() throws IOException {
    write("b63-flivideo/one.txt", "knife");
    feed(MONDAY, local("b63-flivideo"));
    List<String> before = listing();
    find("knife");
    assertThat(listing()).isEqualTo(before);
    assertThat(Index.open(folder.resolve("nowhere"))).isEmpty();
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void a_copy_that_vanishes_while_it_is_read_keeps_what_was_known() throws IOException {
    write("ssd/b40-flight/one.txt", "knife");
    feed(MONDAY, Set.of(DRIVE), List.of(onDrive("b40-flight")));
    SeenCopy seen = onDrive("b40-flight");
    Files.move(folder.resolve("ssd"), folder.resolve("in the drawer"));
    Feeding.Fed fed =
        feed(MONDAY, Set.of(DRIVE), List.of(new SeenCopy(seen.place(), seen.folder(), "another")));

    assertThat(fed.remarks()).singleElement().asString().contains("b40-flight was not indexed");
    assertThat(texts("knife")).hasSize(1);
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.list(vatDir)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        FileTime time = Files.getLastModifiedTime(file);
        lines.add(file.getFileName() + " " + Files.size(file) + " " + time);
      }
      return lines;
    }
  }

  private Feeding.Fed feed(Instant now, List<SeenCopy> seen) throws IOException {
    return feed(now, Set.of(), seen);
  }

  private Feeding.Fed feed(Instant now, Set<String> drives, List<SeenCopy> seen)
      throws IOException {
    return new Feeding(vatDir, KINDS, Progress.none()).feed(seen, drives, now);
  }

  private List<SeenCopy> local(String id) throws IOException {
    return List.of(copy(CopyPlace.Kind.LOCAL, "", id, id));
  }

  private SeenCopy onDrive(String path) throws IOException {
    Path there = folder.resolve("ssd").resolve(path);
    CopyPlace place =
        new CopyPlace(
            new ProjectId(there.getFileName().toString()), CopyPlace.Kind.SSD, DRIVE, path);
    return new SeenCopy(place, there, fingerprint(there));
  }

  private SeenCopy copy(CopyPlace.Kind kind, String drive, String path, String id)
      throws IOException {
    Path there = folder.resolve(path);
    return new SeenCopy(
        new CopyPlace(new ProjectId(id), kind, drive, path), there, fingerprint(there));
  }

  private static String fingerprint(Path there) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    new ProjectTree(there, KINDS)
        .walk(
            new TreeVisitor() {
              @Override
              public void file(TreeFile file) {
                fingerprint.add(file);
              }

              @Override
              public void remark(TreeRemark remark) {
                throw new AssertionError(remark.message());
              }
            });
    return fingerprint.value();
  }

  private Findings find(String typed) throws IOException {
    try (Index index = Index.open(vatDir).orElseThrow()) {
      return index.find(Query.of(typed).orElseThrow(), Filter.all(20), List.of());
    }
  }

  private List<String> texts(String typed) throws IOException {
    return find(typed).texts().stream()
        .map(found -> found.file().project() + "/" + found.file().name())
        .toList();
  }

  private List<String> names(String typed) throws IOException {
    return find(typed).names().stream().map(Index.FoundFile::name).toList();
  }

  private void write(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
