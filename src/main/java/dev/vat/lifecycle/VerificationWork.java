package dev.vat.lifecycle;

import dev.vat.disk.DeviceDigests;
import dev.vat.disk.Digested;
import dev.vat.disk.FileChangedException;
import dev.vat.disk.ReadFrom;
import dev.vat.mhl.Creator;
import dev.vat.mhl.Digest;
import dev.vat.mhl.Generation;
import dev.vat.mhl.HashAction;
import dev.vat.mhl.HashFormat;
import dev.vat.mhl.MhlEntry;
import dev.vat.mhl.MhlHistory;
import dev.vat.mhl.MhlProcess;
import dev.vat.mhl.MhlWriter;
import dev.vat.mhl.Recorded;
import dev.vat.mhl.RunningFormats;
import dev.vat.progress.Progress;
import dev.vat.project.RelativeName;
import dev.vat.project.TreeFile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run of a [Verification]. For one thread.
final class VerificationWork {
  private static final Set<HashFormat> OWN = EnumSet.of(HashFormat.MD5, HashFormat.XXH64);

  private final VerificationPlan plan;
  private final FolderLook look;
  private final VerificationJournal journal;
  private final DeviceDigests reading;
  private final InstantSource clock;
  private final Instant startedAt;
  private final SortedMap<RelativeName, FileFinding> findings = new TreeMap<>();
  private final SortedMap<RelativeName, MhlEntry> entries = new TreeMap<>();
  private int read;
  private long readBytes;
  private int carriedOver;
  private int good;
  private boolean pastCache = true;

  VerificationWork(
      VerificationPlan plan,
      VerificationJournal journal,
      DeviceDigests reading,
      InstantSource clock) {
    this.plan = plan;
    this.look = plan.look();
    this.journal = journal;
    this.reading = reading;
    this.clock = clock;
    this.startedAt = clock.instant();
    plan.absent().forEach(finding -> findings.put(finding.name(), finding));
  }

  void readAll(Progress.Task task) throws IOException {
    for (TreeFile file : plan.toRead()) {
      read(file, task);
    }
  }

  private void read(TreeFile file, Progress.Task task) throws IOException {
    Optional<Recorded> recorded = look.recorded(file.name());
    Set<HashFormat> formats = formats(recorded);
    Optional<VerificationJournal.Line> earlier =
        journal.line(file).filter(line -> line.digests().keySet().containsAll(formats));
    try {
      VerificationJournal.Line line;
      if (earlier.isPresent()) {
        line = earlier.get();
        carriedOver++;
        task.skip(file.sizeBytes());
      } else {
        line = content(file, formats, task);
        journal.add(file, line);
      }
      read++;
      readBytes += file.sizeBytes();
      pastCache &= line.pastCache();
      judge(file, recorded, line);
    } catch (ClosedByInterruptException stopped) {
      throw stopped;
    } catch (FileChangedException moving) {
      find(file, Verdict.MOVING, "it was written to meanwhile; run again", Map.of());
    } catch (IOException fault) {
      look.requireThere(fault);
      find(file, Verdict.UNREADABLE, Verification.reason(fault), Map.of());
    }
  }

  /// A new file may be one that is missing, under another name.
  private Set<HashFormat> formats(Optional<Recorded> recorded) {
    Set<HashFormat> formats = EnumSet.copyOf(OWN);
    if (recorded.isPresent()) {
      formats.addAll(recorded.get().digests().keySet());
    } else {
      plan.absent().stream()
          .flatMap(missing -> look.recorded(missing.name()).stream())
          .forEach(missing -> formats.addAll(missing.digests().keySet()));
    }
    return formats;
  }

  private VerificationJournal.Line content(
      TreeFile file, Set<HashFormat> formats, Progress.Task task) throws IOException {
    Set<HashFormat> others = EnumSet.copyOf(formats);
    others.removeAll(OWN);
    List<RunningFormats> attempts = new ArrayList<>();
    Digested digested =
        reading.of(
            file.path(),
            task,
            () -> {
              attempts.add(new RunningFormats(others));
              return attempts.getLast()::update;
            });
    // Identity is not compared: some drivers give a file another one each time it is asked for.
    if (digested.stamp().sizeBytes() != file.sizeBytes()
        || !digested.stamp().modifiedAt().equals(file.modifiedAt())) {
      throw new FileChangedException(file.path());
    }
    Map<HashFormat, Digest> digests = attempts.getLast().finish();
    digested.digests().asList().forEach(digest -> digests.put(digest.format(), digest));
    return new VerificationJournal.Line(
        digests, clock.instant(), digested.from() == ReadFrom.DEVICE);
  }

