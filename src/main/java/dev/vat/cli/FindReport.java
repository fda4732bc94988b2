package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.index.CopyPlace;
import dev.vat.index.Findings;
import dev.vat.index.Index;
import dev.vat.index.Snippet;
import dev.vat.project.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Shows what a search found: for people, and as a document.
final class FindReport {
  private final Console console;
  private final Instant now;
  private final Catalog manifest;
  private final StillThere there;
  private final PlaceWords placeWords;
  private final Set<String> drives = new TreeSet<>();

  /// How to get the first file that is in no folder any more.
  private Optional<String> fromS3 = Optional.empty();

  /// @param manifest what is known of projects beyond what was read in them
  FindReport(Console console, Instant now, Catalog manifest) {
    this.console = console;
    this.now = now;
    this.manifest = manifest;
    this.there = new StillThere(manifest);
    this.placeWords = new PlaceWords(manifest);
  }

  void tell(String typed, Findings found) {
    if (!found.projects().isEmpty()) {
      head("Projects", found.projects().size(), found.projectsInAll());
      found.projects().forEach(this::project);
    }
    if (!found.texts().isEmpty()) {
      head("Text", found.texts().size(), found.textsInAll());
      found.texts().forEach(this::text);
    }
    if (!found.names().isEmpty()) {
      head("Files", found.names().size(), found.namesInAll());
      found.names().forEach(this::file);
    }
    console.line(
        Counts.of(found.projectsInAll(), "project")
            + ", "
            + Counts.of(found.textsInAll(), "text")
            + ", "
            + Counts.of(found.namesInAll(), "file name")
            + " with "
            + Printable.of(typed));
    for (String drive : drives) {
      console.note(
          "Some of it is only on " + Printable.of(drive) + ": plug that drive in to open it.");
    }
    fromS3.ifPresent(
        command -> console.note("Some of it is only in S3. To bring one file home: " + command));
    console.document("vat.find/1", new FindDocument(manifest).of(typed, found));
  }

  private void head(String what, int shown, long all) {
    console.line(
        console.style().strong(what)
            + (shown < all ? " (" + shown + " of " + all + "; --limit 0 shows all)" : "")
            + ":");
  }

  private void project(Findings.FoundProject hit) {
    console.line(
        "  "
            + Printable.of(hit.project().value())
            + "  "
            + console.style().faint(where(hit.project(), hit.places())));
  }

  private void text(Findings.FoundText hit) {
    console.line(
        "  "
            + path(hit.file())
            + "  "
            + console.style().faint(where(hit.file().project(), hit.file().places())));
    onlyInS3(hit.file());
    for (Findings.FoundLine line : hit.lines()) {
      console.line(
          "    "
              + line.time().map(Printable::of).orElse("line " + line.number())
              + "  "
              + marked(line.snippet()));
    }
  }

  private void file(Index.FoundFile file) {
    console.line(
        "  "
            + path(file)
            + "  "
            + FileFacts.of(file)
            + "  "
            + console.style().faint(where(file.project(), file.places())));
    onlyInS3(file);
  }

  private void onlyInS3(Index.FoundFile file) {
    List<Index.Where> present = file.places().stream().filter(there::holds).toList();
    if (fromS3.isEmpty()
        && !present.isEmpty()
        && present.stream().allMatch(where -> where.place().kind() == CopyPlace.Kind.S3)) {
      fromS3 =
          Optional.of(
              "vat restore "
                  + ShellWord.of(file.project().value())
                  + " --file "
                  + ShellWord.of(file.name())
                  + " --to FOLDER");
    }
  }

  private static String path(Index.FoundFile file) {
    return Printable.of(file.project().value() + "/" + file.name());
  }

  /// `here`, `archived/`, `SSD (T7, seen 3 days ago)`, `Glacier`.
  private String where(ProjectId project, List<Index.Where> places) {
    onlyOnDrives(places);
    List<String> words = new ArrayList<>();
    for (Index.Where where : places) {
      if (there.holds(where)) {
        words.add(
            switch (where.place().kind()) {
              case LOCAL -> "here";
              case ARCHIVED -> "archived/";
              case SSD -> "SSD (" + placeWords.drive(where) + seen(where) + ")";
              case S3 -> CloudTier.words(manifest, where.place());
            });
      }
    }
    if (words.isEmpty()) {
      known(project).ifPresent(entry -> words.addAll(inManifest(entry)));
    }
    if (words.isEmpty()) {
      words.add(
          "in no known place any more"
              + places.stream()
                  .map(Index.Where::seenAt)
                  .max(Instant::compareTo)
                  .map(at -> "; last seen " + Ages.ago(at, now))
                  .orElse(""));
    }
    return Printable.of(words.stream().distinct().collect(Collectors.joining(", ")));
  }

  private Optional<ProjectEntry> known(ProjectId project) {
    return Optional.ofNullable(manifest.projects().get(project));
  }

  /// Where a project is that nobody has read anywhere, or not where it is now.
  private List<String> inManifest(ProjectEntry entry) {
    List<String> words = new ArrayList<>();
    entry
        .local()
        .forEach(
            copy -> words.add(copy.structure() == LocalCopy.Structure.FLAT ? "here" : "archived/"));
    for (SsdCopy copy : entry.ssd()) {
      String seen = copy.seenAt().map(at -> " (seen " + Ages.ago(at, now) + ")").orElse("");
      words.add("SSD" + seen);
    }
    entry.s3().ifPresent(copy -> words.add(CloudTier.words(copy)));
    return words;
  }

  private String seen(Index.Where where) {
    return Duration.between(where.seenAt(), now).toHours() < 24
        ? ""
        : ", seen " + Ages.ago(where.seenAt(), now);
  }

  /// Remembers drives without which something cannot be opened.
  private void onlyOnDrives(List<Index.Where> places) {
    List<Index.Where> present = places.stream().filter(there::holds).toList();
    if (present.stream().noneMatch(where -> where.place().kind() != CopyPlace.Kind.SSD)) {
      present.forEach(where -> drives.add(placeWords.drive(where)));
    }
  }

  private String marked(Snippet snippet) {
    StringBuilder line = new StringBuilder();
    int at = 0;
    for (Snippet.Mark mark : snippet.marks()) {
      line.append(Printable.of(snippet.text().substring(at, mark.from())));
      line.append(
          console.style().strong(Printable.of(snippet.text().substring(mark.from(), mark.to()))));
      at = mark.to();
    }
    return line.append(Printable.of(snippet.text().substring(at))).toString();
  }
}
