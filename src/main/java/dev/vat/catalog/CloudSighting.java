package dev.vat.catalog;

import dev.vat.project.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one look at S3 found. What could not be listed is not in it: a failed listing is never an
/// empty one.
///
/// @param archives the archive place, when it was listed
/// @param shared what the team shares of each project, when it was listed
public record CloudSighting(
    Optional<Archives> archives, Optional<Map<ProjectId, SharedFiles>> shared) {
  public CloudSighting {
    shared = shared.map(Map::copyOf);
  }

  /// Nothing was looked at.
  public static CloudSighting none() {
    return new CloudSighting(Optional.empty(), Optional.empty());
  }

  /// The archive place, listed as a whole.
  ///
  /// @param bucket where it is
  /// @param prefix what all its keys begin with
  /// @param copies every archive of this repository in it, of each project the one that counts
  /// first
  public record Archives(String bucket, String prefix, Map<ProjectId, List<CloudCopy>> copies) {
    public Archives {
      copies = Map.copyOf(copies);
    }

    /// Whether this look says all about an object: it would be here.
    boolean tellsOf(CloudCopy known) {
      return known.bucket().map(bucket::equals).orElse(true)
          && (known.key().isEmpty() || known.key().startsWith(prefix));
    }
  }
}
