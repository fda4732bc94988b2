package dev.vat.cli;

import java.util.Map;

/// Colours and signs for one stream.
///
/// @param color whether escape sequences may be written
/// @param unicode whether signs beyond ASCII may be written
record Style(boolean color, boolean unicode) {
  /// What a stream takes: the option, then `NO_COLOR` (https://no-color.org: set and not empty),
  /// then whether a terminal that understands colours is there.
  static Style of(
      ColorChoice choice, Map<String, String> environment, boolean isTerminal, Terminal terminal) {
    boolean color =
        switch (choice) {
          case always -> true;
          case never -> false;
          case auto ->
              environment.getOrDefault("NO_COLOR", "").isEmpty()
                  && !environment.getOrDefault("TERM", "").equals("dumb")
                  && isTerminal
                  && terminal.ansi();
        };
    return new Style(color, terminal.unicode());
  }

  String good(String text) {
    return colored("32", text);
  }

  String bad(String text) {
    return colored("31", text);
  }

  String warning(String text) {
    return colored("33", text);
  }

  String strong(String text) {
    return colored("1", text);
  }

  String faint(String text) {
    return colored("2", text);
  }

  /// The sign in the colour of its meaning.
  String sign(Symbol symbol) {
    String text = symbol.text(unicode);
    return switch (symbol) {
      case DONE, IN_SYNC -> good(text);
      case FAILED -> bad(text);
      case WARNING -> warning(text);
      case SAME, NEXT -> faint(text);
      case UPLOAD, DOWNLOAD, STATUS, CLEANUP, LINK, ARCHIVE -> text;
    };
  }

  private String colored(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
