package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Releases a project's copy on a drive because S3 has it, proven: every file by its own content,
/// through the one class that releases.
///
/// Whoever calls holds the project's lock.
public final class BackupRelease {
  private final VolumeOf volumes;
  private final FileKinds kinds;
  private final InstantSource clock;

  public BackupRelease(VolumeOf volumes, FileKinds kinds, InstantSource clock) {
    this.volumes = volumes;
    this.kinds = kinds;
    this.clock = clock;
  }

  /// Where files are looked at for the last time: in the range folder, so that they come back below
  /// the project's folder there.
  private static Path root(Path folder) {
    return folder.getParent();
  }

  /// Brings back what a run that was cut had taken aside.
  public List<ReleasingFolder.BroughtBack> bringBack(ProjectId project, Path folder)
      throws IOException {
    return ReleasingFolder.of(root(folder), clock).bringBack(project);
  }

  /// Whether there is anything to be brought back.
  public boolean isAside(ProjectId project, Path folder) throws IOException {
    return ReleasingFolder.of(root(folder), clock).isInUse(project);
  }

  /// Removes the folders in which nothing is left.
  public void removeEmpty(Path folder) throws IOException {
    new EmptyFolders().removeBelow(folder);
  }

  /// The folder as it is now, file by file.
  ///
  /// @param folder the project's, on the drive
  /// @param proofs of its archive, and of what else in S3 has files of it
  /// @param others copies on other drives, which count too
  /// @param minCopies on how many other places a file's content must be proven
  public Released release(
      ProjectId project,
      String drive,
      Path folder,
      List<CloudProof> proofs,
      List<ProjectCopy> others,
      int minCopies,
      Progress progress)
      throws IOException {
    CopySource now = CopySource.at(drive, folder, true, kinds);
    Map<CloudProof, Map<String, Sha256>> digests = new LinkedHashMap<>();
    proofs.forEach(proof -> digests.put(proof, proof.digests()));
    List<Releasable> files = new ArrayList<>();
    for (TreeFile file :
        Stream.concat(now.files().values().stream(), now.checksums().stream()).toList()) {
      List<OtherCopy> copies = new ArrayList<>();
      String name = BackupSource.inArchive(project, file.name()).value();
      digests.forEach(
          (proof, known) -> {
            if (known.containsKey(name)) {
              copies.add(new OtherCopy.InCloud(proof, known.get(name)));
            }
          });
      for (ProjectCopy other : others) {
        copies.add(
            new OtherCopy.OnDisk(
                other.folder().resolve(file.name().value()), other.label(), Optional.empty()));
      }
      files.add(new Releasable(file, copies));
    }
    // The content first: as long as any of it is there, its history is.
    Released content =
        Release.from(root(folder), volumes, clock)
            .release(project, files.subList(0, now.files().size()), minCopies, progress);
    Released history =
        content.stayed().isEmpty()
            ? Release.from(root(folder), volumes, clock)
                .release(
                    project,
                    files.subList(now.files().size(), files.size()),
                    minCopies,
                    Progress.none())
            : new Released(List.of(), List.of());
    removeEmpty(folder);
    return new Released(
        Stream.concat(content.gone().stream(), history.gone().stream()).toList(),
        Stream.concat(content.stayed().stream(), history.stayed().stream()).toList());
  }
}
