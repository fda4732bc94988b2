package dev.vat.project;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Turns what somebody typed for a project into its id: `b63` means `b63-flivideo` (design, section
/// 2).
public final class ShortName {
  private static final int MOST_SUGGESTIONS = 3;

  private ShortName() {}

  /// The whole id wins; then the part before the first `-` when exactly one id has it (`b6` is
  /// `b6-x` although there is `b63-y`); then the beginning of exactly one id. Capital letters are
  /// told apart first, and only when that finds nothing they are not.
  ///
  /// @param given as typed, in any Unicode form
  /// @param ids all known ids; one that is in there twice counts once
  public static Resolved resolve(String given, Collection<ProjectId> ids) {
    String wanted = Normalizer.normalize(given, Normalizer.Form.NFC);
    List<ProjectId> known = ids.stream().distinct().sorted().toList();
    if (wanted.isEmpty()) {
      return new Resolved.Unknown(List.of());
    }
    return match(wanted, known, UnaryOperator.identity())
        .or(() -> match(wanted, known, text -> text.toLowerCase(Locale.ROOT)))
        .orElseGet(() -> new Resolved.Unknown(closest(wanted, known)));
  }

  /// Whether it is the whole id or the part before its first `-`, and not only some beginning;
  /// capital letters are not told apart.
  public static boolean isWholeOrNumber(String given, ProjectId id) {
    String wanted = Normalizer.normalize(given, Normalizer.Form.NFC);
    return id.value().equalsIgnoreCase(wanted) || beforeDash(id).equalsIgnoreCase(wanted);
  }

  private static Optional<Resolved> match(
      String given, List<ProjectId> known, UnaryOperator<String> form) {
    String wanted = form.apply(given);
    List<ProjectId> beginning =
        known.stream().filter(id -> form.apply(id.value()).startsWith(wanted)).toList();
    List<ProjectId> whole =
        beginning.stream().filter(id -> form.apply(id.value()).equals(wanted)).toList();
    List<ProjectId> number =
        beginning.stream().filter(id -> form.apply(beforeDash(id)).equals(wanted)).toList();
    if (beginning.isEmpty()) {
      return Optional.empty();
    }
    for (List<ProjectId> choice : List.of(whole, number, beginning)) {
      if (choice.size() == 1) {
        return Optional.of(new Resolved.Found(choice.getFirst()));
      }
    }
    return Optional.of(new Resolved.Ambiguous(beginning));
  }

  private static String beforeDash(ProjectId id) {
    int dash = id.value().indexOf('-');
    return dash < 0 ? id.value() : id.value().substring(0, dash);
  }

  private static List<ProjectId> closest(String given, List<ProjectId> known) {
    List<String> values = known.stream().map(ProjectId::value).toList();
    return Closest.of(given, values, MOST_SUGGESTIONS).stream().map(ProjectId::new).toList();
  }
}
