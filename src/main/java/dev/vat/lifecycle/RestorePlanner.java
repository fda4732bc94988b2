package dev.vat.lifecycle;

import dev.vat.archive.ArchiveReader;
import dev.vat.archive.ReadLimits;
import dev.vat.archive.Toc;
import dev.vat.archive.TocEntry;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.NamingOf;
import dev.vat.mhl.MhlLayout;
import dev.vat.project.DiskSpelling;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.project.TravelRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds out what restoring from S3 comes to: by the archive's table of contents, and what is there
/// already. Reads what is there, and writes nothing.
public final class RestorePlanner {
  private final ObjectStore store;
  private final FileKinds kinds;

  public RestorePlanner(ObjectStore store, FileKinds kinds) {
    this.store = store;
    this.kinds = kinds;
  }

  /// Looks. A folder that is there has its own checksum history, or none, and goes on from that.
  ///
  /// @param archive readable, and known to be of this project
  /// @throws dev.vat.archive.ArchiveException when it is no archive of ours, or damaged
  public RestorePlan plan(RestoreWish wish, ObjectSummary archive) throws IOException {
    boolean history =
        !(wish.part() instanceof RestoreWish.Part.Whole)
            || Files.notExists(wish.target(), LinkOption.NOFOLLOW_LINKS);
    ObjectRange range = new ObjectRange(store, archive);
    ArchiveReader reader = ArchiveReader.open(range, ReadLimits.usual());
    List<RestorePlan.Fetched> wanted = new ArrayList<>();
    for (TocEntry.File entry : reader.toc().files()) {
      Optional<RelativeName> name = inProject(entry.name(), wish.project());
      if (name.isEmpty()) {
        return new RestorePlan.Refused(
            archive.key() + " holds " + entry.name() + ", which is no file of " + wish.project());
      }
      if ((history || !MhlLayout.isHistory(name.get()))
          && isWanted(name.get(), entry.sizeBytes(), wish.part(), kinds)) {
        wanted.add(new RestorePlan.Fetched(name.get(), entry));
      }
    }
    Optional<String> missing = missing(wish.part(), wanted);
    if (missing.isPresent()) {
      return new RestorePlan.Refused(missing.get());
    }
    if (Files.exists(wish.target(), LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(wish.target(), LinkOption.NOFOLLOW_LINKS)) {
      return new RestorePlan.Refused(wish.target() + " is there, and is no folder");
    }
    RestorePlan.Ready plan = sorted(wish, archive, wanted, new RestorePlan.Reading(range, reader));
    FreeSpace space = FreeSpace.on(wish.target(), Restoring.missingBytes(plan));
    return plan.fetched().isEmpty() || space.enough()
        ? plan
        : new RestorePlan.Refused(space.message());
  }

  /// Whether all files that are wanted of an archive lie beside it as well, the same ones: what is
  /// frozen need not be thawed for them then.
  ///
  /// @param toc what is in the archive
  /// @param light the light files beside it, readable
  /// @throws dev.vat.archive.ArchiveException when they are no archive of ours, or damaged
  public boolean isBeside(RestoreWish.Part part, ProjectId project, Toc toc, ObjectSummary light)
      throws IOException {
    Set<String> beside =
        ArchiveReader.open(new ObjectRange(store, light), ReadLimits.usual()).toc().files().stream()
            .map(RestorePlanner::content)
            .collect(Collectors.toSet());
    return toc.files().stream()
        .filter(entry -> isWanted(entry, part, project))
        .allMatch(entry -> beside.contains(content(entry)));
  }

  private boolean isWanted(TocEntry.File entry, RestoreWish.Part part, ProjectId project) {
    return inProject(entry.name(), project)
        .filter(name -> isWanted(name, entry.sizeBytes(), part, kinds))
        .isPresent();
  }

  private static String content(TocEntry.File entry) {
    return entry.digest().hex() + " " + entry.name();
  }

  private RestorePlan.Ready sorted(
      RestoreWish wish,
      ObjectSummary archive,
      List<RestorePlan.Fetched> wanted,
      RestorePlan.Reading reading)
      throws IOException {
    boolean windows = NamingOf.folder(wish.target()) == NamingOf.WINDOWS;
    List<RestorePlan.Fetched> fetched = new ArrayList<>();
    List<RestorePlan.Moved> moved = new ArrayList<>();
    List<RestorePlan.Conflict> conflicts = new ArrayList<>();
    List<Path> twice = new ArrayList<>();
    int same = 0;
    for (RestorePlan.Fetched one : wanted) {
      Path place = DiskSpelling.below(wish.target(), one.name());
      Optional<String> inTheWay = inTheWay(wish.target(), one.name(), windows);
      Optional<Path> light = light(wish, one.name());
      if (inTheWay.isPresent()) {
        conflicts.add(new RestorePlan.Conflict(one.name(), inTheWay.get()));
      } else if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (!FileSha256.isContent(place, one.entry())) {
          conflicts.add(
              new RestorePlan.Conflict(one.name(), "is there with another content: " + place));
        } else if (light.isPresent() && Arrival.isSecondName(light.get(), place)) {
          // Cut after the project had its name, and before the light file lost its first.
          moved.add(new RestorePlan.Moved(one.name(), light.get()));
        } else {
          same++;
          light.ifPresent(twice::add);
        }
      } else if (light.isEmpty()) {
        fetched.add(one);
      } else if (FileSha256.isContent(light.get(), one.entry())) {
        moved.add(new RestorePlan.Moved(one.name(), light.get()));
      } else if (MhlLayout.isHistory(one.name())) {
        // Of the light files alone, which went on from it.
        fetched.add(one);
      } else {
        conflicts.add(
            new RestorePlan.Conflict(
                one.name(), "was changed since it was backed up: " + light.get()));
      }
    }
    return new RestorePlan.Ready(
        wish.project(),
        archive,
        wish.target(),
        wish.part() instanceof RestoreWish.Part.Whole,
        Files.exists(wish.target(), LinkOption.NOFOLLOW_LINKS),
        fetched,
        moved,
        same,
        twice,
        wish.lightFolders(),
        conflicts,
        reading);
  }

