package dev.vat.cli;

import java.util.List;

/// The help of `vat` itself: short, the daily commands first. Printed without loading any command.
final class MainHelp {
  private MainHelp() {}

  static String text(List<CommandEntry> commands, Style style) {
    StringBuilder text = new StringBuilder();
    text.append("vat keeps video projects safe and shares them with your team.\n\n");
    text.append("  vat COMMAND [PROJECT] [options]\n");
    for (CommandEntry.Group group : CommandEntry.Group.values()) {
      List<CommandEntry> members = commands.stream().filter(c -> c.group() == group).toList();
      if (!members.isEmpty()) {
        text.append('\n').append(style.strong(group.heading() + ":"));
        text.append(group == CommandEntry.Group.MORE ? names(members) : lines(members));
      }
    }
    text.append(
        """

        PROJECT is a folder's name or its beginning (b63), or left out inside the folder.
        One command in detail: vat help COMMAND
        """);
    return text.toString();
  }

  private static String lines(List<CommandEntry> members) {
    StringBuilder lines = new StringBuilder("\n");
    members.forEach(c -> lines.append("  %-9s %s\n".formatted(c.name(), c.summary())));
    return lines.toString();
  }

  /// What is seldom needed takes one line: the whole has to fit on a screen.
  private static String names(List<CommandEntry> members) {
    return " " + String.join(", ", members.stream().map(CommandEntry::name).toList()) + "\n";
  }
}
