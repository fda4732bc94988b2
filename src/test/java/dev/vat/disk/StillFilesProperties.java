package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.project.FileStamp;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Any sequence of writes, renames, removals, programs that hold files open, and looks, by a folder
/// that exists only in this test.
class StillFilesProperties {
  private static final Duration SETTLE = Duration.ofSeconds(10);

  private enum Deed {
    WRITE,
    RENAME,
    REMOVE,
    OPEN,
    CLOSE,
    LOOK
  }

  /// @param file which of four names it is about
  /// @param seconds that pass before it
  record Act(Deed deed, int file, int seconds) {}

  @Provide
  Arbitrary<Act> acts() {
    Arbitrary<Deed> deeds =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(3, Deed.WRITE),
            net.jqwik.api.Tuple.of(1, Deed.RENAME),
            net.jqwik.api.Tuple.of(1, Deed.REMOVE),
            net.jqwik.api.Tuple.of(1, Deed.OPEN),
            net.jqwik.api.Tuple.of(2, Deed.CLOSE),
            net.jqwik.api.Tuple.of(8, Deed.LOOK));
    return Combinators.combine(
            deeds, Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 8))
        .as(Act::new);
  }

  /// What the folder holds, and what was found out about it.
  private static final class World {
    private final StillFiles still = new StillFiles(SETTLE);
    private final Map<Path, FileStamp> files = new HashMap<>();
    private final Map<Path, Instant> changed = new HashMap<>();
    private final Map<Path, FileStamp> atLook = new HashMap<>();
    private final Map<Path, Instant> changedAtLook = new HashMap<>();
    private final Set<Path> open = new HashSet<>();
    private final List<FileStamp> became = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-22T15:30:00Z");
    private long contents;

    void act(Act act) {
      now = now.plusSeconds(act.seconds);
      Path path = path(act.file);
      switch (act.deed) {
        case WRITE -> write(path);
        case RENAME -> {
          FileStamp stamp = files.remove(path);
          if (stamp != null) {
            Path other = path((act.file + 1) % 4);
            files.put(
                other,
                new FileStamp(other, stamp.sizeBytes(), stamp.modifiedAt(), stamp.identity()));
            changed.put(other, cameBack(other) ? changedAtLook.get(other) : now);
          }
        }
        case REMOVE -> files.remove(path);
        case OPEN -> open.add(path);
        case CLOSE -> open.remove(path);
        case LOOK -> look();
      }
    }

    /// Renamed away and back between two looks: the very file that was there, which nobody changed.
    private boolean cameBack(Path path) {
      return files.get(path).equals(atLook.get(path));
    }

    private void write(Path path) {
      contents++;
      files.put(path, new FileStamp(path, contents, now, "inode " + path.getFileName()));
      changed.put(path, now);
    }

    void look() {
      still.look(
          files.values(),
          now,
          asked -> {
            Map<Path, String> writing = new HashMap<>();
            asked.stream()
                .filter(stamp -> open.contains(stamp.path()))
                .forEach(stamp -> writing.put(stamp.path(), "it is open"));
            return writing;
          });
      // What a look found gone is forgotten: back under its name, it becomes ready again.
      became.removeIf(stamp -> !stamp.equals(files.get(stamp.path())));
      for (FileStamp stamp : still.ready()) {
        assertThat(files).containsEntry(stamp.path(), stamp);
        assertThat(open).doesNotContain(stamp.path());
        assertThat(changed.get(stamp.path())).isBeforeOrEqualTo(now.minus(SETTLE));
        assertThat(became).doesNotContain(stamp);
        became.add(stamp);
        still.done(stamp);
      }
      atLook.clear();
      atLook.putAll(files);
      changedAtLook.putAll(changed);
      assertThat(still.ready()).isEmpty();
      assertThat(still.size()).isEqualTo(files.size());
    }

    private static Path path(int file) {
      return Path.of("/videos/s3-staging/" + (char) ('a' + file) + ".mp4");
    }
  }

  @Property(tries = 500)
  void what_stops_changing_becomes_ready_once_for_each_content_and_never_while_it_grows(
      @ForAll("acts2") List<Act> acts) {
    World world = new World();
    acts.forEach(world::act);
    // Everybody stops: whatever is there has become ready, this content of it exactly once.
    world.open.clear();
    for (int look = 0; look < 8; look++) {
      world.now = world.now.plus(SETTLE.dividedBy(2));
      world.look();
    }
    for (FileStamp stamp : world.files.values()) {
      assertThat(world.became).containsOnlyOnce(stamp);
    }
    assertThat(world.still.isMoving()).isFalse();
  }

  @Provide
  Arbitrary<List<Act>> acts2() {
    return acts().list().ofMaxSize(120);
  }

  @Example
  void a_file_that_was_renamed_and_renamed_back_between_two_looks_goes_on_being_still() {
    World world = new World();
    world.act(new Act(Deed.WRITE, 0, 0));
    world.act(new Act(Deed.LOOK, 0, 0));
    for (int name = 0; name < 4; name++) {
      world.act(new Act(Deed.RENAME, name, 2));
    }
    world.act(new Act(Deed.LOOK, 0, 2));

    assertThat(world.became).hasSize(1);
  }

  @Property(tries = 100)
  void a_file_that_grows_between_any_two_looks_is_never_ready(
      @ForAll @Size(max = 50)
          List<@net.jqwik.api.constraints.IntRange(min = 1, max = 40) Integer> pauses) {
    World world = new World();
    for (int seconds : pauses) {
      world.now = world.now.plusSeconds(seconds);
      world.write(World.path(0));
      world.look();
    }
    assertThat(world.became).isEmpty();
  }
}
