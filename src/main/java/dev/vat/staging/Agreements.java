package dev.vat.staging;

import dev.vat.cloud.ETag;
import dev.vat.project.ContentHash;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import dev.vat.state.StagingBases;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Notes, for each file on which both sides were confirmed equal, the new base at once, and what
/// the team's notes have to say of it for later. Thread-safe.
final class Agreements {
  private final StagedPlace place;
  private final StagingBases bases;
  private final String user;
  private final InstantSource clock;
  private final SortedMap<RelativeName, StagingMetadata.Entry> uploaded =
      new ConcurrentSkipListMap<>();

  Agreements(StagedPlace place, StagingBases bases, String user, InstantSource clock) {
    this.place = place;
    this.bases = bases;
    this.user = user;
    this.clock = clock;
  }

  /// Our version is in S3.
  void agree(RelativeName name, LocalFile here, ETag version) throws IOException {
    Instant now = clock.instant();
    agree(name, here.content(), version, now);
    uploaded.put(
        name,
        new StagingMetadata.Entry(
            name,
            here.sizeBytes(),
            here.content().md5(),
            Optional.of(user),
            Optional.of(now),
            Optional.of(here.modifiedAt()),
            version));
  }

  /// S3's version is here.
  void agree(RemoteFile there, ContentHash content) throws IOException {
    agree(there.name(), content, there.etag(), clock.instant());
  }

  /// Both sides were equal when they were compared.
  void agreeUnchanged(StagedFile file) throws IOException {
    ETag version = file.there().etag();
    boolean known =
        file.base()
            .filter(base -> base.md5().equals(file.here().content().md5()))
            .filter(base -> base.etag().equals(version.value()))
            .isPresent();
    if (!known) {
      agree(file.name(), file.here().content(), version, clock.instant());
    }
  }

  /// The name goes to another file here: what was agreed about it is not about that one.
  void forget(RelativeName name) throws IOException {
    bases.forget(place.placeId(), place.project(), List.of(name));
  }

  private void agree(RelativeName name, ContentHash content, ETag version, Instant now)
      throws IOException {
    bases.agree(
        place.placeId(),
        place.project(),
        name,
        new Base(content.md5(), content.sizeBytes(), version.value(), now));
  }

  /// What was uploaded in this run, for the team's notes.
  Map<RelativeName, StagingMetadata.Entry> uploaded() {
    return Map.copyOf(uploaded);
  }
}
