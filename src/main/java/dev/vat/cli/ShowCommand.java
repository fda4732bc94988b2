package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.disk.SmallFile;
import dev.vat.index.ArchiveContent;
import dev.vat.index.CopyPlace;
import dev.vat.index.Index;
import dev.vat.index.IndexException;
import dev.vat.lifecycle.CutRelease;
import dev.vat.lifecycle.Policy;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.Resolved;
import dev.vat.project.ShortName;
import dev.vat.settings.Limits;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat show`: everything that is known of one project, from `projects.json` and the index. Looks
/// at no drive and asks no network.
@Command(
    footer = {
      "",
      "Shows what the last \"vat manifest\" found, also of drives that are not connected.",
      "",
      "Examples:",
      "  vat show b40                 its copies, its biggest files, what comes next",
      "  vat show b40 --limit 0       all of its files"
    })
final class ShowCommand implements VatCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "an id or its beginning (b40); inside a project's folder: that project")
  private String project;

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "N",
      defaultValue = "8",
      description = "at most so many of the biggest files; 0: all (8 unless told)")
  private int limit;

  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (limit < 0) {
      throw CommandFailure.usage("--limit " + limit + " is less than nothing", "--limit 0 is all");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    Catalog catalog = new CatalogFile(context.repository().root(), SmallFile::replace).read();
    ProjectId id = chosen(invocation, context, catalog);
    ProjectEntry entry = catalog.projects().get(id);
    if (entry == null) {
      throw notInManifest(id);
    }
    for (CutRelease cut :
        CutRelease.here(context.repository().root(), invocation.surroundings().clock())) {
      if (cut.project().equals(id)) {
        invocation.console().warning(Printable.of(cut.message() + "."));
      }
    }
    new ShowReport(
            invocation.console(),
            invocation.surroundings().clock().instant(),
            invocation.surroundings().zone().get(),
            catalog,
            policy(context),
            PriceFiles.of(invocation).in(context.settings()))
        .tell(context.repository().folderName(), entry, files(invocation, context, entry));
    return ExitCode.DONE;
  }

  private static Policy policy(CurrentRepository context) {
    Limits.AgeRules ages = new Limits(context.settings()).ageRules();
    return new Policy(
        ages.archiveAfterDays(),
        ages.backupAfterDays(),
        ages.ssdRetentionDays(),
        ages.s3RetentionDays());
  }

  /// The index is a help: without it, or when it is damaged, everything else is shown.
  private IndexedFiles files(Invocation invocation, CurrentRepository context, ProjectEntry project)
      throws IOException {
    ProjectId id = project.id();
    try (Index index = Index.open(context.stateFolder()).orElse(null)) {
      if (index == null) {
        return IndexedFiles.NONE;
      }
      int most = limit == 0 ? Integer.MAX_VALUE : limit;
      FileKinds kinds = new FileKinds(new Limits(context.settings()).heavyFileBytes());
      Map<String, ArchiveContent> archives = new HashMap<>();
      for (CloudCopy copy : project.cloud()) {
        if (copy.bucket().isPresent()) {
          index
              .archive(new CopyPlace(id, CopyPlace.Kind.S3, copy.bucket().get(), copy.key()), kinds)
              .ifPresent(content -> archives.put(copy.key(), content));
        }
      }
      return new IndexedFiles(index.biggest(id, most), index.media(id), archives);
    } catch (IndexException unusable) {
      invocation.console().warning(Printable.of(unusable.getMessage()));
      return IndexedFiles.NONE;
    }
  }

  private ProjectId chosen(Invocation invocation, CurrentRepository context, Catalog catalog)
      throws IOException {
    if (project == null) {
      return new Projects(context.repository())
          .containing(invocation.surroundings().folder())
          .orElseThrow(
              () ->
                  CommandFailure.usage(
                      "which project?", "name one (vat show b63), or go into its folder first"));
    }
    List<ProjectId> known = List.copyOf(catalog.projects().keySet());
    Optional<ProjectId> found = ChosenProject.found(project, known, context);
    if (found.isPresent()) {
      return found.get();
    }
    List<ProjectId> here = new Projects(context.repository()).list().ids();
    Optional<ProjectId> fresh = ChosenProject.found(project, here, context);
    if (fresh.isPresent()) {
      throw notInManifest(fresh.get());
    }
    throw switch (ShortName.resolve(project, known)) {
      case Resolved.Unknown unknown -> CommandFailure.unknownProject(project, unknown.closest());
      case Resolved.Found _, Resolved.Ambiguous _ ->
          CommandFailure.unknownProject(project, List.of());
    };
  }

  private static CommandFailure notInManifest(ProjectId id) {
    return new CommandFailure(
        ExitCode.FAILED,
        "not_in_manifest",
        Printable.of(id.value()) + " is not in projects.json yet",
        "vat manifest looks at what there is");
  }
}
