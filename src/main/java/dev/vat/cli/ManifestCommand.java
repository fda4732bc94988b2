package dev.vat.cli;

import dev.vat.project.Repository;
import dev.vat.settings.SettingsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat manifest`: looks where the copies are, and writes `projects.json`. Of copies that changed,
/// reads what `vat find` looks through.
@Command(
    footer = {
      "",
      "Looks at this repository, at the SSD, and at S3 when it is set up. With the SSD unplugged or S3",
      "not reached, what is known of it stays.",
      "",
      "Examples:",
      "  vat manifest                 look, write projects.json, show counts and warnings",
      "  vat manifest --all           the same for every repository beside this one",
      "  vat manifest --from-cloud    also what is in the archives in S3, on a new computer say",
      "  vat list                     every project in one line, from projects.json"
    })
final class ManifestCommand implements RunsAsMade {
  @Option(
      names = {"-n", "--dry-run"},
      description = "look and show, but write nothing")
  private boolean dryRun;

  @Option(
      names = "--all",
      description = "every repository in the folder that holds this one (with .video-tools.env)")
  private boolean all;

  @Option(
      names = "--new-ssd",
      description = "the drive at SSD_BASE is the SSD from now on, though another one was it")
  private boolean newSsd;

  @Option(names = "--offline", description = "do not ask S3; what is known of it stays")
  private boolean offline;

  @Option(
      names = "--from-cloud",
      description = "also read what is in the archives in S3 (the same as vat cloud adopt)")
  private boolean fromCloud;

  @Mixin private final TransferOptions transfer = new TransferOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public OutputOptions output() {
    return output;
  }

  /// One of all repositories.
  ///
  /// @param manifest null when it could not be made
  private record Line(
      String repo, int exitCode, ManifestReport.Document manifest, AllSync.ProjectError error) {}

  private record AllDocument(List<Line> repositories) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    if (all) {
      return all(invocation);
    }
    if (fromCloud && offline) {
      throw CommandFailure.usage("--from-cloud asks S3, and --offline does not", "leave one out");
    }
    CurrentRepository context = CurrentRepository.require(invocation);
    ManifestReport.Document manifest = manifest(invocation, context);
    invocation.console().document("vat.manifest/1", manifest);
    return exit(manifest, fromCloud);
  }

  private ManifestReport.Document manifest(Invocation invocation, CurrentRepository context)
      throws IOException {
    return new ManifestRun(dryRun, newSsd, offline, fromCloud, transfer.limitRate())
        .manifest(invocation, context);
  }

  private ExitCode all(Invocation invocation) throws IOException {
    if (newSsd) {
      throw CommandFailure.usage(
          "--new-ssd is about one repository's SSD", "run it there, without --all");
    }
    Console console = invocation.console();
    List<Line> lines = new ArrayList<>();
    List<ExitCode> codes = new ArrayList<>();
    boolean partly = false;
    for (Repository repository : CurrentRepository.allBeside(invocation)) {
      String repo = repository.folderName();
      try {
        CurrentRepository context = CurrentRepository.of(invocation, repository);
        ManifestReport.Document manifest = manifest(invocation, context);
        ExitCode exit = exit(manifest, fromCloud);
        partly |= exit == ExitCode.PARTLY;
        lines.add(new Line(repo, exit.number(), manifest, null));
      } catch (IOException | CommandFailure | SettingsException fault) {
        CommandFailure failure = Faults.of(fault);
        codes.add(failure.exit());
        console.line(
            console.style().sign(Symbol.FAILED)
                + " "
                + Printable.of(repo)
                + ": "
                + failure.getMessage());
        if (!failure.hint().isEmpty()) {
          console.note("  " + console.errorStyle().sign(Symbol.NEXT) + " " + failure.hint());
        }
        lines.add(new Line(repo, failure.exit().number(), null, AllSync.ProjectError.of(failure)));
      }
      console.line();
    }
    console.line(
        Counts.of(lines.size(), "repository", "repositories")
            + (codes.isEmpty() ? "" : ", " + codes.size() + " of them failed"));
    console.document("vat.manifest-all/1", new AllDocument(lines));
    return partly || lines.size() > codes.size() && codes.contains(ExitCode.FAILED)
        ? ExitCode.worst(ExitCode.PARTLY, ExitCode.worst(codes))
        : ExitCode.worst(codes);
  }

  /// Partly, when a project's folder could not be read, or one above projects, or an archive that
  /// was to be.
  static ExitCode exit(ManifestReport.Document manifest, boolean fromCloud) {
    boolean archivesRead =
        !fromCloud || manifest.fromS3() == null || manifest.fromS3().problems().isEmpty();
    return manifest.unread().isEmpty() && manifest.unreadFolders().isEmpty() && archivesRead
        ? ExitCode.DONE
        : ExitCode.PARTLY;
  }
}
