package dev.vat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vat.cli.CommandEntry.Group;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

final class HelpTest {
  @TempDir Path folder;

  @Command
  static final class Quiet implements VatCommand {
    @Mixin OutputOptions output = new OutputOptions();

    @Override
    public OutputOptions output() {
      return output;
    }

    @Override
    public ExitCode run(Invocation invocation) {
      invocation.console().line("ran");
      return ExitCode.DONE;
    }
  }

  @Command(subcommands = Kept.Listing.class)
  static final class Kept {
    @Mixin OutputOptions output = new OutputOptions();

    @Command(name = "list", description = "What was put aside.")
    static final class Listing implements VatCommand {
      @Mixin OutputOptions output = new OutputOptions();

      @Override
      public OutputOptions output() {
        return output;
      }

      @Override
      public ExitCode run(Invocation invocation) {
        invocation.console().line("nothing");
        return ExitCode.DONE;
      }
    }
  }

  private static final CommandEntry UP =
      new CommandEntry(
          Group.DAILY, "up", "send your files", List.of("s3-sync-up"), HelpTest.Quiet::new);
  private static final CommandEntry KEPT =
      new CommandEntry(Group.MORE, "kept", "what was put aside", List.of(), Kept::new);

  @Test
  void help_of_a_command_with_parts_names_them() {
    assertThat(CommandRun.in(folder).run("kept", "--help").out())
        .contains("list", "restore", "empty");
  }

  @Test
  void the_main_help_is_short_and_shows_the_daily_commands_first() {
    CommandRun run = CommandRun.in(folder).knowing(KEPT, UP).run("--help");

    assertThat(run.out())
        .isEqualTo(
            """
            vat keeps video projects safe and shares them with your team.

              vat COMMAND [PROJECT] [options]

            Every day:
              up        send your files

            More: kept

            PROJECT is a folder's name or its beginning (b63), or left out inside the folder.
            One command in detail: vat help COMMAND
            """);
    assertThat(run.exit()).isZero();
  }

  @Test
  void the_help_of_all_commands_fits_on_one_screen() {
    for (String[] words : new String[][] {{}, {"help"}, {"-h"}}) {
      CommandRun run = CommandRun.in(folder).run(words);

      assertThat(run.exit()).isZero();
      assertThat(run.out().lines()).hasSizeLessThanOrEqualTo(30).allMatch(l -> l.length() <= 90);
    }
  }

  @Test
  void a_commands_own_help_tells_its_other_names() {
    CommandRun run = CommandRun.in(folder).knowing(UP).run("help", "up");

    assertThat(run.out())
        .isEqualTo(
            """
            Usage: vat up [OPTIONS]

            send your files

                  --json         one JSON document on standard output, for programs
                  --color=WHEN   auto, always or never (also: NO_COLOR=1)
                  --debug        with an error, show where in the program it arose
              -h, --help         this help

            Also known as: s3-sync-up, s3_sync_up
            """);
    assertThat(CommandRun.in(folder).knowing(UP).run("up", "--help").out()).isEqualTo(run.out());
  }

  @Test
  void the_names_that_users_know_run_the_command() {
    for (String name : List.of("up", "s3-sync-up", "s3_sync_up")) {
      assertThat(CommandRun.in(folder).knowing(UP).run(name).out()).isEqualTo("ran\n");
    }
  }

  @Test
  void a_command_of_commands_runs_them_and_asks_for_one() {
    assertThat(CommandRun.in(folder).knowing(KEPT).run("kept", "list").out())
        .isEqualTo("nothing\n");

    CommandRun none = CommandRun.in(folder).knowing(KEPT).run("kept");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err())
        .isEqualTo("✗ vat kept needs one of list\n  → vat kept --help tells more\n");

    CommandRun other = CommandRun.in(folder).knowing(KEPT).run("kept", "lst");
    assertThat(other.err()).isEqualTo("✗ vat kept has no command lst\n  → did you mean list?\n");
    assertThat(CommandRun.in(folder).knowing(KEPT).run("kept", "list", "-h").out())
        .contains("Usage: vat kept list", "What was put aside.");
  }

  @Test
  void the_version_names_vat_and_java() {
    assertThat(CommandRun.in(folder).run("--version").out()).matches("vat .+ \\(Java 25.*\\)\n");
  }

  /// picocli takes these texts for formats, and says so in the help of whoever uses a bare `%`.
  @TestFactory
  Stream<DynamicTest> the_texts_of_every_command_are_formats_that_can_be_formatted() {
    return CommandList.standard().all().stream()
        .flatMap(entry -> withParts(new CommandLine(entry.factory().get())))
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getCommandName()
                        + " "
                        + command.getCommand().getClass().getSimpleName(),
                    () ->
                        assertThat(texts(command.getCommandSpec()))
                            .allSatisfy(
                                text ->
                                    assertThatCode(() -> String.format(text))
                                        .as(text)
                                        .doesNotThrowAnyException())));
  }

  private static Stream<CommandLine> withParts(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(HelpTest::withParts));
  }

  private static Stream<String> texts(CommandSpec command) {
    return Stream.of(
            Stream.of(command.usageMessage().description()),
            Stream.of(command.usageMessage().footer()),
            command.options().stream()
                .map(option -> ((Field) option.userObject()).getAnnotation(Option.class))
                .flatMap(option -> Stream.of(option.description())),
            command.positionalParameters().stream()
                .map(one -> ((Field) one.userObject()).getAnnotation(Parameters.class))
                .flatMap(one -> Stream.of(one.description())))
        .flatMap(texts -> texts);
  }

  @Test
  void prose_wraps_where_the_terminal_ends_and_examples_stay_as_they_are() {
    String help = CommandRun.in(folder).run("verify", "--help").out();

    assertThat(help)
        .contains("  vat verify --sample 5%           a share of each copy")
        .containsPattern("\\. A copy without a history\\s+gets one\\.");
    assertThat(help.lines().filter(line -> line.equals("checksum history,"))).isEmpty();
  }
}
