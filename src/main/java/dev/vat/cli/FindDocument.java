package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.ProjectEntry;
import dev.vat.index.CopyPlace;
import dev.vat.index.Findings;
import dev.vat.index.Index;
import dev.vat.index.MediaFacts;
import dev.vat.project.ProjectId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a search found, as a document.
final class FindDocument {
  private final Catalog manifest;
  private final StillThere there;
  private final PlaceWords words;

  /// @param manifest what is known of projects beyond what was read in them
  FindDocument(Catalog manifest) {
    this.manifest = manifest;
    this.there = new StillThere(manifest);
    this.words = new PlaceWords(manifest);
  }

  private record Place(String kind, String drive, String path, boolean present, String seenAt) {}

  private record ProjectHit(String project, String s3, List<Place> places) {}

  private record FileHit(
      String project,
      String name,
      long sizeBytes,
      Double durationSeconds,
      Integer width,
      Integer height,
      String codec,
      String s3,
      List<Place> places) {}

  private record LineHit(int line, String time, String text, List<Mark> marks) {}

  private record Mark(int from, int to) {}

  private record TextHit(FileHit file, List<LineHit> lines) {}

  record Document(
      String text,
      long projectsInAll,
      long textsInAll,
      long namesInAll,
      List<ProjectHit> projects,
      List<TextHit> texts,
      List<FileHit> names) {}

  Document of(String typed, Findings found) {
    return new Document(
        typed,
        found.projectsInAll(),
        found.textsInAll(),
        found.namesInAll(),
        found.projects().stream()
            .map(
                hit ->
                    new ProjectHit(
                        hit.project().value(),
                        s3(hit.project(), hit.places()),
                        hit.places().stream().map(this::document).toList()))
            .toList(),
        found.texts().stream()
            .map(
                hit ->
                    new TextHit(
                        document(hit.file()),
                        hit.lines().stream().map(FindDocument::document).toList()))
            .toList(),
        found.names().stream().map(this::document).toList());
  }

  private String s3(ProjectId project, List<Index.Where> places) {
    return places.stream()
            .anyMatch(where -> where.place().kind() != CopyPlace.Kind.S3 && there.holds(where))
        ? null
        : Optional.ofNullable(manifest.projects().get(project))
            .flatMap(ProjectEntry::s3)
            .map(copy -> copy.frozen() ? "GLACIER" : "STANDARD")
            .orElse(null);
  }

  private FileHit document(Index.FoundFile file) {
    MediaFacts facts = file.facts();
    return new FileHit(
        file.project().value(),
        file.name(),
        file.sizeBytes(),
        facts.duration().map(duration -> duration.toMillis() / 1000.0).orElse(null),
        facts.size().map(MediaFacts.PictureSize::width).orElse(null),
        facts.size().map(MediaFacts.PictureSize::height).orElse(null),
        facts.codec().orElse(null),
        s3(file.project(), file.places()),
        file.places().stream().map(this::document).toList());
  }

  private Place document(Index.Where where) {
    return new Place(
        where.place().kind().name().toLowerCase(Locale.ROOT),
        where.place().kind() == CopyPlace.Kind.SSD ? words.drive(where) : null,
        where.place().path(),
        there.holds(where),
        where.seenAt().toString());
  }

  private static LineHit document(Findings.FoundLine line) {
    return new LineHit(
        line.number(),
        line.time().orElse(null),
        line.snippet().text(),
        line.snippet().marks().stream().map(mark -> new Mark(mark.from(), mark.to())).toList());
  }
}
