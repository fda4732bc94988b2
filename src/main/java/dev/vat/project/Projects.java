package dev.vat.project;

import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The projects of a repository, by the rules of the design, section 2. Looks at the disk each time
/// it is asked, and changes nothing.
public final class Projects {
  private static final String ARCHIVED = "archived";
  private static final String FINAL = "final";

  /// Hidden folders whose owner is known: git's and our own.
  private static final Set<String> OWNED = Set.of(".git", ".vat", ".vat-kept", ".vat-releasing");

  /// Beside a copy on a drive: what was replaced in it (design 7.5).
  private static final Pattern PUT_ASIDE = Pattern.compile(".+\\.replaced-\\d{4}-\\d\\d-\\d\\d.*");

  private final Repository repository;

  public Projects(Repository repository) {
    this.repository = repository;
  }

  /// Lists the repository: its top folder, `archived/` and the range folders in there, and, only
  /// for folders that are no project by their name, as much of their content as decides it.
  ///
  /// @throws IOException when a folder that must be listed cannot be: a failed listing is never an
  ///     empty one
  public ProjectListing list() throws IOException {
    return list(new Found(false));
  }

  /// The same, for who keeps what is known of projects that cannot be seen: `archived/` or a range
  /// folder that cannot be listed is told as such.
  ///
  /// @throws IOException when the repository's top folder cannot be listed
  public ProjectListing listReadable() throws IOException {
    return list(new Found(true));
  }

  private ProjectListing list(Found found) throws IOException {
    for (FolderListing.Entry entry : FolderListing.complete(repository.root())) {
      lookAtTop(entry, found);
    }
    return found.listing();
  }

  /// The projects below a folder of a drive: in range folders, as the drive has them, or directly
  /// in it.
  ///
  /// @param base the folder on the drive
  /// @throws IOException when a folder that must be listed cannot be
  public static ProjectListing onDrive(Path base) throws IOException {
    return onDrive(base, new Found(false));
  }

  /// The same as [#listReadable] for a drive.
  ///
  /// @throws IOException when `base` itself cannot be listed
  public static ProjectListing onDriveReadable(Path base) throws IOException {
    return onDrive(base, new Found(true));
  }

  private static ProjectListing onDrive(Path base, Found found) throws IOException {
    for (FolderListing.Entry entry : FolderListing.complete(base)) {
      if (entry.isFolder() && ProjectKind.isRangeFolder(entry.fileName())) {
        for (FolderListing.Entry project : found.entries(entry.path())) {
          lookAtArchivedProject(project, Optional.of(entry.fileName()), found);
        }
      } else if (!entry.isFolder()) {
        lookAtLoose(entry, found);
      } else if (!entry.fileName().startsWith(".") && !FileKinds.isJunkFolder(entry.fileName())) {
        lookAtFolder(entry, new ProjectPlace.Grouped(Optional.empty(), entry.path()), found);
      }
    }
    return found.listing();
  }

