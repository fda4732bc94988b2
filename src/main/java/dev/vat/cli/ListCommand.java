package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.disk.SmallFile;
import dev.vat.project.Repository;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat list`: what exists and where, from `projects.json`. Looks at no drive and asks no network.
@Command(
    footer = {
      "",
      "Shows what the last \"vat manifest\" found. \"copies\" counts whole ones: an active folder,",
      "drives, S3; not those with fewer files or bytes than another one, or found damaged.",
      "",
      "Examples:",
      "  vat list                     every project",
      "  vat list 'b4*' --sort size   some of them, the biggest first",
      "  vat list --at-risk           what one lost disk would lose",
      "  vat list --repo all          of every repository beside this one"
    })
final class ListCommand implements RunsAsMade {
  @Parameters(
      arity = "0..1",
      paramLabel = "GLOB",
      description = "only projects with such an id: b4*, *carnivore*")
  private String glob;

  @Option(
      names = "--at-risk",
      description = "only projects with fewer than two whole copies, or with a damaged one")
  private boolean atRisk;

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "only projects with a copy there: ${COMPLETION-CANDIDATES}")
  private Tier tier;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      description = "${COMPLETION-CANDIDATES}; the biggest, or the oldest, first")
  private Order sort = Order.id;

  @Option(
      names = "--repo",
      paramLabel = "REPO",
      description = "another repository beside this one, or all of them: all")
  private String repo;

  @Mixin private final OutputOptions output = new OutputOptions();

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

  /// Which comes first. Not put together by `Comparator.comparing`: its lambdas can be serialized,
  /// and such ones are in no start-up cache.
  enum Order {
    id((one, other) -> one.id().compareTo(other.id())),
    size(byIdAmongEquals((one, other) -> Long.compare(other.bytes(), one.bytes()))),
    age(byIdAmongEquals((one, other) -> lastChange(one).compareTo(lastChange(other))));

    private final Comparator<ProjectEntry> comparator;

    Order(Comparator<ProjectEntry> comparator) {
      this.comparator = comparator;
    }

    private static Comparator<ProjectEntry> byIdAmongEquals(Comparator<ProjectEntry> order) {
      return (one, other) -> {
        int first = order.compare(one, other);
        return first != 0 ? first : id.comparator.compare(one, other);
      };
    }

    private static Instant lastChange(ProjectEntry project) {
      return project.lastChange().orElse(Instant.MAX);
    }
  }

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Instant now = invocation.surroundings().clock().instant();
    Console console = invocation.console();
    List<ListReport.Source> sources = new ArrayList<>();
    List<ListReport.Listed> projects = new ArrayList<>();
    for (Repository repository : repositories(invocation)) {
      String name = repository.folderName();
      try {
        CatalogFile file = new CatalogFile(repository.root(), SmallFile::replace);
        Catalog catalog = file.read();
        LeftOutEntries.tell(console, file);
        sources.add(
            new ListReport.Source(
                name, catalog.updatedAt().map(Instant::toString).orElse(null), null));
        if (catalog.updatedAt().isEmpty()) {
          console.note(
              (catalog.projects().isEmpty()
                      ? "Nothing is known of " + Printable.of(name) + " yet"
                      : "Of " + Printable.of(name) + " only what other commands noted is known yet")
                  + ": vat manifest looks at what there is.");
        }
        catalog
            .projects()
            .values()
            .forEach(p -> projects.add(new ListReport.Listed(name, catalog, p)));
      } catch (IOException fault) {
        CommandFailure failure = Faults.of(fault);
        if (!"all".equals(repo)) {
          throw failure;
        }
        console.warning(Printable.of(name) + ": " + failure.getMessage());
        sources.add(new ListReport.Source(name, null, AllSync.ProjectError.of(failure)));
      }
    }
    new ListReport(console, now, "all".equals(repo)).tell(sources, wanted(projects));
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

  private List<ListReport.Listed> wanted(List<ListReport.Listed> projects) {
    Predicate<String> named = glob == null ? _ -> true : Glob.of(glob, "vat list 'b4*'");
    return projects.stream()
        .filter(p -> named.test(p.entry().id().value()))
        .filter(p -> !atRisk || p.entry().wholeCopies() < 2 || p.entry().hasDamagedCopy())
        .filter(p -> tier == null || tier.holds(p.entry()))
        .sorted(
            Comparator.comparing(ListReport.Listed::entry, sort.comparator)
                .thenComparing(ListReport.Listed::repo))
        .toList();
  }
}
