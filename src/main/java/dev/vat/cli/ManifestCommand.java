package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.CatalogFile;
import dev.vat.catalog.LocalCopy;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.Usage;
import dev.vat.catalog.Warning;
import dev.vat.index.Feeding;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.PlacesLook;
import dev.vat.project.FileKinds;
import dev.vat.project.Sizes;
import dev.vat.project.Unprotected;
import dev.vat.settings.Limits;
import dev.vat.state.ProjectLock;
import java.io.IOException;
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
      description = "the drive at SSD_BASE is the SSD from now on, though another one was it")
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
          count(catalog, p -> p.local().isEmpty() && !p.ssd().isEmpty()),
          count(catalog, p -> !p.local().isEmpty() && !p.ssd().isEmpty()),
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
      List<String> noLongerFound,
      Indexed indexed) {}

  private record Indexed(int copiesRead, long files, long texts, long media) {}

  @Override
  public ExitCode run(Invocation invocation) throws Exception {
    CurrentRepository context = CurrentRepository.require(invocation);
    Instant now = invocation.surroundings().clock().instant();
    KnownDrives known = KnownDrives.of(invocation, context);
    CatalogFile file = known.file();
    PlacesLook places = known.look(invocation, context);
    if (dryRun) {
      Catalog before = file.read();
      PlacesLook.Seen look = places.look(before, newSsd, true, now);
      print(
          invocation.console(),
          context,
          look,
          before,
          before.after(look.sighting(), now),
          Optional.empty());
      return ExitCode.DONE;
    }
    try (ProjectLock _ =
        ProjectLock.takeManifest(
            context.stateFolder(), "vat manifest", invocation.surroundings().clock())) {
      Catalog before = file.read();
      PlacesLook.Seen look = places.look(before, newSsd, false, now);
      Catalog after = file.update(known.places(), catalog -> catalog.after(look.sighting(), now));
      Feeding feeding =
          new Feeding(
              context.stateFolder(),
              new FileKinds(new Limits(context.settings()).heavyFileBytes()),
              invocation.console().progress());
      print(
          invocation.console(),
          context,
          look,
          before,
          after,
          Optional.of(feed(feeding, look, now)));
    }
    return ExitCode.DONE;
  }

  /// The manifest is written: an index that cannot be is a remark, and no failure.
  private static Feeding.Fed feed(Feeding feeding, PlacesLook.Seen look, Instant now) {
    try {
      return feeding.feed(look.folders(), look.drives(), now);
    } catch (IOException fault) {
      return new Feeding.Fed(
          0, 0, 0, 0, List.of("vat find is not up to date: " + fault.getMessage()));
    }
  }

  private void print(
      Console console,
      CurrentRepository context,
      PlacesLook.Seen look,
      Catalog before,
      Catalog after,
      Optional<Feeding.Fed> fed) {
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
    drives(console, look);
    List<String> lines = lines(warnings);
    lost.forEach(id -> lines.add(Printable.of(id) + " is no longer found anywhere"));
    for (Unprotected one : look.found().notProtected()) {
      lines.add("not protected: " + Printable.of(one.path() + ": " + one.reason().words()));
    }
    List<String> remarks = new ArrayList<>(look.found().remarks());
    fed.ifPresent(one -> remarks.addAll(one.remarks()));
    remarks.forEach(remark -> lines.add(Printable.of(remark)));
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
    fed.filter(one -> one.files() > 0)
        .ifPresent(
            one ->
                console.line(
                    "%s %s read for vat find: the text of %d, the media facts of %d"
                        .formatted(
                            style.sign(Symbol.DONE),
                            Counts.of(one.files(), "new or changed file"),
                            one.texts(),
                            one.media())));
    console.document(
        "vat.manifest/1",
        new Document(
            repo,
            !dryRun,
            look.primarySeen(),
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
            remarks,
            lost,
            fed.map(one -> new Indexed(one.copiesRead(), one.files(), one.texts(), one.media()))
                .orElse(null)));
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

  private static void drives(Console console, PlacesLook.Seen look) {
    switch (look.primary()) {
      case Located.Readable _ -> {}
      case Located.NotSet _ ->
          console.note("SSD_BASE is not set, so no SSD was looked at (vat config shows how).");
      case Located.CannotMark marked ->
          console.warning(
              Printable.of(marked.message())
                  + " It was looked at, but another drive in its place would not be noticed. "
                  + Printable.of(marked.remedy()));
      case Located.Unusable not ->
          console.warning(
              Printable.of(not.message())
                  + " What was known of it stays, with the date it was seen. What to do: "
                  + Printable.of(not.remedy()));
    }
    look.away().forEach(not -> console.note(Printable.of(not.message()) + " What is known stays."));
  }
}
