package dev.vat.settings;

import dev.vat.settings.EnvFile.Entry;
import dev.vat.settings.EnvFile.Warning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the lines of a settings file. Used for one file, then thrown away.
///
/// A value is read as a POSIX shell would, without expanding anything: in single quotes literally;
/// in double quotes with `\"`, `\\`, `\$` and `` \` `` standing for the second character and every
/// other `\` for itself; without quotes up to a `#` that follows a blank, backslashes literally (so
/// that `D:\T7` works). Blanks around `=` are allowed.
final class EnvFileParser {
  static final int LONGEST_LINE = 10_000;
  private static final Pattern LINE =
      Pattern.compile(
          "(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_]{0,99})[ \\t]*=(.*)", Pattern.DOTALL);
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0B-\\x1F\\x7F]");

  private final Path path;
  private final Map<Setting, Entry> entries = new EnumMap<>(Setting.class);
  private final List<Warning> warnings = new ArrayList<>();
  private int line;

  EnvFileParser(Path path) {
    this.path = path;
  }

  EnvFile parse(String text) {
    String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
    for (String raw : content.split("\\r\\n|\\n|\\r", -1)) {
      line++;
      read(raw.strip());
    }
    return new EnvFile(path, entries, warnings);
  }

  private void read(String text) {
    if (text.isEmpty() || text.startsWith("#")) {
      return;
    }
    if (text.length() > LONGEST_LINE) {
      warn("the line is longer than " + LONGEST_LINE + " characters and is left out");
      return;
    }
    if (CONTROL.matcher(text).find() || text.indexOf('\uFFFD') >= 0) {
      warn("the line holds characters that are no text (UTF-8) and is left out");
      return;
    }
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      warn("the line is not KEY=value and is left out");
      return;
    }
    String key = matcher.group(1);
    Optional<Setting> setting = Setting.named(key);
    if (setting.isEmpty()) {
      warn("vat knows no setting " + key + KeyGuess.didYouMean(key));
      return;
    }
    value(matcher.group(2)).ifPresent(value -> store(setting.get(), value));
  }

  private void store(Setting setting, String value) {
    Entry earlier = entries.put(setting, new Entry(value, line));
    if (earlier != null) {
      warn(setting.key() + " is already set in line " + earlier.line() + "; this line counts");
    }
  }

  private Optional<String> value(String afterEquals) {
    String text = afterEquals.strip();
    if (text.isEmpty()) {
      return Optional.of("");
    }
    return switch (text.charAt(0)) {
      case '\'' -> singleQuoted(text);
      case '"' -> doubleQuoted(text);
      case '\u201C', '\u201D', '\u2018', '\u2019' -> {
        warn("the value begins with a typographic quote; use ' or \". The line is left out");
        yield Optional.empty();
      }
      default -> Optional.of(unquoted(afterEquals));
    };
  }

  private Optional<String> singleQuoted(String text) {
    int end = text.indexOf('\'', 1);
    return end < 0 ? unclosed("'") : closed(text.substring(1, end), text.substring(end + 1));
  }

  private Optional<String> doubleQuoted(String text) {
    StringBuilder value = new StringBuilder();
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return closed(value.toString(), text.substring(i + 1));
      }
      boolean escape = c == '\\' && i + 1 < text.length();
      if (escape && "\"\\$`".indexOf(text.charAt(i + 1)) >= 0) {
        i++;
      }
      value.append(text.charAt(i));
    }
    return unclosed("\"");
  }

  private Optional<String> closed(String value, String rest) {
    String after = rest.strip();
    if (!after.isEmpty() && !(after.startsWith("#") && !rest.startsWith("#"))) {
      warn("there is text after the closing quote; the line is left out");
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private Optional<String> unclosed(String quote) {
    warn("the closing " + quote + " is missing; the line is left out");
    return Optional.empty();
  }

  private static String unquoted(String afterEquals) {
    for (int i = 1; i < afterEquals.length(); i++) {
      char before = afterEquals.charAt(i - 1);
      if (afterEquals.charAt(i) == '#' && (before == ' ' || before == '\t')) {
        return afterEquals.substring(0, i).strip();
      }
    }
    return afterEquals.strip();
  }

  private void warn(String message) {
    warnings.add(new Warning(line, message));
  }
}
