package dev.vat.cli;

import dev.vat.project.ProjectId;
import dev.vat.project.Sizes;
import dev.vat.staging.StagedFile;
import dev.vat.staging.StagingView;
import dev.vat.staging.Standing;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// `status --all`: one line for each project, and of those that differ the files that do. S3 is
/// asked by one listing, and then only about what nothing here tells.
final class AllStatus {
  private final Invocation invocation;
  private final Console console;
  private final Style style;
  private final Instant now;
  private final List<AllSync.ProjectLine> lines = new ArrayList<>();
  private final List<ExitCode> codes = new ArrayList<>();
  private int differing;

  AllStatus(Invocation invocation) {
    this.invocation = invocation;
    this.console = invocation.console();
    this.style = console.style();
    this.now = invocation.surroundings().clock().instant();
  }

  private record Document(
      String repo, String address, boolean inSync, List<AllSync.ProjectLine> projects) {}

  /// @return failures only: that projects differ is none
  ExitCode run() throws IOException {
    try (StagingRepository repository =
        StagingRepository.open(invocation, StagingSession.Use.LOOK, OptionalLong.empty())) {
      String repo = repository.access().collab().repoName();
      console.line(
          style.sign(Symbol.STATUS) + " S3 Staging Status: all projects of " + Printable.of(repo));
      console.line();
      AllProjects projects = AllProjects.of(invocation, repository, true);
      int width =
          projects.ids().stream()
              .mapToInt(id -> Columns.of(Printable.of(id.value())))
              .max()
              .orElse(0);
      for (ProjectId id : projects.ids()) {
        look(repository, projects, id, width);
      }
      summary(projects.ids().size());
      console.document(
          "vat.status-all/1",
          new Document(
              repo,
              repository.access().repositoryAddress(),
              differing == 0 && codes.isEmpty(),
              List.copyOf(lines)));
      return projects.ids().size() > codes.size() && codes.contains(ExitCode.FAILED)
          ? ExitCode.worst(ExitCode.PARTLY, ExitCode.worst(codes))
          : ExitCode.worst(codes);
    }
  }

  private void look(StagingRepository repository, AllProjects projects, ProjectId id, int width)
      throws IOException {
    ChosenProject chosen = new ChosenProject(id, List.of());
    String shown = Columns.padded(Printable.of(id.value()), width);
    try (StagingSession session = repository.session(chosen, "vat status")) {
      StagingView view = session.look(true, projects.listed(id));
      boolean inSync = StatusCommand.isInSync(view);
      differing += inSync ? 0 : 1;
      String files = inSync ? " (" + Counts.of(view.files().size(), "file") + ")" : "";
      console.line(shown + "  " + StatusCommand.summary(view, style) + files);
      StagingRemarks.print(console, view, Direction.DOWN, chosen);
      view.files().values().forEach(this::print);
      if (console.json()) {
        lines.add(
            new AllSync.ProjectLine(
                id.value(), 0, StagingDocuments.status(session.place(), view, inSync), null));
      }
    } catch (IOException | CommandFailure fault) {
      if (Faults.concernsAll(fault)) {
        throw fault;
      }
      failed(id, shown, Faults.of(fault));
    }
  }

  private void print(StagedFile file) {
    if (file.standing() == Standing.IN_SYNC || file.standing() == Standing.REMOVED_THERE) {
      return;
    }
    StagingWords words = new StagingWords(now);
    boolean fromThere =
        switch (file.standing()) {
          case ONLY_THERE, CHANGED_THERE, REMOVED_HERE, CONFLICT -> true;
          case ONLY_HERE, CHANGED_HERE, CHANGED_HERE_REMOVED_THERE, IN_SYNC, REMOVED_THERE -> false;
        };
    long bytes =
        fromThere
            ? file.remote().orElseThrow().sizeBytes()
            : file.local().orElseThrow().sizeBytes();
    console.line(
        "  "
            + Printable.of(file.name().value())
            + " ("
            + Sizes.of(bytes)
            + ") "
            + (fromThere ? words.there(file, style) : words.here(file, style)));
  }

  /// What could not be looked at is no difference, and is not hidden either.
  private void failed(ProjectId id, String shown, CommandFailure failure) {
    boolean atRest = failure.code().equals("archived_project");
    if (!atRest) {
      codes.add(failure.exit());
    }
    console.line(
        shown
            + "  "
            + style.sign(atRest ? Symbol.SAME : Symbol.FAILED)
            + (atRest ? " archived here, with files in S3" : " " + failure.getMessage()));
    if (!atRest && !failure.hint().isEmpty()) {
      console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + failure.hint());
    }
    if (console.json()) {
      lines.add(
          new AllSync.ProjectLine(
              id.value(),
              atRest ? 0 : failure.exit().number(),
              null,
              AllSync.ProjectError.of(failure)));
    }
  }

  private void summary(int projects) {
    console.line();
    if (projects == 0) {
      console.line("No project shares files, here or in S3.");
      return;
    }
    console.line(
        "Status: "
            + Counts.of(projects, "project")
            + (differing == 0
                ? codes.isEmpty() ? ", all in sync" : ""
                : ", " + differing + " with differences")
            + (codes.isEmpty() ? "" : ", " + codes.size() + " could not be looked at"));
  }
}
