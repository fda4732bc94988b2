package dev.vat.staging;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ReadLink;
import dev.vat.cloud.StoreException;
import dev.vat.disk.OpenForWriting;
import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Links to staged files. Usually one question to S3 and no reading of content: who wants a link
/// does not want to wait.
public final class Sharing {
  private final StagingParts parts;

  public Sharing(StagingParts parts) {
    this.parts = parts;
  }

  /// Looks for one file on both sides.
  ///
  /// @param remember whether what was hashed may be remembered; false writes nothing anywhere
  /// @throws IOException when either side cannot be looked at
  public Shareable look(RelativeName name, boolean remember) throws IOException {
    Optional<ObjectFacts> found = asked(name);
    if (found.isPresent()) {
      return inS3(name, found.get(), remember);
    }
    TreeMap<RelativeName, String> keys = listed();
    List<RelativeName> below = below(name, keys.keySet());
    if (keys.containsKey(name)) {
      // Another tool wrote the accents of its key in another way.
      Optional<ObjectFacts> spelled = parts.store().head(keys.get(name));
      if (spelled.isPresent()) {
        return inS3(name, spelled.get(), remember);
      }
    }
    Collection<RelativeName> here = scan().take(_ -> false, false).names();
    if (!below.isEmpty() || !below(name, here).isEmpty()) {
      return new Shareable.Folder(below);
    }
    return here.contains(name)
        ? new Shareable.OnlyHere()
        : new Shareable.Unknown(List.copyOf(keys.keySet()));
  }

  /// Makes a link to what is under the file's key. Nothing is sent.
  public ReadLink link(Shareable.InS3 shared, ReadLink.Opening opening, Duration valid)
      throws StoreException {
    RemoteFile file = shared.file();
    ReadLink.Shown shown =
        new ReadLink.Shown(file.name().fileName(), shared.contentType(), opening);
    return parts.store().readLink(file.key(), shown, valid);
  }

  private Optional<ObjectFacts> asked(RelativeName name) throws StoreException {
    return StagedPlace.isReserved(name.value())
        ? Optional.empty()
        : parts.store().head(parts.place().keyOf(name));
  }

  private TreeMap<RelativeName, String> listed() throws StoreException {
    TreeMap<RelativeName, String> keys = new TreeMap<>();
    parts
        .store()
        .list(
            parts.place().projectPrefix(),
            object -> nameOf(object.key()).ifPresent(name -> keys.put(name, object.key())));
    return keys;
  }

  private Optional<RelativeName> nameOf(String key) {
    try {
      return Optional.of(parts.place().nameOf(key))
          .filter(name -> !StagedPlace.isReserved(name.value()));
    } catch (HostileNameException e) {
      // No file here could have this name, so nobody can have meant it.
      return Optional.empty();
    }
  }

  private static List<RelativeName> below(RelativeName folder, Collection<RelativeName> names) {
    List<RelativeName> below = new ArrayList<>();
    for (RelativeName name : new TreeSet<>(names)) {
      if (name.value().startsWith(folder.value() + "/")) {
        below.add(name);
      }
    }
    return below;
  }

  private Shareable inS3(RelativeName name, ObjectFacts facts, boolean remember)
      throws IOException {
    Map<RelativeName, Base> bases =
        parts.state().bases().of(parts.place().placeId(), parts.place().project());
    RemoteFile file = RemoteScan.described(name, facts);
    Optional<Base> base =
        Optional.ofNullable(bases.get(name))
            .filter(agreed -> agreed.etag().equals(file.etag().value()));
    RemoteFile there = file.md5().isPresent() ? file : file.withMd5(base.map(Base::md5));
    return new Shareable.InS3(
        there, contentType(name, facts), isFrozen(facts), standing(there, bases, base, remember));
  }

  /// By the name; what it does not tell, the uploader may have told.
  private static String contentType(RelativeName name, ObjectFacts facts) {
    String byName = ContentTypes.inBrowsers(name.fileName());
    return byName.equals(ContentTypes.UNKNOWN)
        ? facts
            .contentType()
            .filter(told -> told.matches("[a-z]+/[A-Za-z0-9.+-]+"))
            .orElse(ContentTypes.UNKNOWN)
        : byName;
  }

  /// Source: Amazon S3 API Reference, InvalidObjectState of GetObject.
  private static boolean isFrozen(ObjectFacts facts) {
    return !facts.summary().thaw().isReadable();
  }

  private Optional<Standing> standing(
      RemoteFile there, Map<RelativeName, Base> bases, Optional<Base> agreed, boolean remember)
      throws IOException {
    if (agreed.isPresent() && isOfAnotherSize(there)) {
      // S3 still holds what was agreed, so it is this side that changed: no need to hash it all.
      return Optional.of(Standing.CHANGED_HERE);
    }
    LocalSnapshot local = scan().take(there.name()::equals, remember);
    LocalFile here = local.files().get(there.name());
    boolean unknown =
        there.md5().isEmpty() && here != null && here.sizeBytes() == there.sizeBytes();
    if (unknown || local.leavesOut(there.name())) {
      return Optional.empty();
    }
    return Optional.of(
        Comparison.of(local.files(), Map.of(there.name(), there), bases, Map.of())
            .get(there.name())
            .standing());
  }

  /// Whether a file of that very name is here and cannot be the same. Where the disk spells it in
  /// another way, or it is no plain file, the scan tells.
  private boolean isOfAnotherSize(RemoteFile there) throws IOException {
    try {
      Path path = parts.folder().resolve(there.name().value());
      BasicFileAttributes here =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return here.isRegularFile() && here.size() != there.sizeBytes();
    } catch (NoSuchFileException | InvalidPathException notSpelledSo) {
      return false;
    }
  }

  private LocalScan scan() {
    return new LocalScan(
        parts.folder(),
        parts.kinds(),
        parts.state().hashes(),
        OpenForWriting::look,
        parts.progress(),
        parts.clock());
  }
}
