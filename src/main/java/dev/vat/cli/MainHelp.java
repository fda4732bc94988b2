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
        text.append('\n').append(style.strong(group.heading() + ":")).append('\n');
        members.forEach(
            c ->
                text.append(String.format("  %-9s %s%n", c.name(), c.summary()).replace("\r", "")));
      }
    }
    text.append(
        """

        PROJECT is a folder's name or its beginning (b63), or left out inside the folder.
        One command in detail: vat help COMMAND
        """);
    return text.toString();
  }
}
