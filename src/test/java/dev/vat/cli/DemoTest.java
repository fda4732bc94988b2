package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo, which fails by itself when one of its commands ends otherwise than it tells.
final class DemoTest {
  @TempDir private Path work;

  @Test
  void offline_it_shows_the_drive_alone_and_starts_no_server() {
    CommandRun demo = CommandRun.in(work).run("demo", "--offline", "--dir", "demo");

    assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out())
        .contains("david$ vat archive b63", "david$ vat find", "Everything went as it should")
        .doesNotContain("vat up", "vat restore", "sandbox");
    assertThat(work.resolve("demo/s3")).doesNotExist();
    assertThat(work.resolve("demo/david/v-appydave/projects.json")).isRegularFile();
  }

  @Test
  void removed_at_the_end_it_leaves_nothing() {
    assertThat(CommandRun.in(work).run("demo", "--offline", "--remove", "--dir", "demo").exit())
        .isZero();

    assertThat(work).isEmptyDirectory();
  }
}
