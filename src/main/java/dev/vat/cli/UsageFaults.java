package dev.vat.cli;

import dev.vat.project.Closest;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Command lines that cannot be understood, told in plain words.
final class UsageFaults {
  private UsageFaults() {}

  /// There is no such command.
  static CommandFailure unknownCommand(String typed, Collection<String> known) {
    if (typed.startsWith("-")) {
      return CommandFailure.usage(
          "unknown option " + Printable.of(typed) + " before the command",
          "options come after it: vat COMMAND " + Printable.of(typed));
    }
    return new CommandFailure(
        ExitCode.USAGE,
        "unknown_command",
        "there is no command " + Printable.of(typed),
        closest(typed, known)
            .map(near -> "did you mean vat " + near + "?")
            .orElse("vat --help lists the commands"));
  }

  /// Only one of the subcommands can be run, and none was named.
  static CommandFailure noSubcommand(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return CommandFailure.usage(
        name + " needs one of " + String.join(", ", command.getSubcommands().keySet()),
        name + " --help tells more");
  }

  /// picocli's complaint, in our words where they are plainer.
  static CommandFailure of(ParameterException complaint) {
    CommandLine command = complaint.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String help = name + " --help shows how it is used";
    if (complaint instanceof UnmatchedArgumentException unmatched) {
      return unmatched(command, name, unmatched.getUnmatched().getFirst(), help);
    }
    String message = Printable.of(complaint.getMessage().replace('\n', ' '));
    return CommandFailure.usage(
        name + ": " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1),
        help);
  }

  private static CommandFailure unmatched(
      CommandLine command, String name, String typed, String help) {
    String shown = Printable.of(typed);
    if (typed.startsWith("-") && typed.length() > 1) {
      List<String> options = List.copyOf(command.getCommandSpec().optionsMap().keySet());
      String bare = typed.replaceAll("=.*", "");
      return CommandFailure.usage(
          name + " has no option " + Printable.of(bare), didYouMean(bare, options).orElse(help));
    }
    if (!command.getSubcommands().isEmpty()) {
      return CommandFailure.usage(
          name + " has no command " + shown,
          didYouMean(typed, command.getSubcommands().keySet()).orElse(help));
    }
    return CommandFailure.usage(name + ": what is " + shown + " for?", help);
  }

  private static Optional<String> didYouMean(String typed, Collection<String> known) {
    return closest(typed, known).map(near -> "did you mean " + near + "?");
  }

  private static Optional<String> closest(String typed, Collection<String> known) {
    return Closest.of(typed, known, 1).stream().findFirst();
  }
}
