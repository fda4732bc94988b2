package dev.vat.lifecycle;

import dev.vat.catalog.StagedFiles;
import dev.vat.catalog.TreeTotals;
import dev.vat.index.CopyPlace;
import dev.vat.index.Fingerprint;
import dev.vat.project.FileKinds;
import dev.vat.project.Project;
import dev.vat.project.ProjectHome;
import dev.vat.project.ProjectId;
import dev.vat.project.ProjectListing;
import dev.vat.project.ProjectPlace;
import dev.vat.project.ProjectTree;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import dev.vat.project.TreeRemark;
import dev.vat.project.TreeVisitor;
import dev.vat.project.Unprotected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One folder of a project that a look at the places goes through.
///
/// @param drive its number in the order given to [Survey]; [#HERE] for one in the repository
record FolderWalk(ProjectId id, ProjectPlace place, int drive) {
  static final int HERE = -1;

  /// What was found in it.
  ///
  /// @param staged below its `s3-staging/`
  record Walked(FolderWalk walk, TreeTotals totals, StagedFiles staged, String fingerprint) {
    boolean isActive() {
      return walk.isHere() && walk.place instanceof ProjectPlace.Flat;
    }
  }

  /// Every folder of the projects that were listed.
  static List<FolderWalk> of(ProjectListing listing, int drive) {
    List<FolderWalk> walks = new ArrayList<>();
    for (Project project : listing.projects()) {
      project.places().forEach(place -> walks.add(new FolderWalk(project.id(), place, drive)));
    }
    return walks;
  }

  /// Folders of which even that they are projects could not be told, and those above projects.
  static List<FolderWalk> untold(ProjectListing listing, int drive) {
    return Stream.concat(
            listing.notProtected().stream()
                .filter(one -> one.reason() == Unprotected.Reason.UNREADABLE)
                .map(Unprotected::path),
            listing.unlisted().stream())
        .map(folder -> untold(folder, drive))
        .toList();
  }

  private static FolderWalk untold(Path folder, int drive) {
    return new FolderWalk(
        new ProjectId(RelativeName.of(folder.getFileName().toString()).value()),
        drive == HERE
            ? new ProjectPlace.Flat(folder)
            : new ProjectPlace.Grouped(Optional.empty(), folder),
        drive);
  }

  boolean isHere() {
    return drive == HERE;
  }

  /// As the index names it; which drive it is on is not told yet.
  ///
  /// @param above the repository, or the folder on the drive
  CopyPlace below(Path above) {
    CopyPlace.Kind kind =
        !isHere()
            ? CopyPlace.Kind.SSD
            : place instanceof ProjectPlace.Flat ? CopyPlace.Kind.LOCAL : CopyPlace.Kind.ARCHIVED;
    return new CopyPlace(id, kind, "", path(above));
  }

  /// Where it is below that folder, with `/`.
  String path(Path above) {
    return above.relativize(place.folder()).toString().replace('\\', '/');
  }

  /// Counts its files.
  ///
  /// @param remarks told what could not be counted
  /// @throws IOException when it cannot be listed
  Walked walk(FileKinds kinds, Consumer<String> remarks) throws IOException {
    TreeCount all = new TreeCount();
    TreeCount staged = new TreeCount();
    Fingerprint fingerprint = new Fingerprint();
    TreeVisitor visitor =
        new TreeVisitor() {
          @Override
          public void file(TreeFile file) {
            if (FileKinds.isChecksum(file.name())) {
              return;
            }
            fingerprint.add(file);
            boolean heavy = kinds.isHeavy(file.name(), file.sizeBytes());
            all.add(file, heavy);
            if (file.name().value().startsWith(ProjectHome.STAGING + "/")) {
              staged.add(file, heavy);
            }
          }

          @Override
          public void remark(TreeRemark remark) {
            if (!(remark instanceof TreeRemark.OwnTemporary)) {
              remarks.accept(id + ": " + remark.message());
            }
          }
        };
    new ProjectTree(place.folder(), kinds).walk(visitor);
    return new Walked(this, all.totals(), staged.staged(), fingerprint.value());
  }
}
