package dev.vat.cli;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/// Patterns as shells have them: `*` for any letters, `?` for one, `[ab]` and `{mp4,mov}` for one
/// of some.
final class Glob {
  private Glob() {}

  /// @param example a command line that is right
  /// @throws CommandFailure (usage) when it is no pattern
  static Predicate<String> of(String glob, String example) {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (PatternSyntaxException e) {
      throw CommandFailure.usage(
          "\"" + Printable.of(glob) + "\" is no pattern: " + e.getDescription(),
          "* stands for any letters, ? for one, [ab] for one of some: " + example);
    }
    return name -> {
      try {
        return matcher.matches(Path.of(name));
      } catch (InvalidPathException fromAnotherSystem) {
        return false;
      }
    };
  }

  /// The same for names below a folder: one without `/` is compared with the last part of a name.
  static Predicate<String> ofNames(String glob, String example) {
    Predicate<String> pattern = of(glob, example);
    return glob.indexOf('/') >= 0
        ? pattern
        : name -> pattern.test(name.substring(name.lastIndexOf('/') + 1));
  }
}
