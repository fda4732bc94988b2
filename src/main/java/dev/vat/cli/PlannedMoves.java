package dev.vat.cli;

import dev.vat.catalog.CloudCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.cost.Forecast;
import dev.vat.cost.Scenarios;
import dev.vat.lifecycle.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where projects are and will be, by what the manifest knows and the policy plans. Pure.
///
/// @param now from which the future is counted
record PlannedMoves(Policy policy, Instant now) {
  /// Uploads go in parts of at least so many bytes; bigger files have bigger ones.
  static final long PART_BYTES = 64L << 20;

  private static final Scenarios.Held NOTHING = new Scenarios.Held(0, 0);

  /// Where each would be if everything that is due were done.
  Scenarios.Split split(Collection<ProjectEntry> projects) {
    return splitBy(projects, this::planned);
  }

  /// Where each is.
  Scenarios.Split today(Collection<ProjectEntry> projects) {
    return splitBy(projects, PlannedMoves::present);
  }

  private enum Place {
    SSD,
    STANDARD,
    FROZEN
  }

  private interface Placing {
    Place of(ProjectEntry project);
  }

  private static Scenarios.Split splitBy(Collection<ProjectEntry> projects, Placing placing) {
    Scenarios.Held ssd = NOTHING;
    Scenarios.Held standard = NOTHING;
    Scenarios.Held frozen = NOTHING;
    for (ProjectEntry project : projects) {
      Scenarios.Held held = new Scenarios.Held(project.bytes(), 1);
      switch (placing.of(project)) {
        case SSD -> ssd = ssd.plus(held);
        case STANDARD -> standard = standard.plus(held);
        case FROZEN -> frozen = frozen.plus(held);
      }
    }
    return new Scenarios.Split(ssd, standard, frozen);
  }

  private static Place present(ProjectEntry project) {
    return project
        .s3()
        .map(copy -> copy.frozen() ? Place.FROZEN : Place.STANDARD)
        .orElse(Place.SSD);
  }

  private Place planned(ProjectEntry project) {
    Forecast.Moves moves = moves(project);
    if (!moves.toFrozen().isAfter(now)) {
      return Place.FROZEN;
    }
    return moves.toStandard().isAfter(now) ? Place.SSD : Place.STANDARD;
  }

  /// When each moves: by the project's age to S3, and so long after that to Deep Archive. What is
  /// overdue counts as moved when it became due; of what no age is known, it counts from now.
  List<Forecast.Moves> moves(Collection<ProjectEntry> projects) {
    return projects.stream().map(this::moves).toList();
  }

  private Forecast.Moves moves(ProjectEntry project) {
    Optional<CloudCopy> cloud = project.s3();
    if (cloud.filter(CloudCopy::frozen).isPresent()) {
      return new Forecast.Moves(project.bytes(), Instant.EPOCH, Instant.EPOCH);
    }
    Instant toStandard =
        cloud.isPresent()
            ? cloud.get().uploadedAt().orElse(now)
            : project.lastChange().orElse(now).plus(Duration.ofDays(policy.backupAfterDays()));
    return new Forecast.Moves(
        project.bytes(), toStandard, toStandard.plus(Duration.ofDays(policy.s3RetentionDays())));
  }
}
