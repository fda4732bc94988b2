package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.catalog.ProjectEntry;
import dev.vat.catalog.SharedFiles;
import dev.vat.catalog.StagedFiles;
import dev.vat.catalog.Warning;
import dev.vat.cost.Prices;
import dev.vat.lifecycle.Policy;
import dev.vat.lifecycle.Proposal;
import dev.vat.project.Sizes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Shows one project: for people, and as a document.
final class ShowReport {
  private final Console console;
  private final Instant now;
  private final Catalog catalog;
  private final Policy policy;
  private final ShownCopies copies;
  private final ShownCopyLines copyLines;
  private final ShownFiles files;

  /// @param prices that hold for what is in S3; empty when its region is not known, or not AWS's
  ShowReport(
      Console console,
      Instant now,
      ZoneId zone,
      Catalog catalog,
      Policy policy,
      Optional<Prices> prices) {
    this.console = console;
    this.now = now;
    this.catalog = catalog;
    this.policy = policy;
    this.copies = new ShownCopies(catalog, prices);
    this.copyLines = new ShownCopyLines(console, now, zone);
    this.files = new ShownFiles(console, catalog);
  }

  private record Staged(long files, long sizeBytes) {}

  private record Shared(long files, long sizeBytes, String lastSync, String seenAt) {
    static Shared of(SharedFiles files) {
      return new Shared(files.files(), files.bytes(), text(files.lastSync()), text(files.seenAt()));
    }
  }

  private record WarningLine(String code, String message) {}

  private record Document(
      String repo,
      String id,
      String lastUpdated,
      String lastModifiedAt,
      int wholeCopies,
      List<ShownCopy> copies,
      Staged staging,
      Shared shared,
      ShownFiles.Media media,
      List<ShownFiles.FileLine> biggest,
      List<WarningLine> warnings,
      NextStep next) {}

  void tell(String repo, ProjectEntry project, IndexedFiles indexed) {
    List<ShownCopy> known = copies.of(project, indexed.archives());
    List<Warning> warnings = Warning.about(project, catalog);
    console.line(
        console.style().sign(Symbol.STATUS)
            + " "
            + Printable.of(project.id().value())
            + " ("
            + Printable.of(repo)
            + ")");
    console.line();
    console.line(
        "Copies: "
            + Counts.of(project.wholeCopies(), "whole one")
            + " known"
            + project.lastChange().map(at -> "; last change " + Ages.ago(at, now)).orElse(""));
    known.forEach(copy -> copyLines.tell(project.id(), copy));
    project
        .staging()
        .ifPresent(
            staged ->
                console.line(
                    "Staging: "
                        + Counts.of(staged.files(), "file")
                        + ", "
                        + Sizes.of(staged.bytes())
                        + " in s3-staging/ on this computer"));
    project
        .shared()
        .ifPresent(
            shared ->
                console.line(
                    "Shared in S3: "
                        + Counts.of(shared.files(), "file")
                        + ", "
                        + Sizes.of(shared.bytes())
                        + shared
                            .lastSync()
                            .map(at -> ", last sync " + Ages.ago(at, now))
                            .orElse("")));
    files.media(indexed);
    files.biggest(indexed);
    warnings.forEach(
        warning ->
            console.line(
                console.style().sign(Symbol.WARNING) + " It " + Printable.of(warning.message())));
    Proposal next = policy.next(project);
    console.line(NextStep.words(next, now));
    console.document(
        "vat.show/1",
        new Document(
            repo,
            project.id().value(),
            text(catalog.updatedAt()),
            text(project.lastChange()),
            project.wholeCopies(),
            known,
            project.staging().map(ShowReport::document).orElse(null),
            project.shared().map(Shared::of).orElse(null),
            files.recordings(indexed),
            files.lines(indexed.biggest()),
            warnings.stream()
                .map(w -> new WarningLine(w.code().name().toLowerCase(Locale.ROOT), w.message()))
                .toList(),
            NextStep.of(next, now)));
  }

  private static String text(Optional<Instant> at) {
    return at.map(Instant::toString).orElse(null);
  }

  private static Staged document(StagedFiles staged) {
    return new Staged(staged.files(), staged.bytes());
  }
}
