package dev.vat.staging;

import dev.vat.project.FileKinds;
import dev.vat.project.FileStamp;
import dev.vat.project.Project;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.ProjectTree;
import dev.vat.project.Projects;
import dev.vat.project.RelativeName;
import dev.vat.project.Repository;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.project.Unprotected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Looks at the `s3-staging/` folders of a repository's active projects: names, sizes and times; no
/// file is opened.
public final class StagedFolders {
  private final Repository repository;
  private final FileKinds kinds;
  private final Predicate<ProjectId> wanted;

  /// @param wanted which projects; the others are not looked at
  public StagedFolders(Repository repository, FileKinds kinds, Predicate<ProjectId> wanted) {
    this.repository = repository;
    this.kinds = kinds;
    this.wanted = wanted;
  }

  /// A file in one of the folders. Whether it can take part is not told yet.
  public record Staged(ProjectId project, RelativeName name, FileStamp stamp) {}

  /// What there is.
  ///
  /// @param files by path
  /// @param folders those in which something may come that matters, all of them absolute: the
  ///     repository, every project, every folder in an `s3-staging/`
  /// @param projects how many have an `s3-staging/`
  /// @param failures projects whose folder cannot be listed as a whole, with why: none of their
  ///     files is told
  public record Found(
      SortedMap<Path, Staged> files,
      Set<Path> folders,
      int projects,
      SortedMap<ProjectId, IOException> failures) {

    /// What is known of the files without opening them.
    public Collection<FileStamp> stamps() {
      return files.values().stream().map(Staged::stamp).toList();
    }
  }

  /// Looks now.
  ///
  /// @throws IOException when the repository's own folders cannot be listed
  public Found look() throws IOException {
    ProjectListing listing = new Projects(repository).list();
    Gathering all = new Gathering();
    all.folders.add(repository.root());
    for (Unprotected other : listing.notProtected()) {
      // It becomes a project by the very folder that is waited for.
      if (other.reason() == Unprotected.Reason.NO_PROJECT) {
        all.folders.add(other.path());
      }
    }
    for (Project project : listing.projects()) {
      Optional<Path> folder = project.activeFolder();
      if (folder.isPresent() && wanted.test(project.id())) {
        all.folders.add(folder.get());
        all.look(project.id(), folder.get().resolve(ProjectHome.STAGING));
      }
    }
    return new Found(
        Collections.unmodifiableSortedMap(all.files),
        Collections.unmodifiableSet(all.folders),
        all.projects,
        Collections.unmodifiableSortedMap(all.failures));
  }

  private final class Gathering {
    private final SortedMap<Path, Staged> files = new TreeMap<>();
    private final Set<Path> folders = new HashSet<>();
    private final SortedMap<ProjectId, IOException> failures = new TreeMap<>();
    private int projects;

    private void look(ProjectId project, Path staging) {
      if (!Files.exists(staging, LinkOption.NOFOLLOW_LINKS)) {
        return;
      }
      Map<Path, Staged> here = new TreeMap<>();
      try {
        new ProjectTree(staging, kinds).walk(gatherer(project, here));
        files.putAll(here);
        projects++;
      } catch (NoSuchFileException gone) {
        // Removed since it was seen a moment ago.
        return;
      } catch (IOException fault) {
        failures.put(project, fault);
      }
    }

    private TreeVisitor gatherer(ProjectId project, Map<Path, Staged> here) {
      return new TreeVisitor() {
        @Override
        public void folder(Path folder) {
          folders.add(folder);
        }

        @Override
        public void file(TreeFile file) {
          here.put(file.path(), new Staged(project, file.name(), file.stamp()));
        }

        @Override
        public void remark(TreeRemark remark) {
          // Who sends the project's files tells what takes no part.
        }
      };
    }
  }
}
