package dev.vat.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What somebody looks for: some terms, all of which have to be there. A term is a word, or several
/// in double quotes. Nothing else has a meaning, so nothing that is typed can be wrong.
public final class Query {
  /// @param folded as it is looked for in names: anywhere in them
  /// @param words as they are looked for in text: one after the other, the last one as a beginning
  record Term(String folded, List<Folded.Word> words) {}

  /// More terms than this say nothing more, and cost as much each.
  private static final int MOST_TERMS = 32;

  private final List<Term> terms;

  private Query(List<Term> terms) {
    this.terms = List.copyOf(terms);
  }

  /// Takes what was typed.
  ///
  /// @return empty when there is nothing to look for
  public static Optional<Query> of(String typed) {
    List<Term> terms = new ArrayList<>();
    StringBuilder term = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= typed.length(); i++) {
      char c = i < typed.length() ? typed.charAt(i) : '"';
      boolean quote = c == '"';
      if (quote || !quoted && Character.isWhitespace(c)) {
        add(term.toString(), terms);
        term.setLength(0);
        quoted ^= quote;
      } else {
        term.append(c);
      }
    }
    return terms.isEmpty() ? Optional.empty() : Optional.of(new Query(terms));
  }

  private static void add(String typed, List<Term> terms) {
    String text = typed.strip();
    if (!text.isEmpty() && terms.size() < MOST_TERMS) {
      terms.add(new Term(Folded.of(text), Folded.words(text)));
    }
  }

  /// Whether all terms are in a name, anywhere.
  boolean isIn(String folded) {
    return terms.stream().allMatch(term -> folded.contains(term.folded()));
  }

  List<Term> terms() {
    return terms;
  }

  /// The terms that hold words: signs alone are in no text's index.
  List<Term> termsWithWords() {
    return terms.stream().filter(term -> !term.words().isEmpty()).toList();
  }

  /// In FTS5's language (https://sqlite.org/fts5.html#full_text_query_syntax): words in quotes, in
  /// which nothing but a quote has a meaning, and words hold none.
  ///
  /// @return empty when no term holds a word
  Optional<String> forFts() {
    StringBuilder all = new StringBuilder();
    for (Term term : termsWithWords()) {
      all.append(all.isEmpty() ? "" : " AND ").append('"');
      term.words().forEach(word -> all.append(word.text().replace("\"", "")).append(' '));
      all.setLength(all.length() - 1);
      all.append("\"*");
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
  }
}
