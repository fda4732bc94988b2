package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ObjectStore;
import dev.vat.disk.CutPlacement;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.PutAside;
import dev.vat.disk.TemporaryName;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import dev.vat.state.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Somebody of the team at a computer of their own: a repository folder, what vat remembers there,
/// and a line to the team's bucket that can be cut.
final class Teammate implements AutoCloseable {
  static final ProjectId PROJECT = new ProjectId("b63-flivideo");

  final String name;
  final Path repository;
  final Path staging;
  final CuttingStore line;
  private final TeamClock clock;
  private final TransferLimits limits;
  private final FilePlacement placement;
  private boolean looksAtProcesses = true;
  private Progress progress = Progress.none();
  private State state;

  /// @param partBytes the size of parts and ranges
  Teammate(String name, Path home, ObjectStore bucket, TeamClock clock, long partBytes)
      throws IOException {
    this.name = name;
    this.repository = Files.createDirectories(home.resolve(name).resolve("v-appydave"));
    this.staging = repository.resolve(PROJECT.value()).resolve("s3-staging");
    this.line = new CuttingStore(bucket);
    this.clock = clock;
    this.limits = new TransferLimits(partBytes, 4);
    this.placement = CutPlacement.cutBy(line::step);
    Files.createDirectories(staging);
    this.state = State.open(repository.resolve(".vat"), clock);
  }

  static StagedPlace place(ObjectStore bucket) {
    return new StagedPlace("sim", bucket.bucket(), "", "v-appydave", PROJECT);
  }

  // ---- at work

  /// Saves a file, as an editing program does it.
  void saves(String file, String content) throws IOException {
    saves(file, content.getBytes(UTF_8));
  }

  void saves(String file, byte[] content) throws IOException {
    clock.pass(Duration.ofSeconds(10));
    Path path = at(file);
    Files.createDirectories(path.getParent());
    Files.write(path, content);
    Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
    clock.pass(Duration.ofSeconds(10));
  }

  void deletes(String file) throws IOException {
    Files.deleteIfExists(at(file));
  }

  void renames(String from, String to) throws IOException {
    Files.createDirectories(at(to).getParent());
    Files.move(at(from), at(to));
  }

  /// The machine's memory of earlier runs is gone.
  void losesState() throws IOException {
    state.close();
    try (Stream<Path> files = Files.list(repository.resolve(".vat"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    state = State.open(repository.resolve(".vat"), clock);
  }

  // ---- with vat

  /// Nobody else has any file open here: a simulation need not look at all processes each time.
  Teammate aloneOnTheMachine() {
    looksAtProcesses = false;
    return this;
  }

  Teammate watchedBy(Progress watcher) {
    this.progress = watcher;
    return this;
  }

  Staging vat() {
    return vat(line, state);
  }

  Staging vat(ObjectStore store, State memory) {
    return new Staging(
        parts(store, memory),
        looksAtProcesses ? OpenForWriting::look : _ -> OpenForWriting.look(List.of()));
  }

  StagingParts parts(ObjectStore store, State memory) {
    return new StagingParts(
        store,
        place(store),
        staging,
        new FileKinds(1L << 30),
        memory,
        placement,
        new PutAside(repository, placement),
        name,
        false,
        limits,
        progress,
        clock);
  }

  State state() {
    return state;
  }

  StagingView looks() throws IOException {
    return vat().look(_ -> true, true);
  }

  Standing standingOf(String file) throws IOException {
    return looks().files().get(RelativeName.of(file)).standing();
  }

  List<Outcome> up() throws IOException {
    return up(Map.of(), false);
  }

  List<Outcome> up(Map<RelativeName, Keep> decisions, boolean again) throws IOException {
    StagingView view = looks();
    List<Step> steps = planner(decisions, view).up(view.files().values(), again);
    return applied(view, steps, _ -> true, true);
  }

  List<Outcome> down() throws IOException {
    return down(Map.of());
  }

  List<Outcome> down(Map<RelativeName, Keep> decisions) throws IOException {
    StagingView view = looks();
    List<Step> steps = planner(decisions, view).down(view.files().values());
    return applied(view, steps, _ -> true, false);
  }

  /// `vat up PROJECT FILE --keep ...`, or `down`.
  List<Outcome> keeps(Keep keep, String file, boolean upwards) throws IOException {
    RelativeName only = RelativeName.of(file);
    Predicate<RelativeName> wanted = only::equals;
    StagingView view = vat().look(wanted, true);
    Planner planner = planner(Map.of(only, keep), view);
    List<Step> steps =
        upwards ? planner.up(view.files().values(), false) : planner.down(view.files().values());
    return applied(view, steps, wanted, upwards);
  }

  List<Outcome> applied(
      StagingView view, List<Step> steps, Predicate<RelativeName> wanted, boolean upwards)
      throws IOException {
    clock.pass(Duration.ofSeconds(1));
    Applied applied =
        upwards ? vat().up(view, steps, wanted, _ -> {}) : vat().down(view, steps, _ -> {});
    return applied.outcomes();
  }

  Planner planner(Map<RelativeName, Keep> decisions, StagingView view) {
    return new Planner(name, decisions, view.names());
  }

  List<Removal.Done> cleansUp(boolean evenUnsaved) throws IOException {
    StagingView view = looks();
    List<Removal> plan = Staging.planCleanup(view.remote().files().values(), view.local());
    return vat().cleanup(plan, evenUnsaved).outcomes();
  }

  // ---- what there is

  Path at(String file) {
    return staging.resolve(file);
  }

  String reads(String file) throws IOException {
    return Files.readString(at(file));
  }

  /// Every file that a person sees in `s3-staging/`: content by name.
  SortedMap<String, String> files() throws IOException {
    return contentsBelow(staging);
  }

  /// The contents in `.vat-kept/`.
  List<String> kept() throws IOException {
    return List.copyOf(contentsBelow(repository.resolve(".vat-kept")).values());
  }

  /// What is left of transfers under way.
  List<Path> temporaries() throws IOException {
    try (Stream<Path> files = Files.walk(repository)) {
      return files.filter(Teammate::isTemporary).toList();
    }
  }

  private static boolean isTemporary(Path file) {
    return TemporaryName.isOne(file.getFileName().toString());
  }

  private static SortedMap<String, String> contentsBelow(Path folder) throws IOException {
    while (true) {
      try {
        return contentsNow(folder);
      } catch (NoSuchFileException | UncheckedIOException e) {
        // A file moved while we looked: look again.
      }
    }
  }

  private static SortedMap<String, String> contentsNow(Path folder) throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    if (Files.notExists(folder)) {
      return contents;
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile).filter(file -> !isTemporary(file)).forEach(files::add);
    }
    for (Path file : files) {
      contents.put(folder.relativize(file).toString(), Files.readString(file));
    }
    return contents;
  }

  Map<RelativeName, Base> bases() throws IOException {
    return new HashMap<>(state.bases().of(place(line).placeId(), PROJECT));
  }

  @Override
  public void close() throws IOException {
    state.close();
  }
}
