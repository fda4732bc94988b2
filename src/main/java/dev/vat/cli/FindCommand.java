package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.disk.SmallFile;
import dev.vat.index.Filter;
import dev.vat.index.Findings;
import dev.vat.index.Index;
import dev.vat.index.Query;
import dev.vat.project.ProjectId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat find`: a word in project ids, file names and text, from `.vat/index.db`. Looks at no drive
/// and asks no network.
@Command(
    footer = {
      "",
      "Every word has to be there, in any order; case and accents do not matter. In names any part",
      "of a word counts, in text its beginning. Finds what the last \"vat manifest\" read.",
      "",
      "Examples:",
      "  vat find butcher knife         project ids, file names, and lines of transcripts",
      "  vat find '\"butcher knife\"'     these words one after the other",
      "  vat find knife --only text     what was said and written, and where in the recording",
      "  vat find take --name '*.mov' --project 'b4*'"
    })
final class FindCommand implements VatCommand {
  @Parameters(arity = "1..*", paramLabel = "TEXT", description = "what to look for")
  private List<String> text;

  @Option(
      names = "--only",
      paramLabel = "KIND",
      split = ",",
      description = "ids, names or text; several with commas")
  private Set<Kind> only;

  @Option(
      names = {"-p", "--project"},
      paramLabel = "GLOB",
      description = "only in projects with such an id: b4*")
  private String project;

  @Option(
      names = "--name",
      paramLabel = "GLOB",
      description = "only files with such a name: *.srt; with a / the whole path: final/*")
  private String name;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "at most so many of each kind; 0: all (20 unless told)")
  private int limit;

  @Mixin private OutputOptions output;

  /// What can be looked through.
  enum Kind {
    ids(Filter.Kind.ID),
    names(Filter.Kind.NAME),
    text(Filter.Kind.TEXT);

    private final Filter.Kind kind;

    Kind(Filter.Kind kind) {
      this.kind = kind;
    }
  }

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    String typed = String.join(" ", text);
    Query query =
        Query.of(typed)
            .orElseThrow(
                () -> CommandFailure.usage("there is nothing to look for", "vat find WORD"));
    Filter filter = filter();
    Catalog catalog = new CatalogFile(context.repository().root(), SmallFile::replace).read();
    Set<ProjectId> ids = catalog.projects().keySet();
    Optional<Index> opened = Index.open(context.stateFolder());
    if (opened.isEmpty()) {
      invocation.console().note("Nothing was read yet: vat manifest does that.");
    }
    try (Index index = opened.orElse(null)) {
      Findings findings =
          index == null ? Findings.amongIds(query, filter, ids) : index.find(query, filter, ids);
      new FindReport(invocation.console(), invocation.surroundings().clock().instant(), catalog)
          .tell(typed, findings);
    }
    return ExitCode.DONE;
  }

  private Filter filter() {
    if (limit < 0) {
      throw CommandFailure.usage("--limit " + limit + " is less than nothing", "--limit 0 is all");
    }
    EnumSet<Filter.Kind> kinds = EnumSet.noneOf(Filter.Kind.class);
    if (only != null) {
      only.forEach(kind -> kinds.add(kind.kind));
    } else {
      kinds.addAll(EnumSet.allOf(Filter.Kind.class));
    }
    if (name != null) {
      kinds.remove(Filter.Kind.ID); // an id is no file's name
    }
    Predicate<String> any = _ -> true;
    return new Filter(
        kinds,
        project == null ? any : Glob.of(project, "vat find take --project 'b4*'"),
        name == null ? any : Glob.ofNames(name, "vat find take --name '*.mov'"),
        limit == 0 ? Integer.MAX_VALUE : limit);
  }
}
