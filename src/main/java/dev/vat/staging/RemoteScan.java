package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.cloud.MultipartETag;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.StoreException;
import dev.vat.disk.Parallel;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.HostileNameException;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/// Looks at what S3 holds of a staged project, as a listing told it: one read of `metadata.json`
/// where its version is not known, and a question for each object whose content neither that file
/// nor the base tells.
final class RemoteScan {
  static final int QUESTIONS_AT_ONCE = 16;

  private final ObjectStore store;
  private final StagedPlace place;
  private final MetadataFile notes;
  private final FileKinds kinds;

  RemoteScan(ObjectStore store, StagedPlace place, MetadataFile notes, FileKinds kinds) {
    this.store = store;
    this.place = place;
    this.notes = notes;
    this.kinds = kinds;
  }

  /// @param listed the project's objects, as a listing told them
  /// @param bases what was agreed: it tells the content of a version that has not changed since
  /// @param settled names of which it is enough to know what the base tells: nothing is to be done
  ///     about them while S3 holds the version that was agreed on
  /// @param remember whether what was read may be remembered
  /// @throws IOException when S3 fails anywhere: there is no half snapshot
  RemoteSnapshot take(
      List<ObjectSummary> listed,
      Map<RelativeName, Base> bases,
      Predicate<RelativeName> settled,
      boolean remember)
      throws IOException {
    Optional<ObjectSummary> notesObject =
        listed.stream().filter(o -> o.key().equals(place.metadataKey())).findFirst();
    MetadataFile.Loaded loaded = notes.load(notesObject, remember);

    SortedMap<RelativeName, ObjectSummary> objects = new TreeMap<>();
    List<RemoteSnapshot.Refused> refused = new ArrayList<>();
    for (ObjectSummary object : listed) {
      sortIn(object, objects, refused);
    }
    SortedMap<RelativeName, RemoteFile> files = new ConcurrentSkipListMap<>();
    List<Map.Entry<RelativeName, ObjectSummary>> unknown = new ArrayList<>();
    objects.forEach(
        (name, object) ->
            known(name, object, loaded.metadata())
                .or(() -> settled.test(name) ? remembered(name, object, bases) : Optional.empty())
                .ifPresentOrElse(
                    file -> files.put(name, file), () -> unknown.add(Map.entry(name, object))));
    Parallel.forEach(
        unknown,
        QUESTIONS_AT_ONCE,
        entry ->
            asked(entry.getKey(), entry.getValue(), bases)
                .ifPresent(file -> files.put(file.name(), file)));
    Map<RelativeName, StagingMetadata.Entry> outdated = new HashMap<>(loaded.metadata().files());
    outdated.keySet().removeAll(objects.keySet());
    return new RemoteSnapshot(
        files, loaded.metadata(), loaded.health(), List.copyOf(refused), outdated);
  }

  private void sortIn(
      ObjectSummary object,
      Map<RelativeName, ObjectSummary> objects,
      List<RemoteSnapshot.Refused> refused) {
    String rest = object.key().substring(place.projectPrefix().length());
    boolean isFolderMark = (rest.isEmpty() || rest.endsWith("/")) && object.sizeBytes() == 0;
    if (isFolderMark || StagedPlace.isReserved(rest)) {
      return;
    }
    try {
      RelativeName name = place.nameOf(object.key());
      // As on this side: what another tool put there takes no part, or each `down` would fetch it.
      if (kinds.of(name, object.sizeBytes()) == FileKind.JUNK) {
        return;
      }
      if (FileKinds.isOwnTemporary(name)) {
        refused.add(
            new RemoteSnapshot.Refused(
                object.key(), "the name is that of an unfinished transfer of vat's"));
        return;
      }
      ObjectSummary other = objects.putIfAbsent(name, object);
      if (other != null) {
        refused.add(
            new RemoteSnapshot.Refused(
                object.key(),
                "S3 holds two objects whose names look the same, with their accents stored in two"
                    + " ways. Remove or rename one of them in S3"));
      }
    } catch (HostileNameException e) {
      refused.add(new RemoteSnapshot.Refused(object.key(), e.getMessage()));
    }
  }

  /// What the notes tell, while they are about this very version.
  private static Optional<RemoteFile> known(
      RelativeName name, ObjectSummary object, StagingMetadata metadata) {
    return Optional.ofNullable(metadata.files().get(name))
        .filter(entry -> isAbout(entry, object))
        .map(
            entry ->
                file(
                    name,
                    object,
                    Optional.of(entry.md5()),
                    OptionalInt.empty(),
                    entry.uploadedBy(),
                    entry.modifiedAt(),
                    Optional.empty()));
  }

