package dev.vat.cloud;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SandboxBucketSettingsTest extends LifecycleRulesContract {
  private static SandboxServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server = SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()));
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  static BucketSettings bucket(String name) {
    S3Keys keys =
        new S3Keys(SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY, Optional.empty());
    return ImpatientStore.open(
            new S3Connection(
                Optional.of(server.endpoint()),
                Optional.of("eu-west-1"),
                Optional.of(keys),
                Optional.empty()),
            name)
        .settings();
  }

  @Override
  protected BucketSettings fresh() throws Exception {
    BucketSettings bucket = bucket("fresh-" + UUID.randomUUID());
    bucket.create();
    return bucket;
  }
}
