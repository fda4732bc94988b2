package dev.vat.cli;

import dev.vat.lifecycle.ThawStanding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Stays until thaws are done: asks again and again, less often the longer it takes.
final class ThawWait {
  /// Thaws take hours; S3 bills each look, if little.
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);

  private final ThawLook look;
  private final Services services;
  private final InstantSource clock;

  ThawWait(ThawLook look, Services services, InstantSource clock) {
    this.look = look;
    this.services = services;
    this.clock = clock;
  }

  /// Stays until none is under way any more; tells of each that has ended.
  void until(List<ThawLook.Looked> all, String why, ThawReport report)
      throws IOException, InterruptedException {
    List<ThawLook.Looked> left = all;
    Instant begun = clock.instant();
    try (KeepAwake.Handle _ = services.keepAwake().begin(why)) {
      while (!left.isEmpty()) {
        List<ThawLook.Looked> still = new ArrayList<>();
        for (ThawLook.Looked one : look.again(left)) {
          if (one.standing() instanceof ThawStanding.UnderWay) {
            still.add(one);
          } else {
            report.standing(one, Optional.empty());
          }
        }
        left = still;
        if (!left.isEmpty()) {
          services.pause(pause(Duration.between(begun, clock.instant())));
        }
      }
    }
  }

  private static Duration pause(Duration waited) {
    Duration next = waited.dividedBy(10);
    if (next.compareTo(SHORTEST_PAUSE) < 0) {
      return SHORTEST_PAUSE;
    }
    return next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }
}
