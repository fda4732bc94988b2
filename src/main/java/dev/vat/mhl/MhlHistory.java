package dev.vat.mhl;

import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamException;

/// The checksum history of a folder (ASC MHL 2.0), all generations together, whoever wrote them.
///
/// The chain is trusted, and each manifest is proven against it while it is read. Histories of
/// folders below are read too: where the manifests refer to them, or where the caller found them.
public final class MhlHistory {
  private final Path root;
  private final SortedMap<RelativeName, Recorded> files = new TreeMap<>();
  private final List<GenerationFacts> generations = new ArrayList<>();
  private final Set<String> ignored = new LinkedHashSet<>();
  private final Set<String> references = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();
  private final SortedMap<String, MhlHistory> nested = new TreeMap<>();
  private List<Chain.Link> links = List.of();
  private int highestNumber;

  private MhlHistory(Path root) {
    this.root = root;
  }

  /// Whether the folder has a history, without reading it.
  public static boolean exists(Path root) {
    return Files.isRegularFile(
        MhlLayout.folder(root).resolve(MhlLayout.CHAIN), LinkOption.NOFOLLOW_LINKS);
  }

  /// When a generation was last added, by the file system; empty when there is no history.
  public static Optional<Instant> changedAt(Path root) throws IOException {
    return exists(root)
        ? Optional.of(
            Files.getLastModifiedTime(
                    MhlLayout.folder(root).resolve(MhlLayout.CHAIN), LinkOption.NOFOLLOW_LINKS)
                .toInstant())
        : Optional.empty();
  }

  /// Reads the history of a folder, with those below that its manifests refer to.
  ///
  /// @param root the folder that holds `ascmhl/`
  /// @throws MhlException.NoHistory when there is none
  /// @throws MhlException.Altered when a manifest is not the one that the chain names, or missing
  /// @throws MhlException.Unreadable when it cannot be understood
  /// @throws IOException when it cannot be read
  public static MhlHistory read(Path root) throws IOException {
    return read(root, Set.of());
  }

  /// The same, also with those below that the caller found on its walk.
  ///
  /// @param below folders below `root` that hold an `ascmhl` folder of their own, relative, `/`
  ///     between
  public static MhlHistory read(Path root, Set<String> below) throws IOException {
    MhlHistory history = new MhlHistory(root);
    history.readGenerations();
    history.readNested(below);
    return history;
  }

  /// What the histories of folders below say, of a folder that has none itself: without generations
  /// of its own.
  ///
  /// @param below as for [#read]
  public static MhlHistory ofFoldersBelow(Path root, Set<String> below) throws IOException {
    MhlHistory history = new MhlHistory(root);
    history.readNested(below);
    return history;
  }

  private void readGenerations() throws IOException {
    Optional<Chain> chain = Chain.read(root);
    SortedMap<Integer, List<String>> manifests = manifests();
    highestNumber = manifests.isEmpty() ? 0 : manifests.lastKey();
    List<Chain.Link> known = new ArrayList<>(chain.map(Chain::links).orElse(List.of()));
    for (Chain.Link link : known) {
      Read read = generation(link.number(), link.fileName());
      if (!read.c4.equals(link.c4())) {
        throw new MhlException.Altered(
            root, manifest(link.fileName()), "is not the file that was written");
      }
    }
    adoptOwn(known, manifests);
    Set<String> linked = new HashSet<>();
    known.forEach(link -> linked.add(link.fileName()));
    manifests.values().stream()
        .flatMap(List::stream)
        .filter(name -> !linked.contains(name))
        .forEach(name -> problems.add(name + " is not named by " + MhlLayout.CHAIN));
    if (known.isEmpty()) {
      if (manifests.isEmpty()) {
        throw new MhlException.NoHistory(root);
      }
      throw new MhlException.Unreadable(
          root, "there are manifests, but no " + MhlLayout.CHAIN + " that proves them", null);
    }
    links = List.copyOf(known);
  }

  /// A manifest of our own that comes right behind the chain was written whole, and then the
  /// computer stopped before the chain file named it.
  private void adoptOwn(List<Chain.Link> known, SortedMap<Integer, List<String>> manifests)
      throws IOException {
    for (int next = known.size() + 1; manifests.containsKey(next); next = known.size() + 1) {
      List<String> candidates = manifests.get(next);
      if (candidates.size() > 1 || !isOwn(candidates.getFirst())) {
        return;
      }
      Read read = generation(next, candidates.getFirst());
      known.add(new Chain.Link(next, candidates.getFirst(), read.c4));
    }
  }

  private boolean isOwn(String fileName) throws IOException {
    try (InputStream stream = open(fileName)) {
      return new ManifestReader(_ -> {}).read(stream).tool().equals(Creator.VAT);
    } catch (XMLStreamException incomplete) {
      return false;
    }
  }

  private SortedMap<Integer, List<String>> manifests() throws IOException {
    SortedMap<Integer, List<String>> manifests = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(MhlLayout.folder(root))) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        OptionalInt number = MhlLayout.number(name);
        if (number.isPresent()) {
          manifests.computeIfAbsent(number.getAsInt(), _ -> new ArrayList<>()).add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException none) {
      throw new MhlException.NoHistory(root);
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return manifests;
  }

