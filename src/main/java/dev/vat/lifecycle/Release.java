package dev.vat.lifecycle;

import dev.vat.archive.Sha256;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Digested;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.FileIdentity;
import dev.vat.disk.FilePlacement;
import dev.vat.disk.FileStamps;
import dev.vat.disk.OpenForWriting;
import dev.vat.disk.ReadFrom;
import dev.vat.progress.Progress;
import dev.vat.project.FileStamp;
import dev.vat.project.ProjectId;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Deletes files because other copies of them are proven: the one class that deletes what is users'
/// own (design 7.1, 7.2).
///
/// A file is moved where nobody looks for it ([ReleasingFolder]), read there, compared with copies
/// on other volumes that were read from their devices, and deleted when enough of them have its
/// very content. Otherwise it goes back. Whoever calls holds the project's lock. A run may be cut
/// anywhere: what was not deleted yet is brought back by [ReleasingFolder#bringBack].
public final class Release {
  /// A proof that is older is made again. Until then a copy whose identity is unchanged was not
  /// written to.
  private static final Duration FRESH = Duration.ofMinutes(10);

  private final ReleasingFolder aside;
  private final VolumeOf volumes;
  private final DeviceDigests reading;
  private final Function<Collection<FileStamp>, OpenForWriting> writers;
  private final InstantSource clock;

  /// With whatever this system offers.
  ///
  /// @param root what holds the files that are to be released: the repository, or a drive's folder
  public static Release from(Path root, VolumeOf volumes, InstantSource clock) {
    return new Release(
        new ReleasingFolder(root, FilePlacement.ofThisSystem(), clock),
        volumes,
        new DeviceDigests(),
        OpenForWriting::look,
        clock);
  }

  Release(
      ReleasingFolder aside,
      VolumeOf volumes,
      DeviceDigests reading,
      Function<Collection<FileStamp>, OpenForWriting> writers,
      InstantSource clock) {
    this.aside = aside;
    this.volumes = volumes;
    this.reading = reading;
    this.writers = writers;
    this.clock = clock;
  }

  /// A file that nobody finds any more, with the copies that have its content.
  private record Held(Releasable item, Path place, FileStamp stamp, List<ProvenCopy> copies) {}

  /// Releases what can be. Files that cannot are told, and are where they were.
  ///
  /// @param project whose files they are
  /// @param minCopies on how many other volumes a file's content must be proven; at least one
  /// @param progress told of the bytes that are read
  /// @throws IOException for a fault that is not one file's own; what was not deleted is back
  public Released release(
      ProjectId project, List<Releasable> files, int minCopies, Progress progress)
      throws IOException {
    if (minCopies < 1) {
      throw new IllegalArgumentException("nothing is the last: " + minCopies);
    }
    return new Run(project, minCopies).release(files, progress);
  }

  private final class Run {
    private final ProjectId project;
    private final int minCopies;
    private final Deque<Held> held = new ArrayDeque<>();
    private final List<Released.Gone> gone = new ArrayList<>();
    private final List<Released.Stayed> stayed = new ArrayList<>();

    private Run(ProjectId project, int minCopies) {
      this.project = project;
      this.minCopies = minCopies;
    }

    private Released release(List<Releasable> files, Progress progress) throws IOException {
      long bytes = files.stream().mapToLong(item -> item.file().sizeBytes()).sum();
      Throwable fault = null;
      try (Progress.Task task = progress.begin("checking before releasing", bytes)) {
        for (Releasable item : files) {
          hold(item, task);
        }
        deleteHeld();
      } catch (IOException | RuntimeException | Error thrown) {
        fault = thrown;
        throw thrown;
      } finally {
        bringBackHeld(fault, _ -> true);
      }
      return new Released(gone, stayed);
    }

    private void hold(Releasable item, Progress.Task task) throws IOException {
      try {
        Optional<String> obstacle = tryToHold(item, task);
        obstacle.ifPresent(why -> stay(item, why));
      } catch (ClosedByInterruptException interrupted) {
        throw interrupted;
      } catch (IOException itsOwn) {
        stay(item, "It could not be checked: " + itsOwn.getMessage() + ".");
        bringBackHeld(itsOwn, one -> one.item.equals(item));
      }
    }

