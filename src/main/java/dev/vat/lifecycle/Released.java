package dev.vat.lifecycle;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What became of files that were to be released.
///
/// @param gone deleted
/// @param stayed not deleted
public record Released(List<Gone> gone, List<Stayed> stayed) {
  public Released {
    gone = List.copyOf(gone);
    stayed = List.copyOf(stayed);
  }

  /// Deleted.
  ///
  /// @param left the places of the copies that were proven at that moment
  public record Gone(RelativeName name, long sizeBytes, SortedSet<String> left) {}

  /// Still here.
  ///
  /// @param why a whole sentence for users, without the name
  public record Stayed(RelativeName name, long sizeBytes, String why) {}

  /// The places that have a copy of every deleted file.
  public SortedSet<String> leftOfEach() {
    SortedSet<String> places = new TreeSet<>();
    gone.stream().findFirst().ifPresent(first -> places.addAll(first.left()));
    gone.forEach(one -> places.retainAll(one.left()));
    return places;
  }

  /// Of the deleted file with the fewest copies, how many those are; 0 when none was deleted.
  public int fewestLeft() {
    return gone.stream().mapToInt(one -> one.left().size()).min().orElse(0);
  }

  public long bytes() {
    return gone.stream().mapToLong(Gone::sizeBytes).sum();
  }
}
