package dev.vat.staging;

import dev.vat.project.RelativeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Makes plans from a comparison: pure functions.
public final class Planner {
  private final String user;
  private final Map<RelativeName, Keep> decisions;

  /// @param user whose name a file gets by [Keep#BOTH]
  /// @param decisions for the conflicts that were decided
  public Planner(String user, Map<RelativeName, Keep> decisions) {
    this.user = user;
    this.decisions = Map.copyOf(decisions);
  }

  /// The plan of `up`.
  ///
  /// @param again whether files go up that were removed from S3 and are unchanged here
  public List<Step> up(Collection<StagedFile> files, boolean again) {
    return plan(files, file -> upStep(file, again));
  }

  /// The plan of `down`.
  public List<Step> down(Collection<StagedFile> files) {
    return plan(files, this::downStep);
  }

  private List<Step> plan(Collection<StagedFile> files, Function<StagedFile, Step> step) {
    Set<String> taken = new HashSet<>();
    files.forEach(file -> taken.add(folded(file.name())));
    List<Step> steps = new ArrayList<>();
    for (StagedFile file : files) {
      steps.add(file.standing() == Standing.CONFLICT ? decided(file, taken) : step.apply(file));
    }
    return steps;
  }

  private Step upStep(StagedFile file, boolean again) {
    return switch (file.standing()) {
      case IN_SYNC -> new Step.Agree(file);
      case ONLY_HERE -> new Step.Upload(file, Step.Upload.Why.NEW);
      case CHANGED_HERE -> new Step.Upload(file, Step.Upload.Why.CHANGED_HERE);
      case CHANGED_HERE_REMOVED_THERE ->
          new Step.Upload(file, Step.Upload.Why.CHANGED_SINCE_REMOVED);
      case REMOVED_THERE ->
          again ? new Step.Upload(file, Step.Upload.Why.AGAIN) : new Step.Leave(file);
      case CHANGED_THERE, ONLY_THERE, REMOVED_HERE -> new Step.Leave(file);
      case CONFLICT -> throw new IllegalStateException("decided before: " + file.name());
    };
  }

  private Step downStep(StagedFile file) {
    return switch (file.standing()) {
      case IN_SYNC -> new Step.Agree(file);
      case CHANGED_THERE, ONLY_THERE, REMOVED_HERE -> new Step.Download(file);
      case ONLY_HERE, CHANGED_HERE, CHANGED_HERE_REMOVED_THERE, REMOVED_THERE ->
          new Step.Leave(file);
      case CONFLICT -> throw new IllegalStateException("decided before: " + file.name());
    };
  }

  private Step decided(StagedFile file, Set<String> taken) {
    return Optional.ofNullable(decisions.get(file.name()))
        .map(
            keep ->
                switch (keep) {
                  case MINE -> new Step.KeepMine(file);
                  case THEIRS -> new Step.KeepTheirs(file);
                  case BOTH -> new Step.KeepBoth(file, named(file.name(), taken));
                })
        .orElseGet(() -> new Step.Undecided(file));
  }

  /// `draft.mp4` becomes `draft-david.mp4`, the team's convention, or the next free name. Case does
  /// not make a name free: it would not be on the other system.
  private RelativeName named(RelativeName name, Set<String> taken) {
    String full = name.value();
    int dot = full.lastIndexOf('.');
    boolean hasExtension = dot > full.lastIndexOf('/') + 1;
    String stem = hasExtension ? full.substring(0, dot) : full;
    String extension = hasExtension ? full.substring(dot) : "";
    for (int number = 1; ; number++) {
      String suffix = number == 1 ? "" : "-" + number;
      RelativeName candidate = RelativeName.of(stem + "-" + user + suffix + extension);
      if (taken.add(folded(candidate))) {
        return candidate;
      }
    }
  }

  private static String folded(RelativeName name) {
    return name.value().toLowerCase(Locale.ROOT);
  }
}
