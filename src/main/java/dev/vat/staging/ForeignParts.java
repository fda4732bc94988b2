package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.cloud.MultipartETag;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.PartSizes;
import dev.vat.cloud.PartSums;
import dev.vat.cloud.StoredPart;
import dev.vat.disk.ContentHasher;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds out in parts of what size another tool uploaded an object, so that its ETag can be
/// computed again from bytes on this computer: that is what proves a content of which S3 tells
/// nothing else.
final class ForeignParts {
  private final ObjectStore store;
  private final StagedPlace place;

  ForeignParts(ObjectStore store, StagedPlace place) {
    this.store = store;
    this.place = place;
  }

  /// In parts of what sizes an object may have been uploaded.
  ///
  /// @param etag the object's
  /// @param partBytes at least one
  /// @param exact whether the server told the only one, so that a content with another ETag is
  ///     another content; otherwise it may be the same in parts of a size that nobody thought of
  record Sizes(MultipartETag etag, List<Long> partBytes, boolean exact) {
    PartSums sums() {
      return new PartSums(partBytes);
    }

    boolean isOneOf(Map<Long, ETag> etags) {
      return partBytes.stream().anyMatch(size -> new ETag(etag.toString()).equals(etags.get(size)));
    }

    /// Reads a file and tells whether it is the object's content.
    boolean areIn(Path file) throws IOException {
      PartSums sums = sums();
      try (Progress.Task task = Progress.none().begin("", 0)) {
        new ContentHasher().hash(file, task, sums::update);
      }
      return isOneOf(sums.etags());
    }
  }

  /// What proves a download of which S3 tells neither an MD5 nor a CRC-32.
  Optional<Sizes> proofOf(RemoteFile file) throws IOException {
    return file.isProvable() ? Optional.empty() : sizesOf(file).filter(Sizes::exact);
  }

  /// Asks the server, twice at most, and guesses where it does not tell.
  ///
  /// @return empty when the ETag says nothing of the content, or the parts had several sizes
  Optional<Sizes> sizesOf(RemoteFile file) throws IOException {
    if (file.parts().isEmpty() || place.etagsOfPartsAreRandom()) {
      return Optional.empty();
    }
    MultipartETag etag = file.parts().get();
    if (etag.parts() > 1) {
      Optional<StoredPart> first = store.part(file.key(), file.etag(), 1);
      if (first.isPresent()) {
        return told(file, etag, first.get());
      }
    }
    List<Long> candidates = PartSizes.candidates(file.sizeBytes(), etag.parts());
    return candidates.isEmpty()
        ? Optional.empty()
        : Optional.of(new Sizes(etag, candidates, etag.parts() == 1));
  }

  /// The first part tells the size of all of them only when the last one is what remains then.
  private Optional<Sizes> told(RemoteFile file, MultipartETag etag, StoredPart first)
      throws IOException {
    int count = etag.parts();
    long partBytes = first.sizeBytes();
    if (first.parts() != count || !PartSizes.fits(file.sizeBytes(), count, partBytes)) {
      return Optional.empty();
    }
    boolean exact = count == 2;
    if (!exact) {
      Optional<StoredPart> last = store.part(file.key(), file.etag(), count);
      long expected = PartSizes.lastPartBytes(file.sizeBytes(), count, partBytes);
      if (last.isPresent() && last.get().sizeBytes() != expected) {
        return Optional.empty();
      }
      exact = last.isPresent();
    }
    return Optional.of(new Sizes(etag, List.of(partBytes), exact));
  }
}
