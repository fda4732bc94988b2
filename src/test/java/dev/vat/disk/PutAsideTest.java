package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PutAsideTest {
  private static final Instant NOW = Instant.parse("2026-11-22T15:30:00.123Z");
  private static final ProjectId PROJECT = new ProjectId("b63-flivideo");
  private static final RelativeName DRAFT = RelativeName.of("s3-staging/Entwürfe/draft.mp4");

  @TempDir Path repository;
  private PutAside aside;

  @BeforeEach
  void open() {
    aside = new PutAside(repository, FilePlacement.ofThisSystem());
  }

  @Test
  void the_layout_is_time_project_name() throws IOException {
    assertThat(aside.reserve(PROJECT, DRAFT, NOW))
        .isEqualTo(
            repository.resolve(
                ".vat-kept/2026-11-22_153000Z/b63-flivideo/s3-staging/Entwürfe/draft.mp4"));
    assertThat(repository).isEmptyDirectory();
  }

  @Test
  void the_same_name_in_the_same_second_gets_the_next_number() throws IOException {
    Path first = keep(DRAFT, "one");
    Path second = keep(DRAFT, "two");
    assertThat(second.toString()).contains(".vat-kept/2026-11-22_153000Z-2/");
    assertThat(keep(RelativeName.of("s3-staging/other.mp4"), "x").toString())
        .contains("2026-11-22_153000Z/");
    assertThat(first).hasContent("one");
    assertThat(aside.list()).hasSize(3).allMatch(f -> f.keptAt().toString().endsWith("15:30:00Z"));
  }

  @Test
  void a_kept_file_in_the_way_of_a_folder_gets_the_next_number() throws IOException {
    keep(RelativeName.of("s3-staging/take"), "a file");
    assertThat(aside.reserve(PROJECT, RelativeName.of("s3-staging/take/1.wav"), NOW).toString())
        .contains("153000Z-2");
  }

  @Test
  void what_is_kept_is_listed_with_where_it_belongs() throws IOException {
    Path path = keep(DRAFT, "old");
    assertThat(aside.list())
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.id())
                  .isEqualTo("2026-11-22_153000Z/b63-flivideo/s3-staging/Entwürfe/draft.mp4");
              assertThat(kept.project()).isEqualTo(PROJECT);
              assertThat(kept.name()).isEqualTo(DRAFT);
              assertThat(kept.stamp()).isEqualTo(FileStamps.of(path));
              assertThat(kept.keptAt()).isEqualTo("2026-11-22T15:30:00Z");
            });
  }

  @Test
  void nothing_is_brought_back_through_a_link_out_of_the_repository(@TempDir Path elsewhere)
      throws IOException {
    Path kept = keep(DRAFT, "old");
    Path link = repository.resolve("b63-flivideo/s3-staging");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, elsewhere);

    BroughtBack outcome = aside.restore(aside.list().getFirst());

    assertThat(outcome).isEqualTo(new BroughtBack.InTheWay(link));
    assertThat(elsewhere).isEmptyDirectory();
    assertThat(kept).hasContent("old");
  }

  @Test
  void restoring_brings_it_home_and_leaves_no_empty_folder() throws IOException {
    keep(DRAFT, "old");
    Path home = repository.resolve("b63-flivideo/s3-staging/Entwürfe/draft.mp4");
    assertThat(aside.restore(aside.list().getFirst())).isEqualTo(new BroughtBack.Restored(home));
    assertThat(home).hasContent("old");
    assertThat(aside.list()).isEmpty();
    assertThat(repository.resolve(".vat-kept")).isEmptyDirectory();
  }

  @Test
  void the_repository_may_be_named_in_a_roundabout_way() throws IOException {
    keep(DRAFT, "old");
    PutAside roundabout =
        new PutAside(repository.resolve("./b63/.."), FilePlacement.ofThisSystem());
    assertThat(roundabout.restore(roundabout.list().getFirst()))
        .isInstanceOf(BroughtBack.Restored.class);
  }

  @Test
  void restoring_never_replaces() throws IOException {
    Path kept = keep(DRAFT, "old");
    Path home = repository.resolve("b63-flivideo/s3-staging/Entwürfe/draft.mp4");
    Files.createDirectories(home.getParent());
    Files.writeString(home, "newer");
    assertThat(aside.restore(aside.list().getFirst())).isEqualTo(new BroughtBack.Taken(home));
    assertThat(home).hasContent("newer");
    assertThat(kept).hasContent("old");
  }

  @Test
  void a_kept_file_that_changed_since_the_listing_is_left_alone() throws IOException {
    Path kept = keep(DRAFT, "old");
    List<KeptFile> listed = aside.list();
    Files.writeString(kept, "somebody worked on it");
    assertThat(aside.restore(listed.getFirst())).isEqualTo(new BroughtBack.Changed(kept));
    assertThat(aside.empty(NOW.plusSeconds(60), listed)).isEmpty();
    assertThat(kept).hasContent("somebody worked on it");
    Files.delete(kept);
    assertThat(aside.restore(listed.getFirst())).isEqualTo(new BroughtBack.Changed(kept));
  }

  @Test
  void emptying_takes_exactly_the_listed_and_old_enough_ones() throws IOException {
    keep(DRAFT, "old");
    List<KeptFile> listed = aside.list();
    Path later = keep(DRAFT, "put aside after the listing");
    assertThat(aside.empty(NOW.minusSeconds(60), listed)).isEmpty();
    assertThat(aside.empty(NOW.plusSeconds(60), listed)).isEqualTo(listed);
    assertThat(later).hasContent("put aside after the listing");
    assertThat(aside.list()).hasSize(1);
    assertThat(repository.resolve(".vat-kept/2026-11-22_153000Z")).doesNotExist();
  }

  @Test
  void a_link_inside_is_neither_followed_nor_listed_nor_removed() throws IOException {
    Path outside = Files.createDirectories(repository.resolve("b64-other/b63-flivideo"));
    Path footage = Files.writeString(outside.resolve("footage.mp4"), "precious");
    Path folder = Files.createDirectories(repository.resolve(".vat-kept"));
    Path link =
        Files.createSymbolicLink(
            folder.resolve("2026-11-22_153000Z"), repository.resolve("b64-other"));
    assertThat(aside.list()).isEmpty();
    KeptFile forged =
        new KeptFile(
            "x",
            PROJECT,
            RelativeName.of("footage.mp4"),
            FileStamps.of(link.resolve("b63-flivideo/footage.mp4")),
            NOW);
    assertThat(aside.empty(NOW.plusSeconds(60), List.of(forged))).isEmpty();
    assertThat(footage).hasContent("precious");
    assertThat(aside.reserve(PROJECT, DRAFT, NOW).toString()).contains("153000Z-2");
  }

  @Test
  void a_file_outside_is_refused() throws IOException {
    Path footage = Files.writeString(repository.resolve("footage.mp4"), "precious");
    for (Path path : List.of(footage, repository.resolve(".vat-kept/../footage.mp4"))) {
      KeptFile forged =
          new KeptFile(
              "x",
              PROJECT,
              RelativeName.of("footage.mp4"),
              new dev.vat.project.FileStamp(path, 8, NOW, ""),
              NOW);
      assertThatThrownBy(() -> aside.empty(NOW.plusSeconds(60), List.of(forged)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(footage).hasContent("precious");
  }

  @Test
  void what_vat_did_not_put_there_is_not_listed() throws IOException {
    Path folder = Files.createDirectories(repository.resolve(".vat-kept/my own folder/x"));
    Files.writeString(folder.resolve("file.mp4"), "mine");
    Files.writeString(repository.resolve(".vat-kept/.DS_Store"), "junk");
    assertThat(aside.list()).isEmpty();
  }

  @Test
  void a_kept_folder_that_is_a_link_is_refused() throws IOException {
    Path elsewhere = Files.createDirectory(repository.resolve("elsewhere"));
    Files.createSymbolicLink(repository.resolve(".vat-kept"), elsewhere);
    assertThatThrownBy(() -> aside.reserve(PROJECT, DRAFT, NOW))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a link");
    assertThatThrownBy(() -> aside.list()).isInstanceOf(FileSystemException.class);
  }

  private Path keep(RelativeName name, String content) throws IOException {
    Path path = aside.reserve(PROJECT, name, NOW);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, content);
  }

  @Test
  void a_kept_file_goes_back_into_folders_that_store_their_accents_apart() throws IOException {
    Path there = repository.resolve("b63-flivideo/s3-staging/Entwu\u0308rfe");
    Files.createDirectories(there);
    keep(DRAFT, "old");

    aside.restore(aside.list().getFirst());

    assertThat(there.resolve("draft.mp4")).hasContent("old");
    assertThat(there.getParent()).isDirectoryNotContaining("glob:**/Entw\u00fcrfe");
  }
}