    /// @return why it stays
    private Optional<String> tryToHold(Releasable item, Progress.Task task) throws IOException {
      Path file = item.file().path();
      try {
        if (!FileStamps.of(file).equals(item.file().stamp())) {
          return Optional.of("It was changed meanwhile.");
        }
      } catch (NoSuchFileException gone) {
        return Optional.of("It is not there any more.");
      }
      List<ProvenCopy> proven = prove(item, volumes.path(file));
      if (volumesOf(proven).size() < minCopies) {
        return Optional.of(tooFew(item, proven));
      }
      Path place = aside.hold(file);
      ProvenCopy.Content here;
      try {
        here = read(place, proven.stream().anyMatch(ProvenCopy.InCloud.class::isInstance), task);
      } catch (FileChangedException written) {
        return Optional.of(backBecause(place, "Something writes to it."));
      } catch (IOException | RuntimeException | Error fault) {
        // Brought back with the others: in an interrupted thread nothing can be flushed.
        held.add(new Held(item, place, item.file().stamp(), List.of()));
        throw fault;
      }
      List<ProvenCopy> same = proven.stream().filter(copy -> copy.has(here)).toList();
      if (volumesOf(same).size() < minCopies) {
        return Optional.of(
            backBecause(
                place,
                "The copy on "
                    + labels(proven.stream().filter(copy -> !same.contains(copy)).toList())
                    + " has another content."));
      }
      held.add(new Held(item, place, here.read().stamp(), same));
      return Optional.empty();
    }

    private ProvenCopy.Content read(Path place, boolean inCloud, Progress.Task task)
        throws IOException {
      if (!inCloud) {
        return new ProvenCopy.Content(reading.plainly(place, task), Optional.empty());
      }
      MessageDigest sha256 = Sha256Reading.algorithm();
      Digested read = reading.plainly(place, task, sha256::update);
      return new ProvenCopy.Content(read, Optional.of(Sha256.of(sha256.digest())));
    }

    private List<ProvenCopy> prove(Releasable item, Object own) throws IOException {
      List<ProvenCopy> proven = new ArrayList<>();
      for (OtherCopy copy : item.copies()) {
        try {
          switch (copy) {
            case OtherCopy.OnDisk onDisk -> proveOnDisk(onDisk, own).ifPresent(proven::add);
            case OtherCopy.InCloud inCloud -> {
              if (inCloud.archive().holds()) {
                proven.add(new ProvenCopy.InCloud(inCloud));
              }
            }
          }
        } catch (ClosedByInterruptException interrupted) {
          throw interrupted;
        } catch (IOException unreadable) {
          // Not this one; another copy may do.
        }
      }
      return proven;
    }

    private Optional<ProvenCopy> proveOnDisk(OtherCopy.OnDisk copy, Object own) throws IOException {
      Object volume = volumes.path(copy.file());
      return volume.equals(own)
          ? Optional.empty()
          : proof(copy).map(proof -> new ProvenCopy.OnDisk(copy, volume, proof));
    }

    private Optional<DeviceProof> proof(OtherCopy.OnDisk copy) throws IOException {
      Instant now = clock.instant();
      FileIdentity identity = FileIdentity.of(copy.file());
      if (copy.proof().isPresent()
          && copy.proof().get().identity().equals(identity)
          && Duration.between(copy.proof().get().at(), now).abs().compareTo(FRESH) < 0) {
        return copy.proof();
      }
      Digested read = reading.of(copy.file(), Progress.none().begin("", 0));
      return read.from() == ReadFrom.DEVICE && FileIdentity.of(copy.file()).equals(identity)
          ? Optional.of(new DeviceProof(identity, read.digests(), now))
          : Optional.empty();
    }

    private String tooFew(Releasable item, List<ProvenCopy> proven) {
      if (item.copies().isEmpty()) {
        return "No other copy of it is known.";
      }
      if (item.copies().stream().anyMatch(OtherCopy.InCloud.class::isInstance)) {
        return "Copies of it elsewhere that are needed (MIN_COPIES): %d; proven, on disks by reading from the disks themselves: %d."
            .formatted(minCopies, volumesOf(proven).size());
      }
      return minCopies == 1
          ? "No copy of it on another disk could be proven by reading from that disk itself."
          : "%d copies of it on other disks are needed (MIN_COPIES); proven by reading from the disks themselves: %d."
              .formatted(minCopies, volumesOf(proven).size());
    }

