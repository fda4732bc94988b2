package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.disk.SmallFile;
import dev.vat.project.Sizes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat list`: what exists and where, from `projects.json`. Looks at no drive and asks no network.
@Command(
    footer = {
      "",
      "Shows what the last \"vat manifest\" found. \"copies\" counts whole ones: an active folder,",
      "the SSD, S3.",
      "",
      "Examples:",
      "  vat list                     every project",
      "  vat list 'b4*' --sort size   some of them, the biggest first",
      "  vat list --at-risk           what one lost disk would lose"
    })
final class ListCommand implements VatCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "GLOB",
      description = "only projects with such an id: b4*, *carnivore*")
  private String glob;

  @Option(names = "--at-risk", description = "only projects with fewer than two whole copies")
  private boolean atRisk;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "only projects with a copy there: ${COMPLETION-CANDIDATES}")
  private Tier tier;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      defaultValue = "id",
      description = "${COMPLETION-CANDIDATES}; the biggest, or the oldest, first")
  private Order sort;

  @Mixin private OutputOptions output;

  /// Where copies are.
  enum Tier {
    local,
    archived,
    ssd,
    s3,
    glacier;

    boolean holds(ProjectEntry project) {
      return switch (this) {
        case local -> has(project, LocalCopy.Structure.FLAT);
        case archived -> has(project, LocalCopy.Structure.GROUPED);
        case ssd -> !project.ssd().isEmpty();
        case s3 -> project.s3().isPresent() && !project.s3().get().frozen();
        case glacier -> project.s3().isPresent() && project.s3().get().frozen();
      };
    }

    private static boolean has(ProjectEntry project, LocalCopy.Structure structure) {
      return project.local().stream().anyMatch(copy -> copy.structure() == structure);
    }
  }

  /// Which comes first.
  enum Order {
    id(Comparator.comparing(ProjectEntry::id)),
    size(Comparator.comparing(ProjectEntry::bytes).reversed().thenComparing(ProjectEntry::id)),
    age(
        Comparator.comparing((ProjectEntry p) -> p.lastChange().orElse(Instant.MAX))
            .thenComparing(ProjectEntry::id));

    private final Comparator<ProjectEntry> comparator;

    Order(Comparator<ProjectEntry> comparator) {
      this.comparator = comparator;
    }
  }

  private record Line(
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
      List<String> drives) {}

  private record Document(String repo, String lastUpdated, List<Line> projects) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    Catalog catalog = new CatalogFile(context.repository().root(), SmallFile::replace).read();
    Instant now = invocation.surroundings().clock().instant();
    Predicate<String> wanted = glob == null ? _ -> true : Glob.of(glob, "vat list 'b4*'");
    List<ProjectEntry> projects =
        catalog.projects().values().stream()
            .filter(p -> wanted.test(p.id().value()))
            .filter(p -> !atRisk || p.wholeCopies() < 2)
            .filter(p -> tier == null || tier.holds(p))
            .sorted(sort.comparator)
            .toList();
    Console console = invocation.console();
    if (catalog.updatedAt().isEmpty()) {
      console.note("Nothing is known yet: vat manifest looks at what there is.");
    }
    table(console, projects, now);
    summary(console, catalog, projects, now);
    console.document(
        "vat.list/1",
        new Document(
            context.repository().folderName(),
            catalog.updatedAt().map(Instant::toString).orElse(null),
            projects.stream().map(project -> line(project, catalog)).toList()));
    return ExitCode.DONE;
  }

  private static void table(Console console, List<ProjectEntry> projects, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", "local", "ssd", "s3", "staging", "size", "age", "copies"));
    for (ProjectEntry project : projects) {
      rows.add(
          List.of(
              Printable.of(project.id().value()),
              project.local().isEmpty() ? "-" : where(project),
              onSsd(project),
              project.s3().map(copy -> copy.frozen() ? "glacier" : "yes").orElse("-"),
              project.staging().map(staged -> Counts.of(staged.files(), "file")).orElse("-"),
              Sizes.of(project.bytes()),
              project.lastChange().map(at -> age(at, now)).orElse("?"),
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

  /// Of several drives how many of them hold a verified copy.
  private static String onSsd(ProjectEntry project) {
    int copies = project.ssd().size();
    long verified = project.ssd().stream().filter(c -> c.verifiedAt().isPresent()).count();
    return switch (copies) {
      case 0 -> "-";
      case 1 -> verified == 1 ? "verified" : "yes";
      default -> copies + " (" + verified + " verified)";
    };
  }

  private static String where(ProjectEntry project) {
    boolean flat = Tier.local.holds(project);
    boolean grouped = Tier.archived.holds(project);
    return flat && grouped ? "flat+archived" : flat ? "flat" : "archived";
  }

  private static String age(Instant then, Instant now) {
    long days = Math.max(0, Duration.between(then, now).toDays());
    return days < 730 ? days + "d" : days / 365 + "y";
  }

  private static void summary(
      Console console, Catalog catalog, List<ProjectEntry> projects, Instant now) {
    long bytes = projects.stream().mapToLong(ProjectEntry::bytes).sum();
    Optional<Instant> oldest =
        projects.stream()
            .flatMap(p -> p.ssd().stream().flatMap(copy -> copy.seenAt().stream()))
            .min(Instant::compareTo);
    console.line(
        Counts.of(projects.size(), "project")
            + ", "
            + Sizes.of(bytes)
            + catalog.updatedAt().map(at -> " (as of " + Ages.ago(at, now) + ")").orElse("")
            + oldest
                .filter(at -> catalog.updatedAt().filter(at::isBefore).isPresent())
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

  private static Line line(ProjectEntry project, Catalog catalog) {
    return new Line(
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
        project.ssd().stream().map(catalog::driveName).toList());
  }
}
