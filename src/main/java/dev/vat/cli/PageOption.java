package dev.vat.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// `--html [FILE]`.
final class PageOption {
  @Option(
      names = "--html",
      arity = "0..1",
      paramLabel = "PAGE.html",
      preprocessor = OnlyPages.class,
      description = {
        "also write a small page with a player; its name is",
        "the file's with .html unless you give one"
      })
  private String page;

  /// Empty when no page is wanted; an empty text when its name is left to us.
  Optional<String> wanted() {
    return Optional.ofNullable(page);
  }

  /// Whether a file's name is that of a page.
  static boolean isPage(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".html") || lower.endsWith(".htm");
  }

  /// Lets the option have the next word only if it is a page's name: `--html draft.mp4` means the
  /// file draft.mp4, and a page with the usual name.
  static final class OnlyPages implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      boolean attached = !" ".equals(info.get("separator"));
      if (!attached && (words.isEmpty() || !isPage(words.peek()))) {
        words.push("");
      }
      return false;
    }
  }
}
