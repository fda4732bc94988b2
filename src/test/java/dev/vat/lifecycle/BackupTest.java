package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.UploadedPart;
import dev.vat.disk.DeviceDigests;
import dev.vat.disk.FileChangedException;
import dev.vat.mhl.Creator;
import dev.vat.progress.Progress;
import dev.vat.project.FileKinds;
import dev.vat.project.ProjectId;
import dev.vat.state.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Projects go to S3 whole or not at all, and nothing there is overwritten.
final class BackupTest {
  private static final ProjectId PROJECT = new ProjectId("b40-old");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z"));
  private static final FileKinds KINDS = new FileKinds(100_000_000);
  private static final int PART_BYTES = 64 * 1024;
  private static final String ARCHIVE = "p/b00-b49/b40-old.tar.gz";

  @TempDir Path home;
  private Path folder;
  private MemoryObjectStore memory;
  private CuttingStore store;
  private State state;
  private final Map<String, byte[]> content = new TreeMap<>();

  @BeforeEach
  void prepare() throws IOException {
    folder = home.resolve("T7/b00-b49/b40-old");
    memory = new MemoryObjectStore(CLOCK);
    store = new CuttingStore(memory);
    state = State.open(home.resolve(".vat"), CLOCK);
    byte[] take = new byte[200_000];
    new Random(7).nextBytes(take);
    write("recordings/take 1.mp4", take);
    write("recordings/empty.mov", new byte[0]);
    write("transcript.txt", "what was said. ".repeat(2_000).getBytes());
    write("notes/é.md", "notes".getBytes());
    Files.write(folder.resolve(".DS_Store"), new byte[] {1});
  }

  @AfterEach
  void close() throws IOException {
    state.close();
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-16T09:15:00.5Z")));
    content.put("b40-old/" + name, bytes);
  }

  private Backup backup() throws IOException {
    return new Backup(
        store,
        new Backup.Owner("v-appydave", "david"),
        KINDS,
        new ArchiveUploads(store, "here", state.uploads(), CLOCK, PART_BYTES),
        CLOCK);
  }

  private BackupPlan plan(boolean keepBoth) throws IOException {
    List<StoredArchive> stored = new ArrayList<>();
    for (ArchiveListing.Found found : ArchiveListing.of(store, "p/").of(PROJECT)) {
      new ArchiveLook(store).of(found).ifPresent(stored::add);
    }
    return new BackupPlanner(KINDS, "v-appydave", CLOCK)
        .plan(
            PROJECT,
            List.of(CopySource.at("T7", folder, true, KINDS)),
            stored,
            ArchiveKeys.computed("p/", PROJECT),
            keepBoth);
  }

  private Backup.Outcome run() throws IOException {
    return switch (plan(false)) {
      case BackupPlan.Store store -> backup().apply(store, Progress.none());
      case BackupPlan.Compare compare -> backup().apply(compare, Progress.none());
      case BackupPlan.OnlyThere only -> throw new AssertionError(only);
      case BackupPlan.Refused refused -> throw new AssertionError(refused);
    };
  }

