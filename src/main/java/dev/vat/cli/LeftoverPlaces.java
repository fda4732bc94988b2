package dev.vat.cli;

import dev.vat.lifecycle.ArchiveKeys;
import dev.vat.lifecycle.OwnUploads;
import dev.vat.project.ProjectId;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.Setting;
import dev.vat.settings.Settings;
import dev.vat.state.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The repository's places in S3 with what this computer remembers of them: archives, shared files,
/// or both, as far as they are set.
///
/// @param archive empty when no archive bucket is set
/// @param shared empty when no collaboration bucket is set
/// @param all the places, archives first
record LeftoverPlaces(
    Optional<ArchiveAccess> archive,
    Optional<CollabAccess> shared,
    State state,
    List<LeftoverPlace> all)
    implements AutoCloseable {
  /// Opens them. Asks the network nothing yet.
  ///
  /// @param dryRun whether nothing may be written to `.vat/`
  /// @throws dev.vat.settings.SettingsException when no bucket is set at all
  static LeftoverPlaces open(Invocation invocation, CurrentRepository context, boolean dryRun)
      throws IOException {
    Settings settings = context.settings();
    if (ArchivePlace.ifSet(settings).isEmpty()
        && settings.value(Setting.S3_COLLAB_BUCKET).isEmpty()) {
      settings.required(Setting.S3_ARCHIVE_BUCKET);
    }
    return open(invocation, ArchiveAccess.ifSet(invocation, context), context, dryRun);
  }

  /// Those of an archive place that is open, and the shared one. Closing this closes the former
  /// too.
  static LeftoverPlaces open(
      Invocation invocation,
      Optional<ArchiveAccess> archive,
      CurrentRepository context,
      boolean dryRun)
      throws IOException {
    Optional<CollabAccess> shared =
        context.settings().value(Setting.S3_COLLAB_BUCKET).isEmpty()
            ? Optional.empty()
            : Optional.of(CollabAccess.open(invocation, context, OptionalLong.empty()));
    try {
      State state =
          dryRun
              ? State.copyForLooking(context.stateFolder(), invocation.surroundings().clock())
              : State.open(context.stateFolder(), invocation.surroundings().clock());
      List<LeftoverPlace> all = new ArrayList<>();
      archive.ifPresent(access -> all.add(of(access, state)));
      shared.ifPresent(access -> all.add(of(access, state)));
      return new LeftoverPlaces(archive, shared, state, List.copyOf(all));
    } catch (IOException | RuntimeException e) {
      archive.ifPresent(ArchiveAccess::close);
      shared.ifPresent(access -> access.store().close());
      throw e;
    }
  }

  private static LeftoverPlace of(ArchiveAccess access, State state) {
    String prefix = access.place().prefix();
    return new LeftoverPlace(
        "archives",
        access.store(),
        prefix,
        new OwnUploads(
            access.store(), access.placeId(), state.uploads(), Optional.of(state.classChanges())),
        key -> ArchiveKeys.parse(prefix, key).map(named -> named.keys().project()));
  }

  private static LeftoverPlace of(CollabAccess access, State state) {
    String prefix = access.collab().repositoryPrefix();
    String place =
        access.server()
            + "|"
            + access.collab().bucket()
            + "|"
            + access.collab().prefix()
            + access.collab().repoName();
    return new LeftoverPlace(
        "shared",
        access.store(),
        prefix,
        new OwnUploads(access.store(), place, state.uploads(), Optional.empty()),
        key -> project(key.substring(prefix.length())));
  }

  private static Optional<ProjectId> project(String below) {
    int slash = below.indexOf('/');
    try {
      return slash <= 0 ? Optional.empty() : Optional.of(new ProjectId(below.substring(0, slash)));
    } catch (IllegalArgumentException hostile) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    try (State _ = state) {
      archive.ifPresent(ArchiveAccess::close);
      shared.ifPresent(access -> access.store().close());
    }
  }
}
