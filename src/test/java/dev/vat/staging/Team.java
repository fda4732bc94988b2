package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.cloud.Written;
import dev.vat.project.Md5;
import dev.vat.project.RelativeName;
import dev.vat.state.Base;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// David and Jan in a simulation, and the judge who looks at everything they have after each act.
final class Team implements AutoCloseable {
  private static final int PART = 16;
  private static final String PREFIX = "v-appydave/b63-flivideo/";
  private static final String KEPT_PREFIX = "v-appydave/.vat-kept/";

  private final Path home;
  private final TeamClock clock = new TeamClock();
  private final MemoryObjectStore bucket = new MemoryObjectStore(clock);
  private final Map<Act.Who, Teammate> people = new EnumMap<>(Act.Who.class);

  /// Every content that anybody ever made.
  private final Set<String> made = new HashSet<>();

  /// What each person has had under each name, and so has seen.
  private final Map<Act.Who, Map<String, Set<String>>> had = new EnumMap<>(Act.Who.class);

  /// What the bucket has held under each name: content by version.
  private final Map<String, Map<String, String>> held = new ConcurrentHashMap<>();

  /// What the present act may make vanish: its person gave it up.
  private final Set<String> givenUp = new HashSet<>();

  Team() throws IOException {
    Path fast = Path.of("/dev/shm");
    home =
        Files.isWritable(fast)
            ? Files.createTempDirectory(fast, "vat-team-")
            : Files.createTempDirectory("vat-team-");
    for (Act.Who who : Act.Who.values()) {
      people.put(
          who, new Teammate(who.lower(), home, new Watched(), clock, PART).aloneOnTheMachine());
      had.put(who, new ConcurrentHashMap<>());
    }
  }

  /// The bucket as everybody reaches it: each version is written down in the moment it is stored.
  private final class Watched extends ForwardingStore {
    private Watched() {
      super(bucket);
    }

    private Written noted(Written written, String key) {
      if (written instanceof Written.Stored stored && key.startsWith(PREFIX)) {
        note(key, stored.version());
      }
      return written;
    }

    @Override
    public Written put(String key, Body body, ObjectAttributes attributes, Guard guard)
        throws IOException {
      synchronized (bucket) {
        return noted(super.put(key, body, attributes, guard), key);
      }
    }

    @Override
    public Written completeUpload(
        String key,
        String uploadId,
        List<UploadedPart> parts,
        long sizeBytes,
        int crc32,
        Guard guard)
        throws StoreException {
      synchronized (bucket) {
        return noted(super.completeUpload(key, uploadId, parts, sizeBytes, crc32, guard), key);
      }
    }
  }

  // ---- acting

  /// Does it, and judges.
  void does(Act act) throws IOException {
    givenUp.clear();
    Set<String> before = everywhere();
    Map<Act.Who, SortedMap<String, String>> conflicts = clearConflicts();
    SortedMap<String, String> bucketBefore = inBucket();
    perform(act, false);
    notice();
    Set<String> lost = new HashSet<>(before);
    lost.removeAll(everywhere());
    lost.removeAll(givenUp);
    assertThat(lost).as("lost by %s", act).isEmpty();
    assertThat(everywhere()).as("contents after %s", act).isSubsetOf(made);
    if (act instanceof Act.Up || act instanceof Act.Down) {
      Act.Run run = (Act.Run) act;
      conflicts
          .get(run.who())
          .forEach(
              (name, mine) -> {
                assertThat(filesOf(run.who())).as("after %s", act).containsEntry(name, mine);
                assertThat(inBucket())
                    .as("after %s", act)
                    .containsEntry(name, bucketBefore.get(name));
              });
    }
    judgeBases(act);
  }

