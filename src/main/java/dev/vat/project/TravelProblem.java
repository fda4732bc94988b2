package dev.vat.project;

import java.util.List;

/// A name, or several together, that will not arrive everywhere.
///
/// @param names the names it is about: one, or all that collide
/// @param message what and why, in one sentence for users
/// @param remedy what to do next
public record TravelProblem(
    Rule rule, Weight weight, List<RelativeName> names, String message, String remedy) {
  /// Which rule is broken.
  public enum Rule {
    RESERVED_NAME,
    ILLEGAL_CHARACTER,
    TRAILING_DOT_OR_SPACE,
    CASE_COLLISION,
    FILE_AND_FOLDER,
    PART_TOO_LONG,
    PATH_TOO_LONG
  }

  /// How sure the trouble is.
  public enum Weight {
    /// The file cannot be made on some of the systems.
    REFUSED,
    /// It depends on where the other person keeps the project.
    WARNING
  }

  public TravelProblem {
    names = List.copyOf(names);
  }
}
