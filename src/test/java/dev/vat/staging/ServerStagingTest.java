package dev.vat.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same people with a real server and the real client between them.
class ServerStagingTest {
  private static final int PART = 5 * 1024 * 1024;
  private static final String PREFIX = "v-appydave/b63-flivideo/";

  @TempDir Path home;
  private final TeamClock clock = new TeamClock();
  private SandboxServer server;
  private ObjectStore store;
  private Teammate david;
  private Teammate jan;

  @BeforeEach
  void start() throws Exception {
    server =
        SandboxServer.start(
            SandboxOptions.in(home.resolve("s3"), InstantSource.system()).withBuckets("collab"));
    S3Keys keys =
        new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty());
    store =
        ImpatientStore.open(
            new S3Connection(
                Optional.of(server.endpoint()),
                Optional.of("us-east-1"),
                Optional.of(keys),
                Optional.empty()),
            "collab");
    david = new Teammate("david", home, store, clock, PART);
    jan = new Teammate("jan", home, store, clock, PART);
  }

  @AfterEach
  void stop() throws Exception {
    david.close();
    jan.close();
    store.close();
    server.close();
  }

  private static byte[] footage(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void a_draft_goes_up_comes_down_and_its_edit_comes_back() throws Exception {
    byte[] draft = footage(2 * PART + 12_345);
    david.saves("draft.mp4", draft);
    david.saves("Café notes.txt", "from David");
    assertThat(david.up()).allMatch(Outcome.Uploaded.class::isInstance);

    assertThat(jan.down()).allMatch(Outcome.Downloaded.class::isInstance);
    assertThat(Files.readAllBytes(jan.at("draft.mp4"))).isEqualTo(draft);
    jan.saves("Café notes.txt", "from Jan");
    jan.up();
    david.down();

    assertThat(david.reads("Café notes.txt")).isEqualTo("from Jan");
    assertThat(david.kept()).containsExactly("from David");
    assertThat(david.looks().files().values())
        .allMatch(file -> file.standing() == Standing.IN_SYNC);
    ObjectFacts facts = store.head(PREFIX + "draft.mp4").orElseThrow();
    assertThat(facts.contentType()).contains("video/mp4");
    assertThat(facts.metadata()).containsEntry("uploaded-by", "david");
  }

  @Test
  void jan_is_cut_before_the_notes_and_david_sees_her_version() throws Exception {
    david.saves("draft.mp4", "first cut");
    david.up();
    jan.down();
    jan.saves("draft.mp4", "Jan's cut");
    for (int step = 0; david.standingOf("draft.mp4") == Standing.IN_SYNC; step++) {
      jan.line.cutAt(step);
      assertThatThrownBy(jan::up).isInstanceOf(CuttingStore.Cut.class);
      jan.line.mend();
    }
    assertThat(david.standingOf("draft.mp4")).isEqualTo(Standing.CHANGED_THERE);
    david.up();
    david.down();
    assertThat(david.reads("draft.mp4")).isEqualTo("Jan's cut");
  }

  @Test
  void a_cut_upload_in_parts_is_resumed_and_leaves_nothing_open() throws Exception {
    byte[] draft = footage(3 * PART + 1);
    david.saves("draft.mp4", draft);
    david.line.cutAt(7);
    assertThatThrownBy(david::up).isInstanceOf(CuttingStore.Cut.class);
    david.line.mend();
    assertThat(openUploads()).hasSize(1);
    assertThat(store.head(PREFIX + "draft.mp4")).isEmpty();

    david.up();
    jan.down();

    assertThat(openUploads()).isEmpty();
    assertThat(Files.readAllBytes(jan.at("draft.mp4"))).isEqualTo(draft);
  }

  private List<OpenUpload> openUploads() throws Exception {
    List<OpenUpload> open = new ArrayList<>();
    store.listUploads("", open::add);
    return open;
  }

  @Test
  void both_decide_and_clean_up() throws Exception {
    david.saves("draft.mp4", "David's");
    david.up();
    jan.saves("draft.mp4", "Jan's");
    assertThat(jan.standingOf("draft.mp4")).isEqualTo(Standing.CONFLICT);

    jan.keeps(Keep.BOTH, "draft.mp4", true);
    david.down();
    assertThat(david.files()).isEqualTo(jan.files()).hasSize(2);
    jan.saves("draft.mp4", "Jan's again");
    david.saves("draft.mp4", "David's again");
    jan.up();
    david.keeps(Keep.MINE, "draft.mp4", true);
    List<String> kept = new ArrayList<>();
    store.list("v-appydave/.vat-kept/", object -> kept.add(object.key()));
    assertThat(kept).hasSize(1);

    assertThat(david.cleansUp(false)).allMatch(Removal.Done.Removed.class::isInstance);
    List<ObjectSummary> left = new ArrayList<>();
    store.list(PREFIX, left::add);
    assertThat(left).extracting(ObjectSummary::key).containsExactly(PREFIX + "metadata.json");
    assertThat(jan.standingOf("draft-jan.mp4")).isEqualTo(Standing.REMOVED_THERE);
    assertThat(jan.up()).noneMatch(Outcome.Uploaded.class::isInstance);
  }
}
