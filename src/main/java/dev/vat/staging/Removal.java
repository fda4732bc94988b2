package dev.vat.staging;

import dev.vat.cloud.StoreException;
import java.io.IOException;
import java.util.List;

/// One object that a cleanup is about: what it is, and what would remain of its content.
///
/// @param file as it was listed; exactly this version is removed, or nothing
/// @param left what this computer holds of it
/// @param copies the local files that hold the same content, as far as is known without reading
///     them again
public record Removal(RemoteFile file, Left left, List<LocalFile> copies) {
  /// What remains on this computer of the content that goes.
  public enum Left {
    /// The same content is in the local `s3-staging/`.
    SAME_CONTENT_HERE,
    /// The same content seems to be here, but it cannot be read, or not past the page cache, so
    /// that nothing proves it.
    UNPROVEN_HERE,
    /// There is a file of that name here, with other content: what is in S3 exists nowhere else on
    /// this computer.
    OTHER_CONTENT_HERE,
    /// Something of that name here takes no part (still being written, a link, in a folder that
    /// cannot be read), so that nobody can tell what this computer holds.
    NOT_COMPARED,
    /// Nothing: it exists only in S3.
    NOTHING_HERE,
    /// Nobody can tell what the object holds without downloading it.
    UNKNOWN
  }

  /// Whether removing the object loses nothing that is not on this computer.
  public boolean isSaved() {
    return left == Left.SAME_CONTENT_HERE;
  }

  /// What became of it.
  public sealed interface Done {
    Removal removal();

    record Removed(Removal removal) implements Done {}

    /// Somebody replaced it after it was listed; the new version was left alone.
    record ChangedMeanwhile(Removal removal) implements Done {}

    /// It exists nowhere else and was not asked for by name with `--even-unsaved`.
    record Unsaved(Removal removal) implements Done {}

    record Failed(Removal removal, IOException cause) implements Done {}

    /// It stays in S3, for a reason that an earlier [Failed] told: trying on would have ended
    /// alike.
    record GivenUp(Removal removal, StoreException because) implements Done {}
  }
}
