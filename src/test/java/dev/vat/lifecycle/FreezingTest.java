package dev.vat.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.Body;
import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Thaw;
import dev.vat.cloud.Written;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Freezing on the port: nothing is lost wherever it is cut, refused or overtaken.
class FreezingTest {
  private static final String KEY = "appydave/b00-b49/b40-old.tar.gz";
  private static final String REPO = "v-appydave";
  private static final byte[] CONTENT = new byte[200_000];
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
  private static final Map<String, String> METADATA =
      Map.of("repo", REPO, "project-id", "b40-old", "writer", "vat ö");

  @TempDir private Path folder;

  private final MemoryObjectStore bucket = new MemoryObjectStore(CLOCK);
  private final CuttingStore store = new CuttingStore(bucket);
  private State state;

  @BeforeEach
  void openState() throws Exception {
    state = State.open(folder.resolve(".vat"), CLOCK);
    put(CONTENT, REPO);
  }

  @AfterEach
  void closeState() throws Exception {
    state.close();
  }

  private void put(byte[] content, String repository) throws IOException {
    Guard guard =
        bucket
            .head(KEY)
            .map(there -> Guard.unchanged(there.summary().etag()))
            .orElseGet(Guard::absent);
    Map<String, String> metadata =
        Map.of("repo", repository, "project-id", "b40-old", "writer", "vat ö");
    bucket.put(
        KEY,
        Body.of(content),
        new ObjectAttributes(
            "application/gzip", metadata, StorageClass.STANDARD, Map.of("vat-freeze", "auto")),
        guard);
  }

  private CloudArchive looked() {
    return new CloudArchive(new ProjectId("b40-old"), bucket.head(KEY).orElseThrow(), true);
  }

  private FreezeStep plan(StorageClass to) {
    return Freezing.plan(looked(), REPO, to);
  }

  private Freezing.Outcome frozenBy(ObjectStore by, FreezeStep step) throws IOException {
    return new Freezing(by, "memory", state.classChanges(), CLOCK)
        .apply((FreezeStep.Move) step, Progress.none());
  }

  private void assertWhole(StorageClass expected) throws IOException {
    ObjectFacts there = bucket.head(KEY).orElseThrow();
    assertThat(there.summary().storageClass()).isEqualTo(expected);
    assertThat(bucket.content(KEY)).contains(CONTENT);
    assertThat(there.metadata()).isEqualTo(METADATA);
    assertThat(bucket.tags(KEY, there.summary().etag())).isEqualTo(Map.of("vat-freeze", "auto"));
  }

  @Test
  void an_archive_is_frozen_and_everything_of_it_is_kept() throws Exception {
    assertThat(frozenBy(store, plan(StorageClass.DEEP_ARCHIVE)))
        .isInstanceOfSatisfying(
            Freezing.Outcome.Frozen.class,
            frozen -> assertThat(frozen.now().summary().thaw()).isEqualTo(new Thaw.Frozen()));

    assertWhole(StorageClass.DEEP_ARCHIVE);
    assertThat(state.classChanges().keys("memory")).isEmpty();
  }

  @Test
  void what_is_there_already_too_small_elsewhere_or_not_ours_stays() throws Exception {
    frozenBy(store, plan(StorageClass.GLACIER));
    assertThat(plan(StorageClass.GLACIER))
        .isEqualTo(new FreezeStep.Stay(looked(), FreezeStep.Why.ALREADY));
    assertThat(plan(StorageClass.DEEP_ARCHIVE))
        .isEqualTo(new FreezeStep.Stay(looked(), FreezeStep.Why.FROZEN_ELSEWHERE));
    put(new byte[1000], REPO);
    assertThat(plan(StorageClass.DEEP_ARCHIVE))
        .isEqualTo(new FreezeStep.Stay(looked(), FreezeStep.Why.TOO_SMALL));
    put(CONTENT, "v-voz");
    assertThat(plan(StorageClass.DEEP_ARCHIVE))
        .isEqualTo(new FreezeStep.Stay(looked(), FreezeStep.Why.NOT_OURS));
  }

  @Test
  void instant_retrieval_is_a_way_to_the_colder_class() throws Exception {
    frozenBy(store, plan(StorageClass.GLACIER_IR));
    assertWhole(StorageClass.GLACIER_IR);
    frozenBy(store, plan(StorageClass.DEEP_ARCHIVE));
    assertWhole(StorageClass.DEEP_ARCHIVE);
  }

  @Test
  void another_version_than_the_one_that_was_looked_at_is_left_alone() throws Exception {
    FreezeStep step = plan(StorageClass.DEEP_ARCHIVE);
    byte[] theirs = "theirs".repeat(50_000).getBytes(UTF_8);
    put(theirs, REPO);

    assertThat(frozenBy(store, step)).isEqualTo(new Freezing.Outcome.Changed());

    assertThat(bucket.content(KEY)).contains(theirs);
    assertThat(bucket.head(KEY).orElseThrow().summary().storageClass())
        .isEqualTo(StorageClass.STANDARD);
  }

  @Test
  void what_is_gone_stays_gone() throws Exception {
    FreezeStep step = plan(StorageClass.DEEP_ARCHIVE);
    bucket.remove(KEY, bucket.head(KEY).orElseThrow().summary().etag());

    assertThat(frozenBy(store, step)).isEqualTo(new Freezing.Outcome.Changed());
    assertThat(bucket.keys()).isEmpty();
  }

  @Test
  void what_a_teammate_or_a_lost_answer_froze_meanwhile_is_frozen() throws Exception {
    FreezeStep step = plan(StorageClass.DEEP_ARCHIVE);
    frozenBy(bucket, step);

    assertThat(frozenBy(store, step)).isInstanceOf(Freezing.Outcome.FrozenAlready.class);
    assertWhole(StorageClass.DEEP_ARCHIVE);
  }

  @Test
  void wherever_it_is_cut_the_object_is_whole_and_the_next_run_ends_it() throws Exception {
    boolean cut = true;
    for (int at = 0; cut; at++) {
      store.mend();
      bucket.remove(KEY, bucket.head(KEY).orElseThrow().summary().etag());
      put(CONTENT, REPO);
      FreezeStep step = plan(StorageClass.DEEP_ARCHIVE);
      store.cutAt(at);
      cut = false;
      try {
        frozenBy(store, step);
      } catch (CuttingStore.Cut _) {
        cut = true;
      }
      store.mend();
      assertWhole(bucket.head(KEY).orElseThrow().summary().storageClass());
      if (plan(StorageClass.DEEP_ARCHIVE) instanceof FreezeStep.Move again) {
        frozenBy(store, again);
      }
      assertWhole(StorageClass.DEEP_ARCHIVE);
    }
  }

  @Test
  void a_server_that_only_seems_to_change_the_class_is_found_out() throws Exception {
    ObjectStore lying =
        new ForwardingStore(bucket) {
          @Override
          public Written copy(
              String sourceKey,
              ETag version,
              String targetKey,
              CopyAttributes attributes,
              Guard guard,
              CopyWatch watch) {
            return new Written.Stored(version);
          }
        };
    FreezeStep step = plan(StorageClass.DEEP_ARCHIVE);

    assertThatThrownBy(() -> frozenBy(lying, step))
        .isInstanceOf(StoreException.Unsupported.class)
        .hasMessageContaining("does not change storage classes");
    assertWhole(StorageClass.STANDARD);
    assertThat(state.classChanges().keys("memory")).isEmpty();
  }
}
