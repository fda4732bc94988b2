package dev.vat.cli;

import dev.vat.catalog.CloudCopy;
import dev.vat.lifecycle.DriveSource;
import dev.vat.lifecycle.RestoreWish;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/// Copies of a project that `vat restore` could not take, being damaged or not whole. What is taken
/// in their stead may be another state of the project: that is for people to decide.
final class PassedOver {
  private final ProjectId project;
  private final RestoreWish.Part part;
  private final List<DriveSource> damaged = new ArrayList<>();
  private final Map<DriveSource, String> notTaken = new LinkedHashMap<>();

  PassedOver(ProjectId project, RestoreWish.Part part) {
    this.project = project;
    this.part = part;
  }

  /// What is on it came back as something else than was recorded.
  void damaged(DriveSource source) {
    damaged.add(source);
  }

  /// It was not even tried.
  ///
  /// @param what it is, for example `not whole`
  void notTaken(DriveSource source, String what) {
    notTaken.put(source, what);
  }

  /// @throws CommandFailure when a copy is another state than one that was passed over for it; of
  ///     those that were not tried only a later one counts: an earlier one may be a mere rest
  void requireSame(DriveSource next) {
    for (DriveSource source : damaged) {
      requireSame(source, "damaged", next);
    }
    notTaken.forEach(
        (source, what) -> {
          if (isLater(source, next)) {
            requireSame(source, what, next);
          }
        });
  }

  private static boolean isLater(DriveSource source, DriveSource next) {
    return source.copy().lastChange().isPresent()
        && next.isBefore(source.copy().lastChange().get());
  }

  private void requireSame(DriveSource source, String what, DriveSource next) {
    SortedSet<RelativeName> different = source.differencesTo(next, part);
    if (!different.isEmpty()) {
      throw otherState(
          source,
          what,
          "the one on " + next.copy().where(),
          " ("
              + Counts.of(different.size(), "file differs", "files differ")
              + ", "
              + different.first()
              + (different.size() > 1 ? " for one" : "")
              + ")",
          next.copy().where());
    }
  }

  /// @throws CommandFailure when all known archives are another state than a copy that was passed
  ///     over for them
  void requireSame(List<CloudCopy> archives) {
    damaged.forEach(source -> requireSame(source, "damaged", archives));
    notTaken.forEach((source, what) -> requireSame(source, what, archives));
  }

  private void requireSame(DriveSource source, String what, List<CloudCopy> archives) {
    if (!archives.isEmpty() && archives.stream().allMatch(source::isOtherThan)) {
      throw otherState(source, what, "the archive in S3", "", "s3");
    }
  }

  private CommandFailure otherState(
      DriveSource source, String what, String instead, String difference, String from) {
    String id = ShellWord.of(project.value());
    return new CommandFailure(
        ExitCode.CONFLICT,
        "other_state",
        Printable.of(
            "the copy on "
                + source.copy().where()
                + " is "
                + what
                + ", and "
                + instead
                + " is another state of "
                + project
                + difference
                + "; nothing was restored"),
        Printable.of(
            "vat verify "
                + id
                + " --repair brings back what another copy still has of it; to take the other"
                + " state: vat restore "
                + id
                + " --from "
                + ShellWord.of(from)));
  }
}
