package dev.vat.cli;

import dev.vat.cloud.Condition;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.RateLimit;
import dev.vat.cloud.RateLimitedStore;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.NamingOf;
import dev.vat.disk.PutAside;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Limits;
import dev.vat.settings.S3Access;
import dev.vat.settings.SyncUser;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.StagingParts;
import dev.vat.staging.TransferLimits;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.net.URI;
import java.util.OptionalLong;
import java.util.Set;

/// The repository's collaboration bucket, open, and what it takes to work with a project's staging
/// in it.
///
/// @param context the repository and its settings
/// @param collab where in which bucket
/// @param user who this is
/// @param server the endpoint's text, or `aws`
/// @param store the bucket, to be closed by whoever opened this
record CollabAccess(
    Invocation invocation,
    CurrentRepository context,
    CollabPlace collab,
    SyncUser user,
    String server,
    ObjectStore store) {
  /// Asks the network nothing yet.
  ///
  /// @param limitRate bytes a second for all transfers together
  static CollabAccess open(Invocation invocation, OptionalLong limitRate) throws IOException {
    return open(invocation, CurrentRepository.require(invocation), limitRate);
  }

  /// The same for a repository whose settings were read.
  static CollabAccess open(Invocation invocation, CurrentRepository context, OptionalLong limitRate)
      throws IOException {
    CollabPlace collab = CollabPlace.of(context.settings(), context.repository().root());
    SyncUser user = SyncUser.of(context.settings());
    S3Access access = S3Access.of(context.settings());
    ObjectStore store = invocation.services().openStore(access, collab.bucket(), Set.of());
    store.watchLine(new LineNotes(invocation.console()));
    return new CollabAccess(
        invocation,
        context,
        collab,
        user,
        access.endpoint().map(URI::toString).orElse("aws"),
        limited(invocation, store, limitRate));
  }

  /// The same bucket, for a server that lacks conditions. This one's store is closed.
  CollabAccess without(Set<Condition> lacking, OptionalLong limitRate) throws IOException {
    store.close();
    S3Access access = S3Access.of(context.settings());
    ObjectStore looking = invocation.services().openStore(access, collab.bucket(), lacking);
    looking.watchLine(new LineNotes(invocation.console()));
    return new CollabAccess(
        invocation, context, collab, user, server, limited(invocation, looking, limitRate));
  }

  private static ObjectStore limited(
      Invocation invocation, ObjectStore store, OptionalLong limitRate) {
    return limitRate.isEmpty()
        ? store
        : new RateLimitedStore(
            store,
            new RateLimit(limitRate.getAsLong(), invocation.surroundings().clock(), Thread::sleep));
  }

  StagedPlace place(ProjectId project) {
    return new StagedPlace(server, collab.bucket(), collab.prefix(), collab.repoName(), project);
  }

  /// The address of all projects as people write it: `s3://bucket/v-appydave/`.
  String repositoryAddress() {
    return "s3://" + collab.bucket() + "/" + collab.repositoryPrefix();
  }

  /// What the keys of kept objects begin with.
  String keptPrefix() {
    return StagedPlace.keptPrefix(collab.repositoryPrefix());
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

  FileKinds kinds() {
    return new FileKinds(new Limits(context.settings()).heavyFileBytes());
  }

  PutAside aside() {
    return new PutAside(context.repository().root(), FilePlacement.ofThisSystem());
  }

  /// @throws CommandFailure (usage) when the project has no folder here that could be told
  StagingParts parts(ProjectId project, State state) throws IOException {
    return new StagingParts(
        store,
        place(project),
        context.stagingFolder(project),
        kinds(),
        state,
        FilePlacement.ofThisSystem(),
        aside(),
        user.name(),
        invocation.surroundings().system() == OperatingSystem.WINDOWS
            || NamingOf.folder(context.stagingFolder(project)) == NamingOf.WINDOWS,
        TransferLimits.standard(),
        invocation.console().progress(),
        invocation.surroundings().clock());
  }
}
