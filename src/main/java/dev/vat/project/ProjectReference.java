package dev.vat.project;

import java.util.Optional;

/// What was given for PROJECT on the command line: an id, a short name, or `repo/project`.
///
/// @param repository the repository's name, when it was given
/// @param project an id or a short name, to be resolved by [ShortName]
public record ProjectReference(Optional<String> repository, String project) {

  /// Reads what was typed. What a shell's completion adds is taken off: a leading `./` and a
  /// trailing `/` (or `\`).
  ///
  /// @return empty when the text has neither of the forms: it is empty, a path of more than two
  ///     parts, or leads elsewhere (`..`)
  public static Optional<ProjectReference> parse(String given) {
    String text = given.strip().replace('\\', '/');
    while (text.startsWith("./")) {
      text = text.substring(2);
    }
    while (text.endsWith("/")) {
      text = text.substring(0, text.length() - 1);
    }
    String[] parts = text.split("/", -1);
    for (String part : parts) {
      if (part.isBlank() || part.startsWith(".") || part.startsWith("~")) {
        return Optional.empty();
      }
    }
    return switch (parts.length) {
      case 1 -> Optional.of(new ProjectReference(Optional.empty(), parts[0]));
      case 2 -> Optional.of(new ProjectReference(Optional.of(parts[0]), parts[1]));
      default -> Optional.empty();
    };
  }
}