  /// @param disturbed whether something else goes on at the same time, so that commands may find
  ///     themselves overtaken
  private void perform(Act act, boolean disturbed) throws IOException {
    notice();
    switch (act) {
      case Act.Edit edit -> {
        Optional.ofNullable(filesOf(edit.who()).get(edit.name())).ifPresent(givenUp::add);
        people.get(edit.who()).saves(edit.name(), newContent(edit.who().lower(), edit.size()));
      }
      case Act.Rename rename -> {
        SortedMap<String, String> files = filesOf(rename.who());
        if (files.containsKey(rename.from()) && !files.containsKey(rename.to())) {
          try {
            people.get(rename.who()).renames(rename.from(), rename.to());
          } catch (NoSuchFileException e) {
            // It is being replaced at this very moment.
          }
        }
      }
      case Act.Delete delete -> {
        Optional.ofNullable(filesOf(delete.who()).get(delete.name())).ifPresent(givenUp::add);
        people.get(delete.who()).deletes(delete.name());
      }
      case Act.LoseState lose -> people.get(lose.who()).losesState();
      case Act.Foreign foreign -> {
        synchronized (bucket) {
          put(foreign);
        }
      }
      case Act.Harm harm -> harm(harm.how());
      case Act.Run run -> runs(run, disturbed, run.cutAt());
      case Act.Meanwhile both -> performMeanwhile(both);
    }
    notice();
  }

  private void performMeanwhile(Act.Meanwhile both) throws IOException {
    Act.Run run = (Act.Run) both.run();
    boolean sameMachineRuns = both.then() instanceof Act.Run other && other.who() == run.who();
    boolean stateUnderItsFeet = both.then() instanceof Act.LoseState;
    if (sameMachineRuns || stateUnderItsFeet) {
      runs(
          run,
          false,
          run.cutAt()); // the project's lock forbids the one, an open database the other
      perform(both.then(), false);
      return;
    }
    Teammate person = people.get(run.who());
    person.line.onceBefore(both.step(), () -> performUnchecked(both.then()));
    try {
      runs(run, true, Act.NO_CUT);
    } finally {
      person.line.mend();
    }
  }

