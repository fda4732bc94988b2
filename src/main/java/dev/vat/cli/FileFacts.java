package dev.vat.cli;

import dev.vat.index.Index;
import dev.vat.index.MediaFacts;
import dev.vat.project.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What is known of a file, for people.
final class FileFacts {
  private FileFacts() {}

  /// `45.6 MB 1:04:05 3840x2160 hevc`.
  static String of(Index.FoundFile file) {
    List<String> words = new ArrayList<>();
    words.add(Sizes.of(file.sizeBytes()));
    file.facts().duration().map(FileFacts::clock).ifPresent(words::add);
    String kind = kind(file.facts());
    if (!kind.isEmpty()) {
      words.add(kind);
    }
    return String.join(" ", words);
  }

  /// `3840x2160 hevc`, `aac`, or empty text.
  static String kind(MediaFacts facts) {
    List<String> words = new ArrayList<>();
    facts.size().map(size -> size.width() + "x" + size.height()).ifPresent(words::add);
    facts.codec().map(Printable::of).ifPresent(words::add);
    return String.join(" ", words);
  }

  /// `4:05`, `1:04:05`.
  static String clock(Duration duration) {
    long seconds = Math.round(duration.toMillis() / 1000.0);
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
