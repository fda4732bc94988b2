package dev.vat.project;

import dev.vat.project.TravelProblem.Rule;
import dev.vat.project.TravelProblem.Weight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which names cannot exist on every system that the team uses (design, section 7.10): Windows'
/// rules ("Naming Files, Paths, and Namespaces" of the Windows documentation) and the lengths of
/// ext4, APFS, NTFS and exFAT.
public final class TravelRules {
  private static final Pattern RESERVED =
      Pattern.compile(
          "(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[1-9\u00b9\u00b2\u00b3]) *(\\..*)?",
          Pattern.CASE_INSENSITIVE);
  private static final String ILLEGAL = "<>:\"|?*";
  private static final int MAX_PART = 255;

  /// Windows takes 259 characters for a whole path unless told otherwise; this leaves 59 for
  /// folders such as `C:\Users\jan\Videos\v-appydave\b63-flivideo\s3-staging\`.
  private static final int LONGEST_COMFORTABLE_PATH = 200;

  private TravelRules() {}

  /// Checks names that are to share a folder on every system.
  ///
  /// @param names all names of the folder, so that those that collide are seen
  /// @return sorted by name, each name's problems together; empty when all will travel
  public static List<TravelProblem> check(Collection<RelativeName> names) {
    return check(names, Set.of());
  }

  /// Checks names that are to come into a folder where others are, or will be.
  ///
  /// @param names the ones that are judged
  /// @param others what they may collide with; may hold the same ones again
  /// @return sorted by name, each name's problems together; those of `others` alone are not told
  public static List<TravelProblem> check(
      Collection<RelativeName> names, Collection<RelativeName> others) {
    List<TravelProblem> problems = new ArrayList<>();
    for (RelativeName name : new TreeSet<>(names)) {
      onWindows(name).ifPresent(problems::add);
      tooManyBytes(name).ifPresent(problems::add);
      if (name.value().length() > LONGEST_COMFORTABLE_PATH) {
        problems.add(pathTooLong(name));
      }
    }
    problems.addAll(collisions(new TreeSet<>(names), new TreeSet<>(others)));
    return problems;
  }

  /// Whether this system can hold a file of that name at all.
  ///
  /// @param windows whether "here" is Windows, or a drive formatted for it; else macOS or Linux
  /// @return the reason why it cannot
  public static Optional<TravelProblem> illegalHere(RelativeName name, boolean windows) {
    return windows ? onWindows(name) : tooManyBytes(name);
  }

  /// Whether a file is in the way of others.
  ///
  /// @param folders what [#foldersOf] tells of all that are to be in one place
  public static Optional<TravelProblem> asFolder(RelativeName name, Set<String> folders) {
    return folders.contains(name.value())
        ? refused(
            Rule.FILE_AND_FOLDER,
            name,
            "there are files below a folder of the same name, and no disk holds both",
            "Rename one of them.")
        : Optional.empty();
  }

  /// The folders that files of these names are in, at any depth. In S3, unlike on a disk, a file
  /// may have the name of one.
  public static Set<String> foldersOf(Collection<RelativeName> names) {
    Set<String> folders = new HashSet<>();
    for (RelativeName name : names) {
      String value = name.value();
      for (int end = value.indexOf('/'); end >= 0; end = value.indexOf('/', end + 1)) {
        folders.add(value.substring(0, end));
      }
    }
    return folders;
  }