  private void performUnchecked(Act act) {
    try {
      perform(act, true);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void runs(Act.Run run, boolean disturbed, int cutAt) throws IOException {
    Teammate person = people.get(run.who());
    notice();
    held.forEach((name, versions) -> givenUp.addAll(mayReplace(run, name, versions.values())));
    if (cutAt != Act.NO_CUT) {
      person.line.cutAt(cutAt);
    }
    try {
      List<Outcome> outcomes = commanded(run, person);
      if (disturbed) {
        outcomes.forEach(outcome -> noticePassing(run.who(), outcome));
      } else {
        assertThat(outcomes)
            .as("outcomes of %s", run)
            .noneMatch(Outcome.Failed.class::isInstance)
            .noneMatch(Outcome.Overtaken.class::isInstance);
      }
    } catch (CuttingStore.Cut cut) {
      // The process ended there.
    } finally {
      person.line.mend();
    }
  }

  /// Which of the contents that S3 held under a name a command may make vanish.
  private List<String> mayReplace(Act.Run run, String name, Collection<String> contents) {
    Set<String> seen = had.get(run.who()).getOrDefault(name, Set.of());
    return switch (run) {
      case Act.Down _ -> List.of();
      case Act.Up _, Act.Decide _ -> contents.stream().filter(seen::contains).toList();
      case Act.Clean clean -> clean.evenUnsaved() ? List.copyOf(contents) : List.of();
    };
  }

  private static List<Outcome> commanded(Act.Run run, Teammate person) throws IOException {
    return switch (run) {
      case Act.Up up -> person.up(Map.of(), up.again());
      case Act.Down _ -> person.down();
      case Act.Decide decide -> person.keeps(decide.keep(), decide.name(), decide.upwards());
      case Act.Clean clean -> {
        assertThat(person.cleansUp(clean.evenUnsaved()))
            .noneMatch(Removal.Done.Failed.class::isInstance);
        yield List.of();
      }
    };
  }

  private String newContent(String by, int size) {
    String content = size == 0 ? "" : String.format("%-" + size + "s", made.size() + " by " + by);
    made.add(content);
    return content;
  }

  // ---- other tools

  private void put(Act.Foreign foreign) throws IOException {
    String key = PREFIX + foreign.name();
    bucket.content(key).ifPresent(old -> givenUp.add(new String(old, UTF_8)));
    int size = Math.max(foreign.size(), 12);
    byte[] content = newContent("other", size).getBytes(UTF_8);
    Map<String, String> metadata =
        foreign.how() == Act.Foreign.How.WITH_MD5
            ? Map.of("md5chksum", md5(content).base64())
            : Map.of();
    ObjectAttributes attributes = new ObjectAttributes("video/mp4", metadata);
    if (foreign.how() == Act.Foreign.How.UNTELLABLE) {
      String id = bucket.createUpload(key, attributes);
      UploadedPart one = bucket.uploadPart(key, id, 1, Body.of(Arrays.copyOf(content, 7)));
      UploadedPart two =
          bucket.uploadPart(key, id, 2, Body.of(Arrays.copyOfRange(content, 7, content.length)));
      CRC32 crc = new CRC32();
      crc.update(content);
      bucket.completeUpload(
          key, id, List.of(one, two), content.length, (int) crc.getValue(), guard(key));
    } else {
      bucket.put(key, Body.of(content), attributes, guard(key));
    }
  }

  private Guard guard(String key) {
    return bucket
        .head(key)
        .map(facts -> Guard.unchanged(facts.summary().etag()))
        .orElseGet(Guard::absent);
  }

  private void harm(Act.Harm.How how) throws IOException {
    String key = PREFIX + "metadata.json";
    Optional<byte[]> notes = bucket.content(key);
    if (notes.isEmpty()) {
      return;
    }
    String text = new String(notes.get(), UTF_8);
    ETag version = bucket.head(key).orElseThrow().summary().etag();
    if (how == Act.Harm.How.REMOVED) {
      bucket.remove(key, version);
      return;
    }
    String harmed =
        switch (how) {
          case REMOVED -> throw new IllegalStateException();
          case TRUNCATED -> text.substring(0, text.length() / 2);
          case GARBAGE -> "\0\1\2 no JSON";
          case OF_ANOTHER_PROJECT -> text.replace("b63-flivideo", "b64-another");
          case ONE_ENTRY_SPOILT -> text.replaceFirst("\"md5\" : \"", "\"md5\" : \"x");
        };
    bucket.put(
        key,
        Body.of(harmed.getBytes(UTF_8)),
        new ObjectAttributes("application/json", Map.of()),
        Guard.unchanged(version));
  }

  // ---- judging

  /// Conflicts by any reading: what is here was never in S3 under that name, what is there was
  /// never here.
  private Map<Act.Who, SortedMap<String, String>> clearConflicts() {
    notice();
    Map<Act.Who, SortedMap<String, String>> conflicts = new EnumMap<>(Act.Who.class);
    SortedMap<String, String> there = inBucket();
    people.forEach(
        (who, _) -> {
          SortedMap<String, String> mine = new TreeMap<>();
          filesOf(who)
              .forEach(
                  (name, content) -> {
                    String theirs = there.get(name);
                    boolean clear =
                        theirs != null
                            && !held.get(name).containsValue(content)
                            && !had.get(who).get(name).contains(theirs);
                    if (clear) {
                      mine.put(name, content);
                    }
                  });
          conflicts.put(who, mine);
        });
    return conflicts;
  }

  private void judgeBases(Act act) throws IOException {
    for (Act.Who who : Act.Who.values()) {
      for (Map.Entry<RelativeName, Base> entry : people.get(who).bases().entrySet()) {
        String name = entry.getKey().value();
        String there = held.getOrDefault(name, Map.of()).get(entry.getValue().etag());
        assertThat(there).as("%s's base of %s after %s was in S3", who, name, act).isNotNull();
        assertThat(entry.getValue().md5()).as("%s's base of %s", who, name).isEqualTo(md5(there));
        assertThat(had.get(who).getOrDefault(name, Set.of()))
            .as("%s's base of %s after %s was here", who, name, act)
            .contains(there);
      }
    }
  }

  /// Both stop editing, and decide what is left to decide.
  void comesToRest(Keep davids, Keep jans) throws IOException {
    Map<Act.Who, Keep> decisions = Map.of(Act.Who.DAVID, davids, Act.Who.JAN, jans);
    boolean moved = true;
    for (int round = 0; moved; round++) {
      assertThat(round).as("rounds until everybody has everything").isLessThan(6);
      moved = false;
      for (Act.Who who : Act.Who.values()) {
        moved |= settles(who, decisions.get(who));
      }
    }
    SortedMap<String, String> shared = inBucket();
    for (Act.Who who : Act.Who.values()) {
      SortedMap<String, String> files = filesOf(who);
      assertThat(files).as("%s's files", who).containsAllEntriesOf(shared);
      for (StagedFile file : people.get(who).looks().files().values()) {
        if (!shared.containsKey(file.name().value())) {
          assertThat(file.standing()).as("%s's %s", who, file).isEqualTo(Standing.REMOVED_THERE);
        }
      }
    }
  }

  private boolean settles(Act.Who who, Keep keep) throws IOException {
    Teammate person = people.get(who);
    Map<RelativeName, Keep> decisions = new HashMap<>();
    for (StagedFile file : person.looks().files().values()) {
      if (file.standing() == Standing.CONFLICT) {
        decisions.put(file.name(), keep);
      }
    }
    Set<String> before = everywhere();
    givenUp.clear();
    held.forEach(
        (name, versions) ->
            versions.values().stream()
                .filter(had.get(who).getOrDefault(name, Set.of())::contains)
                .forEach(givenUp::add));
    List<Outcome> outcomes = new ArrayList<>(person.up(decisions, false));
    notice();
    outcomes.addAll(person.down());
    notice();
    before.removeAll(everywhere());
    before.removeAll(givenUp);
    assertThat(before).as("lost while %s came to rest", who).isEmpty();
    assertThat(outcomes)
        .noneMatch(Outcome.Failed.class::isInstance)
        .noneMatch(Outcome.Overtaken.class::isInstance)
        .noneMatch(Outcome.Undecided.class::isInstance);
    return outcomes.stream()
        .anyMatch(o -> !(o instanceof Outcome.InSync || o instanceof Outcome.Left));
  }

  private void note(String key, ETag version) {
    nameOf(key)
        .ifPresent(
            name ->
                held.computeIfAbsent(name, _ -> new ConcurrentHashMap<>())
                    .put(version.value(), contentOf(key)));
  }

  /// Writes down who has what now.
  private void notice() {
    bucket.list(PREFIX, object -> note(object.key(), object.etag()));
    for (Act.Who who : Act.Who.values()) {
      filesOf(who)
          .forEach(
              (name, content) ->
                  had.get(who)
                      .computeIfAbsent(name, _ -> ConcurrentHashMap.newKeySet())
                      .add(content));
    }
  }

  /// What was placed may have been edited again before the command ended.
  private void noticePassing(Act.Who who, Outcome outcome) {
    boolean placed =
        outcome instanceof Outcome.Downloaded
            || outcome instanceof Outcome.KeptTheirs
            || outcome instanceof Outcome.KeptBoth;
    if (placed) {
      String name = outcome.name().value();
      String version = outcome.file().there().etag().value();
      had.get(who)
          .computeIfAbsent(name, _ -> ConcurrentHashMap.newKeySet())
          .add(held.get(name).get(version));
    }
  }

  private static Optional<String> nameOf(String key) {
    String name = key.substring(PREFIX.length());
    return name.startsWith("metadata") ? Optional.empty() : Optional.of(name);
  }

  private String contentOf(String key) {
    return new String(bucket.content(key).orElseThrow(), UTF_8);
  }

  private SortedMap<String, String> inBucket() {
    SortedMap<String, String> contents = new TreeMap<>();
    bucket.list(
        PREFIX,
        object -> nameOf(object.key()).ifPresent(n -> contents.put(n, contentOf(object.key()))));
    return contents;
  }

  private SortedMap<String, String> filesOf(Act.Who who) {
    try {
      return people.get(who).files();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Set<String> everywhere() throws IOException {
    Set<String> contents = new HashSet<>(inBucket().values());
    bucket.list(KEPT_PREFIX, object -> contents.add(contentOf(object.key())));
    for (Teammate person : people.values()) {
      contents.addAll(person.files().values());
      contents.addAll(person.kept());
    }
    return contents;
  }

  private static Md5 md5(String content) {
    return md5(content.getBytes(UTF_8));
  }

  private static Md5 md5(byte[] content) {
    try {
      return Md5.of(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (Teammate person : people.values()) {
      person.close();
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
