package dev.vat.index;

import java.util.ArrayList;
import java.util.List;

/// A piece of a line, short enough to show, around what was looked for.
///
/// @param text control characters and what else cannot be shown are in it as they were
/// @param marks what was looked for, by where it is in the text, in order
public record Snippet(String text, List<Mark> marks) {
  /// @param from index of the first character
  /// @param to behind the last one
  public record Mark(int from, int to) {}

  /// What is shown of a long line at most, in characters.
  private static final int LONGEST = 160;

  private static final int BEFORE = 40;

  public Snippet {
    marks = List.copyOf(marks);
  }

  static Snippet of(LineSearch.Match match) {
    String line = match.line().text();
    if (line.length() <= LONGEST) {
      return new Snippet(
          line, match.marks().stream().map(mark -> new Mark(mark.from(), mark.to())).toList());
    }
    int first = match.marks().isEmpty() ? 0 : match.marks().getFirst().from();
    int from = Math.max(0, Math.min(first - BEFORE, line.length() - LONGEST));
    int to = Math.min(line.length(), from + LONGEST);
    from = whole(line, from);
    to = whole(line, to);
    String head = from > 0 ? "…" : "";
    int shift = head.length() - from;
    List<Mark> marks = new ArrayList<>();
    for (LineSearch.Mark mark : match.marks()) {
      if (mark.from() >= from && mark.to() <= to) {
        marks.add(new Mark(mark.from() + shift, mark.to() + shift));
      }
    }
    return new Snippet(head + line.substring(from, to) + (to < line.length() ? "…" : ""), marks);
  }

  /// Never between the two halves of a character.
  private static int whole(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
