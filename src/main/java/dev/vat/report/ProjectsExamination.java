package dev.vat.report;

import dev.vat.lifecycle.CutRelease;
import dev.vat.project.FileKinds;
import dev.vat.project.Project;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectListing;
import dev.vat.project.ProjectTree;
import dev.vat.project.Projects;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import dev.vat.project.TravelProblem;
import dev.vat.project.TravelRules;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.project.Unprotected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What is no project, and which shared files will not arrive everywhere.
final class ProjectsExamination implements Examination {
  private final Repository repository;
  private final FileKinds kinds;

  ProjectsExamination(Repository repository, FileKinds kinds) {
    this.repository = repository;
    this.kinds = kinds;
  }

  @Override
  public Check check() {
    return Check.NAMES;
  }

  @Override
  public void run(Consumer<Finding> to) throws IOException {
    ProjectListing listing = new Projects(repository).list();
    listing.notProtected().forEach(path -> to.accept(notProtected(path)));
    // No time is asked for by a look.
    for (CutRelease cut : CutRelease.here(repository.root(), () -> Instant.EPOCH)) {
      to.accept(
          Finding.warning(
              Check.LEFTOVERS,
              cut.message() + ".",
              "Until then those files are neither shown nor copied."));
    }
    boolean good = true;
    for (Project project : listing.projects()) {
      Optional<Path> staging =
          project.activeFolder().map(folder -> folder.resolve(ProjectHome.STAGING));
      if (staging.isPresent() && Files.exists(staging.get(), LinkOption.NOFOLLOW_LINKS)) {
        good &= look(project.id().value(), staging.get(), to);
      }
    }
    if (good) {
      to.accept(
          Finding.ok(
              Check.NAMES, "Every shared file's name can exist on Windows, macOS and Linux."));
    }
  }

  private Finding notProtected(Unprotected found) {
    String name = repository.root().relativize(found.path()).toString();
    boolean own = found.reason() == Unprotected.Reason.UNFINISHED;
    return Finding.note(
        Check.NOT_PROTECTED,
        name
            + (own ? " is unfinished: " : " is not protected, vat never touches it: ")
            + found.reason().words()
            + ".",
        remedy(found.reason()));
  }

  private static String remedy(Unprotected.Reason reason) {
    return switch (reason) {
      case NO_PROJECT, RESERVED_FOLDER, PUT_ASIDE, UNFINISHED -> "";
      case RANGE_FOLDER -> "If it holds archived projects, move it into archived/.";
      case HIDDEN -> "If it is a project, give it a name without the dot.";
      case LOOSE_MEDIA -> "Move it into the folder of its project.";
      case LINK -> "If it is a project, put the folder itself here.";
      case UNREADABLE -> "Look at its permissions.";
      case UNFIT_NAME -> "If it is a project, rename it: letters, digits and - travel everywhere.";
    };
  }

  /// @return whether nothing was found
  private boolean look(String project, Path staging, Consumer<Finding> to) {
    List<RelativeName> names = new ArrayList<>();
    List<Finding> found = new ArrayList<>();
    TreeVisitor visitor =
        new TreeVisitor() {
          @Override
          public void file(TreeFile file) {
            names.add(file.name());
          }

          @Override
          public void remark(TreeRemark remark) {
            found.add(of(project, remark));
          }
        };
    try {
      new ProjectTree(staging, kinds).walk(visitor);
    } catch (IOException unreadable) {
      found.add(
          Finding.problem(
              Check.NAMES,
              staging + " cannot be looked at: " + unreadable.getMessage() + ".",
              "Look at its permissions and at the drive it is on."));
    }
    for (TravelProblem problem : TravelRules.check(names)) {
      found.add(
          Finding.warning(Check.NAMES, project + ": " + problem.message() + ".", problem.remedy()));
    }
    found.forEach(to);
    return found.stream().noneMatch(finding -> finding.check() == Check.NAMES);
  }

  private static Finding of(String project, TreeRemark remark) {
    String message = project + ": " + remark.message() + ".";
    return switch (remark) {
      case TreeRemark.OwnTemporary _ ->
          Finding.note(
              Check.LEFTOVERS,
              message,
              "vat down in that project carries on with it; when it does not, remove the file.");
      case TreeRemark.Link _, TreeRemark.Special _ ->
          Finding.warning(
              Check.NAMES, message + " It is not shared.", "Put a copy of the file itself there.");
      case TreeRemark.Unreadable _ ->
          Finding.warning(Check.NAMES, message + " It is not shared.", "Look at its permissions.");
      case TreeRemark.RefusedName(Path path, String _) ->
          Finding.warning(
              Check.NAMES, message + " It is not shared.", "Rename " + path.getFileName() + ".");
      case TreeRemark.SameName _ ->
          Finding.warning(Check.NAMES, message + " None of them is shared.", "Rename all but one.");
    };
  }
}
