package dev.vat.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the lines of a text, of which the index knows that it holds all terms, that show them.
final class LineSearch {
  /// Longer lines that hold other lines' text once more (JSON has the whole of a transcript, too).
  private static final int LONG = 300;

  private final List<Query.Term> terms;

  LineSearch(Query query) {
    this.terms = query.termsWithWords();
  }

  /// A line that shows what was looked for.
  ///
  /// @param marks where in its text, in order, never over each other
  record Match(TextLine line, List<Mark> marks, int terms) {}

  /// @param from of the first character
  /// @param to behind the last one
  record Mark(int from, int to) {}

  /// @param most how many lines at most
  /// @return lines that hold all terms; else two in a row that do; else the line that holds most of
  ///     them
  List<Match> in(String text, int most) {
    List<TextLine> lines = TextLine.of(text);
    List<Match> some = lines.stream().map(this::match).filter(m -> m.terms() > 0).toList();
    List<Match> whole = some.stream().filter(m -> m.terms() == terms.size()).toList();
    if (whole.isEmpty()) {
      whole = pairs(lines, most);
    }
    if (whole.isEmpty()) {
      whole = some.stream().max(Comparator.comparingInt(Match::terms)).stream().toList();
    }
    return distinct(whole, most);
  }

  private List<Match> pairs(List<TextLine> lines, int most) {
    List<Match> found = new ArrayList<>();
    for (int i = 1; i < lines.size() && found.size() < most; i++) {
      TextLine above = lines.get(i - 1);
      TextLine below = lines.get(i);
      if (above.text().length() <= LONG && below.text().length() <= LONG) {
        Match match =
            match(new TextLine(above.number(), above.time(), above.text() + " " + below.text()));
        if (match.terms() == terms.size()) {
          found.add(match);
          i++;
        }
      }
    }
    return found;
  }

  /// Those with a time first, and no line that only says again what one of them says.
  private static List<Match> distinct(List<Match> matches, int most) {
    List<Match> ordered = new ArrayList<>(matches);
    ordered.sort(Comparator.comparing((Match match) -> match.line().time().isEmpty()));
    List<Match> shown = new ArrayList<>();
    for (Match match : ordered) {
      if (shown.size() < most && shown.stream().noneMatch(other -> repeats(match, other))) {
        shown.add(match);
      }
    }
    return shown;
  }

  private static boolean repeats(Match match, Match other) {
    if (match.line().number() != other.line().number() && match.line().text().length() <= LONG) {
      return false;
    }
    return match.line().text().contains(other.line().text())
        || other.line().text().contains(match.line().text());
  }

  private Match match(TextLine line) {
    // Most lines hold nothing of it, which is quickly seen.
    String folded = Folded.of(line.text());
    if (terms.stream().noneMatch(term -> folded.contains(term.words().getFirst().text()))) {
      return new Match(line, List.of(), 0);
    }
    List<Folded.Word> words = Folded.words(line.text());
    List<Mark> marks = new ArrayList<>();
    int found = 0;
    for (Query.Term term : terms) {
      int before = marks.size();
      for (int at = 0; at + term.words().size() <= words.size(); at++) {
        if (begins(term.words(), words, at)) {
          marks.add(new Mark(words.get(at).from(), words.get(at + term.words().size() - 1).to()));
        }
      }
      found += marks.size() > before ? 1 : 0;
    }
    return new Match(line, merged(marks), found);
  }

  private static boolean begins(List<Folded.Word> wanted, List<Folded.Word> words, int at) {
    int last = wanted.size() - 1;
    for (int i = 0; i < last; i++) {
      if (!words.get(at + i).text().equals(wanted.get(i).text())) {
        return false;
      }
    }
    return words.get(at + last).text().startsWith(wanted.get(last).text());
  }

  private static List<Mark> merged(List<Mark> marks) {
    List<Mark> merged = new ArrayList<>();
    marks.sort(Comparator.comparingInt(Mark::from));
    for (Mark mark : marks) {
      if (!merged.isEmpty() && merged.getLast().to() >= mark.from()) {
        Mark last = merged.removeLast();
        merged.add(new Mark(last.from(), Math.max(last.to(), mark.to())));
      } else {
        merged.add(mark);
      }
    }
    return merged;
  }
}
