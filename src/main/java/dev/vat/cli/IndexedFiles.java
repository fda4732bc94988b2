package dev.vat.cli;

import dev.vat.index.ArchiveContent;
import dev.vat.index.Index;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the index knows of one project.
///
/// @param biggest the biggest files first
/// @param media every recording of which something is known
/// @param archives what is in archives in S3, by key
record IndexedFiles(
    List<Index.FoundFile> biggest,
    List<Index.FoundFile> media,
    Map<String, ArchiveContent> archives) {
  static final IndexedFiles NONE = new IndexedFiles(List.of(), List.of(), Map.of());

  IndexedFiles {
    archives = Map.copyOf(archives);
    biggest = List.copyOf(biggest);
    media = List.copyOf(media);
  }

  Duration length() {
    return media.stream()
        .flatMap(file -> file.facts().duration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
