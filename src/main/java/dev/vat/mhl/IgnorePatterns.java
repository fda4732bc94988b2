package dev.vat.mhl;

import dev.vat.project.RelativeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// What a history does not look at, in the syntax of `.gitignore`. A pattern that is no use (a
/// hostile or broken one) matches nothing.
public final class IgnorePatterns {
  /// What `vat` never copies, counts or records: the closed list of the junk (docs/formats), and
  /// histories themselves.
  private static final List<String> OWN =
      List.of(
          ".DS_Store",
          MhlLayout.FOLDER,
          MhlLayout.FOLDER + "/",
          "._*",
          "Thumbs.db",
          "desktop.ini",
          "*:Zone.Identifier",
          "*.Zone.Identifier",
          ".Spotlight-V100",
          ".Trashes",
          ".fseventsd",
          "$RECYCLE.BIN",
          "System Volume Information",
          ".vat-part-*",
          ".vat-tmp-*");

  private static final int LONGEST = 1024;
  private static final int MOST_STARS = 6;

  private record Rule(Pattern path, boolean folderOnly, boolean negated) {}

  private final List<Rule> rules;

  private IgnorePatterns(Collection<String> patterns) {
    List<Rule> usable = new ArrayList<>();
    for (String pattern : patterns) {
      if (isUsable(pattern)) {
        usable.add(rule(pattern));
      }
    }
    rules = List.copyOf(usable);
  }

  /// Each `*` multiplies the time that matching may take.
  private static boolean isUsable(String pattern) {
    return !pattern.isBlank()
        && !pattern.startsWith("#")
        && pattern.length() <= LONGEST
        && pattern.chars().filter(c -> c == '*').count() <= MOST_STARS;
  }

  static IgnorePatterns of(Collection<String> patterns) {
    return new IgnorePatterns(patterns);
  }

  /// What a new generation says it ignored: what the history did before, for that only grows, and
  /// what `vat` leaves out; without those that would match a file that is recorded.
  static List<String> forNext(Collection<String> before, List<MhlEntry> entries) {
    Set<String> all = new LinkedHashSet<>(before);
    for (String own : OWN) {
      IgnorePatterns alone = of(List.of(own));
      if (entries.stream().map(MhlEntry::name).noneMatch(alone::matches)) {
        all.add(own);
      }
    }
    return List.copyOf(all);
  }

  /// Whether the history leaves this file out.
  public boolean matches(RelativeName name) {
    String path = name.value();
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if (matches(path.substring(0, end), true)) {
        return true;
      }
    }
    return matches(path, false);
  }

  private boolean matches(String path, boolean folder) {
    boolean ignored = false;
    for (Rule rule : rules) {
      if ((folder || !rule.folderOnly) && rule.path.matcher(path).matches()) {
        ignored = !rule.negated;
      }
    }
    return ignored;
  }

  private static Rule rule(String text) {
    String rest = text.strip();
    boolean negated = rest.startsWith("!");
    rest = negated ? rest.substring(1) : rest;
    boolean folderOnly = rest.endsWith("/");
    rest = folderOnly ? rest.substring(0, rest.length() - 1) : rest;
    boolean anchored = rest.contains("/");
    rest = rest.startsWith("/") ? rest.substring(1) : rest;
    return new Rule(
        Pattern.compile((anchored ? "" : "(?:.*/)?") + glob(rest), Pattern.DOTALL),
        folderOnly,
        negated);
  }

  /// `*` and `?` stay within a folder's name, `**` does not.
  private static String glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '*' && pattern.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 2;
      } else if (c == '*' && pattern.startsWith("**", at)) {
        regex.append(".*");
        at++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return regex.toString();
  }
}
