package dev.vat.index;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/// What a search leaves out.
///
/// @param kinds what is looked for
/// @param project which projects' ids
/// @param name which files, by their name below the project's folder
/// @param most how many of each kind are told; the others are counted
public record Filter(Set<Kind> kinds, Predicate<String> project, Predicate<String> name, int most) {
  /// What a term can be found in.
  public enum Kind {
    ID,
    NAME,
    TEXT
  }

  public Filter {
    kinds = Set.copyOf(kinds);
    if (most < 1) {
      throw new IllegalArgumentException("nothing to tell: " + most);
    }
  }

  /// Everything is looked through.
  public static Filter all(int most) {
    return new Filter(EnumSet.allOf(Kind.class), _ -> true, _ -> true, most);
  }
}
