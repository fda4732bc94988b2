package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class FolderEventsTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir Path temporary;
  private Path root;

  @BeforeEach
  void arrive() throws IOException {
    root = temporary.toRealPath();
  }

  /// A wait that must end long before its time is over.
  private static CompletableFuture<Void> waiting(FolderEvents events) {
    CompletableFuture<Void> woken = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                events.await(LONG, true);
                woken.complete(null);
              } catch (InterruptedException stopped) {
                woken.completeExceptionally(stopped);
              }
            });
    return woken;
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.WINDOWS})
  void a_new_file_and_a_longer_one_wake_up_who_waits() throws Exception {
    try (FolderEvents events = FolderEvents.ofThisSystem()) {
      assertThat(events.watch(root, Set.of(root))).isTrue();
      assertThat(events.watch(root, Set.of(root))).isFalse();
      assertThat(events.isWatching()).isTrue();
      assertThat(events.scanning()).isEmpty();

      CompletableFuture<Void> created = waiting(events);
      Path file = Files.writeString(root.resolve("draft.mp4"), "first");
      created.get(40, TimeUnit.SECONDS);

      CompletableFuture<Void> changed = waiting(events);
      Files.writeString(file, "longer than it was");
      changed.get(40, TimeUnit.SECONDS);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_folder_that_comes_later_is_watched_from_then_on() throws Exception {
    try (FolderEvents events = FolderEvents.ofThisSystem()) {
      events.watch(root, Set.of(root));
      Path later = Files.createDirectories(root.resolve("b63-flivideo"));
      assertThat(events.watch(root, Set.of(root, later))).isTrue();
      Files.delete(later);
      events.watch(root, Set.of(root));
      Files.createDirectory(later);
      assertThat(events.watch(root, Set.of(root, later))).isTrue();
      while (events.watch(root, Set.of(root, later))) {
        events.await(Duration.ofMillis(1), false);
      }
      CompletableFuture<Void> created = waiting(events);
      Files.writeString(later.resolve("draft.mp4"), "first");
      created.get(40, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_folder_that_went_meanwhile_is_no_reason_to_give_up() {
    try (FolderEvents events = with(_ -> Optional.empty())) {
      assertThat(events.watch(root, Set.of(root, root.resolve("gone")))).isTrue();
      assertThat(events.isWatching()).isTrue();
    }
  }

  @Test
  void a_file_system_that_tells_nothing_is_scanned_and_it_is_said_why() throws Exception {
    try (FolderEvents events =
        with(folder -> SilentFileSystems.ofType(folder.equals(root) ? "nfs4" : "ext4"))) {
      assertThat(events.watch(root, Set.of(root))).isFalse();

      assertThat(events.isWatching()).isFalse();
      assertThat(events.scanning()).hasValueSatisfying(why -> assertThat(why).contains("nfs4"));
      assertThat(events.watch(root, Set.of(root))).isFalse();
      events.await(Duration.ofMillis(1), true);
    }
  }

  @Test
  void a_system_that_has_no_watches_left_is_scanned_and_it_is_said_why() throws IOException {
    String exhausted = "User limit of inotify watches reached";
    try (FolderEvents events =
        new FolderEvents(
            Optional.of(FileSystems.getDefault().newWatchService()),
            _ -> Optional.empty(),
            (folder, with) -> {
              if (folder.equals(root)) {
                return FolderEvents.oneFolder(folder, with);
              }
              throw new FileSystemException(folder.toString(), null, exhausted);
            },
            false)) {
      assertThat(events.watch(root, Set.of(root))).isTrue();
      assertThat(events.watch(root, Set.of(root, root.resolve("b63-flivideo")))).isFalse();

      assertThat(events.isWatching()).isFalse();
      assertThat(events.scanning()).contains(exhausted);
    }
  }

  @Test
  void a_call_ends_a_wait_also_when_nothing_is_watched() throws Exception {
    try (FolderEvents events = FolderEvents.none()) {
      CompletableFuture<Void> called = waiting(events);
      events.wake();
      called.get(40, TimeUnit.SECONDS);
      assertThat(events.scanning()).isEmpty();
    }
  }

  @Test
  void network_drives_are_known_by_their_file_systems() {
    for (String type : new String[] {"nfs", "NFS4", "cifs", "9p", "fuse.sshfs", "smbfs"}) {
      assertThat(SilentFileSystems.ofType(type)).as(type).isPresent();
    }
    for (String type : new String[] {"ext4", "apfs", "NTFS", "exfat", "fuseblk", "btrfs"}) {
      assertThat(SilentFileSystems.ofType(type)).as(type).isEmpty();
    }
  }

  private static FolderEvents with(Function<Path, Optional<String>> silence) {
    try {
      return new FolderEvents(
          Optional.of(FileSystems.getDefault().newWatchService()),
          silence,
          FolderEvents::oneFolder,
          false);
    } catch (IOException fault) {
      throw new java.io.UncheckedIOException(fault);
    }
  }
}
