package dev.vat.staging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.StoredPart;
import dev.vat.cloud.UploadedPart;
import dev.vat.disk.FileStamps;
import dev.vat.progress.Progress;
import dev.vat.project.RelativeName;
import dev.vat.state.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Objects that another tool uploaded in parts, and of whose content S3 tells nothing but the ETag.
class ForeignPartsTest extends TwoPeople {
  private static final String CONTENT = "forty bytes of the very first cut, or so";

  /// What such servers tell: no sum of the whole. Counts what is asked and read.
  private class Foreign extends ForwardingStore {
    private final AtomicInteger heads = new AtomicInteger();
    private final AtomicInteger partQuestions = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private boolean tellsParts = true;
    private boolean kms;
    private boolean flips;

    private Foreign() {
      super(bucket);
    }

    @Override
    public Optional<ObjectFacts> head(String key) throws StoreException {
      heads.incrementAndGet();
      return super.head(key)
          .map(
              facts ->
                  new ObjectFacts(
                      facts.summary(),
                      facts.metadata(),
                      facts.contentType(),
                      OptionalInt.empty(),
                      kms));
    }

    @Override
    public Optional<StoredPart> part(String key, ETag version, int number) throws StoreException {
      partQuestions.incrementAndGet();
      return tellsParts ? super.part(key, version, number) : Optional.empty();
    }

    @Override
    public InputStream read(String key, ETag version, long offset, long length)
        throws StoreException {
      if (key.endsWith(".json")) {
        return super.read(key, version, offset, length);
      }
      reads.incrementAndGet();
      try (InputStream in = super.read(key, version, offset, length)) {
        byte[] bytes = in.readAllBytes();
        if (flips && offset == 0) {
          bytes[3] ^= 1;
        }
        return new ByteArrayInputStream(bytes);
      } catch (StoreException e) {
        throw e;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final Foreign line = new Foreign();
  private final List<String> read = new ArrayList<>();

  private Teammate person(String name) throws IOException {
    return new Teammate(name, home, line, clock, 16)
        .watchedBy(
            (what, total) -> {
              read.add(what);
              return Progress.none().begin(what, total);
            });
  }

  private void otherToolPutsInParts(String file, String content, int... parts) throws IOException {
    String key = PREFIX + file;
    byte[] bytes = content.getBytes(UTF_8);
    String id = bucket.createUpload(key, new ObjectAttributes("video/mp4", Map.of()));
    List<UploadedPart> sent = new ArrayList<>();
    int at = 0;
    for (int part : parts) {
      int end = Math.min(bytes.length, at + part);
      sent.add(
          bucket.uploadPart(key, id, sent.size() + 1, Body.of(Arrays.copyOfRange(bytes, at, end))));
      at = end;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    Guard guard =
        bucket
            .head(key)
            .<Guard>map(facts -> Guard.unchanged(facts.summary().etag()))
            .orElseGet(Guard::absent);
    bucket.completeUpload(key, id, sent, bytes.length, (int) crc.getValue(), guard);
  }

  private StagedFile the(StagingView view) {
    return view.files().get(name("draft.mp4"));
  }

  @Test
  void the_same_bytes_are_known_without_moving_them_and_told_as_from_outside() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);

      StagedFile file = the(eve.looks());

      assertThat(file.standing()).isEqualTo(Standing.IN_SYNC);
      assertThat(file.there().isFromOutside()).isTrue();
      assertThat(eve.up()).allMatch(Outcome.InSync.class::isInstance);
      assertThat(eve.down()).allMatch(Outcome.InSync.class::isInstance);
      assertThat(line.reads).hasValue(0);
      assertThat(bucket.openUploads()).isZero();
    }
  }

  @Test
  void the_file_is_read_once_for_it_and_not_again_by_the_next_look() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);
      eve.looks();
      assertThat(read).containsExactly("checking draft.mp4", "comparing draft.mp4 with S3");
      read.clear();
      line.partQuestions.set(0);

      assertThat(the(eve.looks()).standing()).isEqualTo(Standing.IN_SYNC);