  /// What was agreed about this very version, which the team's notes do not have.
  private static Optional<RemoteFile> remembered(
      RelativeName name, ObjectSummary object, Map<RelativeName, Base> bases) {
    return agreed(bases.get(name), object.etag())
        .map(md5 -> listed(name, object, Optional.of(md5)).notAsked());
  }

  /// Of which no more is known than a listing tells.
  private static RemoteFile listed(RelativeName name, ObjectSummary object, Optional<Md5> md5) {
    return file(
        name,
        object,
        md5,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The notes are anybody's text: what the listing contradicts is asked of the object itself.
  private static boolean isAbout(StagingMetadata.Entry entry, ObjectSummary object) {
    return entry.etag().equals(object.etag())
        && entry.sizeBytes() == object.sizeBytes()
        && (!object.etag().looksLikeMd5() || object.etag().value().equals(entry.md5().hex()));
  }

  /// Asks the object itself; where it does not tell its content, what was agreed about this very
  /// version does.
  private Optional<RemoteFile> asked(
      RelativeName name, ObjectSummary listed, Map<RelativeName, Base> bases) throws IOException {
    Optional<ObjectFacts> answer;
    try {
      answer = store.head(listed.key());
    } catch (StoreException.AccessDenied e) {
      // One object that may not be looked at keeps no other one back. It is there, that is certain;
      // what it holds, only the base may know.
      return Optional.of(listed(name, listed, agreed(bases.get(name), listed.etag())));
    }
    return answer
        .map(facts -> described(name, facts))
        .map(
            file ->
                file.md5().isPresent() ? file : file.withMd5(agreed(bases.get(name), file.etag())));
  }

  /// With its uploader and its file's time, for which an object that was only remembered has to be
  /// asked.
  ///
  /// @return empty when it is another one by now
  static Optional<RemoteFile> told(ObjectStore store, RemoteFile file) throws IOException {
    return file.asked()
        ? Optional.of(file)
        : store
            .head(file.key())
            .filter(facts -> facts.summary().etag().equals(file.etag()))
            .map(facts -> described(file.name(), facts).withMd5(file.md5()));
  }

  /// What an object tells of itself.
  static RemoteFile described(RelativeName name, ObjectFacts facts) {
    return file(
        name,
        facts.summary(),
        contentOf(facts),
        facts.crc32(),
        Optional.ofNullable(facts.metadata().get("uploaded-by")),
        Optional.ofNullable(facts.metadata().get("mtime")).flatMap(RemoteScan::seconds),
        facts.encryptedByKms() ? Optional.empty() : MultipartETag.of(facts.summary().etag()));
  }

  /// The MD5 of an object's content, where the object tells it: `x-amz-meta-md5chksum`, else the
  /// ETag of an object that was put whole and is not encrypted by KMS.
  static Optional<Md5> contentOf(ObjectFacts facts) {
    String recorded = facts.metadata().get("md5chksum");
    if (recorded != null) {
      try {
        return Optional.of(Md5.ofBase64(recorded));
      } catch (IllegalArgumentException e) {
        // Somebody's other use of that name; the ETag may still tell.
      }
    }
    return !facts.encryptedByKms() && facts.summary().etag().looksLikeMd5()
        ? Optional.of(new Md5(facts.summary().etag().value()))
        : Optional.empty();
  }

  private static Optional<Md5> agreed(Base base, ETag etag) {
    return base != null && base.etag().equals(etag.value())
        ? Optional.of(base.md5())
        : Optional.empty();
  }

  /// `x-amz-meta-mtime` as rclone writes it: seconds since 1970, with a fraction.
  private static Optional<Instant> seconds(String mtime) {
    if (!mtime.matches("[0-9]{1,11}([.][0-9]{1,9})?")) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(mtime);
    long nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue();
    return Optional.of(Instant.ofEpochSecond(seconds.longValue(), nanos));
  }

  private static RemoteFile file(
      RelativeName name,
      ObjectSummary object,
      Optional<Md5> md5,
      OptionalInt crc32,
      Optional<String> uploadedBy,
      Optional<Instant> modifiedAt,
      Optional<MultipartETag> parts) {
    return new RemoteFile(
        name,
        object.key(),
        object.sizeBytes(),
        object.etag(),
        object.lastModified(),
        md5,
        crc32,
        uploadedBy,
        modifiedAt,
        parts,
        false,
        true);
  }
}
