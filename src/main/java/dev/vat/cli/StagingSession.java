package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.RateLimit;
import dev.vat.cloud.RateLimitedStore;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.PutAside;
import dev.vat.project.Closest;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.settings.CollabPlace;
import dev.vat.settings.Limits;
import dev.vat.settings.S3Access;
import dev.vat.settings.SyncUser;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.Staging;
import dev.vat.staging.StagingParts;
import dev.vat.staging.StagingView;
import dev.vat.staging.TransferLimits;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Everything that a staging command has open while it runs: the store, the state, the project's lock.
final class StagingSession implements AutoCloseable {
  private static final String STAGING = "s3-staging";

  private final ChosenProject chosen;
  private final StagedPlace place;
  private final SyncUser user;
  private final Staging staging;
  private final ObjectStore store;
  private final State state;
  private final Optional<ProjectLock> lock;

  private StagingSession(
      ChosenProject chosen,
      StagedPlace place,
      SyncUser user,
      Staging staging,
      ObjectStore store,
      State state,
      Optional<ProjectLock> lock) {
    this.chosen = chosen;
    this.place = place;
    this.user = user;
    this.staging = staging;
    this.store = store;
    this.state = state;
    this.lock = lock;
  }

  /// How a command uses the project.
  enum Use {
    /// Looks, and may remember what it hashed.
    LOOK,
    /// Looks, and writes nothing anywhere.
    DRY,
    /// Changes the project, alone on this computer.
    CHANGE
  }

  /// Opens everything, or nothing.
  ///
  /// @param what the command's name, told to whoever finds the project locked
  static StagingSession open(
      Invocation invocation, StagingTarget target, Use use, OptionalLong limitRate, String what)
      throws IOException {
    CurrentRepository context = CurrentRepository.require(invocation);
    CollabPlace collab = CollabPlace.of(context.settings(), context.repository().root());
    SyncUser user = SyncUser.of(context.settings());
    S3Access access = S3Access.of(context.settings());
    ObjectStore store =
        limited(invocation, invocation.services().openStore(access, collab.bucket()), limitRate);
    State state = null;
    Optional<ProjectLock> lock = Optional.empty();
    try {
      ChosenProject chosen =
          ChosenProject.of(
              target.words(),
              context,
              invocation.surroundings(),
              () -> projectsInS3(store, collab.repositoryPrefix()));
      if (use == Use.CHANGE) {
        lock = Optional.of(ProjectLock.take(
                    stateFolder(context),
                    chosen.id(),
                    what,
                    invocation.surroundings().clock()));
      }
      state =
          use == Use.DRY
              ? State.copyForLooking(stateFolder(context), invocation.surroundings().clock())
              : State.open(stateFolder(context), invocation.surroundings().clock());
      StagedPlace place =
          new StagedPlace(
              access.endpoint().map(URI::toString).orElse("aws"),
              collab.bucket(),
              collab.prefix(),
              collab.repoName(),
              chosen.id());
      Staging staging = new Staging(parts(invocation, context, store, place, state, user));
      return new StagingSession(chosen, place, user, staging, store, state, lock);
    } catch (IOException | RuntimeException | Error e) {
      close(state, lock, store);
      throw e;
    }
  }

  /// Where vat keeps its own notes of a repository.
  private static Path stateFolder(CurrentRepository context) {
    return context.repository().root().resolve(".vat");
  }

  private static ObjectStore limited(
      Invocation invocation, ObjectStore store, OptionalLong limitRate) {
    return limitRate.isEmpty()
        ? store
        : new RateLimitedStore(
            store,
            new RateLimit(
                limitRate.getAsLong(), invocation.surroundings().clock(), Thread::sleep));
  }

  private static StagingParts parts(
      Invocation invocation,
      CurrentRepository context,
      ObjectStore store,
      StagedPlace place,
      State state,
      SyncUser user) {
    FilePlacement placement = FilePlacement.ofThisSystem();
    return new StagingParts(
        store,
        place,
        context.repository().activeFolder(place.project()).resolve(STAGING),
        new FileKinds(new Limits(context.settings()).heavyFileBytes()),
        state,
        placement,
        new PutAside(context.repository().root(), placement),
        user.name(),
        invocation.surroundings().system() == OperatingSystem.WINDOWS,
        TransferLimits.standard(),
        invocation.console().progress(),
        invocation.surroundings().clock());
  }

  private static Set<ProjectId> projectsInS3(ObjectStore store, String prefix) throws IOException {
    Set<ProjectId> ids = new TreeSet<>();
    store.list(
        prefix,
        object -> {
          String rest = object.key().substring(prefix.length());
          int slash = rest.indexOf('/');
          if (slash > 0 && !rest.startsWith(".")) {
            idOf(rest.substring(0, slash)).ifPresent(ids::add);
          }
        });
    return ids;
  }

  private static Optional<ProjectId> idOf(String text) {
    try {
      return Optional.of(new ProjectId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Looks at both sides.
  ///
  /// @throws CommandFailure (usage) when a file was named that is on neither side
  StagingView look(boolean remember) throws IOException {
    StagingView view = staging.look(chosen::wants, remember);
    for (RelativeName named : chosen.files()) {
      requireKnown(named, view);
    }
    return view;
  }

  private static void requireKnown(RelativeName named, StagingView view) {
    ChosenProject one = new ChosenProject(new ProjectId("any"), List.of(named));
    boolean known =
        view.files().keySet().stream().anyMatch(one::wants)
            || view.local().leftOut().stream()
                .anyMatch(leftOut -> leftOut.name().filter(one::wants).isPresent());
    if (!known) {
      Set<String> names = new TreeSet<>();
      view.remote().files().keySet().forEach(name -> names.add(name.value()));
      view.files().keySet().forEach(name -> names.add(name.value()));
      throw new CommandFailure(
          ExitCode.USAGE,
          "unknown_file",
          "no staged file is called " + Printable.of(named.value()) + ", here or in S3",
          Closest.of(named.value(), names, 1).stream()
              .findFirst()
              .map(near -> "did you mean " + Printable.of(near) + "?")
              .orElse("vat status shows what there is"));
    }
  }

  Staging staging() {
    return staging;
  }

  StagedPlace place() {
    return place;
  }

  ChosenProject chosen() {
    return chosen;
  }

  String user() {
    return user.name();
  }

  @Override
  public void close() throws IOException {
    close(state, lock, store);
  }

  private static void close(State state, Optional<ProjectLock> lock, ObjectStore store)
      throws IOException {
    try (store) {
      if (state != null) {
        state.close();
      }
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }
}
