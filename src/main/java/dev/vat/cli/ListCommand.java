package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.CloudThaw;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.disk.SmallFile;
import dev.vat.project.Repository;
import dev.vat.project.Sizes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
      "  vat list --at-risk           what one lost disk would lose",
      "  vat list --repo all          of every repository beside this one"
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

  @Option(
      names = "--repo",
      paramLabel = "REPO",
      description = "another repository beside this one, or all of them: all")
  private String repo;

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
      List<String> drives) {}

  /// Whose manifest was read.
  private record Source(String repo, String lastUpdated, AllSync.ProjectError error) {}

  private record Document(
      String repo, String lastUpdated, List<Source> repositories, List<Line> projects) {}

  /// A project, and the repository that it is in.
  private record Listed(String repo, Catalog catalog, ProjectEntry entry) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Instant now = invocation.surroundings().clock().instant();
    Console console = invocation.console();
    List<Source> sources = new ArrayList<>();
    List<Listed> projects = new ArrayList<>();
    for (Repository repository : repositories(invocation)) {
      String name = repository.folderName();
      try {
        Catalog catalog = new CatalogFile(repository.root(), SmallFile::replace).read();
        sources.add(
            new Source(name, catalog.updatedAt().map(Instant::toString).orElse(null), null));
        if (catalog.updatedAt().isEmpty()) {
          console.note(
              (catalog.projects().isEmpty()
                      ? "Nothing is known of " + Printable.of(name) + " yet"
                      : "Of " + Printable.of(name) + " only what other commands noted is known yet")
                  + ": vat manifest looks at what there is.");
        }
        catalog.projects().values().forEach(p -> projects.add(new Listed(name, catalog, p)));
      } catch (IOException fault) {
        CommandFailure failure = Faults.of(fault);
        if (!"all".equals(repo)) {
          throw failure;
        }
        console.warning(Printable.of(name) + ": " + failure.getMessage());
        sources.add(new Source(name, null, AllSync.ProjectError.of(failure)));
      }
    }
    tell(console, sources, wanted(projects), now);
    boolean failed = sources.stream().anyMatch(source -> source.error() != null);
    boolean read = sources.stream().anyMatch(source -> source.error() == null);
    return failed ? read ? ExitCode.PARTLY : ExitCode.FAILED : ExitCode.DONE;
  }

  private List<Repository> repositories(Invocation invocation) throws IOException {
    if (repo == null) {
      return List.of(CurrentRepository.require(invocation).repository());
    }
    List<Repository> beside = CurrentRepository.allBeside(invocation);
    List<Repository> chosen =
        beside.stream().filter(one -> repo.equals("all") || one.folderName().equals(repo)).toList();
    if (chosen.isEmpty()) {
      throw CommandFailure.usage(
          "no repository beside this one is called " + Printable.of(repo),
          "there are: all, "
              + beside.stream()
                  .map(one -> Printable.of(one.folderName()))
                  .collect(Collectors.joining(", ")));
    }
    return chosen;
  }

  private List<Listed> wanted(List<Listed> projects) {
    Predicate<String> named = glob == null ? _ -> true : Glob.of(glob, "vat list 'b4*'");
    return projects.stream()
        .filter(p -> named.test(p.entry().id().value()))
        .filter(p -> !atRisk || p.entry().wholeCopies() < 2)
        .filter(p -> tier == null || tier.holds(p.entry()))
        .sorted(Comparator.comparing(Listed::entry, sort.comparator).thenComparing(Listed::repo))
        .toList();
  }

  private void tell(Console console, List<Source> sources, List<Listed> projects, Instant now) {
    boolean several = "all".equals(repo);
    table(console, projects, several, now);
    summary(console, sources, projects, now);
    Optional<Source> one = several ? Optional.empty() : Optional.of(sources.getFirst());
    console.document(
        "vat.list/1",
        () ->
            new Document(
                one.map(Source::repo).orElse(null),
                one.map(Source::lastUpdated).orElse(null),
                sources,
                projects.stream().map(ListCommand::line).toList()));
  }

  private static void table(Console console, List<Listed> projects, boolean several, Instant now) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("id", "local", "ssd", "s3", "staging", "size", "age", "copies"));
    for (Listed listed : projects) {
      ProjectEntry project = listed.entry();
      rows.add(
          List.of(
              Printable.of((several ? listed.repo() + "/" : "") + project.id().value()),
              project.local().isEmpty() ? "-" : where(project),
              onSsd(project),
              project.s3().map(ListCommand::inCloud).orElse("-"),
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

  private static String inCloud(CloudCopy copy) {
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
    boolean flat = Tier.local.holds(project);
    boolean grouped = Tier.archived.holds(project);
    return flat && grouped ? "flat+archived" : flat ? "flat" : "archived";
  }

  private static String age(Instant then, Instant now) {
    long days = Math.max(0, Duration.between(then, now).toDays());
    return days < 730 ? days + "d" : days / 365 + "y";
  }

  /// With the oldest of what was told.
  private static void summary(
      Console console, List<Source> sources, List<Listed> projects, Instant now) {
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
        project.ssd().stream().map(listed.catalog()::driveName).toList());
  }
}
