package dev.vat.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GitTest {
  @TempDir Path folder;

  private void program(String script) throws IOException {
    Path program = folder.resolve("git");
    Files.writeString(program, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private Git git() {
    return Git.installed(Map.of("PATH", folder.toString()), folder, false).orElseThrow();
  }

  @Test
  void only_a_program_in_a_whole_path_is_taken() throws Exception {
    program("exit 0\n");

    assertThat(Git.installed(Map.of("PATH", "::.:/no/such/folder"), folder, false)).isEmpty();
    assertThat(Git.installed(Map.of(), folder, false)).isEmpty();
    assertThat(Git.installed(Map.of("Path", folder + "::"), folder, false)).isPresent();
  }

  @Test
  void a_program_that_does_not_read_its_input_does_not_hold_us_up() throws Exception {
    // Its answer comes after its input is gone: what it says then is read all the same.
    program(
        "echo 'fatal: detected dubious ownership' >&2\nexec <&-\nsleep 0.3\nprintf 'late\\0'\nexit 128\n");

    Git.Answer answer = git().ask(List.of("x".repeat(300_000)), "check-ignore");

    assertThat(answer.exit()).isEqualTo(128);
    assertThat(answer.out()).containsExactly("late");
    assertThat(answer.error()).isEqualTo("fatal: detected dubious ownership");
  }

  @Test
  void a_program_that_is_killed_is_a_fault() throws Exception {
    program("kill -9 $$\n");

    assertThatThrownBy(() -> git().ask(List.of(), "ls-files")).isInstanceOf(IOException.class);
  }

  @Test
  void a_repository_above_counts_as_git_itself_counts_it() throws Exception {
    Path below = Files.createDirectories(folder.resolve("brands/v-voz"));
    assertThat(Git.isRepository(below)).isFalse();
    Files.createDirectory(folder.resolve(".git"));
    assertThat(Git.isRepository(below)).isTrue();
  }
}
