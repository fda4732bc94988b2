package dev.vat.staging;

import dev.vat.cloud.ObjectSummary;
import dev.vat.disk.FreeSpace;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.Parallel;
import dev.vat.disk.SettledFiles;
import dev.vat.project.ContentHash;
import dev.vat.project.FileStamp;
import dev.vat.project.RelativeName;
import dev.vat.project.TravelProblem;
import dev.vat.project.TravelRules;
import dev.vat.state.Base;
import dev.vat.state.JournalledUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One project's `s3-staging/` folder, shared through S3: look, then plan ([Planner]), then apply.
///
/// Whoever applies holds the project's lock. Looking needs none.
public final class Staging {
  private static final int ASKED_AT_ONCE = 8;

  private final StagingParts parts;
  private final MetadataFile notes;
  private final Function<Collection<FileStamp>, OpenForWriting> writers;

  public Staging(StagingParts parts) {
    this(parts, OpenForWriting::look);
  }

  /// @param writers tells which files other programs have open; asking the system takes a look at
  ///     every process
  Staging(StagingParts parts, Function<Collection<FileStamp>, OpenForWriting> writers) {
    this.parts = parts;
    this.writers = writers;
    this.notes =
        new MetadataFile(
            parts.store(), parts.place(), Optional.of(parts.state().notes()), parts.clock());
  }

  /// Looks at both sides and compares, with a listing of the project's own.
  ///
  /// @param wanted which names are asked for; the others are not told
  /// @param remember whether what was hashed or read may be remembered; false writes nothing
  ///     anywhere
  /// @throws IOException when either side cannot be listed as a whole: what cannot be seen is never
  ///     taken for absent
  public StagingView look(Predicate<RelativeName> wanted, boolean remember) throws IOException {
    return look(wanted, remember, listed());
  }

  /// The project's objects in S3 now. One request for each 1,000.
  public List<ObjectSummary> listed() throws IOException {
    List<ObjectSummary> listed = new ArrayList<>();
    parts.store().list(parts.place().projectPrefix(), listed::add);
    return listed;
  }

  /// As [#look(Predicate, boolean)], with what a listing has just told.
  ///
  /// @param listed all of the project's objects, and no others
  public StagingView look(
      Predicate<RelativeName> wanted, boolean remember, List<ObjectSummary> listed)
      throws IOException {
    LocalSnapshot local =
        new LocalScan(
                parts.folder(),
                parts.kinds(),
                parts.state().hashes(),
                writers,
                parts.progress(),
                parts.clock())
            .take(wanted, remember);
    Map<RelativeName, Base> bases =
        parts.state().bases().of(parts.place().placeId(), parts.place().project());
    RemoteSnapshot remote =
        new RemoteScan(parts.store(), parts.place(), notes, parts.kinds())
            .take(listed, bases, name -> isAgreed(local, name, bases.get(name)), remember);
    RemoteSnapshot recognized = recognition().of(local, remote, remember);
    return compared(local, recognized, bases, wanted);
  }

  /// Whether this side still has what was agreed on.
  private static boolean isAgreed(LocalSnapshot local, RelativeName name, Base base) {
    LocalFile file = local.files().get(name);
    return file != null && base != null && file.content().md5().equals(base.md5());
  }

  private StagingView compared(
      LocalSnapshot local,
      RemoteSnapshot remote,
      Map<RelativeName, Base> bases,
      Predicate<RelativeName> wanted) {
    SortedMap<RelativeName, RemoteFile> there = new TreeMap<>();
    List<RemoteSnapshot.Refused> refused = new ArrayList<>(remote.refused());
    Set<String> folders = TravelRules.foldersOf(remote.files().keySet());
    for (RemoteFile file : remote.files().values()) {
      Optional<TravelProblem> illegal =
          local.files().containsKey(file.name())
              ? Optional.empty()
              : TravelRules.asFolder(file.name(), folders)
                  .or(() -> TravelRules.illegalHere(file.name(), parts.windows()));
      if (illegal.isPresent()) {
        refused.add(
            new RemoteSnapshot.Refused(
                file.key(),
                illegal.get().message() + ". For its uploader: " + illegal.get().remedy()));
      } else if (!local.leavesOut(file.name()) && wanted.test(file.name())) {
        there.put(file.name(), file);
      }
    }
    SortedMap<RelativeName, StagedFile> files =
        Comparison.of(local.files(), there, bases, remote.tombstones());
    return new StagingView(
        files, local.withWarnings(unplayable(files.values())), remote.withRefused(refused));
  }

