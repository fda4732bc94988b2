package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.CopyAttributes;
import dev.vat.cloud.CopyWatch;
import dev.vat.cloud.CuttingStore;
import dev.vat.cloud.ETag;
import dev.vat.cloud.ForwardingStore;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.ObjectSummary;
import dev.vat.cloud.OpenUpload;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.Written;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import dev.vat.state.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Freezing what S3 copies in several parts, on the sandbox: cut between any two of them.
class FreezingInPartsTest {
  private static final String BUCKET = "vat-freeze";
  private static final String KEY = "appydave/b00-b49/b40-old.tar.gz";
  private static final Map<String, String> METADATA = Map.of("repo", "v-appydave");
  private static final Map<String, String> TAGS = Map.of("vat-freeze", "auto");

  @TempDir private Path folder;

  private final byte[] content = new byte[11 * 1024 * 1024];
  private SandboxServer server;
  private ObjectStore bucket;
  private State state;

  @BeforeEach
  void start() throws Exception {
    server =
        SandboxServer.start(
            SandboxOptions.in(folder.resolve("s3"), InstantSource.system()).withBuckets(BUCKET));
    S3Keys keys =
        new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty());
    bucket =
        ImpatientStore.copyingInParts(
            new S3Connection(
                Optional.of(server.endpoint()),
                Optional.of("us-east-1"),
                Optional.of(keys),
                Optional.empty()),
            BUCKET);
    state = State.open(folder.resolve(".vat"), InstantSource.system());
    new Random(5).nextBytes(content);
    bucket.put(
        KEY,
        Body.of(content),
        new ObjectAttributes("application/gzip", METADATA, StorageClass.STANDARD, TAGS),
        Guard.absent());
  }

  @AfterEach
  void stop() throws Exception {
    state.close();
    bucket.close();
    server.close();
  }

  /// One whose process ends right before something is told to the watch.
  private final class Ending extends ForwardingStore {
    private int left;

    private Ending(int left) {
      super(bucket);
      this.left = left;
    }

    private void step() {
      if (left-- == 0) {
        throw new CuttingStore.Cut();
      }
    }

    @Override
    public Written copy(
        String sourceKey,
        ETag version,
        String targetKey,
        CopyAttributes attributes,
        Guard guard,
        CopyWatch watch)
        throws StoreException {
      return super.copy(
          sourceKey,
          version,
          targetKey,
          attributes,
          guard,
          new CopyWatch() {
            @Override
            public void began(String key, String uploadId) throws StoreException {
              step();
              watch.began(key, uploadId);
              step();
            }

            @Override
            public void copied(long bytes) {
              step();
              watch.copied(bytes);
            }

            @Override
            public void ended(String key, String uploadId) {
              step();
              watch.ended(key, uploadId);
            }
          });
    }
  }

  private Optional<Freezing.Outcome> freeze(ObjectStore by) throws IOException {
    CloudArchive archive =
        new CloudArchive(new ProjectId("b40-old"), bucket.head(KEY).orElseThrow(), true);
    FreezeStep step = Freezing.plan(archive, "v-appydave", StorageClass.DEEP_ARCHIVE);
    return step instanceof FreezeStep.Move move
        ? Optional.of(
            new Freezing(by, "sandbox", state.classChanges(), InstantSource.system())
                .apply(move, Progress.none()))
        : Optional.empty();
  }

  private List<OpenUpload> openUploads() throws IOException {
    List<OpenUpload> open = new ArrayList<>();
    bucket.listUploads("", open::add);
    return open;
  }

  @Test
  void wherever_it_is_cut_the_object_is_whole_and_no_upload_stays_behind() throws Exception {
    ObjectFacts before = bucket.head(KEY).orElseThrow();
    OptionalInt sum = before.crc32();
    // Told are: the beginning (before and after), three parts, the end.
    for (int at = 0; at < 5; at++) {
      try {
        freeze(new Ending(at));
      } catch (CuttingStore.Cut _) {
        assertThat(openUploads()).as("cut at " + at).hasSize(1);
      }
      ObjectFacts now = bucket.head(KEY).orElseThrow();
      assertThat(now).as("cut at " + at).isEqualTo(before);
    }
    try {
      freeze(new Ending(5));
    } catch (CuttingStore.Cut _) {
      // After the completion: it is frozen, and nobody noted it.
    }

    assertThat(freeze(bucket)).isEmpty();
    assertThat(openUploads()).isEmpty();
    ObjectFacts frozen = bucket.head(KEY).orElseThrow();
    ObjectSummary object = frozen.summary();
    assertThat(object.storageClass()).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(frozen.crc32()).isEqualTo(sum);
    assertThat(frozen.metadata()).isEqualTo(METADATA);
    assertThat(bucket.tags(KEY, object.etag())).isEqualTo(TAGS);
  }

  @Test
  void an_upload_of_somebody_else_is_never_aborted() throws Exception {
    ObjectAttributes plain = new ObjectAttributes("application/gzip", Map.of());
    String theirs = bucket.createUpload(KEY, plain);
    ObjectAttributes deep =
        new ObjectAttributes("application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of());
    String withParts = bucket.createUpload(KEY, deep);
    bucket.uploadPart(KEY, withParts, 1, Body.of(new byte[10]));
    try {
      freeze(new Ending(0));
    } catch (CuttingStore.Cut _) {
      assertThat(openUploads()).hasSize(3);
    }

    freeze(bucket);

    assertThat(openUploads())
        .extracting(OpenUpload::uploadId)
        .containsExactlyInAnyOrder(theirs, withParts);
  }

  /// A server that tells who began an upload: of these ids a teammate, else us.
  private final class Naming extends ForwardingStore {
    private final String us;
    private final Set<String> theirs;

    private Naming(String us, Set<String> theirs) {
      super(bucket);
      this.us = us;
      this.theirs = theirs;
    }

    @Override
    public void listUploads(String prefix, Consumer<OpenUpload> each) throws StoreException {
      super.listUploads(
          prefix,
          upload ->
              each.accept(
                  new OpenUpload(
                      upload.key(),
                      upload.uploadId(),
                      upload.initiatedAt(),
                      theirs.contains(upload.uploadId()) ? "jan" : us,
                      upload.storageClass())));
    }
  }

  @Test
  void a_teammates_freeze_of_the_same_archive_that_just_began_is_not_aborted() throws Exception {
    ObjectAttributes deep =
        new ObjectAttributes("application/gzip", Map.of(), StorageClass.DEEP_ARCHIVE, Map.of());
    String jans = bucket.createUpload(KEY, deep);
    try {
      freeze(new Ending(0));
    } catch (CuttingStore.Cut _) {
      assertThat(openUploads()).hasSize(2);
    }

    freeze(new Naming("david", Set.of(jans)));

    assertThat(openUploads()).extracting(OpenUpload::uploadId).containsExactly(jans);
  }

  @Test
  void where_the_server_does_not_tell_who_began_an_upload_only_known_ones_are_aborted()
      throws Exception {
    try {
      freeze(new Ending(0));
    } catch (CuttingStore.Cut _) {
      assertThat(openUploads()).hasSize(1);
    }

    freeze(new Naming("", Set.of()));

    assertThat(openUploads()).hasSize(1);
    assertThat(state.classChanges().keys("sandbox")).isEmpty();
  }

  @Test
  void a_version_that_comes_while_parts_are_copied_is_left_alone() throws Exception {
    ETag[] theirs = new ETag[1];
    byte[] other = new byte[300_000];
    ObjectStore overtaken =
        new ForwardingStore(bucket) {
          @Override
          public Written copy(
              String sourceKey,
              ETag version,
              String targetKey,
              CopyAttributes attributes,
              Guard guard,
              CopyWatch watch)
              throws StoreException {
            return super.copy(
                sourceKey,
                version,
                targetKey,
                attributes,
                guard,
                new CopyWatch() {
                  @Override
                  public void began(String key, String uploadId) throws StoreException {
                    watch.began(key, uploadId);
                  }

                  @Override
                  public void copied(long bytes) {
                    if (bytes < 5 * 1024 * 1024) {
                      theirs[0] = replaced(version, other);
                    }
                    watch.copied(bytes);
                  }

                  @Override
                  public void ended(String key, String uploadId) {
                    watch.ended(key, uploadId);
                  }
                });
          }
        };

    assertThat(freeze(overtaken)).contains(new Freezing.Outcome.Changed());

    ObjectSummary there = bucket.head(KEY).orElseThrow().summary();
    assertThat(there.etag()).isEqualTo(theirs[0]);
    assertThat(there.storageClass()).isEqualTo(StorageClass.STANDARD);
    try (InputStream in = bucket.read(KEY, there.etag(), 0, other.length)) {
      assertThat(in.readAllBytes()).isEqualTo(other);
    }
    assertThat(openUploads()).isEmpty();
    assertThat(state.classChanges().keys("sandbox")).isEmpty();
  }

  private ETag replaced(ETag version, byte[] by) {
    try {
      Written written =
          bucket.put(
              KEY,
              Body.of(by),
              new ObjectAttributes("application/gzip", METADATA),
              Guard.unchanged(version));
      return ((Written.Stored) written).version();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
