package dev.vat.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

class CutReplacementTest {
  @TempDir Path folder;

  @RepeatedTest(10)
  void killed_in_the_middle_every_version_is_whole_in_one_place(RepetitionInfo round)
      throws Exception {
    Path target = Files.writeString(folder.resolve("draft.mp4"), EndlessReplacing.content(0));
    int done = killAfter(3 + 7 * round.getCurrentRepetition());
    List<String> visible = contents(target, false);
    for (int version = 0; version <= done; version++) {
      assertThat(visible)
          .as("version %d of %d finished ones", version, done)
          .containsOnlyOnce(EndlessReplacing.content(version));
    }
    // At most the next version is there too, placed but not yet told; nothing else, nothing half.
    assertThat(visible.size()).isBetween(done + 1, done + 2);
    if (visible.size() == done + 2) {
      assertThat(visible).contains(EndlessReplacing.content(done + 1));
    }
    if (Files.notExists(target)) {
      // Cut while the old file was being proven: it is aside, and the new one still temporary.
      assertThat(contents(target, true)).contains(EndlessReplacing.content(done + 1));
    }
  }

  /// @return the last version that was told as finished
  private int killAfter(int versions) throws Exception {
    Process child = ChildJvm.start(EndlessReplacing.class, folder.toString());
    int last = 0;
    try (BufferedReader told = child.inputReader()) {
      while (last < versions) {
        last = Integer.parseInt(told.readLine());
      }
      // Kill -9 where there is one; through the handle, because the process would close our pipe
      // too.
      child.toHandle().destroyForcibly();
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        last = Integer.parseInt(line);
      }
    }
    child.waitFor();
    return last;
  }

  /// The content of every file under a name that users see (or put aside), or of the temporary
  /// ones.
  private List<String> contents(Path target, boolean temporary) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(target.getParent())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (TemporaryName.isOne(file.getFileName().toString()) == temporary) {
          found.add(Files.readString(file));
        }
      }
    }
    return found;
  }
}
