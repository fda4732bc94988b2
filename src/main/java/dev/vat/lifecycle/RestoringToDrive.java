package dev.vat.lifecycle;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Digested;
import dev.vat.disk.Durability;
import dev.vat.disk.ReadFrom;
import dev.vat.mhl.Creator;
import dev.vat.mhl.Generation;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlLayout;
import dev.vat.mhl.MhlProcess;
import dev.vat.mhl.MhlWriter;
import dev.vat.progress.Progress;
import dev.vat.project.FileKind;
import dev.vat.project.FileKinds;
import dev.vat.project.RelativeName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// Brings a project from its archive in S3 onto a drive, as a copy like those that archiving makes:
/// each file is read back from the device, compared with the table of contents, and recorded in the
/// copy's checksum history before the copy gets its name. A copy that is there is completed.
///
/// Whoever runs it holds the project's lock and knows that the drive is the one it is taken for.
public final class RestoringToDrive {
  private static final FileKinds KINDS = new FileKinds(Long.MAX_VALUE);

  private final Restoring restoring;
  private final Creator creator;
  private final InstantSource clock;
  private final Progress progress;
  private final DeviceDigests digests = new DeviceDigests();

  /// @param creator who is named as the history's writer
  public RestoringToDrive(
      Restoring restoring, Creator creator, InstantSource clock, Progress progress) {
    this.restoring = restoring;
    this.creator = creator;
    this.clock = clock;
    this.progress = progress;
  }

  /// How it ended.
  public sealed interface Outcome {
    /// What was planned is on the drive.
    ///
    /// @param pastCache whether all of it was read back from the device itself
    /// @param historyAnew whether the archive's checksum history tells of an earlier state of the
    ///     project, and the copy got one that begins with it instead
    record Done(Restoring.Restored restored, boolean pastCache, boolean historyAnew)
        implements Outcome {}

    /// Nothing got its name.
    ///
    /// @param damaged what came back from the drive with another content, and was removed
    /// @param otherwise what the checksum history there says otherwise of
    record Failed(List<RelativeName> damaged, List<RelativeName> otherwise) implements Outcome {
      public Failed {
        damaged = List.copyOf(damaged);
        otherwise = List.copyOf(otherwise);
      }
    }
  }

  /// Does what was planned.
  ///
  /// @param plan without conflicts, of a whole project; without the archive's checksum histories
  ///     where the drive has a copy, which has its own
  /// @param base the folder on the drive that has the copies; it is never made
  /// @throws dev.vat.mhl.MhlException when a history cannot be trusted
  /// @throws CopyGoneException when the drive goes away; what came so far is found by the next run
  public Outcome run(RestorePlan.Ready plan, Path base) throws IOException {
    Instant startedAt = clock.instant();
    Path growing = Restoring.growing(plan);
    makeFolders(plan, base, growing);
    if (!plan.exists()) {
      // A run that was cut may have added a generation of its own to the archive's history.
      CopyHistory.remove(growing);
    }
    restoring.fetch(plan);
    CopyHistory said = CopyHistory.of(plan.exists() ? plan.target() : growing);
    List<MhlEntry> entries = new ArrayList<>();
    List<MhlEntry> originals = new ArrayList<>();
    List<RelativeName> damaged = new ArrayList<>();
    List<RelativeName> otherwise = new ArrayList<>();
    boolean pastCache = true;
    long bytes = plan.bytes();
    try (Progress.Task task = progress.begin("reading back", bytes)) {
      for (RestorePlan.Fetched one : plan.fetched()) {
        Path file = growing.resolve(one.name().value());
        AtomicReference<MessageDigest> sha = new AtomicReference<>();
        Digested back =
            digests.of(
                file,
                task,
                () -> {
                  MessageDigest fresh = Sha256Reading.algorithm();
                  sha.set(fresh);
                  return fresh::update;
                });
        pastCache &= back.from() == ReadFrom.DEVICE;
        String hex = HexFormat.of().formatHex(sha.get().digest());
        if (!hex.equals(one.entry().digest().hex())) {
          Files.delete(file);
          damaged.add(one.name());
        } else if (MhlLayout.isHistory(one.name())) {
          continue;
        } else {
          originals.add(entry(one.name(), back, HashAction.ORIGINAL, startedAt));
          if (said.contradicts(one.name(), back.digests())) {
            otherwise.add(one.name());
          } else {
            boolean proven = said.proves(one.name(), back.digests());
            entries.add(
                entry(
                    one.name(),
                    back,
                    proven ? HashAction.VERIFIED : HashAction.ORIGINAL,
                    startedAt));
          }
        }
      }
    }
    boolean historyAnew = damaged.isEmpty() && !plan.exists() && isOfEarlier(said, otherwise, plan);
    if (historyAnew) {
      CopyHistory.remove(growing);
      otherwise.clear();
      entries = originals;
    }
    if (!damaged.isEmpty() || !otherwise.isEmpty()) {
      return new Outcome.Failed(damaged, otherwise);
    }
    if (!plan.exists()) {
      append(growing, plan, new Generation(MhlProcess.TRANSFER, startedAt, creator, entries));
    }
    Restoring.Restored restored = restoring.arrive(plan);
    if (plan.exists() && restored.visible()) {
      append(plan.target(), plan, new Generation(MhlProcess.TRANSFER, startedAt, creator, entries));
    }
    return new Outcome.Done(restored, pastCache, historyAnew);
  }

  private static MhlEntry entry(RelativeName name, Digested back, HashAction action, Instant at) {
    return MhlEntry.of(name, back.digests(), back.stamp().modifiedAt(), action, at);
  }

  /// Only the range folder and the hidden one: where the base is missing there is no drive.
  private static void makeFolders(RestorePlan.Ready plan, Path base, Path growing)
      throws IOException {
    Path range = plan.target().getParent();
    for (Path folder : List.of(range, growing)) {
      if (!folder.equals(base) && Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder);
        Durability.ofFolder(folder.getParent());
      }
    }
  }

  /// Of a project that was edited or lost files after its history came home with it, the archive's
  /// history tells of an earlier one: with it the copy would count as damaged for ever. What the
  /// archive holds, its table of contents has proven.
  private static boolean isOfEarlier(
      CopyHistory said, List<RelativeName> otherwise, RestorePlan.Ready plan) {
    Set<RelativeName> there =
        plan.fetched().stream().map(RestorePlan.Fetched::name).collect(Collectors.toSet());
    return !otherwise.isEmpty()
        || said.files().keySet().stream()
            .anyMatch(name -> !there.contains(name) && KINDS.of(name, 0) != FileKind.JUNK);
  }

  private static void append(Path folder, RestorePlan.Ready plan, Generation generation)
      throws IOException {
    if (!generation.entries().isEmpty()) {
      MhlWriter.append(
          folder,
          plan.target().getFileName().toString(),
          plan.exists() ? generation : generation.ofWholeFolder());
    }
  }
}
