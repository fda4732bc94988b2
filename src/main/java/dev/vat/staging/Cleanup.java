package dev.vat.staging;

import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.PartSums;
import dev.vat.cloud.Removed;
import dev.vat.cloud.StoreException;
import dev.vat.disk.ContentHasher;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.Hashed;
import dev.vat.disk.Parallel;
import dev.vat.progress.Progress;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.state.HashCache;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Removes staged objects from S3 when the team is done with them: never more than was listed, each
/// on condition that it is still the listed version, and the tombstones first, so that nobody takes
/// an absence for news.
final class Cleanup {
  private static final int REMOVALS_AT_ONCE = 8;

  private final ObjectStore store;
  private final MetadataFile notes;
  private final HashCache hashes;
  private final String user;
  private final InstantSource clock;
  private final Progress progress;
  private final ForeignParts foreign;
  private final ContentHasher hasher = new ContentHasher();
  private final AtomicReference<StoreException> hopeless = new AtomicReference<>();

  Cleanup(
      ObjectStore store,
      MetadataFile notes,
      HashCache hashes,
      String user,
      InstantSource clock,
      Progress progress,
      ForeignParts foreign) {
    this.store = store;
    this.notes = notes;
    this.hashes = hashes;
    this.user = user;
    this.clock = clock;
    this.progress = progress;
    this.foreign = foreign;
  }

  /// Establishes what would remain of each object, by what is known of the local files without
  /// reading them again: [#apply] proves it.
  static List<Removal> plan(Collection<RemoteFile> files, LocalSnapshot local) {
    Map<Md5, List<LocalFile>> here =
        local.files().values().stream()
            .collect(Collectors.groupingBy(file -> file.content().md5()));
    return files.stream().map(file -> removal(file, here, local)).toList();
  }

  private static Removal removal(
      RemoteFile file, Map<Md5, List<LocalFile>> here, LocalSnapshot local) {
    if (file.md5().isEmpty()) {
      return new Removal(file, Removal.Left.UNKNOWN, List.of());
    }
    List<LocalFile> copies = here.getOrDefault(file.md5().get(), List.of());
    if (!copies.isEmpty()) {
      return new Removal(file, Removal.Left.SAME_CONTENT_HERE, copies);
    }
    if (local.leavesOut(file.name())) {
      return new Removal(file, Removal.Left.NOT_COMPARED, List.of());
    }
    return new Removal(
        file,
        local.files().containsKey(file.name())
            ? Removal.Left.OTHER_CONTENT_HERE
            : Removal.Left.NOTHING_HERE,
        List.of());
  }

  /// Removes what was planned.
  ///
  /// Cut after the tombstones, the objects are still there and beat them; cut between removals, the
  /// next run goes on.
  ///
  /// @param evenUnsaved whether what exists nowhere else on this computer goes too, and what cannot
  ///     be proven to; not what was planned as saved and turns out to be another content
  ///
  /// @throws IOException while nothing is removed yet; a failure later is one of the outcomes
  Cleaned apply(List<Removal> removals, boolean evenUnsaved) throws IOException {
    List<Removal.Done> done = new ArrayList<>();
    List<Removal> going = new ArrayList<>();
    for (Removal planned : removals) {
      Optional<Removal> now;
      try {
        now = planned.isSaved() ? proven(planned) : Optional.of(planned);
      } catch (StoreException e) {
        if (e.endsEverything()) {
          throw e;
        }
        // One object that may not be looked at keeps no other one back.
        done.add(new Removal.Done.Failed(planned, e));
        continue;
      }
      if (now.isEmpty()) {
        done.add(new Removal.Done.ChangedMeanwhile(planned));
      } else if (now.get().isSaved() || evenUnsaved && mayGoUnsaved(planned, now.get())) {
        going.add(now.get());
      } else {
        done.add(new Removal.Done.Unsaved(now.get()));
      }
    }
    if (going.isEmpty()) {
      return cleaned(done, Optional.empty());
    }
    Map<RelativeName, Tombstone> tombstones = tombstones(going);
    notes.update(metadata -> metadata.withRemoved(tombstones).syncedBy(user, clock.instant()));
    List<Removal.Done> removed = new ArrayList<>();
    Parallel.forEach(
        going,
        REMOVALS_AT_ONCE,
        removal -> {
          Removal.Done outcome = removed(removal);
          synchronized (removed) {
            removed.add(firstOrGivenUp(outcome));
          }
        });
    done.addAll(removed);
    return cleaned(done, takenBack(tombstones, removed));
  }

  private static Cleaned cleaned(List<Removal.Done> done, Optional<IOException> notesProblem) {
    return new Cleaned(
        done.stream().sorted(Comparator.comparing(one -> one.removal().file().name())).toList(),
        notesProblem);
  }

  /// What eight removals at once met together is one piece of news.
  private Removal.Done firstOrGivenUp(Removal.Done outcome) {
    if (outcome instanceof Removal.Done.Failed(Removal removal, StoreException fault)
        && fault.endsEverything()
        && !hopeless.compareAndSet(null, fault)) {
      return new Removal.Done.GivenUp(removal, hopeless.get());
    }
    return outcome;
  }

