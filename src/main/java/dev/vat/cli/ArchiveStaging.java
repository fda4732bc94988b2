package dev.vat.cli;

import dev.vat.lifecycle.Obstacle;
import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.settings.Setting;
import dev.vat.staging.Planner;
import dev.vat.staging.RemoteFile;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// What speaks against archiving a project on the side of its staging: files that the team does not
/// have yet, or that this computer does not.
final class ArchiveStaging {
  private static final Set<Standing> CALM = Set.of(Standing.IN_SYNC, Standing.REMOVED_THERE);
  private static final int SHOWN = 3;

  private final Invocation invocation;
  private final CurrentRepository context;
  private final boolean dryRun;

  ArchiveStaging(Invocation invocation, CurrentRepository context, boolean dryRun) {
    this.invocation = invocation;
    this.context = context;
    this.dryRun = dryRun;
  }

  /// Whether staging is set up here at all.
  boolean isUsed() {
    return context.settings().value(Setting.S3_COLLAB_BUCKET).isPresent();
  }

  /// Looks at both sides; with `pull`, gets first what is only in S3 (not in a dry run).
  ///
  /// @throws dev.vat.cloud.StoreException when S3 cannot be asked
  List<Obstacle> look(ProjectId project, boolean pull) throws IOException {
    StagingSession.Use use =
        dryRun
            ? StagingSession.Use.DRY
            : pull ? StagingSession.Use.CHANGE : StagingSession.Use.LOOK;
    try (StagingSession session =
        StagingSession.open(
            invocation,
            StagingTarget.of(List.of(project.value())),
            use,
            OptionalLong.empty(),
            "vat archive")) {
      StagingView view = session.look(!dryRun);
      if (pull && !dryRun) {
        Planner planner = new Planner(session.user(), Map.of(), view.names());
        session.staging().down(view, planner.down(view.files().values()), _ -> {});
        view = session.look(true);
      }
      if (pull && dryRun) {
        foresee(view);
      }
      return obstacles(view, pull && dryRun);
    }
  }

  /// What a real run would get first, and archive with the rest.
  private void foresee(StagingView view) {
    List<StagedFile> pulled =
        view.files().values().stream().filter(ArchiveStaging::isPulled).toList();
    if (pulled.isEmpty()) {
      return;
    }
    long bytes =
        pulled.stream()
            .flatMap(file -> file.remote().stream())
            .mapToLong(RemoteFile::sizeBytes)
            .sum();
    invocation
        .console()
        .line(
            "First gets from S3 (--pull-staging): "
                + Counts.of(pulled.size(), "staged file")
                + ", "
                + Sizes.of(bytes)
                + ": "
                + names(pulled.stream().map(file -> Printable.of(file.name().value())).toList())
                + "; archived with the rest, and not counted below");
  }

  private static boolean isPulled(StagedFile file) {
    return file.standing() == Standing.ONLY_THERE
        || file.standing() == Standing.CHANGED_THERE
        || file.standing() == Standing.REMOVED_HERE;
  }

  private static String names(List<String> files) {
    return String.join(", ", files.subList(0, Math.min(SHOWN, files.size())))
        + (files.size() > SHOWN ? ", …" : "");
  }

  private static List<Obstacle> obstacles(StagingView view, boolean wouldPull) {
    Map<String, List<String>> names = new TreeMap<>();
    for (StagedFile file : view.files().values()) {
      boolean pulled = wouldPull && isPulled(file);
      if (!CALM.contains(file.standing()) && !pulled) {
        names
            .computeIfAbsent(why(file.standing()), _ -> new ArrayList<>())
            .add(Printable.of(file.name().value()));
      }
    }
    for (RemoteFile file : view.notCompared()) {
      names
          .computeIfAbsent("could not be compared with S3", _ -> new ArrayList<>())
          .add(Printable.of(file.name().value()));
    }
    List<Obstacle> obstacles = new ArrayList<>();
    names.forEach(
        (why, files) ->
            obstacles.add(
                new Obstacle(
                    Obstacle.Kind.CONFLICT,
                    Counts.of(files.size(), "staged file") + " " + why + ": " + names(files))));
    return obstacles;
  }

  private static String why(Standing standing) {
    Map<Standing, String> words = new EnumMap<>(Standing.class);
    words.put(Standing.ONLY_HERE, "not sent to the team yet (vat up sends)");
    words.put(Standing.CHANGED_HERE, "changed here and not sent yet (vat up sends)");
    words.put(
        Standing.CHANGED_HERE_REMOVED_THERE, "changed here, and removed from S3 (vat up sends)");
    words.put(Standing.ONLY_THERE, "only in S3 (--pull-staging gets them first)");
    words.put(Standing.REMOVED_HERE, "only in S3 (--pull-staging gets them first)");
    words.put(Standing.CHANGED_THERE, "newer in S3 (--pull-staging gets them first)");
    words.put(Standing.CONFLICT, "in conflict (vat status shows both versions)");
    return words.get(standing);
  }
}
