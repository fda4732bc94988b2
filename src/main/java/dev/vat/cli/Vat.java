package dev.vat.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// One command line, from its words to its exit code. Only the command that was named is loaded:
/// `--version` and `--help` stay fast however many commands there are.
public final class Vat {
  private final Surroundings surroundings;
  private final Services services;
  private final CommandList commands;

  private Vat(Surroundings surroundings, Services services, CommandList commands) {
    this.surroundings = surroundings;
    this.services = services;
    this.commands = commands;
  }

  /// Runs it to its end. Nothing is thrown for whatever goes wrong: it is told to the user and in
  /// the exit code. Touches the outside only through the arguments.
  ///
  /// @return the process's exit status: design 6's exit codes
  public static int run(Surroundings surroundings, Services services, String... arguments) {
    return run(CommandList.standard(), surroundings, services, arguments);
  }

  /// The same with other commands.
  static int run(
      CommandList commands, Surroundings surroundings, Services services, String... arguments) {
    return new Vat(surroundings, services, commands).run(List.of(arguments)).number();
  }

  private ExitCode run(List<String> arguments) {
    try (Console console = new Console(surroundings, OutputOptions.guess(arguments))) {
      try {
        return understand(arguments, console);
      } catch (CommandFailure failure) {
        console.failure(failure);
        return failure.exit();
      }
    }
  }

  private ExitCode understand(List<String> arguments, Console console) {
    String first = arguments.isEmpty() ? "--help" : arguments.getFirst();
    return switch (first) {
      case "--version", "-V" -> {
        print(Version.line() + "\n");
        yield ExitCode.DONE;
      }
      case "--help", "-h", "help" -> {
        Optional<String> about =
            arguments.stream().skip(1).filter(word -> !word.startsWith("-")).findFirst();
        print(about.map(this::help).orElseGet(() -> mainHelp(console)));
        yield ExitCode.DONE;
      }
      default -> {
        CommandEntry entry = entry(first);
        Object made = entry.factory().get();
        yield arguments.size() == 1 && made instanceof RunsAsMade command
            ? execute(command)
            : parsed(commandLine(entry, made), arguments.subList(1, arguments.size()), console);
      }
    };
  }

  private ExitCode parsed(CommandLine command, List<String> words, Console fallback) {
    ParseResult result;
    try {
      result = command.parseArgs(words.toArray(String[]::new));
    } catch (ParameterException complaint) {
      throw UsageFaults.of(complaint);
    }
    while (result.hasSubcommand()) {
      result = result.subcommand();
    }
    CommandLine named = result.commandSpec().commandLine();
    if (result.isUsageHelpRequested()) {
      print(usage(named, fallback.style().color()));
      return ExitCode.DONE;
    }
    return named.getCommand() instanceof VatCommand runnable
        ? execute(runnable)
        : refuse(UsageFaults.noSubcommand(named));
  }

  private static ExitCode refuse(CommandFailure failure) {
    throw failure;
  }

  private ExitCode execute(VatCommand command) {
    try (Console console = new Console(surroundings, command.output());
        Interruption.Handle _ =
            surroundings.interruption().during(() -> stopped(command, console))) {
      try {
        return command.run(new Invocation(surroundings, services, console));
      } catch (Throwable fault) {
        CommandFailure failure = Faults.of(fault);
        console.failure(failure);
        return failure.exit();
      }
    }
  }

  private static ExitCode stopped(VatCommand command, Console console) {
    ExitCode exit = command.stop();
    console.stopped(command.whenStopped());
    return exit;
  }

  private CommandEntry entry(String typed) {
    return commands
        .named(typed)
        .orElseThrow(() -> UsageFaults.unknownCommand(typed, commands.names()));
  }

  private static CommandLine commandLine(CommandEntry entry) {
    return commandLine(entry, entry.factory().get());
  }

  private static CommandLine commandLine(CommandEntry entry, Object made) {
    CommandLine command = new CommandLine(made);
    command.setCommandName("vat " + entry.name());
    // A file may be called @draft.mp4.
    command.setExpandAtFiles(false);
    command.setOverwrittenOptionsAllowed(true);
    var usage = command.getCommandSpec().usageMessage();
    if (usage.description().length == 0) {
      usage.description(entry.summary());
    }
    if (!entry.aliases().isEmpty()) {
      usage.footer(
          append(usage.footer(), "%nAlso known as: " + String.join(", ", entry.aliases())));
    }
    return command;
  }

  private static String[] append(String[] lines, String line) {
    String[] longer = Arrays.copyOf(lines, lines.length + 1);
    longer[lines.length] = line;
    return longer;
  }

  private String mainHelp(Console console) {
    return MainHelp.text(commands.all(), console.style());
  }

  private String help(String about) {
    return usage(commandLine(entry(about)), false);
  }

  private String usage(CommandLine command, boolean color) {
    CommandLine.Model.UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    usage.width(Math.clamp(surroundings.terminal().width(), 60, 100));
    usage.abbreviateSynopsis(true);
    usage.descriptionHeading("%n");
    usage.parameterListHeading("%n");
    usage.optionListHeading("%n");
    usage.sortOptions(false);
    usage.footer(paragraphs(usage.footer()));
    return command.getUsageMessage(color ? Ansi.ON : Ansi.OFF).replace("\r", "");
  }

  /// Lines that follow each other become one, which picocli breaks where the terminal ends.
  /// Examples, which are indented, stay as they are.
  private static String[] paragraphs(String[] lines) {
    List<String> paragraphs = new ArrayList<>();
    for (String line : lines) {
      if (!paragraphs.isEmpty() && isProse(line) && isProse(paragraphs.getLast())) {
        paragraphs.add(paragraphs.removeLast() + " " + line);
      } else {
        paragraphs.add(line);
      }
    }
    return paragraphs.toArray(String[]::new);
  }

  private static boolean isProse(String line) {
    return !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("%n");
  }

  private void print(String text) {
    surroundings.terminal().out().print(text);
    surroundings.terminal().out().flush();
  }
}
