package dev.vat.staging;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What applying a plan came to.
///
/// When a fault ended everything ([Outcome.GivenUp]), notes and leftovers were not tried: the next
/// `up` does both, and until then the objects themselves tell what the notes miss.
///
/// @param outcomes one for each step, in their order
/// @param notesProblem why the team's notes could not be written, when they could not: the files
///     are not touched by that, and the objects themselves tell what the notes miss
/// @param leftovers why what is left of earlier, cut transfers that nobody needs any more could not
///     be removed: after `up` parts in S3, which cost a little, after `down` hidden files here. A
///     later run removes them
public record Applied(
    List<Outcome> outcomes, Optional<IOException> notesProblem, Optional<IOException> leftovers) {
  public Applied {
    outcomes = List.copyOf(outcomes);
  }
}
