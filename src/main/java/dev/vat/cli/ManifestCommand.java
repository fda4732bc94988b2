package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.project.Repository;
import dev.vat.settings.SettingsException;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      "  vat list                     every project in one line, from projects.json"
    })
final class ManifestCommand implements VatCommand {
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

  @Mixin private OutputOptions output;

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
    CurrentRepository context = CurrentRepository.require(invocation);
    ManifestReport.Document manifest = manifest(invocation, context);
    invocation.console().document("vat.manifest/1", manifest);
    return exit(manifest);
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
        ExitCode exit = exit(manifest);
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

  /// Partly, when a project's folder could not be read, or one above projects.
  private static ExitCode exit(ManifestReport.Document manifest) {
    return manifest.unread().isEmpty() && manifest.unreadFolders().isEmpty()
        ? ExitCode.DONE
        : ExitCode.PARTLY;
  }

  private ManifestReport.Document manifest(Invocation invocation, CurrentRepository context)
      throws IOException {
    Instant now = invocation.surroundings().clock().instant();
    KnownDrives known = KnownDrives.of(invocation, context);
    CatalogFile file = known.file();
    PlacesLook places = known.look(invocation, context);
    ManifestReport report =
        new ManifestReport(invocation.console(), context.repository().folderName());
    if (dryRun) {
      Catalog before = file.read();
      PlacesLook.Seen look = places.look(before, newSsd, true, now);
      CloudSight cloud = cloud(invocation, context, before, look, now);
      Catalog after = before.after(look.sighting().with(cloud.sighting()), now);
      return report.tell(
          look,
          cloud,
          before,
          after,
          ManifestWarnings.of(invocation, context, look, after, true),
          Optional.empty());
    }
    try (ProjectLock _ =
        ProjectLock.takeManifest(
            context.stateFolder(), "vat manifest", invocation.surroundings().clock())) {
      Catalog before = file.read();
      PlacesLook.Seen look = places.look(before, newSsd, false, now);
      CloudSight cloud = cloud(invocation, context, before, look, now);
      Catalog after =
          file.update(
              known.places(),
              catalog -> catalog.after(look.sighting().with(cloud.sighting()), now));
      return report.tell(
          look,
          cloud,
          before,
          after,
          ManifestWarnings.of(invocation, context, look, after, false),
          Optional.of(FoundTexts.update(invocation, context, look, now)));
    }
  }

  private CloudSight cloud(
      Invocation invocation,
      CurrentRepository context,
      Catalog before,
      PlacesLook.Seen look,
      Instant now)
      throws IOException {
    return offline ? CloudSight.none() : CloudSight.look(invocation, context, before, look, now);
  }
}
