package dev.vat.cli;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was said already, so that a state that lasts is said once: when it begins. Remembers what
/// holds now, nothing of the past.
final class ToldOnce {
  private final Map<String, Set<String>> told = new HashMap<>();

  /// @param subject what it is about
  /// @param current everything that is to be said of it now
  /// @return what was not said the last time, in that order
  List<String> news(String subject, Collection<String> current) {
    Set<String> before =
        current.isEmpty() ? told.remove(subject) : told.put(subject, Set.copyOf(current));
    return current.stream().distinct().filter(t -> before == null || !before.contains(t)).toList();
  }
}