  /// A name below the project's folder.
  private static Optional<RelativeName> inProject(RelativeName entry, ProjectId project) {
    String folder = Normalizer.normalize(project.value(), Normalizer.Form.NFC) + "/";
    return entry.value().startsWith(folder)
        ? Optional.of(RelativeName.of(entry.value().substring(folder.length())))
        : Optional.empty();
  }

  static boolean isWanted(
      RelativeName name, long sizeBytes, RestoreWish.Part part, FileKinds kinds) {
    return switch (part) {
      case RestoreWish.Part.Whole _ -> true;
      case RestoreWish.Part.Light _ ->
          // A history of the whole copy would say of the light files alone that the others are
          // gone.
          !MhlLayout.isHistory(name) && kinds.of(name, sizeBytes) == FileKind.LIGHT;
      case RestoreWish.Part.Named named -> named.names().stream().anyMatch(n -> covers(n, name));
    };
  }

  /// Whether what was named is the file, or a folder above it.
  static boolean covers(RelativeName named, RelativeName name) {
    return name.equals(named) || name.value().startsWith(named.value() + "/");
  }

  private static Optional<String> missing(RestoreWish.Part part, List<RestorePlan.Fetched> wanted) {
    if (part instanceof RestoreWish.Part.Named named) {
      return named.names().stream()
          .filter(n -> wanted.stream().noneMatch(one -> covers(n, one.name())))
          .findFirst()
          .map(n -> "the archive holds no file and no folder " + n);
    }
    return Optional.empty();
  }

  static Optional<String> inTheWay(Path target, RelativeName name, boolean windows) {
    if (TravelRules.illegalHere(name, windows).isPresent()) {
      return Optional.of("cannot have that name on this disk");
    }
    Path at = target;
    String[] parts = name.value().split("/");
    for (int i = 0; i < parts.length - 1; i++) {
      at = at.resolve(parts[i]);
      if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.of("would have to be in a folder, and there is something else: " + at);
      }
    }
    return Optional.empty();
  }

  /// The light file of that name in `archived/`. One on another disk cannot be renamed to here, and
  /// counts as none; so does one that a link leads to: it is somebody else's as well, and stays.
  static Optional<Path> light(RestoreWish wish, RelativeName name) throws IOException {
    for (Path folder : wish.lightFolders()) {
      Path file = DiskSpelling.below(folder, name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && isBelowFoldersOnly(file, folder)
          && Files.getFileStore(file)
              .equals(Files.getFileStore(FreeSpace.nearestExisting(wish.target())))) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static boolean isBelowFoldersOnly(Path file, Path folder) {
    for (Path above = file.getParent(); !above.equals(folder); above = above.getParent()) {
      if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }
}
