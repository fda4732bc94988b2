package dev.vat.cli;

import dev.vat.cloud.ObjectStore;
import dev.vat.project.Closest;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.staging.Sharing;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.Staging;
import dev.vat.staging.StagingParts;
import dev.vat.staging.StagingView;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Everything that a staging command has open while it runs: the store, the state, the project's
/// lock.
final class StagingSession implements AutoCloseable {
  private final ChosenProject chosen;
  private final StagingParts parts;
  private final CollabAccess access;
  private final State state;
  private final Optional<ProjectLock> lock;

  private StagingSession(
      ChosenProject chosen,
      StagingParts parts,
      CollabAccess access,
      State state,
      Optional<ProjectLock> lock) {
    this.chosen = chosen;
    this.parts = parts;
    this.access = access;
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
    CollabAccess access = CollabAccess.open(invocation, limitRate);
    State state = null;
    Optional<ProjectLock> lock = Optional.empty();
    try {
      ChosenProject chosen =
          ChosenProject.of(
              target.words(),
              access.context(),
              invocation.surroundings(),
              () -> projectsInS3(access.store(), access.collab().repositoryPrefix()));
      if (use == Use.CHANGE) {
        lock = Optional.of(access.lock(chosen.id(), what));
      }
      state = use == Use.DRY ? access.stateForLooking() : access.state();
      state.remark().ifPresent(remark -> invocation.console().warning(Printable.of(remark)));
      StagingParts parts = access.parts(chosen.id(), state);
      return new StagingSession(chosen, parts, access, state, lock);
    } catch (IOException | RuntimeException | Error e) {
      close(state, lock, access.store());
      throw e;
    }
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
    StagingView view = staging().look(chosen::wants, remember);
    for (RelativeName named : chosen.files()) {
      requireKnown(named, view);
    }
    return view;
  }

  private static void requireKnown(RelativeName named, StagingView view) {
    boolean known =
        view.files().keySet().stream().anyMatch(name -> ChosenProject.covers(named, name))
            || view.local().leftOut().stream().anyMatch(leftOut -> leftOut.scope().touches(named));
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
    return new Staging(parts);
  }

  Sharing sharing() {
    return new Sharing(parts);
  }

  StagedPlace place() {
    return parts.place();
  }

  ChosenProject chosen() {
    return chosen;
  }

  String user() {
    return parts.user();
  }

  @Override
  public void close() throws IOException {
    close(state, lock, access.store());
  }

  private static void close(State state, Optional<ProjectLock> lock, ObjectStore store)
      throws IOException {
    try (store;
        ProjectLock _ = lock.orElse(null);
        State _ = state) {
      // Each is closed, whatever becomes of the others; what is null is passed over.
    }
  }
}
