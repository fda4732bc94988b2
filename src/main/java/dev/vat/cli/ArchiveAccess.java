package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.RateLimit;
import dev.vat.cloud.RateLimitedStore;
import dev.vat.lifecycle.ArchiveKeys;
import dev.vat.project.ProjectId;
import dev.vat.settings.ArchivePlace;
import dev.vat.settings.RepositoryName;
import dev.vat.settings.S3Access;
import dev.vat.settings.SyncUser;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The archive bucket, open, and what it takes to work with a repository's archive objects in it.
///
/// @param context the repository and its settings
/// @param place where in which bucket
/// @param repo the repository's name, which its objects carry
/// @param user who this is
/// @param server the endpoint's text, or `aws`
/// @param store the bucket, to be closed by whoever opened this
record ArchiveAccess(
    Invocation invocation,
    CurrentRepository context,
    ArchivePlace place,
    String repo,
    SyncUser user,
    String server,
    ObjectStore store)
    implements AutoCloseable {
  /// Asks the network nothing yet.
  ///
  /// @param limitRate bytes a second for all transfers together
  /// @throws dev.vat.settings.SettingsException when no archive bucket is set, or it is not apart
  ///     from what the team shares
  static ArchiveAccess open(
      Invocation invocation, CurrentRepository context, OptionalLong limitRate) throws IOException {
    return open(invocation, context, ArchivePlace.required(context.settings()), limitRate);
  }

  /// The same where an archive bucket is set; empty where none is.
  static Optional<ArchiveAccess> ifSet(Invocation invocation, CurrentRepository context)
      throws IOException {
    Optional<ArchivePlace> place = ArchivePlace.ifSet(context.settings());
    return place.isEmpty()
        ? Optional.empty()
        : Optional.of(open(invocation, context, place.get(), OptionalLong.empty()));
  }

  private static ArchiveAccess open(
      Invocation invocation, CurrentRepository context, ArchivePlace place, OptionalLong limitRate)
      throws IOException {
    RepositoryName repo = RepositoryName.of(context.settings(), context.repository().root());
    SyncUser user = SyncUser.of(context.settings());
    S3Access access = S3Access.of(context.settings());
    ObjectStore store = invocation.services().openStore(access, place.bucket(), Set.of());
    store.watchLine(new LineNotes(invocation.console()));
    return new ArchiveAccess(
        invocation,
        context,
        place,
        repo.value(),
        user,
        access.endpoint().map(URI::toString).orElse("aws"),
        limitRate.isEmpty()
            ? store
            : new RateLimitedStore(
                store,
                new RateLimit(
                    limitRate.getAsLong(), invocation.surroundings().clock(), Thread::sleep)));
  }

  /// By what the place is remembered in `.vat/`.
  String placeId() {
    return server + "|" + place.bucket() + "|" + place.prefix();
  }

  /// A key's address as people write it.
  String address(String key) {
    return "s3://" + place.bucket() + "/" + key;
  }

  /// Where a project goes of which there is no archive yet.
  ///
  /// @throws CommandFailure (usage) when its keys could be taken for another project's
  ArchiveKeys keys(ProjectId project) {
    if (ArchiveKeys.isAmbiguous(project)) {
      throw CommandFailure.usage(
          "the name " + Printable.of(project.value()) + " ends like the keys of another project",
          "rename the project's folder: it may not end in .light or in a time");
    }
    return ArchiveKeys.computed(place.prefix(), project);
  }

  State state() throws IOException {
    return State.open(context.stateFolder(), invocation.surroundings().clock());
  }

  /// For a dry run: nothing is written.
  State stateForLooking() throws IOException {
    return State.copyForLooking(context.stateFolder(), invocation.surroundings().clock());
  }

  ProjectLock lock(ProjectId project, String what) throws IOException {
    return context.lock(invocation, project, what);
  }

  @Override
  public void close() {
    store.close();
  }
}
