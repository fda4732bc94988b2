package dev.vat.index;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Archives in S3 in the index, beside folders that come and go.
final class ArchiveFeedingTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
  private static final FileKinds KINDS = new FileKinds(100_000_000);
  private static final ProjectId B40 = new ProjectId("b40-flight");
  private static final CopyPlace ARCHIVE =
      new CopyPlace(B40, CopyPlace.Kind.S3, "vault", "appydave/b00-b49/b40-flight.tar.gz");

  @TempDir Path folder;
  private Path vatDir;

  @BeforeEach
  void prepare() {
    vatDir = folder.resolve(".vat");
  }

  private static ArchivedFile file(String name, byte[] content) {
    try {
      return new ArchivedFile(
          RelativeName.of(name),
          content.length,
          MONDAY,
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private ArchiveFeeding open() throws IOException {
    return ArchiveFeeding.open(vatDir, MONDAY);
  }

  /// The project's folder here with these files, read; without any it is gone.
  private void folder(String... texts) throws IOException {
    Path project = Files.createDirectories(folder.resolve("b40-flight"));
    for (int i = 0; i < texts.length; i++) {
      Files.writeString(project.resolve(i + ".txt"), texts[i]);
    }
    CopyPlace place = new CopyPlace(B40, CopyPlace.Kind.LOCAL, "", "b40-flight");
    new Feeding(vatDir, KINDS, Progress.none())
        .feed(
            texts.length == 0
                ? List.of()
                : List.of(new SeenCopy(place, project, "read " + List.of(texts).hashCode())),
            Set.of(),
            MONDAY);
  }

  private List<Index.FoundFile> texts(String words) throws IOException {
    try (Index index = Index.open(vatDir).orElseThrow()) {
      return index.find(Query.of(words).orElseThrow(), Filter.all(10), List.of()).texts().stream()
          .map(Findings.FoundText::file)
          .toList();
    }
  }

  @Test
  void a_text_that_a_folder_has_is_known_by_its_digest_and_stays_when_the_folder_goes()
      throws IOException {
    folder("the butcher knife");
    ArchivedFile knife = file("moved/1.txt", "the butcher knife".getBytes(UTF_8));
    ArchivedFile spoon = file("other.txt", "a spoon".getBytes(UTF_8));
    try (ArchiveFeeding index = open()) {
      assertThat(index.wanted(List.of(knife, spoon), _ -> {})).containsExactly(spoon);
      index.put(ARCHIVE, "version 1", List.of(knife, spoon));
      index.listed("vault", "appydave/", Set.of(ARCHIVE));
    }
    assertThat(texts("knife")).hasSize(2);

    folder();

    Index.FoundFile found =
        texts("knife").stream()
            .filter(one -> one.name().equals("moved/1.txt"))
            .findFirst()
            .orElseThrow();
    assertThat(found.places()).containsExactly(new Index.Where(ARCHIVE, true, MONDAY));
    assertThat(found.sha256()).contains(knife.sha256());
    assertThat(texts("spoon")).as("nobody has read it").isEmpty();
  }

  @Test
  void what_a_folder_told_stays_when_it_goes_and_the_archive_tells_less() throws IOException {
    folder("the butcher knife");
    try (ArchiveFeeding index = open()) {
      index.put(
          ARCHIVE,
          "partly",
          List.of(new ArchivedFile(RelativeName.of("0.txt"), 17, MONDAY, "0".repeat(64))));
      index.listed("vault", "appydave/", Set.of(ARCHIVE));
    }

    folder();

    assertThat(texts("knife")).hasSize(1);
  }

  @Test
  void texts_in_another_encoding_and_files_without_text_are_read_once() throws IOException {
    byte[] windows = "Caf\u00e9 at noon".getBytes(ISO_8859_1);
    byte[] none = {'a', 0, 'b'};
    ArchivedFile cafe = file("cafe.txt", windows);
    ArchivedFile data = file("data.json", none);
    try (ArchiveFeeding index = open()) {
      assertThat(index.wanted(List.of(cafe, data), _ -> {})).containsExactly(cafe, data);
      assertThat(index.text(cafe, windows)).isTrue();
      assertThat(index.text(data, none)).isFalse();
      assertThat(index.wanted(List.of(cafe, data), _ -> {})).isEmpty();
      index.put(ARCHIVE, "version 1", List.of(cafe, data));
      assertThat(index.known()).containsEntry(ARCHIVE, "version 1");
    }
    assertThat(texts("caf\u00e9")).extracting(Index.FoundFile::name).containsExactly("cafe.txt");
  }

  @Test
  void a_text_that_no_archive_has_yet_is_found_by_nobody() throws IOException {
    byte[] content = "the butcher knife".getBytes(UTF_8);
    try (ArchiveFeeding index = open()) {
      index.text(file("1.txt", content), content);
    }
    assertThat(texts("knife")).isEmpty();
  }

  @Test
  void only_a_listing_of_its_place_tells_that_an_archive_is_gone() throws IOException {
    try (ArchiveFeeding index = open()) {
      index.put(ARCHIVE, "version 1", List.of(file("0.txt", new byte[] {'a'})));
      index.listed("other", "appydave/", Set.of());
      index.listed("vault", "elsewhere/", Set.of());
      assertThat(index.known()).containsKey(ARCHIVE);
    }
    folder("a folder");
    try (ArchiveFeeding index = open()) {
      assertThat(index.known()).containsKey(ARCHIVE);
      index.listed("vault", "appydave/", Set.of());
      assertThat(index.known()).isEmpty();
    }
  }

  @Test
  void a_copy_in_a_folder_is_compared_with_the_archive_by_names_and_sizes() throws IOException {
    folder("same", "changed since", "new");
    try (ArchiveFeeding index = open()) {
      index.put(
          ARCHIVE,
          "version 1",
          List.of(
              file("0.txt", "same".getBytes(UTF_8)),
              file("1.txt", "old".getBytes(UTF_8)),
              file("film.mov", new byte[50])));
    }

    try (Index index = Index.open(vatDir).orElseThrow()) {
      ArchiveContent content = index.archive(ARCHIVE, KINDS).orElseThrow();

      assertThat(content.files()).isEqualTo(3);
      assertThat(content.bytes()).isEqualTo(57);
      assertThat(content.heavyFiles()).isEqualTo(1);
      assertThat(content.beside()).hasSize(1);
      ArchiveContent.Beside here = content.beside().getFirst();
      assertThat(here.copy().place().kind()).isEqualTo(CopyPlace.Kind.LOCAL);
      assertThat(List.of(here.files(), here.missing(), here.otherSize()))
          .containsExactly(3L, 1L, 1L);
    }
  }

  @Test
  void an_index_of_the_version_before_is_taken_up_with_all_that_it_knows() throws Exception {
    folder("the butcher knife");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + vatDir.resolve("index.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE files DROP COLUMN sha256");
      statement.execute("PRAGMA user_version = 1");
    }
    assertThatThrownBy(() -> texts("knife")).hasMessageContaining("Run vat manifest");

    try (ArchiveFeeding index = open()) {
      index.put(ARCHIVE, "version 1", List.of(file("0.txt", "the butcher knife".getBytes(UTF_8))));
    }

    assertThat(texts("knife").getFirst().places()).hasSize(2);
  }
}
