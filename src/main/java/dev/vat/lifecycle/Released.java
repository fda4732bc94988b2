package dev.vat.lifecycle;

import dev.vat.project.RelativeName;
import java.util.List;
import java.util.SortedSet;

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

  public long bytes() {
    return gone.stream().mapToLong(Gone::sizeBytes).sum();
  }
}