  /// The user was told what would be lost: more than that is not lost.
  private static boolean mayGoUnsaved(Removal planned, Removal now) {
    return switch (now.left()) {
      case UNPROVEN_HERE, UNKNOWN -> true;
      case SAME_CONTENT_HERE, OTHER_CONTENT_HERE, NOTHING_HERE, NOT_COMPARED ->
          now.left() == planned.left();
    };
  }

  /// Reads the local copies from the device and asks the object itself, at the moment of removal:
  /// the plan may be as old as the question to the user, and neither a remembered hash nor the
  /// team's notes justify a removal (design, sections 7.1, 7.14).
  ///
  /// @return empty when the object is another one by now
  private Optional<Removal> proven(Removal planned) throws IOException {
    Optional<ObjectFacts> facts = store.head(planned.file().key());
    if (facts.isEmpty()) {
      return Optional.of(new Removal(planned.file(), planned.left(), List.of()));
    }
    if (!facts.get().summary().etag().equals(planned.file().etag())) {
      return Optional.empty();
    }
    RemoteFile object = RemoteScan.described(planned.file().name(), facts.get());
    Optional<ForeignParts.Sizes> parts =
        object.isProvable() ? Optional.empty() : foreign.sizesOf(object);
    if (!object.isProvable() && parts.isEmpty() || contradictsItself(object, facts.get())) {
      return Optional.of(new Removal(planned.file(), Removal.Left.UNKNOWN, List.of()));
    }
    return Optional.of(proven(planned, object, parts));
  }

  /// What an uploader wrote beside the object against S3's own word for it, where S3 keeps no sum
  /// of the whole to decide by.
  private static boolean contradictsItself(RemoteFile object, ObjectFacts facts) {
    return object.crc32().isEmpty()
        && !facts.encryptedByKms()
        && object.etag().looksLikeMd5()
        && !object.md5().map(Md5::hex).equals(Optional.of(object.etag().value()));
  }

  /// @param parts by which a content is proven that nothing but the ETag tells
  private Removal proven(Removal planned, RemoteFile object, Optional<ForeignParts.Sizes> parts)
      throws IOException {
    boolean certain = parts.isEmpty() || parts.get().exact();
    Removal.Left left = certain ? Removal.Left.OTHER_CONTENT_HERE : Removal.Left.UNKNOWN;
    for (LocalFile copy : planned.copies()) {
      try (Progress.Task task = progress.begin("checking " + copy.name(), copy.sizeBytes())) {
        PartSums sums = parts.map(ForeignParts.Sizes::sums).orElseGet(PartSums::none);
        Optional<Hashed> read = hasher.hashFromDevice(copy.path(), task, sums::update);
        if (read.isEmpty()) {
          left = Removal.Left.UNPROVEN_HERE;
        } else if (object.holds(read.get().content())
            && (parts.isEmpty() || parts.get().isOneOf(sums.etags()))) {
          return new Removal(planned.file(), Removal.Left.SAME_CONTENT_HERE, List.of(copy));
        } else if (certain) {
          // What was remembered of it is wrong: the next look reads it again.
          hashes.remember(copy.stamp(), copy.content(), copy.modifiedAt());
        }
      } catch (NoSuchFileException | FileChangedException e) {
        // Not this one; another copy may do.
      } catch (ClosedByInterruptException stopped) {
        throw stopped;
      } catch (IOException unreadable) {
        // One file that cannot be read proves nothing, and keeps no other one back.
        left = Removal.Left.UNPROVEN_HERE;
      }
    }
    return new Removal(planned.file(), left, List.of());
  }

  private Map<RelativeName, Tombstone> tombstones(List<Removal> going) {
    Instant now = clock.instant();
    return going.stream()
        .map(Removal::file)
        .map(file -> new Tombstone(file.name(), file.md5(), user, now))
        .collect(Collectors.toMap(Tombstone::name, Function.identity()));
  }

  private Removal.Done removed(Removal removal) {
    StoreException earlier = hopeless.get();
    if (earlier != null) {
      return new Removal.Done.GivenUp(removal, earlier);
    }
    if (removal.isSaved() && !removal.copies().stream().allMatch(LocalPlaces::isAsStamped)) {
      // It was proven before the other files were, which may have taken hours.
      return new Removal.Done.Unsaved(
          new Removal(removal.file(), Removal.Left.OTHER_CONTENT_HERE, List.of()));
    }
    try {
      return switch (store.remove(removal.file().key(), removal.file().etag())) {
        case Removed.GONE -> new Removal.Done.Removed(removal);
        case Removed.CHANGED -> new Removal.Done.ChangedMeanwhile(removal);
      };
    } catch (IOException e) {
      return new Removal.Done.Failed(removal, e);
    }
  }

  /// Where everything was given up the tombstones stay: objects that are there beat them.
  ///
  /// @return why it could not be done
  private Optional<IOException> takenBack(
      Map<RelativeName, Tombstone> tombstones, List<Removal.Done> outcomes) {
    Map<RelativeName, Tombstone> mistaken =
        outcomes.stream()
            .filter(outcome -> !(outcome instanceof Removal.Done.Removed))
            .map(outcome -> outcome.removal().file().name())
            .collect(Collectors.toMap(Function.identity(), tombstones::get));
    if (!mistaken.isEmpty() && hopeless.get() == null) {
      try {
        notes.update(metadata -> metadata.withoutRemoved(mistaken));
      } catch (IOException e) {
        return Optional.of(e);
      }
    }
    return Optional.empty();
  }
}