  /// Warns of recordings without their index before each time they may be sent. Of the others
  /// nothing is read: there may be thousands.
  private static List<LocalSnapshot.Warning> unplayable(Collection<StagedFile> files) {
    List<LocalSnapshot.Warning> warnings = new ArrayList<>();
    for (StagedFile file : files) {
      boolean mayBeSent =
          switch (file.standing()) {
            case ONLY_HERE, CHANGED_HERE, CHANGED_HERE_REMOVED_THERE, CONFLICT -> true;
            case IN_SYNC, CHANGED_THERE, ONLY_THERE, REMOVED_THERE, REMOVED_HERE -> false;
          };
      if (mayBeSent) {
        SettledFiles.warningOf(file.here().stamp())
            .ifPresent(
                what -> warnings.add(new LocalSnapshot.Warning(Optional.of(file.name()), what)));
      }
    }
    return warnings;
  }

  /// Applies a plan of `up`, and notes for the team what was sent.
  ///
  /// @param wanted the names that were asked for: uploads in parts that earlier runs began for them
  ///     and that this one did not need are aborted
  /// @param listener told of each outcome as it comes, one at a time
  public Applied up(
      StagingView view,
      List<Step> steps,
      Predicate<RelativeName> wanted,
      Consumer<Outcome> listener)
      throws IOException {
    Agreements agreements = agreements();
    StagingRun run = run(agreements);
    List<Outcome> outcomes = run.apply(steps, listener);
    if (run.gaveUp()) {
      return new Applied(outcomes, Optional.empty(), Optional.empty());
    }
    Optional<IOException> notesProblem = noted(view, agreements);
    return new Applied(outcomes, notesProblem, abandonWhatNobodyNeeds(view, outcomes, wanted));
  }

  /// Applies a plan of `down`.
  ///
  /// @throws NotEnoughSpaceException before the first byte
  public Applied down(StagingView view, List<Step> steps, Consumer<Outcome> listener)
      throws IOException {
    Agreements agreements = agreements();
    requireSpace(steps);
    StagingRun run = run(agreements);
    List<Outcome> outcomes = run.apply(steps, listener);
    boolean nothingToNote = agreements.uploaded().isEmpty() || run.gaveUp();
    return new Applied(
        outcomes,
        nothingToNote ? Optional.empty() : noted(view, agreements),
        tidiedUp(view.remote()));
  }

