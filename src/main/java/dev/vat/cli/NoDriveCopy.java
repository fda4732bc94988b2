package dev.vat.cli;

import dev.vat.catalog.Catalog;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.Projects;
import java.io.IOException;
import java.util.stream.Collectors;

/// What is said when no connected drive has all that `vat restore` was asked for.
///
/// @param only whether no other place than a drive will do
/// @param cloud whether an archive place is set up, which may have it
record NoDriveCopy(CurrentRepository context, boolean only, boolean cloud) {
  /// Tells which drive would have it. Returns only where S3 is to be asked next.
  ///
  /// @param refused whether a drive has a folder of it, of which was told why it is not taken
  /// @throws CommandFailure when there is nowhere else to look
  void tell(
      Console console, ProjectId project, ReachedDrives drives, Catalog catalog, boolean refused)
      throws IOException {
    String away =
        Printable.of(
            OtherCopies.onDrives(catalog, project).stream()
                .filter(copy -> !drives.reaches(copy))
                .map(catalog::driveName)
                .collect(Collectors.joining(", ")));
    String name = Printable.of(project.value());
    boolean asksCloud = cloud && !only;
    if (!asksCloud) {
      drives.tell(console);
    }
    if (asksCloud) {
      if (!away.isEmpty()) {
        console.note(name + " is also on " + away + ", which is not connected.");
      }
      return;
    }
    String noCloud = cloud ? "" : ", and S3, where an archive may be, is not set up here";
    if (!away.isEmpty()) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "drive_unavailable",
          name + " is on " + away + ", which is not connected" + noCloud,
          "connect "
              + away
              + " and run it again"
              + (cloud ? ", or take the archive: --from s3" : ""));
    }
    throw new CommandFailure(
        ExitCode.UNAVAILABLE,
        "no_copy",
        here(project) + "no connected drive has a whole copy of " + name + noCloud,
        "vat show "
            + ShellWord.of(project.value())
            + " tells where it is"
            + (refused
                ? "; vat verify "
                    + ShellWord.of(project.value())
                    + " looks at the copy that is not taken; single files: --file PATH --to FOLDER"
                : "; a drive that has it: connect it, and vat drives add its folder if vat drives"
                    + " does not list it")
            + (cloud ? "" : "; if an archive of it is in S3, set S3_ARCHIVE_BUCKET (vat config)"));
  }

  /// That there is something of it already, when there is.
  private String here(ProjectId project) throws IOException {
    return new Projects(context.repository()).homeOf(project) instanceof ProjectHome.Active active
        ? Printable.of(context.repository().root().relativize(active.folder()).toString())
            + " is here already; "
        : "";
  }
}
