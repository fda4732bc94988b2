package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.disk.TemporaryTree;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What belongs to another project is not cleared away, however alike the names are.
final class LeavingsTest {
  private static final String VERSION = "81e6909f349585e997ccb003faf44d5a";

  @TempDir private Path folder;
  private Path project;

  @BeforeEach
  void home() throws IOException {
    project = Files.createDirectories(folder.resolve("b40-old"));
    Files.writeString(project.resolve("take.mp4"), "the same");
  }

  private Path hidden(String name) throws IOException {
    Path growing = TemporaryTree.of(folder.resolve(name));
    Files.createDirectories(growing);
    Files.writeString(growing.resolve("take.mp4"), "the same");
    return growing;
  }

  @Test
  void what_earlier_runs_left_of_other_versions_goes_when_it_is_the_same() throws IOException {
    Path other = hidden("b40-old." + VERSION);
    Path inParts = hidden("b40-old." + VERSION.replace('8', 'a') + "-13");
    Path more = hidden("b40-old." + VERSION.replace('8', 'b'));
    Files.writeString(more.resolve("later.mp4"), "nowhere else");

    assertThat(new Leavings(Progress.none()).clear(project, true)).containsExactly(more);

    assertThat(other).doesNotExist();
    assertThat(inParts).doesNotExist();
    assertThat(more.resolve("take.mp4")).doesNotExist();
    assertThat(more.resolve("later.mp4")).hasContent("nowhere else");
  }

  @Test
  void a_copy_of_a_project_that_is_called_almost_the_same_goes_on_growing() throws IOException {
    for (String name : new String[] {"b40-old.v2", "b40-old.20250101", "b40-old.2", "b40-older"}) {
      Path growing = hidden(name);

      assertThat(new Leavings(Progress.none()).clear(project, true)).isEmpty();

      assertThat(growing.resolve("take.mp4")).as(name).hasContent("the same");
    }
  }
}
