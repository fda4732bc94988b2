package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.project.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Lists projects: for people, and as a document.
///
/// @param several whether they are of several repositories
record ListReport(Console console, Instant now, boolean several) {
  private record Line(
      String repo,
      String id,
      String local,
      boolean ssd,
      String s3,
      boolean staging,
      long sizeBytes,
      String lastModifiedAt,
      int wholeCopies,
      String ssdSeenAt,
      String ssdVerifiedAt,
      String ssdDamagedAt,
      List<String> drives) {}

  /// Whose manifest was read.
  record Source(String repo, String lastUpdated, AllSync.ProjectError error) {}

  private record Document(
      String repo, String lastUpdated, List<Source> repositories, List<Line> projects) {}

  /// A project, and the repository that it is in.
  record Listed(String repo, Catalog catalog, ProjectEntry entry) {}

  void tell(List<Source> sources, List<Listed> projects) {
    table(projects);
    summary(sources, projects);
    Optional<Source> one = several ? Optional.empty() : Optional.of(sources.getFirst());
    console.document(
        "vat.list/1",
        () ->
            new Document(
                one.map(Source::repo).orElse(null),
                one.map(Source::lastUpdated).orElse(null),
                sources,
                projects.stream().map(ListReport::line).toList()));
  }

  private void table(List<Listed> projects) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", "local", "ssd", "s3", "staging", "size", "age", "copies"));
    for (Listed listed : projects) {
      ProjectEntry project = listed.entry();
      rows.add(
          List.of(
              Printable.of((several ? listed.repo() + "/" : "") + project.id().value()),
              project.local().isEmpty() ? "-" : where(project),
              onSsd(project),
              project.s3().map(ListReport::inCloud).orElse("-"),
              project.staging().map(staged -> Counts.of(staged.files(), "file")).orElse("-"),
              Sizes.of(project.bytes()),
              project.lastChange().map(at -> age(at)).orElse("?"),
              Integer.toString(project.wholeCopies())));
    }
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    rows.forEach(
        row -> {
          for (int i = 0; i < columns; i++) {
            widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
          }
        });
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(Columns.padded(row.get(i), widths[i])).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    if (!projects.isEmpty()) {
      console.line(String.join("\n", lines));
      console.line();
    }
  }

  /// Of several drives how many of them hold a verified copy, and a damaged one.
  private static String onSsd(ProjectEntry project) {
    int copies = project.ssd().size();
    long verified = project.ssd().stream().filter(c -> c.verifiedAt().isPresent()).count();
    long damaged = project.ssd().stream().filter(c -> c.damagedAt().isPresent()).count();
    return switch (copies) {
      case 0 -> "-";
      case 1 -> damaged == 1 ? "damaged" : verified == 1 ? "verified" : "yes";
      default ->
          copies
              + " ("
              + verified
              + " verified"
              + (damaged == 0 ? "" : ", " + damaged + " damaged")
              + ")";
    };
  }

  private static String inCloud(CloudCopy copy) {
    if (copy.damagedAt().isPresent()) {
      return "damaged";
    }
    if (!copy.frozen()) {
      return copy.verifiedAt().isPresent() ? "verified" : "yes";
    }
    return switch (copy.thaw().map(CloudThaw::state).orElse(CloudThaw.State.NONE)) {
      case NONE -> "glacier";
      case IN_PROGRESS -> "thawing";
      case READY -> "thawed";
    };
  }

  private static String where(ProjectEntry project) {
    boolean flat = ListCommand.Tier.local.holds(project);
    boolean grouped = ListCommand.Tier.archived.holds(project);
    return flat && grouped ? "flat+archived" : flat ? "flat" : "archived";
  }

  private String age(Instant then) {
    long days = Math.max(0, Duration.between(then, now).toDays());
    return days < 730 ? days + "d" : days / 365 + "y";
  }

  /// With the oldest of what was told.
  private void summary(List<Source> sources, List<Listed> projects) {
    long bytes = projects.stream().mapToLong(p -> p.entry().bytes()).sum();
    Optional<Instant> looked =
        sources.stream()
            .flatMap(source -> Stream.ofNullable(source.lastUpdated()))
            .map(Instant::parse)
            .min(Instant::compareTo);
    Optional<Instant> oldest =
        projects.stream()
            .flatMap(p -> p.entry().ssd().stream().flatMap(copy -> copy.seenAt().stream()))
            .min(Instant::compareTo);
    console.line(
        Counts.of(projects.size(), "project")
            + (sources.size() > 1 ? " in " + sources.size() + " repositories" : "")
            + ", "
            + Sizes.of(bytes)
            + looked.map(at -> " (as of " + Ages.ago(at, now) + ")").orElse("")
            + oldest
                .filter(at -> looked.filter(at::isBefore).isPresent())
                .map(at -> "; an SSD was last seen " + Ages.ago(at, now))
                .orElse(""));
  }

  private static String latest(ProjectEntry project, Function<SsdCopy, Optional<Instant>> when) {
    return project.ssd().stream()
        .flatMap(copy -> when.apply(copy).stream())
        .max(Instant::compareTo)
        .map(Instant::toString)
        .orElse(null);
  }

  private static Line line(Listed listed) {
    ProjectEntry project = listed.entry();
    return new Line(
        listed.repo(),
        project.id().value(),
        project
            .primaryLocal()
            .map(copy -> copy.structure().name().toLowerCase(Locale.ROOT))
            .orElse(null),
        !project.ssd().isEmpty(),
        project.s3().map(copy -> copy.frozen() ? "GLACIER" : "STANDARD").orElse(null),
        project.staging().isPresent(),
        project.bytes(),
        project.lastChange().map(Instant::toString).orElse(null),
        project.wholeCopies(),
        latest(project, SsdCopy::seenAt),
        latest(project, SsdCopy::verifiedAt),
        latest(project, SsdCopy::damagedAt),
        project.ssd().stream().map(listed.catalog()::driveName).toList());
  }
}
