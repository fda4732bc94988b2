package dev.vat.cli;

import dev.vat.cli.CommandEntry.Group;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Every command there is, in the order of the main help. To add one: write its class and add a
/// line here.
final class CommandList {
  private CommandList() {}

  static List<CommandEntry> all() {
    return List.of();
  }

  /// The command of that name or alias.
  static Optional<CommandEntry> named(String typed) {
    return all().stream().filter(entry -> entry.answersTo(typed)).findFirst();
  }

  private static CommandEntry entry(
      Group group, String name, String summary, Supplier<?> factory, String... olderNames) {
    return new CommandEntry(group, name, summary, List.of(olderNames), factory);
  }
}
