package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cli.CommandEntry.Group;
import dev.vat.cloud.StoreException;
import dev.vat.project.ProjectId;
import dev.vat.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class FailureTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCY";

  @TempDir Path folder;

  @Command
  static final class Failing implements VatCommand {
    private final Exception fault;
    @Mixin OutputOptions output = new OutputOptions();

    Failing(Exception fault) {
      this.fault = fault;
    }

    @Override
    public OutputOptions output() {
      return output;
    }

    @Override
    public ExitCode run(Invocation invocation) throws Exception {
      throw fault;
    }
  }

  private CommandRun run(Exception fault, String... options) {
    CommandEntry entry =
        new CommandEntry(Group.MORE, "fail", "fails", List.of(), () -> new Failing(fault));
    String[] words = new String[options.length + 1];
    words[0] = "fail";
    System.arraycopy(options, 0, words, 1, options.length);
    return CommandRun.in(folder).with("AWS_SECRET_ACCESS_KEY", SECRET).knowing(entry).run(words);
  }

  @Test
  void what_the_store_reports_becomes_the_exit_code_of_its_remedy() {
    Exception cause = new IOException("x");
    assertThat(run(new StoreException.Unreachable("no answer", cause)).exit()).isEqualTo(5);
    assertThat(run(new StoreException.BadCredentials("unknown key", cause)).exit()).isEqualTo(2);
    assertThat(run(new StoreException.NoSuchBucket("no bucket", cause)).exit()).isEqualTo(2);
    assertThat(run(new StoreException.AccessDenied("denied", cause)).exit()).isEqualTo(1);
    assertThat(run(new StoreException.Failed("refused", cause)).exit()).isEqualTo(1);
    assertThat(run(new InterruptedException()).exit()).isEqualTo(130);
  }

  @Test
  void a_failure_says_what_and_what_next_without_a_stack_trace() {
    CommandRun run = run(new StoreException.Unreachable("S3 does not answer", null));

    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            """
            ✗ S3 does not answer
              → run the same command again, and it carries on where it stopped
            """);
  }

  @Test
  void debug_shows_where_it_arose() {
    assertThat(run(new IOException("odd"), "--debug").err())
        .contains("✗ odd", "    at dev.vat.cli.FailureTest", "Caused by: java.io.IOException: odd");
  }

  @Test
  void a_wrapped_fault_is_told_as_itself() {
    Exception wrapped =
        new ExecutionException(
            new UncheckedIOException(new NoSuchFileException("/films/draft.mp4")));
    assertThat(run(wrapped).err()).startsWith("✗ /films/draft.mp4 is not there\n");
    assertThat(run(new AccessDeniedException("/films")).err())
        .startsWith("✗ no permission for /films\n");
  }

  @Test
  void a_defect_of_ours_is_called_one() {
    assertThat(run(new IllegalStateException("odd")).err())
        .contains("✗ something went wrong that should not: IllegalStateException: odd")
        .contains("please report it");
  }

  @Test
  void secrets_and_signatures_never_appear_in_an_error() {
    String link =
        "https://b.s3/k?X-Amz-Credential=AKIA%2F2026&X-Amz-Signature=abcdef0123&X-Amz-Security-Token=zzz";
    Exception fault = new IOException(SECRET + " at " + link, new IOException(SECRET));
    for (String option : List.of("--debug", "--json")) {
      CommandRun run = run(fault, option, "--debug");

      assertThat(run.out() + run.err())
          .doesNotContain(SECRET, "abcdef0123", "AKIA", "zzz")
          .contains("X-Amz-Signature=****");
    }
  }

  @Test
  void a_message_from_a_server_cannot_write_to_the_terminal() {
    assertThat(run(new IOException("\u001b]0;owned\u0007 a\u202eb")).err())
        .startsWith("✗ \\u001b]0;owned\\u0007 a\\u202eb\n");
  }

  @Test
  void an_unknown_project_names_the_nearest_one() {
    CommandFailure unknown =
        CommandFailure.unknownProject("b36", List.of(new ProjectId("b63-flivideo")));

    CommandRun run = run(unknown);

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("✗ no project is called b36\n  → did you mean b63-flivideo?\n");
  }

  /// Reads the settings, as every command of the cloud does, and then fails.
  @Command
  static final class FailingLater implements VatCommand {
    @Mixin OutputOptions output = new OutputOptions();
    @Mixin TransferOptions transfer = new TransferOptions();

    @Override
    public OutputOptions output() {
      return output;
    }

    @Override
    public ExitCode run(Invocation invocation) throws Exception {
      var here = CurrentRepository.require(invocation);
      throw new IOException("refused: " + here.settings().required(Setting.SMTP_URL).text());
    }
  }

  private static final CommandEntry LATER =
      new CommandEntry(Group.MORE, "later", "fails later", List.of(), FailingLater::new);

  @Test
  void secrets_of_the_settings_file_never_appear_in_an_error() throws IOException {
    Files.writeString(folder.resolve(".video-tools.env"), "SMTP_URL=smtps://me:hunter2@mail\n");

    CommandRun run = CommandRun.in(folder).knowing(LATER).run("later", "--debug");

    assertThat(run.err()).startsWith("✗ refused: ****\n").doesNotContain("hunter2");
  }

  @Test
  void outside_of_a_repository_the_way_in_is_told() {
    CommandRun run = CommandRun.in(folder).knowing(LATER).run("later", "--json");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("\"code\" : \"no_repository\"", "vat init");
  }

  @Test
  void a_wrong_rate_is_told_with_an_example() {
    CommandRun run = CommandRun.in(folder).knowing(LATER).run("later", "--limit-rate", "fast");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--limit-rate", "'fast' is not a rate; write for example 500K");
  }
}
