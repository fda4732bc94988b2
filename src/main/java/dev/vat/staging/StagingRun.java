package dev.vat.staging;

import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.SourceChangedException;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.disk.Parallel;
import dev.vat.project.RelativeName;
import dev.vat.state.HashCache;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Applies the steps of a plan. Each step stands alone: one that fails leaves the others to go on,
/// unless the fault would meet every other request as well (no line, no valid credentials): then
/// the rest is given up at once.
///
/// The base of a file is set only after both sides were confirmed equal; the team's notes are
/// written at the end, and whatever they miss after a cut the objects themselves tell.
final class StagingRun {
  private static final int FILES_AT_ONCE = 8;

  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'_'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final ObjectStore store;
  private final StagedPlace place;
  private final Agreements agreements;
  private final Uploader uploader;
  private final LocalPlaces local;
  private final HashCache hashes;
  private final InstantSource clock;
  private final AtomicReference<StoreException> hopeless = new AtomicReference<>();

  StagingRun(
      ObjectStore store,
      StagedPlace place,
      Agreements agreements,
      Uploader uploader,
      LocalPlaces local,
      HashCache hashes,
      InstantSource clock) {
    this.store = store;
    this.place = place;
    this.agreements = agreements;
    this.uploader = uploader;
    this.local = local;
    this.hashes = hashes;
    this.clock = clock;
  }

  /// Applies the steps, several at once.
  ///
  /// @param listener told of each outcome as it comes, one at a time, from any thread
  /// @return the outcomes, in the order of the steps
  List<Outcome> apply(List<Step> steps, Consumer<Outcome> listener) throws IOException {
    Map<RelativeName, Outcome> outcomes = new ConcurrentHashMap<>();
    Object turn = new Object();
    Parallel.forEach(
        steps,
        FILES_AT_ONCE,
        step -> {
          Outcome outcome = outcomeOf(step);
          synchronized (turn) {
            Outcome told = firstOrGivenUp(outcome);
            outcomes.put(step.name(), told);
            listener.accept(told);
          }
        });
    return steps.stream().map(step -> outcomes.get(step.name())).toList();
  }

  private Outcome outcomeOf(Step step) {
    StoreException earlier = hopeless.get();
    if (earlier != null && changesSomething(step)) {
      return new Outcome.GivenUp(step.file(), earlier);
    }
    try {
      return appliedOrDistrusted(step);
    } catch (StoreException.Changed e) {
      return new Outcome.Overtaken(step.file(), "it was changed in S3 meanwhile");
    } catch (IOException e) {
      return new Outcome.Failed(step.file(), e);
    } catch (RuntimeException e) {
      return new Outcome.Failed(step.file(), new IOException(String.valueOf(e.getMessage()), e));
    }
  }

  /// Eight files that were under way when the line broke are one piece of news, not eight.
  private Outcome firstOrGivenUp(Outcome outcome) {
    if (outcome instanceof Outcome.Failed(StagedFile file, StoreException fault)
        && fault.endsEverything()
        && !hopeless.compareAndSet(null, fault)) {
      return new Outcome.GivenUp(file, hopeless.get());
    }
    return outcome;
  }

  /// Whether a fault ended everything: nothing more need be asked of S3 in this run.
  boolean gaveUp() {
    return hopeless.get() != null;
  }

  /// A file that turns out to be another than was remembered, although its size and time say
  /// otherwise, is read again by the next run; or every run would end the same way.
  private Outcome appliedOrDistrusted(Step step) throws IOException {
    try {
      return applied(step);
    } catch (SourceChangedException e) {
      distrust(step.file());
      throw e;
    }
  }

  private void distrust(StagedFile file) throws IOException {
    if (file.local().isPresent()) {
      LocalFile here = file.here();
      // Hashed when it had not rested: kept, and not trusted.
      hashes.remember(here.stamp(), here.content(), here.modifiedAt());
    }
  }

  private static boolean changesSomething(Step step) {
    return switch (step) {
      case Step.Agree _, Step.Leave _, Step.Undecided _ -> false;
      case Step.Upload _, Step.Download _, Step.KeepMine _, Step.KeepTheirs _, Step.KeepBoth _ ->
          true;
    };
  }

  private Outcome applied(Step step) throws IOException {
    StagedFile file = step.file();
    return switch (step) {
      case Step.Agree _ -> {
        agreements.agreeUnchanged(file);
        yield new Outcome.InSync(file);
      }
      case Step.Leave _ -> new Outcome.Left(file);
      case Step.Undecided _ -> new Outcome.Undecided(file);
      case Step.Upload upload ->
          uploaded(file)
              .orElseGet(
                  () ->
                      new Outcome.Uploaded(
                          file, upload.why(), !LocalPlaces.isAsStamped(file.here())));
      case Step.Download _ -> downloaded(file);
      case Step.KeepMine _ -> keptMine(file);
      case Step.KeepTheirs _ -> keptTheirs(file);
      case Step.KeepBoth both -> keptBoth(file, both.mineBecomes());
    };
  }

