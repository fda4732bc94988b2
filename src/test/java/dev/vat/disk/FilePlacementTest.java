package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePlacementTest {
  private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");

  @TempDir Path folder;
  private Path source;
  private Path target;
  private Path aside;

  @BeforeEach
  void a_finished_temporary_file() throws IOException {
    target = folder.resolve("draft – Gerät.mp4");
    source = Files.writeString(TemporaryName.resumable(target, "new"), "new");
    aside = folder.resolve(".vat-kept/2026-11-22_153000Z/b63/draft.mp4");
  }

  /// What must hold whatever means the file system has.
  abstract class Placing {
    abstract FilePlacement placement();

    abstract Atomicity expected();

    @Test
    void a_free_name_is_taken() throws IOException {
      assertThat(placement().placeNew(source, target)).isEqualTo(expected());
      assertThat(target).hasContent("new");
      assertThat(source).doesNotExist();
    }

    @Test
    void a_taken_name_is_refused_and_both_files_stay() throws IOException {
      Files.writeString(target, "old");
      assertThatThrownBy(() -> placement().placeNew(source, target))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(target).hasContent("old");
      assertThat(source).hasContent("new");
    }

    @Test
    void even_a_dangling_link_counts_as_a_taken_name() throws IOException {
      Files.createSymbolicLink(target, folder.resolve("nowhere"));
      assertThatThrownBy(() -> placement().placeNew(source, target))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(source).hasContent("new");
    }

    @Test
    void a_missing_folder_is_said() {
      assertThatThrownBy(() -> placement().placeNew(source, folder.resolve("no/draft.mp4")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(source).hasContent("new");
    }

    @Test
    void replacing_puts_the_old_file_aside() throws IOException {
      Files.writeString(target, "old");
      assertThat(placement().replace(source, target, aside, FilePlacementTest::isOld))
          .isEqualTo(new Replaced.Done(aside, expected()));
      assertThat(target).hasContent("new");
      assertThat(aside).hasContent("old");
      assertThat(source).doesNotExist();
    }

    @Test
    void a_file_that_is_not_the_compared_one_is_put_back() throws IOException {
      Files.writeString(target, "saved a moment ago");
      assertThat(placement().replace(source, target, aside, FilePlacementTest::isOld))
          .isEqualTo(new Replaced.NotTheSame(new OldFile.InPlace(target)));
      assertThat(target).hasContent("saved a moment ago");
      assertThat(aside).doesNotExist();
      assertThat(source).hasContent("new");
    }

    @Test
    void when_the_proof_fails_with_a_fault_the_old_file_is_put_back() throws IOException {
      Files.writeString(target, "old");
      Proof faulty =
          file -> {
            throw new IOException("the disk does not answer");
          };
      assertThatThrownBy(() -> placement().replace(source, target, aside, faulty))
          .hasMessage("the disk does not answer");
      assertThat(target).hasContent("old");
      assertThat(aside).doesNotExist();
    }

    @Test
    void a_file_that_appears_during_the_proof_is_left_alone() throws IOException {
      Files.writeString(target, "old");
      Proof slow =
          file -> {
            Files.writeString(target, "third");
            return true;
          };
      assertThat(placement().replace(source, target, aside, slow))
          .isEqualTo(new Replaced.Taken(new OldFile.Aside(aside)));
      assertThat(target).hasContent("third");
      assertThat(aside).hasContent("old");
      assertThat(source).hasContent("new");
    }

    @Test
    void a_file_that_appears_and_no_proof_leaves_the_old_one_aside() throws IOException {
      Files.writeString(target, "old");
      Proof slow =
          file -> {
            Files.writeString(target, "third");
            return false;
          };
      assertThat(placement().replace(source, target, aside, slow))
          .isEqualTo(new Replaced.NotTheSame(new OldFile.Aside(aside)));
      assertThat(target).hasContent("third");
      assertThat(aside).hasContent("old");
    }

    @Test
    void a_fault_while_the_name_was_taken_says_where_the_old_file_is() throws IOException {
      Files.writeString(target, "old");
      Proof slow =
          file -> {
            Files.writeString(target, "third");
            throw new IOException("the disk does not answer");
          };
      assertThatThrownBy(() -> placement().replace(source, target, aside, slow))
          .satisfies(
              fault ->
                  assertThat(fault.getSuppressed()[0])
                      .hasMessageContaining(aside.toString())
                      .hasMessageContaining("put aside"));
      assertThat(aside).hasContent("old");
    }

    @Test
    void a_taken_place_aside_changes_nothing() throws IOException {
      Files.writeString(target, "old");
      Files.createDirectories(aside.getParent());
      Files.writeString(aside, "kept before");
      assertThatThrownBy(() -> placement().replace(source, target, aside, file -> true))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(target).hasContent("old");
      assertThat(aside).hasContent("kept before");
      assertThat(source).hasContent("new");
    }

    @Test
    void a_file_that_is_gone_is_not_the_compared_one() throws IOException {
      assertThat(placement().replace(source, target, aside, file -> true))
          .isEqualTo(new Replaced.NotTheSame(new OldFile.Gone()));
      assertThat(source).hasContent("new");
    }

    @Test
    void of_many_that_want_one_name_one_gets_it() throws Exception {
      int many = 40;
      List<Future<Atomicity>> tries = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < many; i++) {
          Path mine =
              Files.writeString(TemporaryName.resumable(target, "version " + i), "version " + i);
          tries.add(threads.submit(() -> placement().placeNew(mine, target)));
        }
      }
      assertThat(tries).filteredOn(t -> t.state() == Future.State.SUCCESS).hasSize(1);
      assertThat(tries)
          .filteredOn(t -> t.state() == Future.State.FAILED)
          .hasSize(many - 1)
          .allSatisfy(
              t -> assertThat(t.exceptionNow()).isInstanceOf(FileAlreadyExistsException.class));
      int winner = 0;
      while (tries.get(winner).state() != Future.State.SUCCESS) {
        winner++;
      }
      assertThat(target).hasContent("version " + winner);
    }
  }

  @Nested
  class WithWhatThisSystemOffers extends Placing {
    @Override
    FilePlacement placement() {
      return FilePlacement.ofThisSystem();
    }

    @Override
    Atomicity expected() {
      return Atomicity.KERNEL;
    }
  }

  @Nested
  class WithHardLinksOnly extends Placing {
    @Override
    FilePlacement placement() {
      return new FilePlacement(new NoReplaceMove((from, to) -> NoReplaceRename.Answer.UNSUPPORTED));
    }

    @Override
    Atomicity expected() {
      return Atomicity.LINK;
    }
  }

  @Test
  void a_link_is_never_placed_nor_replaced() throws IOException {
    FilePlacement placement = FilePlacement.ofThisSystem();
    Path link = Files.createSymbolicLink(folder.resolve("link"), source);
    assertThatThrownBy(() -> placement.placeNew(link, target))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a plain file");
    assertThatThrownBy(() -> placement.replace(source, link, aside, file -> true))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("not a plain file");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void another_file_system_is_an_error_and_nothing_moves() throws IOException {
    assumeTrue(Files.isWritable(OTHER_FILE_SYSTEM), "needs a second file system in /dev/shm");
    Path elsewhere = Files.createTempDirectory(OTHER_FILE_SYSTEM, "vat-test");
    try {
      Path far = elsewhere.resolve("draft.mp4");
      Files.writeString(target, "old");
      List<FilePlacement> both =
          List.of(
              FilePlacement.ofThisSystem(),
              new FilePlacement(
                  new NoReplaceMove((from, to) -> NoReplaceRename.Answer.UNSUPPORTED)));
      for (FilePlacement placement : both) {
        assertThatThrownBy(() -> placement.placeNew(source, far))
            .isInstanceOf(AcrossFileSystemsException.class);
        assertThatThrownBy(
                () -> placement.replace(source, target, elsewhere.resolve("a/b"), file -> true))
            .isInstanceOf(AcrossFileSystemsException.class)
            .hasMessageContaining("different file systems");
      }
      assertThat(elsewhere).isEmptyDirectory();
      assertThat(source).hasContent("new");
      assertThat(target).hasContent("old");
    } finally {
      Files.delete(elsewhere);
    }
  }

  private static boolean isOld(Path file) throws IOException {
    return Files.readString(file).equals("old");
  }
}
