package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.lifecycle.CopyFolder;
import dev.vat.lifecycle.LightFiles;
import dev.vat.lifecycle.LightPlan;
import dev.vat.lifecycle.Located;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `vat light`: light files of the copies on drives into `archived/`.
@Command(
    footer = {
      "",
      "Transcripts, thumbnails and other light files, by content. What came from the drive before",
      "and is as it came is replaced when the drive has another one (the old one is kept: vat kept",
      "list); what was edited here is a conflict and stays. Active projects are left alone, and",
      "nothing is ever deleted.",
      "",
      "Examples:",
      "  vat light --dry-run          what would come",
      "  vat light                    every project on the SSD that is not active here",
      "  vat light b40                one project"
    })
final class LightCommand implements RunsAsMade {
  private static final String ARCHIVED = "archived";

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      description = "only this one; inside its folder, it is meant when none is named")
  private String typed;

  @Mixin private final DryRunOption changes = new DryRunOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public OutputOptions output() {
    return output;
  }

  /// Where a project's light files go; or why nowhere.
  private sealed interface Target {
    record Folder(Path path) implements Target {}

    record Active() implements Target {}

    record Unclear(String why) implements Target {}
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    Catalog known = KnownDrives.of(invocation, context).file().read();
    ReachedDrives drives = ReachedDrives.look(invocation, context, known, true);
    if (drives.readable().isEmpty()) {
      throw KnownDrives.failure(unusable(drives));
    }
    List<CopyFolder> all = CopyFolder.all(context.repository(), drives.readable());
    Map<ProjectId, List<CopyFolder>> sources = sources(all, drives);
    Optional<ProjectId> chosen = chosen(invocation, context, known, all);
    LightReport report = new LightReport(invocation, context, changes.dryRun);
    drives.tell(invocation.console());
    report.heading(drives.readable());
    if (chosen.isPresent() && !sources.containsKey(chosen.get())) {
      report.notThere(chosen.get(), isElsewhere(known, chosen.get()));
      return report.end();
    }
    try (State state = state(invocation, context)) {
      LightFiles light =
          new LightFiles(
              context.repository().root(),
              new FileKinds(new Limits(context.settings()).heavyFileBytes()),
              state,
              invocation.surroundings().clock());
      for (Map.Entry<ProjectId, List<CopyFolder>> source : sources.entrySet()) {
        if (chosen.isEmpty() || chosen.get().equals(source.getKey())) {
          one(invocation, context, light, source.getValue(), report);
        }
      }
    }
    return report.end();
  }

  private static Located.Unusable unusable(ReachedDrives drives) {
    return drives.primary() instanceof Located.Unusable primary
        ? primary
        : drives.away().getFirst();
  }

  /// The folders on the first drive that has the project; more than one is a question for people.
  private static Map<ProjectId, List<CopyFolder>> sources(
      List<CopyFolder> all, ReachedDrives drives) {
    Map<ProjectId, List<CopyFolder>> sources = new TreeMap<>();
    for (Located.Readable drive : drives.readable()) {
      Map<ProjectId, List<CopyFolder>> onIt =
          all.stream()
              .filter(copy -> copy.drive().equals(Optional.of(drive)))
              .collect(Collectors.groupingBy(CopyFolder::project));
      onIt.forEach(sources::putIfAbsent);
    }
    return sources;
  }

  private Optional<ProjectId> chosen(
      Invocation invocation, CurrentRepository context, Catalog known, Collection<CopyFolder> all)
      throws IOException {
    if (typed == null) {
      return new Projects(context.repository()).containing(invocation.surroundings().folder());
    }
    TreeSet<ProjectId> ids = new TreeSet<>(known.projects().keySet());
    all.forEach(copy -> ids.add(copy.project()));
    return Optional.of(ChosenProject.among(typed, ids, context));
  }

  /// Whether the manifest knows a copy on a drive that cannot be looked at now.
  private static boolean isElsewhere(Catalog known, ProjectId project) {
    return Optional.ofNullable(known.projects().get(project))
        .map(entry -> !entry.ssd().isEmpty())
        .orElse(false);
  }

  private State state(Invocation invocation, CurrentRepository context) throws IOException {
    State state =
        changes.dryRun
            ? State.copyForLooking(context.stateFolder(), invocation.surroundings().clock())
            : State.open(context.stateFolder(), invocation.surroundings().clock());
    state.remark().ifPresent(remark -> invocation.console().warning(Printable.of(remark)));
    return state;
  }

  private void one(
      Invocation invocation,
      CurrentRepository context,
      LightFiles light,
      List<CopyFolder> folders,
      LightReport report)
      throws IOException {
    CopyFolder source = folders.getFirst();
    if (folders.size() > 1) {
      report.unclear(source, "it has several folders there: " + paths(folders, context));
      return;
    }
    try {
      if (changes.dryRun) {
        inTurn(invocation, context, light, source, report);
      } else {
        try (ProjectLock _ = context.lock(invocation, source.project(), "vat light")) {
          inTurn(invocation, context, light, source, report);
        }
      }
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (IOException fault) {
      if (Faults.concernsAll(fault)) {
        throw fault;
      }
      report.failed(source, Faults.of(fault));
    }
  }

  private static String paths(List<CopyFolder> folders, CurrentRepository context) {
    return folders.stream()
        .map(folder -> folder.path(context.repository()))
        .collect(Collectors.joining(", "));
  }

  private void inTurn(
      Invocation invocation,
      CurrentRepository context,
      LightFiles light,
      CopyFolder source,
      LightReport report)
      throws IOException {
    switch (target(context, source.project())) {
      case Target.Active _ -> report.active(source);
      case Target.Unclear unclear -> report.unclear(source, unclear.why());
      case Target.Folder folder -> {
        LightPlan plan = light.plan(source.project(), source.folder(), folder.path());
        if (changes.dryRun) {
          report.planned(source, plan);
        } else {
          CopyFolder here =
              new CopyFolder(
                  source.project(), CopyFolder.Kind.ARCHIVED, folder.path(), Optional.empty());
          report.done(
              source,
              plan,
              light.apply(
                  plan,
                  new CopyAside(context, here, invocation.surroundings().clock().instant()),
                  invocation.console().progress()));
        }
      }
    }
  }

  private static Target target(CurrentRepository context, ProjectId project) throws IOException {
    return switch (new Projects(context.repository()).homeOf(project)) {
      case ProjectHome.Active _ -> new Target.Active();
      case ProjectHome.Unclear unclear -> new Target.Unclear(unclear.why());
      case ProjectHome.Archived archived when archived.folders().size() == 1 ->
          new Target.Folder(archived.folders().getFirst());
      case ProjectHome.Archived archived ->
          new Target.Unclear("it has several folders here: " + archived.folders());
      case ProjectHome.None _ -> newTarget(context.repository().root().resolve(ARCHIVED), project);
    };
  }

  private static Target newTarget(Path archived, ProjectId project) throws IOException {
    if (!Files.isDirectory(archived)) {
      Path range = RangeFolders.computed(project).map(archived::resolve).orElse(archived);
      return new Target.Folder(range.resolve(project.value()));
    }
    return switch (new RangeFolders(archived).of(project)) {
      case RangeChoice.Holds holds -> new Target.Folder(holds.folder());
      case RangeChoice.Free free -> new Target.Folder(free.folder());
      case RangeChoice.Several several ->
          new Target.Unclear("it has several folders here: " + new ArrayList<>(several.folders()));
      case RangeChoice.InTheWay way -> new Target.Unclear(way.path() + " " + way.what());
    };
  }
}
