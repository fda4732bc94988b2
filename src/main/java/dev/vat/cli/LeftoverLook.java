package dev.vat.cli;

import dev.vat.lifecycle.Orphan;
import dev.vat.lifecycle.OrphanSearch;
import dev.vat.lifecycle.UnfinishedUploads;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lists what lies unused in S3, and touches nothing.
final class LeftoverLook {
  private LeftoverLook() {}

  /// Tells it, where there is something to tell.
  ///
  /// @param orphans that were fed with a listing of the archive place, the first of the places
  /// @param project the only one to tell of; empty for all
  static Leftovers of(
      LeftoverPlaces places,
      OrphanSearch orphans,
      Optional<ProjectId> project,
      Invocation invocation)
      throws IOException {
    Console console = invocation.console();
    LeftoverReport report =
        new LeftoverReport(
            console,
            PriceFiles.of(invocation).in(places.archive().orElseThrow().context().settings()),
            invocation.surroundings().clock().instant());
    List<UnfinishedUploads> uploads = new ArrayList<>();
    for (LeftoverPlace place : places.all()) {
      uploads.add(place.look(project, console.progress(), report::remark));
    }
    OrphanSearch.Found found = orphans.found(console.progress());
    List<Orphan> told =
        found.orphans().stream()
            .filter(one -> project.isEmpty() || one.project().equals(project))
            .toList();
    long more = project.isEmpty() ? found.more() : 0;
    if (told.isEmpty() && more == 0 && uploads.stream().allMatch(LeftoverLook::isNothing)) {
      return report.leftovers();
    }
    console.line("What lies unused there (vat cloud clean --dry-run tells what can be done):");
    for (int i = 0; i < uploads.size(); i++) {
      LeftoverPlace place = places.all().get(i);
      for (UnfinishedUploads.One one : uploads.get(i).uploads()) {
        report.upload(place, one, "stay", one.ours() ? LeftoverWords.OURS : LeftoverWords.OTHERS);
      }
      report.more(uploads.get(i).more(), new OrphanSearch.Found(List.of(), 0, 0));
    }
    told.forEach(one -> report.orphan(places.all().getFirst(), one, "stay", LeftoverWords.of(one)));
    if (project.isEmpty()) {
      report.more(0, found);
    }
    report.listed();
    return report.leftovers();
  }

  private static boolean isNothing(UnfinishedUploads found) {
    return found.uploads().isEmpty() && found.more() == 0;
  }
}