      assertThat(read).isEmpty();
      assertThat(line.partQuestions).hasValue(0);
    }
  }

  @Test
  void once_agreed_no_look_asks_for_it_again() throws Exception {
    david.saves("other.mp4", "by vat");
    david.up();
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);
      eve.down();
      line.heads.set(0);

      StagedFile file = the(eve.looks());

      assertThat(line.heads).hasValue(0);
      assertThat(file.standing()).isEqualTo(Standing.IN_SYNC);
      assertThat(file.there().isFromOutside()).isTrue();
    }
  }

  @Test
  void up_notes_for_the_team_what_was_recognized_and_nobody_asks_again() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve");
        Teammate zoe = person("zoe")) {
      eve.saves("draft.mp4", CONTENT);
      eve.up();
      line.heads.set(0);

      StagedFile file = the(zoe.looks());

      assertThat(line.heads).hasValue(0);
      assertThat(file.there().md5()).isPresent();
      assertThat(file.there().isFromOutside()).isTrue();
    }
  }

  @Test
  void an_upload_of_our_own_that_was_not_noted_gets_its_uploader_by_the_next_up() throws Exception {
    david.saves("other.mp4", "by vat");
    david.up();
    String before = notes();
    david.saves("draft.mp4", "first cut");
    david.up();
    otherToolPuts(NOTES, before);

    david.up();

    assertThat(jan.looks().remote().notes().files().get(name("draft.mp4")).uploadedBy())
        .contains("david");
  }

  @Test
  void one_flipped_byte_is_seen_and_certain() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT.replace("first", "fixst"));

      StagedFile file = the(eve.looks());

      assertThat(file.standing()).isEqualTo(Standing.CONFLICT);
      assertThat(file.there().toldApart()).isTrue();
    }
  }

  @Test
  void another_size_is_certain_without_reading() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT + "!");

      assertThat(the(eve.looks()).there().toldApart()).isTrue();
      assertThat(read).containsExactly("checking draft.mp4");
      assertThat(line.partQuestions).hasValue(0);
    }
  }

  @Test
  void one_part_is_known_without_asking_for_its_size() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 64);
    line.tellsParts = false;
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);
      assertThat(the(eve.looks()).standing()).isEqualTo(Standing.IN_SYNC);
      eve.saves("draft.mp4", CONTENT.toUpperCase());
      assertThat(the(eve.looks()).there().toldApart()).isTrue();
      assertThat(line.partQuestions).hasValue(0);
    }
  }

  @Test
  void parts_of_several_sizes_tell_nothing() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 10, 14);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);

      StagedFile file = the(eve.looks());

      assertThat(file.standing()).isEqualTo(Standing.CONFLICT);
      assertThat(file.there().toldApart()).isFalse();
      eve.deletes("draft.mp4");
      assertThat(the(eve.down(), "draft.mp4"))
          .isInstanceOfSatisfying(
              Outcome.Downloaded.class, done -> assertThat(done.isProven()).isFalse());
    }
  }

  @Test
  void an_encrypted_objects_etag_is_never_computed_again() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    line.kms = true;
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);

      assertThat(the(eve.looks()).there().toldApart()).isFalse();
      assertThat(read).containsExactly("checking draft.mp4");
      assertThat(line.partQuestions).hasValue(0);
    }
  }

  @Test
  void a_servers_random_etags_are_never_computed_again() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    StagedPlace r2 =
        new StagedPlace(
            "https://0123.eu.r2.cloudflarestorage.com",
            "films",
            "",
            "v-appydave",
            Teammate.PROJECT);
    RemoteFile file =
        RemoteScan.described(
            RelativeName.of("draft.mp4"), line.head(PREFIX + "draft.mp4").orElseThrow());

    assertThat(new ForeignParts(line, r2).sizesOf(file)).isEmpty();
    assertThat(new ForeignParts(line, Teammate.place(line)).sizesOf(file)).isPresent();
  }

  @Test
  void a_download_is_proven_by_its_parts_and_what_came_wrong_is_not_placed() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      line.flips = true;
      assertThat(the(eve.down(), "draft.mp4"))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed ->
                  assertThat(failed.cause())
                      .isInstanceOf(DamagedDownloadException.class)
                      .hasMessageContaining("-3"));
      assertThat(eve.files()).isEmpty();
      assertThat(eve.temporaries()).isEmpty();

      line.flips = false;
      assertThat(the(eve.down(), "draft.mp4"))
          .isInstanceOfSatisfying(
              Outcome.Downloaded.class, done -> assertThat(done.isProven()).isTrue());
      assertThat(eve.reads("draft.mp4")).isEqualTo(CONTENT);
    }
  }

  @Test
  void a_cleanup_proves_the_copy_by_what_it_reads_then() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);

      assertThat(eve.cleansUp(false)).allMatch(Removal.Done.Removed.class::isInstance);

      assertThat(bucket.keys()).containsExactly(NOTES);
    }
  }

  @Test
  void a_remembered_etag_does_not_justify_a_removal() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);
      eve.looks();
      Path file = eve.at("draft.mp4");
      FileTime time = Files.getLastModifiedTime(file);
      Files.writeString(file, CONTENT.replace("first", "fixst"));
      Files.setLastModifiedTime(file, time);
      assertThat(the(eve.looks()).standing())
          .as("for looking, what is remembered is trusted")
          .isEqualTo(Standing.IN_SYNC);

      assertThat(eve.cleansUp(true))
          .singleElement()
          .isInstanceOfSatisfying(
              Removal.Done.Unsaved.class,
              done -> assertThat(done.removal().left()).isEqualTo(Removal.Left.OTHER_CONTENT_HERE));
      assertThat(inBucket("draft.mp4")).isEqualTo(CONTENT);
    }
  }

  @Test
  void a_dry_look_remembers_nothing() throws Exception {
    otherToolPutsInParts("draft.mp4", CONTENT, 16, 16, 16);
    try (Teammate eve = person("eve")) {
      eve.saves("draft.mp4", CONTENT);
      ObjectStore store = eve.line;
      try (State copy = State.copyForLooking(eve.repository.resolve(".vat"), clock)) {
        assertThat(eve.vat(store, copy).look(_ -> true, false).files().get(name("draft.mp4")))
            .extracting(StagedFile::standing)
            .isEqualTo(Standing.IN_SYNC);
        assertThat(copy.partEtags().trusted(List.of(FileStamps.of(eve.at("draft.mp4"))))).isEmpty();
      }
    }
  }
}
