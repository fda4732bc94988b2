package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.Places;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.Sighting;
import dev.vat.catalog.Usage;
import dev.vat.catalog.Warning;
import dev.vat.disk.SmallFile;
import dev.vat.lifecycle.SsdFolder;
import dev.vat.lifecycle.Survey;
import dev.vat.project.FileKinds;
import dev.vat.project.Sizes;
import dev.vat.project.Unprotected;
import dev.vat.settings.Limits;
import dev.vat.settings.SsdBase;
import dev.vat.state.ProjectLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `vat manifest`: looks where the copies are, and writes `projects.json`. Reads no contents.
@Command(
    footer = {
      "",
      "Looks at this repository and at the SSD. With the SSD unplugged, what is known of it stays.",
      "",
      "Examples:",
      "  vat manifest                 look, write projects.json, show counts and warnings",
      "  vat list                     every project in one line, from projects.json"
    })
final class ManifestCommand implements VatCommand {
  private static final int MOST_OF_A_KIND = 8;

  @Option(
      names = {"-n", "--dry-run"},
      description = "look and show, but write nothing")
  private boolean dryRun;

  @Option(
      names = "--new-ssd",
      description = "the SSD is another one now: forget what was known of the old one")
  private boolean newSsd;

  @Mixin private OutputOptions output;

  @Override
  public OutputOptions output() {
    return output;
  }

  private record WarningLine(String project, String code, String message) {}

  private record Skipped(String path, String reason) {}

  private record Counted(
      int projects,
      int localOnly,
      int ssdOnly,
      int both,
      int s3,
      int glacier,
      int flat,
      int grouped) {
    static Counted of(Catalog catalog) {
      return new Counted(
          catalog.projects().size(),
          count(catalog, p -> !p.local().isEmpty() && p.ssd().isEmpty()),
          count(catalog, p -> p.local().isEmpty() && p.ssd().isPresent()),
          count(catalog, p -> !p.local().isEmpty() && p.ssd().isPresent()),
          count(catalog, p -> p.s3().map(copy -> !copy.frozen()).orElse(false)),
          count(catalog, p -> p.s3().map(copy -> copy.frozen()).orElse(false)),
          count(catalog, p -> has(p, LocalCopy.Structure.FLAT)),
          count(catalog, p -> has(p, LocalCopy.Structure.GROUPED)));
    }

    private static int count(Catalog catalog, Predicate<ProjectEntry> which) {
      return (int) catalog.projects().values().stream().filter(which).count();
    }

    private static boolean has(ProjectEntry project, LocalCopy.Structure structure) {
      return project.local().stream().anyMatch(copy -> copy.structure() == structure);
    }
  }

