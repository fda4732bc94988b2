package dev.vat.cli;

import dev.vat.project.Sizes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat kept list`.
@Command(name = "list", description = "what is kept, on this computer and in S3")
final class KeptListCommand implements VatCommand {
  @Option(names = "--local", description = "only what is kept on this computer; asks no network")
  private boolean local;

  @Mixin private OutputOptions output;

  private record Line(String id, String place, long sizeBytes, String keptAt) {}

  private record Document(List<Line> kept) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    Console console = invocation.console();
    Instant now = invocation.surroundings().clock().instant();
    try (KeptFiles kept = KeptFiles.open(invocation, local)) {
      List<Line> lines = new ArrayList<>();
      console.line("Kept on this computer (.vat-kept/):");
      print(console, kept.listHere(), "local", now, lines);
      if (!local) {
        List<KeptFiles.Kept> inS3 = kept.listInS3();
        console.line();
        console.line("Kept in S3:");
        print(console, inS3, "s3", now, lines);
      }
      if (!lines.isEmpty()) {
        console.line();
        console.line("Bring one back: vat kept restore ID. Destroy for good: vat kept empty [ID]");
      }
      console.document("vat.kept/1", new Document(lines));
      return ExitCode.DONE;
    }
  }

  private static void print(
      Console console, List<KeptFiles.Kept> kept, String place, Instant now, List<Line> lines) {
    if (kept.isEmpty()) {
      console.line("  (nothing)");
    }
    for (KeptFiles.Kept one : kept) {
      console.line(
          "  "
              + Printable.of(one.id())
              + "  ("
              + Sizes.of(one.sizeBytes())
              + ") "
              + Ages.ago(one.keptAt(), now));
      lines.add(new Line(one.id(), place, one.sizeBytes(), one.keptAt().toString()));
    }
  }
}