  private static Optional<TravelProblem> onWindows(RelativeName name) {
    for (String part : name.value().split("/")) {
      Optional<TravelProblem> problem = partOnWindows(name, part);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<TravelProblem> partOnWindows(RelativeName name, String part) {
    if (RESERVED.matcher(part).matches()) {
      return refused(
          Rule.RESERVED_NAME,
          name,
          "Windows keeps the name \"" + part + "\" for a device",
          "Rename it, for example to \"" + "_" + part + "\".");
    }
    int illegal = firstIllegal(part);
    if (illegal >= 0) {
      char bad = part.charAt(illegal);
      return refused(
          Rule.ILLEGAL_CHARACTER,
          name,
          "Windows allows no " + bad + " in a name",
          "Rename it without the " + bad + ".");
    }
    if (part.endsWith(".") || part.endsWith(" ")) {
      String what = part.endsWith(".") ? "dot" : "space";
      return refused(
          Rule.TRAILING_DOT_OR_SPACE,
          name,
          "\"" + part + "\" ends with a " + what + ", which Windows takes off",
          "Rename it without the " + what + " at the end.");
    }
    if (part.length() > MAX_PART) {
      return refused(
          Rule.PART_TOO_LONG,
          name,
          "a part of the name has "
              + part.length()
              + " characters, and no system takes more than "
              + MAX_PART,
          "Give it a shorter name.");
    }
    return Optional.empty();
  }

  private static int firstIllegal(String part) {
    for (int i = 0; i < part.length(); i++) {
      if (ILLEGAL.indexOf(part.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static Optional<TravelProblem> tooManyBytes(RelativeName name) {
    for (String part : name.value().split("/")) {
      int bytes = part.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_PART) {
        return refused(
            Rule.PART_TOO_LONG,
            name,
            "a part of the name has "
                + bytes
                + " bytes, and Linux (ext4) and macOS (APFS) take at most "
                + MAX_PART
                + "; accents and other scripts need two to four bytes a letter",
            "Give it a shorter name.");
      }
    }
    return Optional.empty();
  }

  private static TravelProblem pathTooLong(RelativeName name) {
    return new TravelProblem(
        Rule.PATH_TOO_LONG,
        Weight.WARNING,
        List.of(name),
        "\""
            + name
            + "\" may not arrive: with the folders above it, it is probably longer than the 259"
            + " characters that many Windows programs take for a whole path",
        "Shorten the folders' or the file's name, or keep the repository near the top of the"
            + " drive.");
  }

  /// Names that differ in capital letters only, each group at the first folder where they do.
  private static List<TravelProblem> collisions(
      SortedSet<RelativeName> names, SortedSet<RelativeName> others) {
    Map<String, Map<String, RelativeName>> spellings = new TreeMap<>();
    names.forEach(name -> addSpellings(name, spellings));
    others.forEach(name -> addSpellings(name, spellings));
    return spellings.values().stream()
        .filter(group -> group.size() > 1)
        .filter(group -> group.values().stream().anyMatch(names::contains))
        .map(TravelRules::collision)
        .toList();
  }

  /// @param spellings by the folded name of a file or folder, each way in which it is written; the
  ///     first name that is written so stands for it
  private static void addSpellings(
      RelativeName name, Map<String, Map<String, RelativeName>> spellings) {
    int from = 0;
    while (from >= 0) {
      int end = name.value().indexOf('/', from);
      String here = end < 0 ? name.value() : name.value().substring(0, end);
      String folded = name.value().substring(0, from) + folded(here.substring(from));
      spellings.computeIfAbsent(folded, _ -> new TreeMap<>()).putIfAbsent(here, name);
      from = end < 0 ? -1 : end + 1;
    }
  }

  private static TravelProblem collision(Map<String, RelativeName> group) {
    String all = String.join("\" and \"", group.keySet());
    return new TravelProblem(
        Rule.CASE_COLLISION,
        Weight.REFUSED,
        List.copyOf(group.values()),
        "\""
            + all
            + "\" differ in capital letters only: on Windows, on most Macs and on an exFAT drive"
            + " they are one and the same, and one would overwrite the other",
        "Rename all but one of them.");
  }

  /// Simple case folding, letter by letter, as NTFS and exFAT do it.
  private static String folded(String text) {
    return text.codePoints()
        .map(c -> Character.toLowerCase(Character.toUpperCase(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Optional<TravelProblem> refused(
      Rule rule, RelativeName name, String why, String remedy) {
    String message = "\"" + name + "\" cannot be made on every system: " + why;
    return Optional.of(new TravelProblem(rule, Weight.REFUSED, List.of(name), message, remedy));
  }
}
