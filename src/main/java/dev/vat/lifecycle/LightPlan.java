package dev.vat.lifecycle;

import dev.vat.project.Md5;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.state.PulledFiles.Pulled;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What bringing a project's light files from a drive into `archived/` would do.
///
/// @param source the project's folder on the drive
/// @param target its folder below `archived/`; it need not exist
/// @param steps what is not the same on both sides, by name
/// @param same the files that are
/// @param remarks what could not be looked at on the drive
public record LightPlan(
    ProjectId project,
    Path source,
    Path target,
    List<Step> steps,
    Map<RelativeName, Pulled> same,
    List<TreeRemark> remarks) {
  public LightPlan {
    steps = List.copyOf(steps);
    same = Map.copyOf(same);
    remarks = List.copyOf(remarks);
  }

  /// For one light file of the drive.
  public sealed interface Step {
    TreeFile file();

    /// Not here yet.
    record New(TreeFile file) implements Step {}

    /// Here, as it was last taken from the drive, which has another one now.
    ///
    /// @param here its path
    /// @param pulled what it has to be still
    /// @param now the drive's
    record Update(TreeFile file, Path here, Md5 pulled, Md5 now) implements Step {}

    /// Here, with another content that did not come from the drive, as far as anybody remembers; or
    /// damaged on the drive.
    record Conflict(TreeFile file, Path here, String why) implements Step {}
  }

  /// Of a file that is on both sides.
  ///
  /// @param there the drive's content
  /// @param here this computer's
  /// @param pulled what was last taken from the drive; empty when nobody knows
  /// @return empty when both are the same
  static Optional<Step> step(
      TreeFile file, Path path, Content there, Content here, Optional<Pulled> pulled) {
    if (there.equals(here)) {
      return Optional.empty();
    }
    if (pulled.isEmpty()) {
      return Optional.of(
          new Step.Conflict(
              file, path, "it is another one here, and nobody remembers what came from the drive"));
    }
    return Optional.of(
        pulled.get().equals(new Pulled(here.md5, here.sizeBytes))
            ? new Step.Update(file, path, here.md5, there.md5)
            : new Step.Conflict(file, path, "it was edited here since it came from the drive"));
  }

  /// What a file holds.
  record Content(long sizeBytes, Md5 md5) {}
}