  private Optional<IOException> tidiedUp(RemoteSnapshot remote) {
    try {
      new CutDownloads(parts.folder(), parts.place(), parts.state().downloads(), parts.clock())
          .tidyUp(remote);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private Optional<IOException> noted(StagingView view, Agreements agreements) {
    try {
      note(view, agreements);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  /// Establishes what a cleanup of these objects would leave.
  public static List<Removal> planCleanup(Collection<RemoteFile> files, LocalSnapshot local) {
    return Cleanup.plan(files, local);
  }

  /// Removes what was planned; see [Cleanup#apply].
  public Cleaned cleanup(List<Removal> removals, boolean evenUnsaved) throws IOException {
    return new Cleanup(
            parts.store(),
            notes,
            parts.state().hashes(),
            parts.user(),
            parts.clock(),
            parts.progress(),
            foreign())
        .apply(removals, evenUnsaved);
  }

  private ForeignParts foreign() {
    return new ForeignParts(parts.store(), parts.place());
  }

  private Recognition recognition() {
    return new Recognition(foreign(), parts.state().partEtags(), parts.progress(), parts.clock());
  }

  private Agreements agreements() {
    return new Agreements(parts.place(), parts.state().bases(), parts.user(), parts.clock());
  }

  private Uploader uploader() {
    return new Uploader(
        parts.store(),
        parts.place(),
        parts.state().uploads(),
        parts.limits(),
        parts.progress(),
        parts.user(),
        parts.clock());
  }

  private StagingRun run(Agreements agreements) {
    return new StagingRun(
        parts.store(),
        parts.place(),
        agreements,
        uploader(),
        places(),
        parts.state().hashes(),
        parts.clock());
  }

  private Downloader downloader() {
    return new Downloader(
        parts.store(), parts.place(), parts.state().downloads(), parts.limits(), parts.progress());
  }

  private LocalPlaces places() {
    return new LocalPlaces(
        parts.folder(),
        parts.place().project(),
        parts.placement(),
        parts.aside(),
        downloader(),
        parts.clock());
  }

  /// Downloads an object to a free name.
  LocalPlaces.Brought bring(RemoteFile file) throws IOException {
    return places().bring(file, Optional.empty());
  }

  /// Aborts our uploads in parts that nothing will go on with: their file was renamed, changed or
  /// removed, or is in S3 by now. What failed, waits for a decision or is still being written keeps
  /// its parts.
  ///
  /// @return why some could not be aborted; a later run tries again
  private Optional<IOException> abandonWhatNobodyNeeds(
      StagingView view, List<Outcome> outcomes, Predicate<RelativeName> wanted) {
    Set<ContentHash> unfinished =
        outcomes.stream()
            .filter(outcome -> !isInS3(outcome))
            .flatMap(outcome -> outcome.file().local().stream())
            .map(LocalFile::content)
            .collect(Collectors.toSet());
    String prefix = parts.place().projectPrefix();
    try {
      for (JournalledUpload upload : parts.state().uploads().all(parts.place().placeId())) {
        if (!upload.key().startsWith(prefix)) {
          continue;
        }
        RelativeName name = RelativeName.of(upload.key().substring(prefix.length()));
        boolean renamed = !view.local().names().contains(name);
        boolean needed =
            unfinished.contains(upload.content())
                && (!renamed || outcomes.stream().anyMatch(Outcome.Failed.class::isInstance));
        if (wanted.test(name) && !view.local().leavesOut(name) && !needed) {
          uploader().abandon(upload);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e);
    }
  }

  private static boolean isInS3(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Uploaded _,
          Outcome.InSync _,
          Outcome.KeptMine _,
          Outcome.KeptTheirs _,
          Outcome.KeptBoth _,
          Outcome.Downloaded _ ->
          true;
      case Outcome.Left _,
          Outcome.Undecided _,
          Outcome.Overtaken _,
          Outcome.Failed _,
          Outcome.GivenUp _ ->
          false;
    };
  }

  private void note(StagingView view, Agreements agreements) throws IOException {
    Map<RelativeName, StagingMetadata.Entry> uploaded = agreements.uploaded();
    Map<RelativeName, StagingMetadata.Entry> found = Unnoted.in(view.remote(), parts.store());
    Map<RelativeName, StagingMetadata.Entry> outdated = gone(view.remote().outdated());
    if (uploaded.isEmpty() && found.isEmpty() && outdated.isEmpty()) {
      return;
    }
    StagingMetadata seen = view.remote().notes();
    notes.update(
        metadata -> {
          StagingMetadata noted =
              metadata.without(outdated).withFound(found, seen).withUploaded(uploaded, seen);
          return uploaded.isEmpty() ? noted : noted.syncedBy(parts.user(), parts.clock().instant());
        });
  }

  /// Those whose object S3 itself says is gone. The notes were read after the listing, and an entry
  /// that is younger than that is a teammate's upload, whose object the listing could not have.
  private Map<RelativeName, StagingMetadata.Entry> gone(
      Map<RelativeName, StagingMetadata.Entry> notListed) throws IOException {
    Map<RelativeName, StagingMetadata.Entry> gone = new ConcurrentHashMap<>();
    Parallel.forEach(
        List.copyOf(notListed.entrySet()),
        ASKED_AT_ONCE,
        entry -> {
          if (parts.store().head(parts.place().keyOf(entry.getKey())).isEmpty()) {
            gone.put(entry.getKey(), entry.getValue());
          }
        });
    return gone;
  }

  private void requireSpace(List<Step> steps) throws IOException {
    long needed = 0;
    for (Step step : steps) {
      needed +=
          switch (step) {
            case Step.Download _, Step.KeepTheirs _, Step.KeepBoth _ ->
                downloader().missingBytes(step.file().there());
            case Step.Agree _, Step.Upload _, Step.Leave _, Step.Undecided _, Step.KeepMine _ -> 0;
          };
    }
    FreeSpace space = FreeSpace.on(parts.folder(), needed);
    if (needed > 0 && !space.enough()) {
      throw new NotEnoughSpaceException(space);
    }
  }
}
