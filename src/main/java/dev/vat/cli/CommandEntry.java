package dev.vat.cli;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A command as the list of commands knows it. Its class is loaded only when it is asked for.
///
/// @param summary for the main help: a few words without a dot
/// @param olderNames the names of the tools that users know, with `-`; the same with `_` work too
/// @param factory makes an object with picocli annotations; it, or each of its subcommands, is a
///     `VatCommand`
record CommandEntry(
    Group group, String name, String summary, List<String> olderNames, Supplier<?> factory) {
  /// Headings of the main help, in its order.
  enum Group {
    DAILY("Every day"),
    START("To begin with"),
    MORE("More");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  CommandEntry {
    olderNames = List.copyOf(olderNames);
  }

  /// Every other name that works.
  List<String> aliases() {
    return olderNames.stream()
        .flatMap(older -> Stream.of(older, older.replace('-', '_')))
        .distinct()
        .toList();
  }

  boolean answersTo(String typed) {
    return name.equals(typed) || aliases().contains(typed);
  }
}
