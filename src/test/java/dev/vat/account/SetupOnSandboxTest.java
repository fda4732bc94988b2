package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.FreezeTag;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.StorageClass;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the rules that a set-up makes do to real objects as time passes.
final class SetupOnSandboxTest {
  private static final byte[] CONTENT = new byte[200 * 1024];
  private static final WantedBucket WANTED =
      new WantedBucket(
          "films",
          List.of(new BucketUse.Archives("archive/", 180), new BucketUse.Sharing("staging/")),
          false);

  @Test
  void archives_freeze_by_their_tag_and_nothing_else_is_touched_in_ten_years(@TempDir Path folder)
      throws Exception {
    try (SandboxServer server =
            SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()));
        ObjectStore store = open(server)) {
      // The sandbox tells that it has no versions only of a bucket that is there.
      store.settings().create();
      SetupPlan plan = SetupPlan.of(WANTED, FoundBucket.of(store.settings()));
      for (Change change : plan.changes()) {
        SetupPlan.apply(change, store.settings());
      }
      put(store, "archive/b40-old.tar.gz", FreezeTag.TAGS);
      put(store, "archive/b40-old.light.tar.gz", Map.of());
      put(store, "staging/v-appydave/b63/draft.mp4", Map.of());
      put(store, "staging/v-appydave/b63/tagged-by-hand.mp4", FreezeTag.TAGS);
      String open = store.createUpload("staging/v-appydave/b63/open.mp4", plain(Map.of()));

      server.forward(Duration.ofDays(13));
      assertThat(store.listParts("staging/v-appydave/b63/open.mp4", open)).isEmpty();
      assertThat(classOf(store, "archive/b40-old.tar.gz")).isEqualTo("STANDARD");

      server.forward(Duration.ofDays(3650));
      assertThat(classOf(store, "archive/b40-old.tar.gz")).isEqualTo("DEEP_ARCHIVE");
      assertThat(classOf(store, "archive/b40-old.light.tar.gz")).isEqualTo("STANDARD");
      assertThat(classOf(store, "staging/v-appydave/b63/draft.mp4")).isEqualTo("STANDARD");
      assertThat(classOf(store, "staging/v-appydave/b63/tagged-by-hand.mp4")).isEqualTo("STANDARD");
      List<String> uploads = new ArrayList<>();
      store.listUploads("", upload -> uploads.add(upload.key()));
      assertThat(uploads).isEmpty();
    }
  }

  private static ObjectAttributes plain(Map<String, String> tags) {
    return new ObjectAttributes("video/mp4", Map.of(), StorageClass.STANDARD, tags);
  }

  private static void put(ObjectStore store, String key, Map<String, String> tags)
      throws Exception {
    store.put(key, Body.of(CONTENT), plain(tags), Guard.absent());
  }

  private static String classOf(ObjectStore store, String key) throws Exception {
    return store.head(key).orElseThrow().summary().storageClass().toString();
  }

  private static ObjectStore open(SandboxServer server) {
    S3Keys keys =
        new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty());
    return ImpatientStore.open(
        new S3Connection(
            Optional.of(server.endpoint()),
            Optional.of("us-east-1"),
            Optional.of(keys),
            Optional.empty()),
        "films");
  }
}
