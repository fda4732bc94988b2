package dev.vat.cli;

import dev.vat.disk.BroughtBack;
import dev.vat.project.ProjectId;
import dev.vat.staging.KeptObject;
import dev.vat.state.ProjectLock;
import dev.vat.state.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat kept restore`: brings a kept file back to its name, if that is free.
@Command(
    name = "restore",
    description = "brings a kept file back, if its name is free",
    footer = {"", "What is kept in S3 stays there as well."})
final class KeptRestoreCommand implements VatCommand {
  @Parameters(paramLabel = "ID", arity = "1..*", description = "as vat kept list shows it")
  private List<String> ids;

  @Option(
      names = {"-n", "--dry-run"},
      description = "show what would be done, and do nothing")
  private boolean dryRun;

  @Mixin private OutputOptions output;

  private record Line(String id, boolean restored, String why) {}

  private record Document(boolean dryRun, List<Line> kept) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Console console = invocation.console();
    try (KeptFiles kept =
        KeptFiles.open(invocation, ids.stream().noneMatch(i -> i.startsWith("s3:")))) {
      List<Line> lines = new ArrayList<>();
      for (KeptFiles.Kept one : kept.named(ids)) {
        lines.add(dryRun ? planned(console, one) : restored(invocation, kept, one));
      }
      console.document("vat.kept-restore/1", new Document(dryRun, lines));
      boolean all = dryRun || lines.stream().allMatch(Line::restored);
      return all ? ExitCode.DONE : ExitCode.CONFLICT;
    }
  }

  private static Line planned(Console console, KeptFiles.Kept one) {
    console.line("  would bring back " + Printable.of(one.id()) + " if its name is free");
    return new Line(one.id(), false, "dry run");
  }

  private static Line restored(Invocation invocation, KeptFiles kept, KeptFiles.Kept one)
      throws IOException {
    Optional<String> problem =
        switch (one) {
          case KeptFiles.Kept.Here here -> locked(invocation, kept, here);
          case KeptFiles.Kept.InS3 there -> fromS3(kept, there.object());
        };
    Console console = invocation.console();
    Style style = console.style();
    console.line(
        "  "
            + style.sign(problem.isEmpty() ? Symbol.DONE : Symbol.FAILED)
            + " "
            + Printable.of(one.id())
            + " - "
            + problem.map(Printable::of).orElse("brought back"));
    if (problem.isPresent()) {
      console.note(
          "  "
              + console.errorStyle().sign(Symbol.NEXT)
              + " make its place free first, then run this again; until then it stays kept");
    }
    return new Line(one.id(), problem.isEmpty(), problem.orElse(null));
  }

  private static Optional<String> locked(
      Invocation invocation, KeptFiles kept, KeptFiles.Kept.Here here) throws IOException {
    try (ProjectLock _ = kept.context().lock(invocation, here.project(), "vat kept")) {
      // An archived project gets no second folder by this either.
      kept.context().stagingFolder(here.file().project());
      return switch (kept.here().restore(here.file())) {
        case BroughtBack.Restored _ -> Optional.empty();
        case BroughtBack.Taken taken ->
            Optional.of("another file is in its place: " + taken.place());
        case BroughtBack.InTheWay way ->
            Optional.of(
                "its folder "
                    + way.path()
                    + " is a link or a file; nothing is written through it. Put a real folder there");
        case BroughtBack.Changed _ -> Optional.of("it is no longer what was listed");
      };
    }
  }

  private static Optional<String> fromS3(KeptFiles kept, KeptObject object) throws IOException {
    CollabAccess access = kept.access();
    ProjectId project = object.project();
    try (ProjectLock _ = access.lock(project, "vat kept");
        State state = access.state()) {
      return kept.objects().restore(object, access.parts(project, state));
    }
  }
}
