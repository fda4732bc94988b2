package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.project.Project;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import dev.vat.staging.RepositoryListing;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/// What staging has open for a whole repository: the bucket and the state. Projects are opened from
/// it one by one, each with its own lock, and all of them may be seen by one listing. For one
/// thread; its sessions end before it.
final class StagingRepository implements AutoCloseable {
  private final Invocation invocation;
  private final CollabAccess access;
  private final StagingSession.Use use;
  private State state;

  private StagingRepository(Invocation invocation, CollabAccess access, StagingSession.Use use) {
    this.invocation = invocation;
    this.access = access;
    this.use = use;
  }

  /// Opens the bucket; the state only with the first project. Asks the network nothing yet.
  static StagingRepository open(
      Invocation invocation, StagingSession.Use use, OptionalLong limitRate) throws IOException {
    return new StagingRepository(invocation, CollabAccess.open(invocation, limitRate), use);
  }

  CollabAccess access() {
    return access;
  }

  /// Everything that S3 holds now.
  RepositoryListing listing() throws IOException {
    return RepositoryListing.of(access.store(), access.collab().repositoryPrefix());
  }

  /// The projects that S3 holds something of, without listing what it holds.
  SortedSet<ProjectId> inS3() throws IOException {
    SortedSet<ProjectId> ids = new TreeSet<>();
    access
        .store()
        .listFolders(
            access.collab().repositoryPrefix(),
            folder -> RepositoryListing.projectOf(folder).ifPresent(ids::add));
    return ids;
  }

  /// The projects that have something called `s3-staging` here, whatever it is.
  SortedSet<ProjectId> here() throws IOException {
    SortedSet<ProjectId> ids = new TreeSet<>();
    for (Project project : new Projects(access.context().repository()).list().projects()) {
      if (project.activeFolder().isPresent()
          && Files.exists(
              project.activeFolder().get().resolve(ProjectHome.STAGING),
              LinkOption.NOFOLLOW_LINKS)) {
        ids.add(project.id());
      }
    }
    return ids;
  }

  /// Opens one project.
  ///
  /// @param what the command's name, told to whoever finds the project locked
  /// @throws dev.vat.state.BusyException when another command is changing it
  StagingSession session(ChosenProject chosen, String what) throws IOException {
    return session(chosen, what, false);
  }

  /// As [#session(ChosenProject, String)]; the session closes this repository with it.
  StagingSession onlySession(ChosenProject chosen, String what) throws IOException {
    return session(chosen, what, true);
  }

  private StagingSession session(ChosenProject chosen, String what, boolean only)
      throws IOException {
    Optional<ProjectLock> lock =
        use == StagingSession.Use.CHANGE
            ? Optional.of(access.lock(chosen.id(), what))
            : Optional.empty();
    try {
      return new StagingSession(
          chosen,
          access.parts(chosen.id(), state()),
          lock,
          only ? Optional.of(this) : Optional.empty());
    } catch (IOException | RuntimeException | Error e) {
      if (lock.isPresent()) {
        lock.get().close();
      }
      throw e;
    }
  }

  private State state() throws IOException {
    if (state == null) {
      state = use == StagingSession.Use.DRY ? access.stateForLooking() : access.state();
      state.remark().ifPresent(remark -> invocation.console().warning(Printable.of(remark)));
    }
    return state;
  }

  @Override
  public void close() throws IOException {
    try (ObjectStore _ = access.store();
        State _ = state) {
      // Each is closed, whatever becomes of the other; what is null is passed over.
    }
  }
}
