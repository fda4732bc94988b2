package dev.vat.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Text as it is compared: small letters, no accents, so that `cafe` finds `Café`.
final class Folded {
  private Folded() {}

  /// The text without case and accents; its length may differ.
  static String of(String text) {
    if (isPlain(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder folded = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(point -> !isAccent(point))
        .forEach(point -> folded.appendCodePoint(Character.toLowerCase(point)));
    return folded.toString();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// Accents of the scripts that have two cases. Vowels and tones of others (Thai, Hindi) are marks
  /// too, and are letters to their readers.
  private static boolean isAccent(int point) {
    return Character.getType(point) == Character.NON_SPACING_MARK
        && point >= 0x300
        && point < 0x370;
  }

  /// A word of a text.
  ///
  /// @param text folded
  /// @param from where it begins in what it was taken from
  /// @param to where it ends there
  record Word(String text, int from, int to) {}

  /// The words: runs of letters and digits. In scripts that are written without spaces (Thai,
  /// Chinese, Japanese, ...) each character is one, so that any part of a sentence is found.
  static List<Word> words(String text) {
    List<Word> words = new ArrayList<>();
    int from = -1;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      boolean alone = spaceless(point);
      boolean letter = !alone && inWord(point);
      if (from >= 0 && !letter) {
        add(words, text, from, at);
        from = -1;
      }
      if (alone) {
        add(words, text, at, next);
      } else if (letter && from < 0) {
        from = at;
      }
      at = next;
    }
    if (from >= 0) {
      add(words, text, from, text.length());
    }
    return words;
  }

  private static void add(List<Word> words, String text, int from, int to) {
    // What folds to something else (a ligature, say) is what its letters are.
    String folded = of(text.substring(from, to));
    if (!folded.isBlank()) {
      words.add(new Word(folded, from, to));
    }
  }

  private static boolean inWord(int point) {
    return Character.isLetterOrDigit(point)
        || switch (Character.getType(point)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
          default -> false;
        };
  }

  private static boolean spaceless(int point) {
    if (point < 0xe00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(point)) {
      case THAI, LAO, KHMER, MYANMAR, HAN, HIRAGANA, KATAKANA, TIBETAN -> inWord(point);
      default -> false;
    };
  }
}
