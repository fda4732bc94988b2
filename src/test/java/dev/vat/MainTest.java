package dev.vat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cli.KeepAwake;
import dev.vat.cli.OperatingSystem;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a process of its own.
final class MainTest {
  @TempDir Path folder;

  private record Ended(int exit, String out, String err) {}

  private Process start(List<String> jvm, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.vat.Main"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(new File(folder.toFile(), "err"))
        .start();
  }

  private Ended run(List<String> jvm, String... arguments) throws Exception {
    Process process = start(jvm, arguments);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(folder.resolve("err")));
  }

  @Test
  void the_demo_goes_as_it_should_and_leaves_a_folder_to_look_at() throws Exception {
    Ended demo = run(List.of(), "demo", "--dir", "demo");

    assertThat(demo.exit()).as(demo.out() + demo.err()).isZero();
    assertThat(demo.out())
        .contains("david$ vat up b63", "vat restore", "Everything went as it should", "sandbox");
    assertThat(folder.resolve("demo/jan/v-appydave")).isDirectory();
  }

  @Test
  void quick_commands_load_no_library_that_they_do_not_need() throws Exception {
    Path log = folder.resolve("classes");
    for (String[] words : new String[][] {{"--version"}, {"--help"}, {"config"}}) {
      Ended ended = run(List.of("-Xlog:class+load:file=" + log), words);

      assertThat(ended.exit()).as(ended.err()).isZero();
      assertThat(Files.readAllLines(log))
          .isNotEmpty()
          .noneMatch(line -> line.contains(" software.amazon."))
          .noneMatch(line -> line.contains(" tools.jackson."))
          .noneMatch(line -> line.contains(" org.sqlite."))
          .noneMatch(line -> line.contains(" org.eclipse.jetty."));
    }
  }

  @Test
  void results_and_errors_go_to_their_own_streams_in_utf_8() throws Exception {
    Ended ended = run(List.of(), "confg");

    assertThat(ended.exit()).isEqualTo(2);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo("✗ there is no command confg\n  → did you mean vat config?\n");
  }

  @Test
  void an_interrupted_command_says_what_stands_and_exits_with_130() throws Exception {
    Process process = start(List.of(), "sandbox", "--dir", "s3", "--port", "0");
    StringBuilder said = new StringBuilder();
    int next;
    while (said.indexOf("Ctrl-C stops it.") < 0 && (next = process.getInputStream().read()) >= 0) {
      said.append((char) next);
    }
    assertThat(said).contains("Ctrl-C stops it.");

    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(folder.resolve("err")))
        .isEqualTo("Stopped. What was stored stays in s3.\n");
  }

  @Test
  void staying_awake_is_a_courtesy_that_never_fails() {
    KeepAwake here = new ComputerAwake(OperatingSystem.named(System.getProperty("os.name")));
    here.begin("uploading").close();
    // A system whose program is missing here.
    new ComputerAwake(OperatingSystem.MAC).begin("uploading").close();
  }
}
