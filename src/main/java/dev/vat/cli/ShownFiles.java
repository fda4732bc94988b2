package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.index.Index;
import dev.vat.index.MediaFacts;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A project's recordings and its biggest files, as `vat show` tells of them.
final class ShownFiles {
  private static final int MOST_KINDS = 4;

  private final Console console;
  private final StillThere there;
  private final PlaceWords words;

  ShownFiles(Console console, Catalog manifest) {
    this.console = console;
    this.there = new StillThere(manifest);
    this.words = new PlaceWords(manifest);
  }

  /// A file in the document.
  record FileLine(
      String name,
      long sizeBytes,
      Double durationSeconds,
      Integer width,
      Integer height,
      String codec,
      String sha256,
      List<String> places) {}

  /// The recordings in the document.
  record Media(int recordings, double durationSeconds, List<FileLine> files) {}

  /// How many recordings there are, how long and of which kinds.
  void media(IndexedFiles files) {
    if (files.media().isEmpty()) {
      return;
    }
    Map<String, Integer> kinds = new TreeMap<>();
    files.media().stream()
        .map(file -> FileFacts.kind(file.facts()))
        .filter(kind -> !kind.isEmpty())
        .forEach(kind -> kinds.merge(kind, 1, Integer::sum));
    String most =
        kinds.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .limit(MOST_KINDS)
            .map(kind -> kind.getKey() + " (" + kind.getValue() + ")")
            .collect(Collectors.joining(", "));
    console.line(
        "Recordings: "
            + files.media().size()
            + ", "
            + FileFacts.clock(files.length())
            + " in all"
            + (most.isEmpty() ? "" : "; " + most)
            + (kinds.size() > MOST_KINDS ? ", …" : ""));
  }

  /// Each with what is known of it, and where it is.
  void biggest(IndexedFiles files) {
    if (files.biggest().isEmpty()) {
      return;
    }
    console.line("Biggest files:");
    for (Index.FoundFile file : files.biggest()) {
      console.line(
          "  "
              + Printable.of(file.name())
              + "  "
              + FileFacts.of(file)
              + "  "
              + console.style().faint(Printable.of(String.join(", ", places(file)))));
    }
  }

  Media recordings(IndexedFiles files) {
    return new Media(
        files.media().size(), files.length().toMillis() / 1000.0, lines(files.media()));
  }

  List<FileLine> lines(List<Index.FoundFile> files) {
    return files.stream().map(this::line).toList();
  }

  private FileLine line(Index.FoundFile file) {
    MediaFacts facts = file.facts();
    return new FileLine(
        file.name(),
        file.sizeBytes(),
        facts.duration().map(duration -> duration.toMillis() / 1000.0).orElse(null),
        facts.size().map(MediaFacts.PictureSize::width).orElse(null),
        facts.size().map(MediaFacts.PictureSize::height).orElse(null),
        facts.codec().orElse(null),
        file.sha256().orElse(null),
        file.places().stream().anyMatch(there::holds) ? places(file) : List.of());
  }

  /// `here`, a drive's name, `S3`, or that it is not where it was.
  private List<String> places(Index.FoundFile file) {
    List<String> found =
        file.places().stream().filter(there::holds).map(words::of).distinct().toList();
    return found.isEmpty() ? List.of("moved or gone since it was read") : found;
  }
}
