package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Journals, whole, cut and damaged.
final class WholeLinesTest {
  @TempDir Path folder;

  @Test
  void a_line_that_was_cut_is_none_wherever_it_was_cut() throws IOException {
    String text = "about\nfirst\nzwölf\n\nlast\n";
    byte[] whole = text.getBytes();
    for (int length = 0; length <= whole.length; length++) {
      Path file = Files.write(folder.resolve("j"), java.util.Arrays.copyOf(whole, length));
      List<String> expected = new ArrayList<>();
      for (String line : List.of("first", "zwölf", "", "last")) {
        expected.add(line);
        String until = "about\n" + String.join("\n", expected) + "\n";
        if (until.getBytes().length > length) {
          expected.removeLast();
          break;
        }
      }

      assertThat(read("about", file)).as("%d bytes", length).isEqualTo(expected);
    }
  }

  @Test
  void a_journal_about_something_else_or_none_says_nothing() throws IOException {
    Path file = Files.writeString(folder.resolve("j"), "about\nfirst\n");

    assertThat(WholeLines.after("other", file, line -> {})).isFalse();
    assertThat(WholeLines.after("abou", file, line -> {})).isFalse();
    assertThat(WholeLines.after("about", folder.resolve("none"), line -> {})).isFalse();
  }

  @Test
  void what_is_no_line_of_ours_is_left_out_whatever_its_length() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("j"), "about\nfirst\n" + "x".repeat(3_000_000) + "\nlast\n");

    assertThat(read("about", file)).containsExactly("first", "last");
  }

  private static List<String> read(String header, Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    WholeLines.after(header, file, lines::add);
    return lines;
  }
}