  private void judge(TreeFile file, Optional<Recorded> recorded, VerificationJournal.Line line) {
    Verdict verdict = Judgement.of(file, recorded, line.digests());
    Optional<RelativeName> previous =
        verdict == Verdict.NEW ? previousName(file, line.digests()) : Optional.empty();
    if (previous.isPresent()) {
      findings.remove(previous.get());
      Optional<Recorded> old = look.recorded(previous.get());
      find(file, Verdict.RENAMED, "was " + previous.get(), line.digests());
      entries.put(
          file.name(),
          Judgement.entry(file, old, line.digests(), line.at(), Verdict.RENAMED, previous));
      return;
    }
    if (verdict == Verdict.GOOD) {
      good++;
    } else {
      String words = recorded.map(known -> Judgement.words(file, known)).orElse("");
      find(file, verdict, words, line.digests());
    }
    entries.put(
        file.name(),
        Judgement.entry(file, recorded, line.digests(), line.at(), verdict, Optional.empty()));
  }

  /// The missing file, if there is one, that has this content. Empty files are all alike.
  private Optional<RelativeName> previousName(TreeFile file, Map<HashFormat, Digest> digests) {
    return file.sizeBytes() == 0
        ? Optional.empty()
        : findings.values().stream()
            .filter(finding -> finding.verdict() == Verdict.MISSING)
            .map(FileFinding::name)
            .filter(
                name ->
                    Judgement.isAsRecorded(look.recorded(name).orElseThrow(), digests)
                        && owner(name).equals(owner(file.name())))
            .findFirst();
  }

  private void find(TreeFile file, Verdict verdict, String words, Map<HashFormat, Digest> digests) {
    findings.put(
        file.name(), new FileFinding(file.name(), verdict, words, file.sizeBytes(), digests));
  }

  /// Appends a generation to each history that one of the files belongs to.
  void record(Creator creator) throws IOException {
    for (Map.Entry<Path, List<MhlEntry>> one : byRoot().entrySet()) {
      MhlWriter.append(
          one.getKey(),
          new Generation(MhlProcess.IN_PLACE, startedAt, creator, one.getValue(), emptyFolders()));
    }
  }

  /// Empty unless everything that is in the folder is recorded now for the first time: no folder
  /// can be hashed without all that is in it.
  private Optional<Set<RelativeName>> emptyFolders() {
    boolean all =
        look.history().isEmpty()
            && look.remarks().isEmpty()
            && entries.keySet().equals(look.files().keySet());
    return all ? Optional.of(look.emptyFolders()) : Optional.empty();
  }

  /// Those below come first: cut in between, the one above does not know more than they do.
  private Map<Path, List<MhlEntry>> byRoot() {
    Map<Path, List<MhlEntry>> byRoot = new TreeMap<>(Comparator.<Path>reverseOrder());
    for (MhlEntry entry : entries.values()) {
      String owner = owner(entry.name());
      byRoot
          .computeIfAbsent(look.root().resolve(owner), _ -> new ArrayList<>())
          .add(below(owner, entry));
    }
    return byRoot;
  }

  private static MhlEntry below(String owner, MhlEntry entry) {
    return owner.isEmpty()
        ? entry
        : new MhlEntry(
            cut(owner, entry.name()),
            entry.sizeBytes(),
            entry.modifiedAt(),
            entry.hashes(),
            entry.previousName().map(name -> cut(owner, name)));
  }

  private static RelativeName cut(String owner, RelativeName name) {
    return new RelativeName(name.value().substring(owner.length()));
  }

  /// The folder whose history a file belongs into, the closest one above it: relative, with a `/`
  /// at its end; empty for the copy's own.
  private String owner(RelativeName name) {
    String owner = "";
    Optional<MhlHistory> history = look.history();
    while (history.isPresent()) {
      String rest = name.value().substring(owner.length());
      Optional<Map.Entry<String, MhlHistory>> below =
          history.get().nested().entrySet().stream()
              .filter(one -> rest.startsWith(one.getKey()))
              .findFirst();
      owner += below.map(Map.Entry::getKey).orElse("");
      history = below.map(Map.Entry::getValue);
    }
    return owner;
  }

  VerificationReport report(Optional<String> notRecorded) {
    return new VerificationReport(
        read,
        readBytes,
        carriedOver,
        plan.unread(),
        good,
        List.copyOf(findings.values()),
        plan.isFirst(),
        pastCache,
        notRecorded,
        verifiedAt(),
        look.history().map(MhlHistory::problems).orElse(List.of()),
        look.remarks());
  }

  private Optional<Instant> verifiedAt() {
    boolean clear =
        findings.values().stream()
            .noneMatch(one -> one.verdict().isBad() || one.verdict() == Verdict.MOVING);
    if (plan.isFirst() || !clear || look.files().isEmpty()) {
      return Optional.empty();
    }
    Instant oldest = Instant.MAX;
    Set<RelativeName> unread = new HashSet<>(look.files().keySet());
    for (MhlEntry entry : entries.values()) {
      Instant at = entry.hashes().getFirst().at();
      oldest = at.isBefore(oldest) ? at : oldest;
      unread.remove(entry.name());
    }
    for (RelativeName name : unread) {
      Optional<Instant> at =
          look.recorded(name)
              .filter(recorded -> recorded.lastAction() != HashAction.FAILED)
              .flatMap(Recorded::lastVerifiedAt);
      if (at.isEmpty()) {
        return Optional.empty();
      }
      oldest = at.get().isBefore(oldest) ? at.get() : oldest;
    }
    return Optional.of(oldest);
  }
}
