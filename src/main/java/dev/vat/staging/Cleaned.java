package dev.vat.staging;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What a cleanup came to.
///
/// @param outcomes one for each planned removal, sorted by name
/// @param notesProblem why the notes go on calling removed what was not, when they could not be put
///     right: an object that is there counts for more than what they say
public record Cleaned(List<Removal.Done> outcomes, Optional<IOException> notesProblem) {
  public Cleaned {
    outcomes = List.copyOf(outcomes);
  }
}
