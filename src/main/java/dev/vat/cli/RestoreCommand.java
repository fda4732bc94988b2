package dev.vat.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `vat restore`: brings a project home from its archive in S3.
@Command(
    footer = {
      "",
      "Every file is proven by its checksum before it gets its name. What is here already and the same",
      "is not downloaded; light files in archived/ move back when they are proven equal; nothing is",
      "overwritten. Cut anywhere, the same command carries on.",
      "",
      "Examples:",
      "  vat restore b40                            home again",
      "  vat restore b40 --dry-run                  what that would download",
      "  vat restore b40 --light                    light files only, into archived/",
      "  vat restore b40 --file final/film.mp4 --to ~/Desktop"
    })
final class RestoreCommand implements VatCommand {
  @Parameters(paramLabel = "PROJECT", description = "an id or its unambiguous beginning")
  private String project;

  @Option(
      names = "--to",
      paramLabel = "PLACE",
      defaultValue = RestoreTarget.LOCAL,
      description = "local (the default), or a folder: the project gets a folder in it")
  private String to;

  @Option(
      names = "--file",
      paramLabel = "PATH",
      description = "only this file, or what is in this folder of the project; repeatable")
  private List<String> files = List.of();

  @Option(
      names = "--light",
      description = "only light files: transcripts, thumbnails, project files")
  private boolean light;

  @Mixin private ChangeOptions change;
  @Mixin private TransferOptions transfer;
  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public String whenStopped() {
    return "Stopped. What came is kept and not visible yet; run the same command again to carry on.";
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (light && !files.isEmpty()) {
      throw CommandFailure.usage(
          "--light and --file are two ways to say what is wanted", "give one of them");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    try (ArchiveAccess access = ArchiveAccess.open(invocation, context, transfer.limitRate());
        KeepAwake.Handle _ = invocation.services().keepAwake().begin(RestoreRun.NAME)) {
      return new RestoreRun(access, change.dryRun).of(project, to, light, files);
    }
  }
}
