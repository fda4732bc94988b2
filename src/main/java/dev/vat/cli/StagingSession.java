package dev.vat.cli;

import dev.vat.cloud.ObjectSummary;
import dev.vat.project.Closest;
import dev.vat.project.RelativeName;
import dev.vat.staging.Sharing;
import dev.vat.staging.StagedPlace;
import dev.vat.staging.Staging;
import dev.vat.staging.StagingParts;
import dev.vat.staging.StagingView;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// One project as a staging command has it open: its parts and, when it is changed, its lock.
final class StagingSession implements AutoCloseable {
  private final ChosenProject chosen;
  private final StagingParts parts;
  private final Optional<ProjectLock> lock;
  private final Optional<StagingRepository> repository;

  /// @param lock closed with this
  /// @param repository closed with this, when this is the only session
  StagingSession(
      ChosenProject chosen,
      StagingParts parts,
      Optional<ProjectLock> lock,
      Optional<StagingRepository> repository) {
    this.chosen = chosen;
    this.parts = parts;
    this.lock = lock;
    this.repository = repository;
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

  /// Opens the one project that a command is about, or nothing.
  ///
  /// @param what the command's name, told to whoever finds the project locked
  static StagingSession open(
      Invocation invocation, StagingTarget target, Use use, OptionalLong limitRate, String what)
      throws IOException {
    StagingRepository repository = StagingRepository.open(invocation, use, limitRate);
    try {
      ChosenProject chosen =
          ChosenProject.of(
              target.words(),
              repository.access().context(),
              invocation.surroundings(),
              repository::inS3);
      return repository.onlySession(chosen, what);
    } catch (IOException | RuntimeException | Error e) {
      repository.close();
      throw e;
    }
  }

  /// Looks at both sides.
  ///
  /// @throws CommandFailure (usage) when a file was named that is on neither side
  StagingView look(boolean remember) throws IOException {
    return look(remember, staging().listed());
  }

  /// As [#look(boolean)], with what a listing has just told.
  ///
  /// @param listed all of the project's objects
  StagingView look(boolean remember, List<ObjectSummary> listed) throws IOException {
    StagingView view = staging().look(chosen::wants, remember, listed);
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
    try (StagingRepository _ = repository.orElse(null);
        ProjectLock _ = lock.orElse(null)) {
      // Each is closed, whatever becomes of the other; what is null is passed over.
    }
  }
}