  /// @return empty when it went well
  private Optional<Outcome> uploaded(StagedFile file) throws IOException {
    Guard guard =
        file.remote().<Guard>map(there -> Guard.unchanged(there.etag())).orElseGet(Guard::absent);
    String key = file.remote().map(RemoteFile::key).orElseGet(() -> place.keyOf(file.name()));
    LocalFile here = file.here();
    return switch (uploader.upload(here, key, guard)) {
      case Written.Stored stored -> {
        agreements.agree(file.name(), here, stored.version());
        yield Optional.empty();
      }
      case Written.Refused _ -> refused(file, key);
    };
  }

  /// Somebody was faster. With the very same content, that is no conflict.
  private Optional<Outcome> refused(StagedFile file, String key) throws IOException {
    Optional<ObjectFacts> now = store.head(key);
    if (now.flatMap(RemoteScan::contentOf).equals(Optional.of(file.here().content().md5()))) {
      agreements.agree(RemoteScan.described(file.name(), now.orElseThrow()), file.here().content());
      return Optional.of(new Outcome.InSync(file));
    }
    return Optional.of(
        new Outcome.Overtaken(
            file,
            now.flatMap(facts -> Optional.ofNullable(facts.metadata().get("uploaded-by")))
                .map(by -> by + " changed it in S3 meanwhile")
                .orElse("it was changed in S3 meanwhile")));
  }

  private Outcome downloaded(StagedFile file) throws IOException {
    RemoteFile there = RemoteScan.told(store, file.there()).orElse(file.there());
    return switch (local.bring(there, file.local())) {
      case LocalPlaces.Brought.Placed placed -> {
        agreements.agree(file.there(), placed.content());
        if (placed.stamp().isPresent()) {
          hashes.remember(placed.stamp().get(), placed.content(), clock.instant());
        }
        yield new Outcome.Downloaded(file, placed.putAside(), placed.isProven());
      }
      case LocalPlaces.Brought.Prevented prevented -> {
        distrust(file);
        yield new Outcome.Overtaken(file, prevented.why());
      }
    };
  }

  private Outcome keptMine(StagedFile file) throws IOException {
    RemoteFile theirs = file.there();
    String asideKey = putAsideInS3(theirs);
    return uploaded(file).orElseGet(() -> new Outcome.KeptMine(file, asideKey));
  }

  private String putAsideInS3(RemoteFile theirs) throws IOException {
    Instant now = clock.instant();
    for (int second = 0; ; second++) {
      String key = place.keptKey(TIME.format(now.plusSeconds(second)), theirs.name());
      if (store.copy(theirs.key(), theirs.etag(), key, Guard.absent()) instanceof Written.Stored) {
        return key;
      }
    }
  }

  private Outcome keptTheirs(StagedFile file) throws IOException {
    return switch (downloaded(file)) {
      case Outcome.Downloaded done -> new Outcome.KeptTheirs(file, done.putAside().orElseThrow());
      case Outcome other -> other;
    };
  }

  /// First the rename here, then the upload under the new name, then S3's version under the old
  /// one: cut anywhere, the next `up` and `down` see a new local file and a file that is missing
  /// here, and end the same way.
  private Outcome keptBoth(StagedFile file, RelativeName mineBecomes) throws IOException {
    agreements.forget(mineBecomes);
    Optional<LocalFile> renamed = local.rename(file.here(), mineBecomes);
    if (renamed.isEmpty()) {
      return new Outcome.Overtaken(file, "a file called " + mineBecomes + " is there by now");
    }
    StagedFile mine =
        new StagedFile(
            mineBecomes,
            Standing.ONLY_HERE,
            renamed,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    Optional<Outcome> problem = uploaded(mine);
    StagedFile theirs =
        new StagedFile(
            file.name(),
            Standing.ONLY_THERE,
            Optional.empty(),
            file.remote(),
            Optional.empty(),
            Optional.empty());
    Outcome fetched = downloaded(theirs);
    if (problem.isPresent() && !(problem.get() instanceof Outcome.InSync)) {
      return problem.get();
    }
    return fetched instanceof Outcome.Downloaded
        ? new Outcome.KeptBoth(file, mineBecomes)
        : fetched;
  }
}