  /// The JDK's parser closes what it has read to the end.
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream stream) {
      super(stream);
    }

    @Override
    public void close() {
      // Whoever opened it closes it.
    }
  }

  private record Read(ManifestFacts facts, Digest c4) {}

  private Read generation(int number, String fileName) throws IOException {
    MessageDigest sha512 = Algorithms.sha512();
    ManifestFacts facts;
    try (DigestInputStream stream = new DigestInputStream(open(fileName), sha512)) {
      facts = new ManifestReader(this::replay).read(new KeptOpen(stream));
      // What stands behind the end of the document counts for the checksum.
      stream.transferTo(OutputStream.nullOutputStream());
    } catch (NoSuchFileException missing) {
      throw new MhlException.Altered(root, manifest(fileName), "is missing");
    } catch (XMLStreamException malformed) {
      throw new MhlException.Unreadable(
          root, fileName + ": " + Chain.firstLine(malformed), malformed);
    }
    generations.add(
        new GenerationFacts(
            number,
            fileName,
            facts.createdAt(),
            facts.process(),
            facts.tool(),
            facts.toolVersion()));
    ignored.addAll(facts.ignored());
    references.addAll(facts.references());
    facts.problems().forEach(problem -> problems.add(fileName + ": " + problem));
    return new Read(facts, C4.of(sha512.digest()));
  }

  /// Files of histories are no content, whoever recorded them: each run that appends to one would
  /// make it look damaged.
  private void replay(MhlEntry entry) {
    if (MhlLayout.isHistory(entry.name())) {
      return;
    }
    Optional<Recorded> before = Optional.ofNullable(files.get(entry.name()));
    if (entry.previousName().isPresent()) {
      Recorded renamed = files.remove(entry.previousName().get());
      before = before.or(() -> Optional.ofNullable(renamed));
    }
    files.put(entry.name(), Recorded.after(before, entry));
  }

  private void readNested(Set<String> found) throws IOException {
    Set<String> below = new LinkedHashSet<>(found);
    for (String reference : references) {
      int end = reference.indexOf("/" + MhlLayout.FOLDER + "/");
      if (end > 0) {
        below.add(reference.substring(0, end));
      }
    }
    for (String folder : below) {
      // What lies below one that is nested itself comes with that one.
      if (below.stream().noneMatch(above -> folder.startsWith(above + "/"))) {
        readNested(folder, below);
      }
    }
  }

  private void readNested(String folder, Set<String> all) throws IOException {
    RelativeName name;
    try {
      name = RelativeName.of(folder);
    } catch (HostileNameException refused) {
      problems.add(refused.getMessage());
      return;
    }
    Path path = root.resolve(name.value());
    if (!isOwnFolder(path)) {
      problems.add(folder + " has a history of its own, and is gone or reached through a link");
      return;
    }
    Set<String> deeper = new LinkedHashSet<>();
    for (String other : all) {
      if (other.startsWith(folder + "/")) {
        deeper.add(other.substring(folder.length() + 1));
      }
    }
    try {
      MhlHistory history = read(path, deeper);
      nested.put(name.value() + "/", history);
    } catch (MhlException.NoHistory none) {
      problems.add(folder + " has lost its history, which the one above it refers to");
      return;
    }
    MhlHistory history = nested.get(name.value() + "/");
    history.problems.forEach(problem -> problems.add(folder + ": " + problem));
    history.files.forEach((below, recorded) -> add(name.value() + "/" + below, recorded));
  }

  /// Whether it and every folder between it and this one are real folders.
  private boolean isOwnFolder(Path below) {
    for (Path at = below; !at.equals(root); at = at.getParent()) {
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private void add(String path, Recorded recorded) {
    try {
      files.put(RelativeName.of(path), recorded);
    } catch (HostileNameException refused) {
      problems.add(refused.getMessage());
    }
  }

  private InputStream open(String fileName) throws IOException {
    return new BufferedInputStream(
        Files.newInputStream(manifest(fileName), LinkOption.NOFOLLOW_LINKS), 64 * 1024);
  }

  private Path manifest(String fileName) {
    return MhlLayout.folder(root).resolve(fileName);
  }

  /// The folder whose history it is.
  public Path root() {
    return root;
  }

  /// Every file that was ever recorded, by its present name, with those of histories below. A file
  /// may be gone since: a history does not forget. Without the files of histories below, which an
  /// earlier version recorded.
  public SortedMap<RelativeName, Recorded> files() {
    return Collections.unmodifiableSortedMap(files);
  }

  /// The oldest first; without those of histories below. At least one, except of
  /// [#ofFoldersBelow].
  public List<GenerationFacts> generations() {
    return List.copyOf(generations);
  }

  public GenerationFacts lastGeneration() {
    return generations.getLast();
  }

  /// The moment by which every recorded file was read and found good, at the latest: the oldest of
  /// all files' newest good reading. Empty when one was never found good, or was last found bad.
  public Optional<Instant> lastVerifiedAt() {
    Instant oldest = null;
    for (Recorded recorded : files.values()) {
      if (recorded.lastAction() == HashAction.FAILED || recorded.lastVerifiedAt().isEmpty()) {
        return Optional.empty();
      }
      Instant at = recorded.lastVerifiedAt().get();
      oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
    }
    return Optional.ofNullable(oldest);
  }

  /// Which files it leaves out.
  public IgnorePatterns ignored() {
    return IgnorePatterns.of(ignored);
  }

  /// What could not be used, each in one sentence; empty for a history in good order.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /// The histories of folders below, by their folder's name with a `/` at the end. What is found
  /// out about a file is recorded in the closest one above it.
  public SortedMap<String, MhlHistory> nested() {
    return Collections.unmodifiableSortedMap(nested);
  }

  List<Chain.Link> links() {
    return links;
  }

  int highestNumber() {
    return highestNumber;
  }

  Set<String> ignoredPatterns() {
    return ignored;
  }
}