  /// Everything that is visible, by key.
  private List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    memory.list("", object -> keys.add(object.key()));
    return keys;
  }

  private ObjectSummary object(String key) throws IOException {
    return memory.head(key).orElseThrow().summary();
  }

  private Map<String, byte[]> unpacked(String key) throws IOException {
    return new UnpackedArchive(new ObjectRange(memory, object(key))).files();
  }

  private void assertContent(Map<String, byte[]> found, Map<String, byte[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
  }

  private List<OpenUpload> open() throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    memory.listUploads("", open::add);
    return open;
  }

  @Test
  void a_project_is_stored_with_its_table_of_contents_and_light_files_and_without_junk()
      throws IOException {
    Backup.Outcome.Stored stored = (Backup.Outcome.Stored) run();

    assertThat(stored.sent()).isTrue();
    assertThat(stored.archive().isConfirmed()).isTrue();
    assertThat(keys())
        .containsExactly("p/b00-b49/b40-old.light.tar.gz", ARCHIVE, "p/b00-b49/b40-old.toc.json");
    assertContent(unpacked(ARCHIVE), content);
    assertThat(unpacked("p/b00-b49/b40-old.light.tar.gz"))
        .containsOnlyKeys("b40-old/transcript.txt", "b40-old/notes/é.md");
    assertThat(ArchiveFacts.of(memory.head(ARCHIVE).orElseThrow().metadata()).orElseThrow())
        .satisfies(
            says -> {
              assertThat(says.isOf("v-appydave", PROJECT)).isTrue();
              assertThat(says.files()).hasValue(4);
            });
    assertThat(memory.tags(ARCHIVE, object(ARCHIVE).etag())).isEqualTo(Backup.FREEZE_TAG);
    assertThat(
            memory.tags("p/b00-b49/b40-old.toc.json", object("p/b00-b49/b40-old.toc.json").etag()))
        .isEmpty();
    assertThat(open()).isEmpty();
  }

  @Test
  void what_is_there_already_is_compared_by_content_and_done() throws IOException {
    run();
    ObjectSummary before = object(ARCHIVE);

    Backup.Outcome.Stored again = (Backup.Outcome.Stored) run();

    assertThat(again.sent()).isFalse();
    assertThat(object(ARCHIVE)).isEqualTo(before);
  }

  @Test
  void another_content_is_a_conflict_and_kept_beside_when_asked() throws IOException {
    run();
    ObjectSummary before = object(ARCHIVE);
    write("recordings/take 2.mp4", new byte[10]);
    Files.delete(folder.resolve("transcript.txt"));
    content.remove("b40-old/transcript.txt");

    BackupPlan.Refused refused = (BackupPlan.Refused) plan(false);
    BackupPlan.Store both = (BackupPlan.Store) plan(true);
    backup().apply(both, Progress.none());

    assertThat(refused.reason()).isEqualTo(BackupPlan.Reason.CONFLICT);
    assertThat(refused.details())
        .containsExactly("recordings/take 2.mp4: not in S3", "transcript.txt: only in S3");
    assertThat(object(ARCHIVE)).isEqualTo(before);
    assertContent(unpacked("p/b00-b49/b40-old.2026-11-25_100000Z.tar.gz"), content);
    assertThat(((BackupPlan.Compare) plan(false)).archive().keys().dated()).isPresent();
  }

  @Test
  void an_archive_without_a_table_beside_it_that_is_damaged_inside_is_not_taken_for_whole()
      throws IOException {
    run();
    ObjectFacts facts = memory.head(ARCHIVE).orElseThrow();
    byte[] bytes;
    try (InputStream in =
        memory.read(ARCHIVE, facts.summary().etag(), 0, facts.summary().sizeBytes())) {
      bytes = in.readAllBytes();
    }
    bytes[bytes.length / 2] ^= 1;
    for (String key : keys()) {
      memory.remove(key, object(key).etag());
    }
    memory.put(
        ARCHIVE,
        Body.of(bytes),
        new ObjectAttributes("application/gzip", facts.metadata()),
        Guard.absent());

    assertThatThrownBy(this::run).hasMessageContaining("damaged");
    assertThat(keys()).doesNotContain("p/b00-b49/b40-old.toc.json");
  }

  @Test
  void an_edit_of_the_same_size_is_found_by_content() throws IOException {
    run();
    write("notes/é.md", "NOTES".getBytes());

    Backup.Outcome outcome = run();

    assertThat(((Backup.Outcome.Differs) outcome).names())
        .extracting(Object::toString)
        .containsExactly("notes/é.md");
  }

  @Test
  void the_key_of_another_repository_is_left_alone() throws IOException {
    memory.put(
        ARCHIVE,
        Body.of(new byte[] {1}),
        new ObjectAttributes("x/y", Map.of("repo", "v-voz", "project-id", "b40-old")),
        Guard.absent());

    BackupPlan.Refused refused = (BackupPlan.Refused) plan(false);

    assertThat(refused.reason()).isEqualTo(BackupPlan.Reason.NOT_OURS);
    assertThat(object(ARCHIVE).sizeBytes()).isEqualTo(1);
  }

  @Test
  void an_archive_that_somebody_stores_meanwhile_stays() throws IOException {
    BackupPlan.Store plan = (BackupPlan.Store) plan(false);
    store.onceBefore(
        9,
        () -> {
          try {
            memory.put(
                ARCHIVE,
                Body.of(new byte[] {1}),
                new ObjectAttributes("x/y", Map.of()),
                Guard.absent());
          } catch (IOException impossible) {
            throw new AssertionError(impossible);
          }
        });

    Backup.Outcome outcome = backup().apply(plan, Progress.none());

    assertThat(outcome).isEqualTo(new Backup.Outcome.Taken(ARCHIVE));
    assertThat(object(ARCHIVE).sizeBytes()).isEqualTo(1);
    assertThat(open()).isEmpty();
  }

  @Test
  void what_a_cut_run_sent_is_aborted_when_somebody_else_has_stored_an_archive()
      throws IOException {
    BackupPlan.Store plan = (BackupPlan.Store) plan(false);
    store.cutAt(9);
    assertThatThrownBy(() -> backup().apply(plan, Progress.none()))
        .isInstanceOf(CuttingStore.Cut.class);
    store.mend();
    assertThat(open()).isNotEmpty();
    memory.put(
        ARCHIVE, Body.of(new byte[] {1}), new ObjectAttributes("x/y", Map.of()), Guard.absent());

    assertThat(backup().apply(plan, Progress.none())).isEqualTo(new Backup.Outcome.Taken(ARCHIVE));
    assertThat(open()).isEmpty();
  }

  @Test
  void what_may_not_be_known_of_a_run_that_was_cut_keeps_no_later_one_from_storing()
      throws IOException {
    state.uploads().ask("here", ARCHIVE, folder, CLOCK.instant());
    memory.createUpload(ARCHIVE, new ObjectAttributes("application/gzip", Map.of()));
    ForwardingStore narrow =
        new ForwardingStore(memory) {
          @Override
          public List<UploadedPart> listParts(String key, String uploadId) throws StoreException {
            throw new StoreException.AccessDenied("s3:ListMultipartUploadParts", null);
          }
        };
    Backup backup =
        new Backup(
            narrow,
            new Backup.Owner("v-appydave", "david"),
            KINDS,
            new ArchiveUploads(narrow, "here", state.uploads(), CLOCK, PART_BYTES),
            CLOCK);

    assertThat(backup.apply((BackupPlan.Store) plan(false), Progress.none()))
        .isInstanceOf(Backup.Outcome.Stored.class);
    assertThat(open()).hasSize(1);
  }

  @Test
  void a_file_that_changes_while_it_is_read_completes_nothing() throws IOException {
    for (String mischief : List.of("edited", "added", "removed", "touched")) {
      BackupPlan.Store plan = (BackupPlan.Store) plan(false);
      store.onceBefore(mischief.equals("edited") ? 6 : 1, () -> change(mischief));

      assertThatThrownBy(() -> backup().apply(plan, Progress.none()))
          .as(mischief)
          .isInstanceOf(FileChangedException.class);
      assertThat(keys()).as(mischief).isEmpty();
      Files.deleteIfExists(folder.resolve("added.txt"));
      write("notes/é.md", "notes".getBytes());
    }
    store.mend();
    run();

    assertContent(unpacked(ARCHIVE), content);
    assertThat(open()).isEmpty();
  }

  private void change(String mischief) {
    Path notes = folder.resolve("notes/é.md");
    try {
      switch (mischief) {
        case "edited" -> Files.writeString(notes, "edited");
        case "added" -> Files.writeString(folder.resolve("added.txt"), "more");
        case "removed" -> Files.delete(notes);
        default -> Files.setLastModifiedTime(notes, FileTime.from(CLOCK.instant()));
      }
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /// At every step in turn. What is visible is whole at every moment; the next run finishes, leaves
  /// no upload open, and sends no part that S3 had.
  @Test
  void a_run_that_is_cut_anywhere_is_carried_on_by_the_next() throws IOException {
    boolean cut = true;
    int cuts = 0;
    for (int step = 0; cut; step++) {
      prepareAnew(step);
      store.cutAt(step);
      cut = false;
      try {
        run();
      } catch (CuttingStore.Cut end) {
        cut = true;
        cuts++;
      }
      if (keys().contains(ARCHIVE)) {
        assertContent(unpacked(ARCHIVE), content);
      }
      TreeSet<Integer> there = new TreeSet<>();
      for (OpenUpload upload : open()) {
        memory.listParts(upload.key(), upload.uploadId()).stream()
            .map(UploadedPart::number)
            .forEach(there::add);
      }
      List<Integer> sent = new ArrayList<>();
      store = new CuttingStore(new Counting(memory, sent));
      run();

      assertContent(unpacked(ARCHIVE), content);
      assertThat(keys()).as("step %d", step).hasSize(3);
      assertThat(open()).as("step %d", step).isEmpty();
      assertThat(sent)
          .as("step %d: parts that were there: %s", step, there)
          .noneMatch(there::contains);
      assertThat(state.uploads().everywhere()).as("step %d", step).isEmpty();
    }
    assertThat(cuts).isGreaterThan(15);
  }

  private void prepareAnew(int step) throws IOException {
    state.close();
    memory = new MemoryObjectStore(CLOCK);
    store = new CuttingStore(memory);
    state = State.open(home.resolve(".vat-" + step), CLOCK);
  }

  private static final class Counting extends ForwardingStore {
    private final List<Integer> sent;

    private Counting(MemoryObjectStore store, List<Integer> sent) {
      super(store);
      this.sent = sent;
    }

    @Override
    public UploadedPart uploadPart(String key, String uploadId, int number, Body body)
        throws IOException {
      synchronized (sent) {
        sent.add(number);
      }
      return super.uploadPart(key, uploadId, number, body);
    }
  }

  @Test
  void what_the_checksum_history_calls_damaged_is_not_stored() throws IOException {
    new Verification(new DeviceDigests(), CLOCK, Creator.vat("mac", "1.0"))
        .run(
            VerificationPlan.of(FolderLook.of(folder), Selection.everything()),
            Optional.empty(),
            Progress.none().begin("", 0));
    Disks.damage(folder.resolve("recordings/take 1.mp4"));

    assertThatThrownBy(this::run).isInstanceOf(DamagedSourceException.class);
    assertThat(keys()).isEmpty();
  }
}
