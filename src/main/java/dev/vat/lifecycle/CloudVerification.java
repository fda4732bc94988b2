package dev.vat.lifecycle;

import dev.vat.archive.ArchiveException;
import dev.vat.archive.TocEntry;
import dev.vat.archive.TocFile;
import dev.vat.cloud.ObjectStore;
import dev.vat.mhl.MhlLayout;
import dev.vat.progress.Progress;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Proves a repository's archive objects in S3, one by one: S3's own checksum of the whole object
/// against the one in the table of contents beside it, and that table against the object's metadata
/// and the archive's own end; or, the long way, every file in it. Writes nothing.
public final class CloudVerification {
  private final ObjectStore store;
  private final String repo;
  private final InstantSource clock;

  /// @param repo the repository's name in keys
  public CloudVerification(ObjectStore store, String repo, InstantSource clock) {
    this.store = store;
    this.repo = repo;
    this.clock = clock;
  }

  /// What was found.
  public sealed interface Finding {
    /// It is whole.
    ///
    /// @param downloaded whether all of it was read, and not S3's word taken
    record Whole(StoredArchive archive, boolean downloaded) implements Finding {}

    /// Its checksum is right, but it is frozen and was to be downloaded.
    record NeedsThaw(StoredArchive archive) implements Finding {}

    /// It is not known to be whole.
    ///
    /// @param why a sentence for users
    record Unproven(StoredArchive archive, String why) implements Finding {}

    /// It is not what it should be.
    ///
    /// @param why a sentence for users
    record Damaged(StoredArchive archive, String why) implements Finding {}
  }

  /// Looks at one.
  ///
  /// @param known whether the repository has that project: an archive that does not say whose it is
  ///     is then taken for its own
  /// @return empty when there is no archive object, no longer, or it is another repository's
  public Optional<StoredArchive> ours(ArchiveListing.Found found, boolean known)
      throws IOException {
    return new ArchiveLook(store)
        .of(found)
        .filter(
            archive ->
                archive
                    .says()
                    .map(says -> says.isOf(repo, archive.keys().project()))
                    .orElse(known));
  }

  /// Proves one.
  ///
  /// @param archive as it was just looked at
  /// @param full whether to download all of it
  /// @throws IOException when S3 cannot be asked, or the line breaks: that is no damage
  public Finding prove(
      ArchiveListing.Found found, StoredArchive archive, boolean full, Progress progress)
      throws IOException {
    boolean readable = archive.object().thaw().isReadable();
    if (found.toc().isPresent() && archive.tocBeside().isEmpty()) {
      return new Finding.Damaged(
          archive,
          archive.toc().isPresent()
              ? "The table of contents beside it cannot be read, or tells another size or checksum"
                  + " than S3."
              : archive.unknownBecause().orElse("") + ".");
    }
    Optional<String> contradiction = archive.toc().flatMap(_ -> contradiction(archive));
    if (contradiction.isPresent()) {
      return new Finding.Damaged(archive, contradiction.get());
    }
    boolean downloads = full && readable;
    if (!downloads && archive.tocBeside().isEmpty()) {
      return new Finding.Unproven(
          archive,
          "There is no table of contents beside it, so nothing tells which checksum it should"
              + " have.");
    }
    if (!downloads && archive.facts().crc32().isEmpty()) {
      return new Finding.Unproven(
          archive, "This server keeps no checksum of it; --full reads all of it instead.");
    }
    CloudProof.Answer answer;
    try {
      if (archive.tocBeside().isPresent() && readable) {
        StoredArchive inside = new ArchiveLook(store).inside(archive.keys(), archive.facts());
        if (!inside
            .toc()
            .orElseThrow()
            .toc()
            .entries()
            .equals(archive.toc().orElseThrow().toc().entries())) {
          return new Finding.Damaged(
              archive, "It does not hold what the table of contents beside it says.");
        }
      }
      answer = CloudProof.of(store, archive, downloads, clock, progress);
    } catch (ArchiveException damaged) {
      return new Finding.Damaged(archive, "It was read, and " + damaged.getMessage() + ".");
    }
    return switch (answer) {
      case CloudProof.Answer.Unproven(String why, boolean damaged) ->
          damaged ? new Finding.Damaged(archive, why) : new Finding.Unproven(archive, why);
      case CloudProof.Answer.Proven _ when full && !readable -> new Finding.NeedsThaw(archive);
      case CloudProof.Answer.Proven(CloudProof _, boolean downloaded) ->
          new Finding.Whole(archive, downloaded);
    };
  }

  /// Where the table of contents and the object's metadata say different things. Checksum histories
  /// are in the table and not in the metadata's counts, so these have to lie between.
  private static Optional<String> contradiction(StoredArchive archive) {
    if (archive.says().isEmpty()) {
      return Optional.empty();
    }
    ArchiveFacts says = archive.says().get();
    TocFile toc = archive.toc().orElseThrow();
    if (archive.tocBeside().isPresent() && !says.project().value().equals(toc.project())) {
      return Optional.of("The table of contents beside it is of another project.");
    }
    List<TocEntry.File> all = toc.toc().files();
    List<TocEntry.File> content =
        all.stream()
            .filter(file -> !("/" + file.name().value()).contains("/" + MhlLayout.FOLDER + "/"))
            .toList();
    boolean files = isOutside(says.files(), content.size(), all.size());
    boolean bytes = isOutside(says.bytes(), bytes(content), bytes(all));
    return files || bytes
        ? Optional.of("Its metadata tells other numbers of files or bytes than are in it.")
        : Optional.empty();
  }

  private static long bytes(List<TocEntry.File> files) {
    return files.stream().mapToLong(TocEntry.File::sizeBytes).sum();
  }

  private static boolean isOutside(OptionalLong said, long least, long most) {
    return said.isPresent() && (said.getAsLong() < least || said.getAsLong() > most);
  }
}