  private record Document(
      String repo,
      boolean written,
      boolean ssdConnected,
      Counted counts,
      Usage diskUsage,
      List<WarningLine> warnings,
      List<Skipped> notProtected,
      List<String> remarks,
      List<String> noLongerFound) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    Path root = context.repository().root();
    Instant now = invocation.surroundings().clock().instant();
    Limits limits = new Limits(context.settings());
    Optional<Path> base = SsdBase.ifSet(context.settings()).map(SsdBase::path);
    SsdFolder ssd =
        base.isPresent()
            ? SsdFolder.at(base.get(), root, limits.ssdSameDiskOk())
            : new SsdFolder.NotSet();
    Survey survey =
        new Survey(
            context.repository(),
            new FileKinds(limits.heavyFileBytes()),
            invocation.console().progress());
    CatalogFile file = new CatalogFile(root, SmallFile::replace);
    if (dryRun) {
      Catalog before = file.read();
      Look look = look(survey, ssd, before, now);
      print(invocation.console(), context, look, before, before.after(look.sighting(), now));
      return ExitCode.DONE;
    }
    try (ProjectLock _ =
        ProjectLock.takeManifest(
            context.stateFolder(), "vat manifest", invocation.surroundings().clock())) {
      Catalog before = file.read();
      Look look = look(survey, ssd, before, now);
      Catalog after =
          file.update(
              new Places(root.toString(), base.map(Path::toString)),
              known -> known.after(look.sighting(), now));
      print(invocation.console(), context, look, before, after);
    }
    return ExitCode.DONE;
  }

  /// What was found, and what of it counts.
  private record Look(SsdFolder ssd, Survey.Found found, Sighting sighting) {}

  private Look look(Survey survey, SsdFolder ssd, Catalog known, Instant now) throws IOException {
    Survey.Found found = survey.look(ssd, now);
    Sighting seen = found.sighting();
    if (ssd instanceof SsdFolder.There(Path base)
        && !newSsd
        && known.isStrange(seen.ssd().orElseThrow())) {
      return new Look(
          new SsdFolder.NotThere(
              base,
              base
                  + " holds none of the projects that the SSD is known to hold: another drive, or"
                  + " an empty folder in its place? If it is the SSD now: vat manifest --new-ssd."),
          found,
          seen.withoutSsd());
    }
    return new Look(ssd, found, seen);
  }

  private void print(
      Console console, CurrentRepository context, Look look, Catalog before, Catalog after)
      throws IOException {
    Style style = console.style();
    Counted counts = Counted.of(after);
    Usage usage = Usage.of(after);
    List<Warning> warnings = Warning.about(after);
    List<String> lost = after.lostSince(before).stream().map(id -> id.value()).toList();
    String repo = context.repository().folderName();
    console.line(style.sign(Symbol.STATUS) + " Manifest of " + Printable.of(repo));
    console.line();
    console.line("Projects: " + counts.projects());
    console.line("  Local only: " + counts.localOnly());
    console.line("  SSD only:   " + counts.ssdOnly());
    console.line("  Both:       " + counts.both());
    console.line("  S3:         " + counts.s3());
    console.line("  Glacier:    " + counts.glacier());
    console.line("  Flat: " + counts.flat() + ", grouped (archived/): " + counts.grouped());
    console.line();
    console.line("Disk usage:");
    console.line("  Local (flat):    " + Sizes.of(usage.localFlat()));
    console.line("  Local (grouped): " + Sizes.of(usage.localGrouped()));
    console.line("  SSD:             " + Sizes.of(usage.ssd()));
    console.line("  S3:              " + Sizes.of(usage.s3()));
    console.line("  Glacier:         " + Sizes.of(usage.glacier()));
    ssd(console, look.ssd());
    List<String> lines = lines(warnings);
    lost.forEach(id -> lines.add(Printable.of(id) + " is no longer found anywhere"));
    for (Unprotected one : look.found().notProtected()) {
      lines.add("not protected: " + Printable.of(one.path() + ": " + one.reason().words()));
    }
    look.found().remarks().forEach(remark -> lines.add(Printable.of(remark)));
    console.line();
    console.line(
        lines.isEmpty()
            ? style.sign(Symbol.IN_SYNC) + " Nothing to warn of"
            : style.sign(Symbol.WARNING) + " Warnings:");
    lines.forEach(line -> console.line("  " + line));
    console.line();
    console.line(
        dryRun
            ? "Nothing was written (--dry-run)."
            : style.sign(Symbol.DONE) + " " + CatalogFile.NAME + " written");
    console.document(
        "vat.manifest/1",
        new Document(
            repo,
            !dryRun,
            look.ssd() instanceof SsdFolder.There,
            counts,
            usage,
            warnings.stream()
                .map(
                    w ->
                        new WarningLine(
                            w.project().value(),
                            w.code().name().toLowerCase(Locale.ROOT),
                            w.message()))
                .toList(),
            look.found().notProtected().stream()
                .map(one -> new Skipped(one.path().toString(), one.reason().words()))
                .toList(),
            look.found().remarks(),
            lost));
  }

  /// Project by project, but no more than some of one kind: a hundred equal lines hide the others.
  private static List<String> lines(List<Warning> warnings) {
    List<String> lines = new ArrayList<>();
    for (Warning.Code code : Warning.Code.values()) {
      List<Warning> same = warnings.stream().filter(w -> w.code() == code).toList();
      same.stream()
          .limit(MOST_OF_A_KIND)
          .forEach(w -> lines.add(Printable.of(w.project().value()) + " " + w.message()));
      if (same.size() > MOST_OF_A_KIND) {
        lines.add(
            "and " + (same.size() - MOST_OF_A_KIND) + " more like the last (all with --json)");
      }
    }
    return lines;
  }

  private static void ssd(Console console, SsdFolder ssd) {
    switch (ssd) {
      case SsdFolder.There _ -> {}
      case SsdFolder.NotSet _ ->
          console.note("SSD_BASE is not set, so no SSD was looked at (vat config shows how).");
      case SsdFolder.NotThere(Path _, String why) ->
          console.warning(
              Printable.of(why) + " What was known of it stays, with the date it was seen.");
    }
  }
}
