package dev.vat.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vat.cloud.ObjectStore;
import dev.vat.cloud.S3ProxyServer;
import dev.vat.cloud.StoreException;
import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that has buckets and nothing that could be set of them.
final class OtherServerSetupTest {
  private static final WantedBucket WANTED =
      new WantedBucket(
          "films", List.of(new BucketUse.Archives("a/", 180), new BucketUse.Sharing("s/")), false);

  @Test
  void what_s3proxy_lacks_is_told_and_the_bucket_is_made(@TempDir Path folder) throws Exception {
    try (S3ProxyServer server = S3ProxyServer.start(folder);
        ObjectStore store = open(server)) {
      assertThat(FoundBucket.of(store.settings()).region()).isEmpty();

      store.settings().create();

      FoundBucket found = FoundBucket.of(store.settings());
      SetupPlan plan = SetupPlan.of(WANTED, found);
      assertThat(found.region()).isPresent();
      // It says that it keeps no versions, and cannot.
      assertThat(plan.changes()).hasExactlyElementsOfTypes(Change.KeepVersions.class);
      assertThatThrownBy(() -> SetupPlan.apply(plan.changes().getFirst(), store.settings()))
          .isInstanceOf(StoreException.Unsupported.class);
      assertThat(plan.remarks()).anyMatch(remark -> remark.contains("life cycle rules"));
    }
  }

  private static ObjectStore open(S3ProxyServer server) {
    S3Keys keys = new S3Keys(S3ProxyServer.ACCESS_KEY_ID, S3ProxyServer.SECRET, Optional.empty());
    return ImpatientStore.open(
        new S3Connection(
            Optional.of(server.endpoint()),
            Optional.of("us-east-1"),
            Optional.of(keys),
            Optional.empty()),
        "films");
  }
}
