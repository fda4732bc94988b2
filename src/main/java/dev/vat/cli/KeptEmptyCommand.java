package dev.vat.cli;

import dev.vat.disk.KeptFile;
import dev.vat.project.Sizes;
import dev.vat.state.BusyException;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat kept empty`: destroys what is kept, on request and after asking.
@Command(name = "empty", description = "destroys what is kept, for good, after asking")
final class KeptEmptyCommand implements VatCommand {
  @Parameters(
      paramLabel = "ID",
      arity = "0..*",
      description = "as vat kept list shows it; all, when none is named")
  private List<String> ids = List.of();

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description = "only what has been kept for more days than that")
  private Integer olderThanDays;

  @Option(names = "--local", description = "only on this computer")
  private boolean local;

  @Mixin private ChangeOptions change;
  @Mixin private OutputOptions output;

  private record Line(String id, long sizeBytes, boolean destroyed) {}

  private record Document(boolean dryRun, List<Line> kept) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (olderThanDays != null && olderThanDays < 0) {
      throw CommandFailure.usage("--older-than takes a number of days", "for example 30");
    }
    try (KeptFiles kept = KeptFiles.open(invocation, local)) {
      return run(invocation, kept);
    }
  }

  private ExitCode run(Invocation invocation, KeptFiles kept) throws IOException {
    Console console = invocation.console();
    Instant now = invocation.surroundings().clock().instant();
    Instant before =
        olderThanDays == null ? Instant.MAX : now.minus(Duration.ofDays(olderThanDays));
    List<KeptFiles.Kept> going =
        kept.named(ids).stream().filter(one -> one.keptAt().isBefore(before)).toList();
    going.forEach(
        one ->
            console.line("  " + Printable.of(one.id()) + "  (" + Sizes.of(one.sizeBytes()) + ")"));
    long bytes = going.stream().mapToLong(KeptFiles.Kept::sizeBytes).sum();
    String amount = Counts.of(going.size(), "file") + " (" + Sizes.of(bytes) + ")";
    if (going.isEmpty() || change.dryRun) {
      console.line((change.dryRun ? "Would destroy " : "Nothing to destroy: ") + amount);
      document(console, going, false);
      return ExitCode.DONE;
    }
    if (!console.questions(change.yes).confirm("Destroy " + amount + " for good?")) {
      console.line("Nothing was destroyed.");
      document(console, going, false);
      return ExitCode.DONE;
    }
    List<KeptFiles.Kept> destroyed = destroyed(invocation, kept, going);
    console.line("Destroyed " + Counts.of(destroyed.size(), "file") + ".");
    document(console, destroyed, true);
    if (destroyed.size() < going.size()) {
      console.warning(
          "some had changed since they were listed, or are in use, and stay: vat kept list");
      return ExitCode.PARTLY;
    }
    return ExitCode.DONE;
  }

  /// Alone with each file's project: a `down` under way has a file here whose fate is not decided.
  private static List<KeptFiles.Kept> destroyed(
      Invocation invocation, KeptFiles kept, List<KeptFiles.Kept> going) throws IOException {
    List<KeptFiles.Kept> destroyed = new ArrayList<>();
    for (KeptFiles.Kept one : going) {
      try (ProjectLock _ = kept.context().lock(invocation, one.project(), "vat kept empty")) {
        boolean gone =
            switch (one) {
              case KeptFiles.Kept.Here here -> destroyed(kept, here.file());
              case KeptFiles.Kept.InS3 there -> kept.objects().destroy(there.object());
            };
        if (gone) {
          destroyed.add(one);
        }
      } catch (BusyException busy) {
        invocation.console().warning(Printable.of(busy.getMessage()));
      }
    }
    return destroyed;
  }

  private static boolean destroyed(KeptFiles kept, KeptFile file) throws IOException {
    return !kept.here().empty(Instant.MAX, List.of(file)).isEmpty();
  }

  private void document(Console console, List<KeptFiles.Kept> kept, boolean destroyed) {
    console.document(
        "vat.kept-empty/1",
        new Document(
            change.dryRun,
            kept.stream().map(k -> new Line(k.id(), k.sizeBytes(), destroyed)).toList()));
  }
}