    /// What S3 said before the files were read may be long ago.
    private static void askAnew(ProvenCopy copy) {
      if (copy instanceof ProvenCopy.InCloud(OtherCopy.InCloud inCloud)) {
        inCloud.archive().askAnew();
      }
    }

    /// Each is deleted, or goes back. What a fault leaves is brought back by [#bringBackHeld].
    private void deleteHeld() throws IOException {
      OpenForWriting open = writers.apply(held.stream().map(Held::stamp).toList());
      held.stream().flatMap(one -> one.copies.stream()).forEach(Run::askAnew);
      List<Path> places = held.stream().map(Held::place).toList();
      for (Held one : List.copyOf(held)) {
        try {
          deleteOrBringBack(one, open);
        } catch (ClosedByInterruptException interrupted) {
          throw interrupted;
        } catch (IOException itsOwn) {
          // What became of the others has to be told all the same.
          bringBackHeld(itsOwn, one::equals);
          stay(one.item, leftThere(one, itsOwn));
        }
        held.remove(one);
      }
      aside.tidy(places);
    }

    private void deleteOrBringBack(Held one, OpenForWriting open) throws IOException {
      // Asked once: the copies that are said to be left are those that justify the deletion.
      List<ProvenCopy> now = one.copies.stream().filter(ProvenCopy::isUnchanged).toList();
      Optional<String> obstacle = obstacle(one, open, now);
      if (obstacle.isPresent()) {
        stay(one.item, backBecause(one.place, obstacle.get()));
      } else {
        Files.delete(one.place);
        gone.add(new Released.Gone(one.item.name(), one.item.file().sizeBytes(), oneEach(now)));
      }
    }

    private Optional<String> obstacle(Held one, OpenForWriting open, List<ProvenCopy> now)
        throws IOException {
      Optional<String> writer = open.writerOf(one.stamp);
      if (writer.isPresent()) {
        return Optional.of("It is still open in " + writer.get() + ".");
      }
      if (!FileStamps.of(one.place).equals(one.stamp)) {
        return Optional.of("Something writes to it.");
      }
      return volumesOf(now).size() < minCopies
          ? Optional.of("Its copy was changed, or is not there any more.")
          : Optional.empty();
    }

    private String leftThere(Held one, IOException fault) {
      String why = "It could not be deleted: " + fault.getMessage() + ".";
      return Files.exists(one.place, LinkOption.NOFOLLOW_LINKS)
          ? why + " It is in " + one.place + " until the next run."
          : why;
    }

    /// @return why it stays, and where, when that is not its own place
    private String backBecause(Path place, String why) throws IOException {
      ReleasingFolder.BroughtBack back = aside.bringBack(place, project);
      return back.home()
          ? why
          : why + " Something else has its name by now, so it is kept as " + back.place() + ".";
    }

    /// What cannot be brought back now is brought back by the next run.
    private void bringBackHeld(Throwable fault, Predicate<Held> which) {
      boolean interrupted = Thread.interrupted();
      for (Held one : held.stream().filter(which).toList()) {
        try {
          aside.bringBack(one.place, project);
        } catch (IOException second) {
          fault.addSuppressed(second);
        }
        held.remove(one);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void stay(Releasable item, String why) {
      stayed.add(new Released.Stayed(item.name(), item.file().sizeBytes(), why));
    }
  }

  private static Set<Object> volumesOf(List<ProvenCopy> copies) {
    return copies.stream().map(ProvenCopy::volume).collect(Collectors.toSet());
  }

  private static SortedSet<String> labelsOf(List<ProvenCopy> copies) {
    return copies.stream()
        .map(one -> one.copy().label())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// One name for each volume: a disk that is known by two names is left once.
  private static SortedSet<String> oneEach(List<ProvenCopy> copies) {
    Map<Object, String> names = new LinkedHashMap<>();
    copies.forEach(one -> names.putIfAbsent(one.volume(), one.copy().label()));
    return new TreeSet<>(names.values());
  }

  private static String labels(List<ProvenCopy> copies) {
    return String.join(", ", labelsOf(copies));
  }
}