  /// The project that a folder belongs to, for when PROJECT is left out on the command line.
  ///
  /// @param folder in any form; links are resolved
  /// @return empty when the folder is outside of the repository, at its top, or in a folder that is
  ///     no project
  /// @throws IOException when the folder, or one of the repository's, cannot be read
  public Optional<ProjectId> containing(Path folder) throws IOException {
    Path root = repository.root().toRealPath();
    Path real = folder.toRealPath();
    if (!real.startsWith(root) || real.equals(root)) {
      return Optional.empty();
    }
    Found found = new Found(false);
    for (FolderListing.Entry entry : FolderListing.complete(root)) {
      if (real.startsWith(entry.path())) {
        lookAtTop(entry, found);
      }
    }
    return found.places.entrySet().stream()
        .filter(project -> project.getValue().stream().anyMatch(p -> real.startsWith(p.folder())))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// Where a project is, or would be when somebody gets it from elsewhere. A folder with its name
  /// counts, also when nothing in it makes it a project yet.
  ///
  /// @throws IOException when a folder that must be listed cannot be
  public ProjectHome homeOf(ProjectId id) throws IOException {
    String name = Normalizer.normalize(id.value(), Normalizer.Form.NFC);
    List<FolderListing.Entry> top = FolderListing.complete(repository.root());
    List<FolderListing.Entry> same =
        top.stream()
            .filter(e -> Normalizer.normalize(e.fileName(), Normalizer.Form.NFC).equals(name))
            .toList();
    if (same.size() > 1) {
      return new ProjectHome.Unclear(
          "there are several folders called "
              + name
              + ", which differ only in how accents are stored");
    }
    if (same.size() == 1) {
      Path folder = same.getFirst().path();
      return same.getFirst().isFolder()
          ? new ProjectHome.Active(folder)
          : new ProjectHome.Unclear(folder + " is no folder of its own, but a link or a file");
    }
    Found found = new Found(false);
    for (FolderListing.Entry entry : top) {
      if (entry.isFolder() && entry.fileName().equalsIgnoreCase(ARCHIVED)) {
        lookAtArchived(entry.path(), found);
      }
    }
    List<ProjectPlace> archived = found.places.getOrDefault(new ProjectId(name), List.of());
    return archived.isEmpty()
        ? new ProjectHome.None(repository.root().resolve(name))
        : new ProjectHome.Archived(archived.stream().map(ProjectPlace::folder).toList());
  }

  private static void lookAtTop(FolderListing.Entry entry, Found found) throws IOException {
    String name = entry.fileName();
    if (OWNED.contains(name)) {
      return;
    }
    if (!entry.isFolder()) {
      lookAtLoose(entry, found);
    } else if (name.startsWith(".")) {
      if (MediaEvidence.of(entry.path(), false) == MediaEvidence.Verdict.HOLDS_MEDIA) {
        found.skip(
            entry,
            FileKinds.isOwnTemporary(name)
                ? Unprotected.Reason.UNFINISHED
                : Unprotected.Reason.HIDDEN);
      }
    } else if (name.equalsIgnoreCase(ARCHIVED)) {
      lookAtArchived(entry.path(), found);
    } else {
      lookAtFolder(entry, new ProjectPlace.Flat(entry.path()), found);
    }
  }

  private static void lookAtLoose(FolderListing.Entry entry, Found found) {
    if (entry.isLink()) {
      found.skip(entry, Unprotected.Reason.LINK);
    } else if (MediaEvidence.isMediaFile(entry)) {
      found.skip(
          entry,
          FileKinds.isOwnTemporary(entry.fileName())
              ? Unprotected.Reason.UNFINISHED
              : Unprotected.Reason.LOOSE_MEDIA);
    }
  }

  private static void lookAtFolder(FolderListing.Entry entry, ProjectPlace place, Found found)
      throws IOException {
    Optional<ProjectId> id = id(entry.fileName());
    if (id.isEmpty()) {
      found.skip(entry, Unprotected.Reason.UNFIT_NAME);
    } else if (PUT_ASIDE.matcher(entry.fileName()).matches()) {
      found.skip(entry, Unprotected.Reason.PUT_ASIDE);
    } else if (entry.fileName().equalsIgnoreCase(FINAL)) {
      found.skip(entry, Unprotected.Reason.RESERVED_FOLDER);
    } else if (ProjectKind.isRangeFolder(entry.fileName())) {
      found.skip(entry, Unprotected.Reason.RANGE_FOLDER);
    } else if (ProjectKind.of(id.get()) != ProjectKind.NAMED) {
      found.add(id.get(), place);
    } else {
      switch (MediaEvidence.of(entry.path(), true)) {
        case HOLDS_MEDIA -> found.add(id.get(), place);
        case HOLDS_NONE -> found.skip(entry, Unprotected.Reason.NO_PROJECT);
        case CANNOT_TELL -> found.skip(entry, Unprotected.Reason.UNREADABLE);
      }
    }
  }

  private static void lookAtArchived(Path archived, Found found) throws IOException {
    for (FolderListing.Entry entry : found.entries(archived)) {
      if (entry.isFolder() && ProjectKind.isRangeFolder(entry.fileName())) {
        for (FolderListing.Entry project : found.entries(entry.path())) {
          lookAtArchivedProject(project, Optional.of(entry.fileName()), found);
        }
      } else {
        lookAtArchivedProject(entry, Optional.empty(), found);
      }
    }
  }

  private static void lookAtArchivedProject(
      FolderListing.Entry entry, Optional<String> range, Found found) {
    if (!entry.isFolder()) {
      lookAtLoose(entry, found);
    } else if (PUT_ASIDE.matcher(entry.fileName()).matches()) {
      found.skip(entry, Unprotected.Reason.PUT_ASIDE);
    } else if (!entry.fileName().startsWith(".")) {
      id(entry.fileName())
          .ifPresentOrElse(
              id -> found.add(id, new ProjectPlace.Grouped(range, entry.path())),
              () -> found.skip(entry, Unprotected.Reason.UNFIT_NAME));
    }
  }

  private static Optional<ProjectId> id(String folderName) {
    try {
      return Optional.of(new ProjectId(RelativeName.of(folderName).value()));
    } catch (IllegalArgumentException unfit) {
      return Optional.empty();
    }
  }

  private static final class Found {
    private final Map<ProjectId, List<ProjectPlace>> places = new TreeMap<>();
    private final List<Unprotected> notProtected = new ArrayList<>();
    private final List<Path> unlisted = new ArrayList<>();

    /// Whether a folder above projects that cannot be listed is noted, and no failure.
    private final boolean goesOn;

    private Found(boolean goesOn) {
      this.goesOn = goesOn;
    }

    private List<FolderListing.Entry> entries(Path folder) throws IOException {
      try {
        return FolderListing.complete(folder);
      } catch (IOException fault) {
        if (!goesOn) {
          throw fault;
        }
        unlisted.add(folder);
        return List.of();
      }
    }

    private void add(ProjectId id, ProjectPlace place) {
      places.computeIfAbsent(id, _ -> new ArrayList<>()).add(place);
    }

    private ProjectListing listing() {
      List<Project> projects = new ArrayList<>();
      places.forEach(
          (id, folders) -> {
            folders.sort(Comparator.comparing(place -> place instanceof ProjectPlace.Grouped));
            projects.add(new Project(id, ProjectKind.of(id), folders));
          });
      return new ProjectListing(projects, notProtected, unlisted);
    }

    private void skip(FolderListing.Entry entry, Unprotected.Reason reason) {
      notProtected.add(new Unprotected(entry.path(), reason));
    }
  }
}
