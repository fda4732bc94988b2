package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.DriveId;
import dev.vat.catalog.KnownDrive;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SsdCopy;
import dev.vat.catalog.TreeTotals;
import dev.vat.lifecycle.Located;
import dev.vat.project.Sizes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `vat drives`: the SSDs that hold copies, connected or not. What is on them is told from
/// `projects.json`; nothing is written.
@Command(
    subcommands = {DrivesAddCommand.class, DrivesRenameCommand.class, DrivesForgetCommand.class},
    footer = {
      "",
      "A drive is known by a small file on it (.vat-drive.json), not by its path or letter. The",
      "one at SSD_BASE is taken up by vat manifest, others by vat drives add.",
      "",
      "Examples:",
      "  vat drives                               which there are, and what is on them",
      "  vat drives add /Volumes/T8/youtube       one more, for second copies",
      "  vat copy b63 --to T8                     makes one"
    })
final class DrivesCommand implements RunsAsMade {
  @Mixin private final OutputOptions output = new OutputOptions();

  private record Line(
      String id,
      String name,
      boolean primary,
      boolean connected,
      String path,
      String problem,
      Long freeBytes,
      Long totalBytes,
      int projects,
      long sizeBytes,
      int onlyHere,
      int neverVerified,
      String lastSeenAt,
      String lastVerifiedAt) {}

  private record Document(String repo, List<Line> drives) {}

  @Override
  public OutputOptions output() {
    return output;
  }

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    KnownDrives known = KnownDrives.forLooking(invocation, context);
    Catalog catalog = known.file().read();
    Instant now = invocation.surroundings().clock().instant();
    List<Line> lines = new ArrayList<>();
    catalog.drives().values().stream()
        .sorted(
            Comparator.comparing((KnownDrive drive) -> !isPrimary(drive.id(), catalog))
                .thenComparing(KnownDrive::name))
        .forEach(drive -> lines.add(line(drive, known.drives().located(drive, catalog), catalog)));
    Console console = invocation.console();
    table(console, lines, now);
    newOne(console, known.drives().primary(catalog), catalog);
    console.document("vat.drives/1", new Document(context.repository().folderName(), lines));
    return ExitCode.DONE;
  }

  private static boolean isPrimary(DriveId drive, Catalog catalog) {
    return catalog.primaryDrive().equals(Optional.of(drive));
  }

  private static Line line(KnownDrive drive, Located located, Catalog catalog) {
    List<ProjectEntry> projects =
        catalog.projects().values().stream()
            .filter(project -> project.on(drive.id()).isPresent())
            .toList();
    List<SsdCopy> copies = projects.stream().map(p -> p.on(drive.id()).orElseThrow()).toList();
    KnownDrive now = located instanceof Located.Connected there ? there.drive() : drive;
    String problem =
        switch (located) {
          case Located.Readable _, Located.NotConnected _ -> null;
          case Located.Unusable unusable -> unusable.message() + " To do: " + unusable.remedy();
        };
    return new Line(
        drive.id().value(),
        now.name(),
        isPrimary(drive.id(), catalog),
        located instanceof Located.Connected,
        now.lastPath(),
        problem,
        boxed(now.freeBytes()),
        boxed(now.totalBytes()),
        projects.size(),
        copies.stream().flatMap(copy -> copy.totals().stream()).mapToLong(TreeTotals::bytes).sum(),
        (int) projects.stream().filter(p -> p.isWholeNowhereBut(drive.id())).count(),
        (int) copies.stream().filter(copy -> copy.verifiedAt().isEmpty()).count(),
        drive.lastSeenAt().map(Instant::toString).orElse(null),
        copies.stream()
            .flatMap(copy -> copy.verifiedAt().stream())
            .max(Instant::compareTo)
            .map(Instant::toString)
            .orElse(null));
  }

  private static Long boxed(OptionalLong amount) {
    return amount.isPresent() ? amount.getAsLong() : null;
  }

  private static void table(Console console, List<Line> lines, Instant now) {
    if (lines.isEmpty()) {
      console.line("No drive is known yet.");
      return;
    }
    for (Line line : lines) {
      console.line(
          console.style().sign(line.connected() ? Symbol.IN_SYNC : Symbol.WARNING)
              + " "
              + Printable.of(line.name())
              + (line.primary() ? " (SSD_BASE)" : "")
              + ": "
              + (line.connected()
                  ? Printable.of(line.path())
                  : line.problem() == null ? "not connected" : Printable.of(line.problem())));
      console.line("    space:     " + space(line));
      console.line(
          "    holds:     "
              + Counts.of(line.projects(), "project")
              + ", "
              + Sizes.of(line.sizeBytes())
              + (line.onlyHere() > 0
                  ? "; of "
                      + Counts.of(line.onlyHere(), "project")
                      + " no other whole copy is known"
                  : ""));
      console.line("    last seen: " + ago(line.lastSeenAt(), now));
      console.line(
          "    verified:  "
              + ago(line.lastVerifiedAt(), now)
              + (line.neverVerified() > 0 && line.lastVerifiedAt() != null
                  ? "; " + Counts.of(line.neverVerified(), "project") + " never"
                  : ""));
    }
  }

  private static String space(Line line) {
    if (line.freeBytes() == null) {
      return "not known";
    }
    return Sizes.of(line.freeBytes())
        + " free"
        + (line.totalBytes() == null ? "" : " of " + Sizes.of(line.totalBytes()))
        + (line.connected() ? "" : " when last seen");
  }

  private static String ago(String instant, Instant now) {
    return instant == null ? "never" : Ages.ago(Instant.parse(instant), now);
  }

  /// What is at `SSD_BASE` and not in the list.
  private static void newOne(Console console, Located primary, Catalog catalog) {
    boolean listed =
        primary instanceof Located.Connected there
            && catalog.drives().containsKey(there.drive().id());
    switch (primary) {
      case Located.Readable there when !listed ->
          console.note(
              "At SSD_BASE ("
                  + Printable.of(there.base().toString())
                  + ") is a drive that is not known yet: vat manifest takes it up.");
      case Located.Readable _ -> {}
      case Located.NotSet _ when catalog.drives().isEmpty() ->
          console.note("SSD_BASE is not set (vat config shows how).");
      case Located.NotSet _ -> {}
      case Located.Unusable not when catalog.primaryDrive().isEmpty() ->
          console.note(Printable.of(not.message()));
      case Located.Unusable _ -> {}
    }
  }
}
