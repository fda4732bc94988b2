package dev.vat.cli;

import dev.vat.catalog.TreeTotals;
import dev.vat.lifecycle.DriveSource;
import dev.vat.lifecycle.Located;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.mhl.MhlException;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RangeChoice;
import dev.vat.project.RangeFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The folders of a project on connected drives, and which of them `vat restore` can take. Why one
/// is not taken is told.
final class DriveCandidates {
  private final Console console;
  private final FileKinds kinds;
  private final boolean noOther;
  private final List<Place> places = new ArrayList<>();

  /// @param noOther whether nothing else can be taken: then also a copy of which nothing proves
  ///     that it is whole
  DriveCandidates(Console console, FileKinds kinds, boolean noOther) {
    this.console = console;
    this.kinds = kinds;
    this.noOther = noOther;
  }

  private record Place(String drive, Path folder) {}

  /// Looks where the project is.
  void look(ProjectId project, List<Located.Readable> drives) throws IOException {
    for (Located.Readable drive : drives) {
      String name = drive.label().name();
      switch (new RangeFolders(drive.base()).of(project)) {
        case RangeChoice.Holds(Path folder) -> places.add(new Place(name, folder));
        case RangeChoice.Free _ -> {}
        case RangeChoice.InTheWay(Path path, String what) -> notTaken(name, path + " " + what);
        case RangeChoice.Several(List<Path> folders) ->
            notTaken(
                name,
                "it is there more than once: "
                    + folders.stream().map(Path::toString).collect(Collectors.joining(", ")));
      }
    }
  }

  /// Whether it is on none of them.
  boolean isEmpty() {
    return places.isEmpty();
  }

  /// Those that count as whole, the youngest first.
  ///
  /// @param known of all its copies on drives
  /// @param passed is told of those that are not whole
  List<DriveSource> sources(RestoreWish.Part part, List<TreeTotals> known, PassedOver passed)
      throws IOException {
    List<DriveSource> sources = new ArrayList<>();
    for (Place place : places) {
      source(place, part, known, passed).ifPresent(sources::add);
    }
    sources.sort(Comparator.comparing(DriveCandidates::lastChange).reversed());
    return sources;
  }

  private static Instant lastChange(DriveSource source) {
    return source.copy().lastChange().orElse(Instant.MIN);
  }

  /// Empty when it cannot count as whole, which is told.
  private Optional<DriveSource> source(
      Place place, RestoreWish.Part part, List<TreeTotals> known, PassedOver passed)
      throws IOException {
    DriveSource source;
    try {
      source = DriveSource.at(place.drive(), place.folder(), kinds);
    } catch (MhlException untrusted) {
      notTaken(
          place.drive(),
          "its checksum history cannot be trusted: "
              + untrusted.getMessage().replaceAll("\\.$", ""));
      console.note(Printable.of("  " + Faults.historyRemedy(untrusted) + "."));
      passed.notTaken(
          DriveSource.withoutHistory(place.drive(), place.folder(), kinds), "not to be trusted");
      return Optional.empty();
    }
    Optional<String> lacks = source.lacks(part, known);
    if (lacks.isEmpty() && !source.hasHistory() && !noOther) {
      lacks =
          Optional.of(
              "it has no checksum history, so nothing says whether it is whole (--from ssd takes it"
                  + " all the same; vat verify begins one)");
    }
    if (lacks.isPresent()) {
      notTaken(place.drive(), lacks.get());
      passed.notTaken(source, "not known to be whole");
      return Optional.empty();
    }
    return Optional.of(source);
  }

  private void notTaken(String drive, String why) {
    console.warning(Printable.of("The copy on " + drive + " is not taken: " + why + "."));
  }
}
