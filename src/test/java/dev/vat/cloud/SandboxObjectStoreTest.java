package dev.vat.cloud;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// The contract on our own sandbox.
class SandboxObjectStoreTest extends ServerContract {
  private static final String BUCKET = "vat-contract";

  private static SandboxServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server =
        SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()).withBuckets(BUCKET));
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected URI endpoint() {
    return server.endpoint();
  }

  @Override
  protected String bucket() {
    return BUCKET;
  }

  @Override
  protected String secret() {
    return SandboxOptions.SECRET_KEY;
  }

  @Override
  protected ObjectStore open(URI endpoint, String bucket, String secret) {
    return ImpatientStore.open(connection(endpoint, secret), bucket);
  }

  @Override
  protected ObjectStore openCopyingInParts() {
    return ImpatientStore.copyingInParts(
        connection(server.endpoint(), SandboxOptions.SECRET_KEY), BUCKET);
  }

  private static S3Connection connection(URI endpoint, String secret) {
    S3Keys keys = new S3Keys(SandboxOptions.ACCESS_KEY, secret, Optional.empty());
    return new S3Connection(
        Optional.of(endpoint), Optional.of("us-east-1"), Optional.of(keys), Optional.empty());
  }

  @Override
  protected boolean keepsChecksums() {
    return true;
  }

  @Override
  protected boolean tellsSizesOfParts() {
    return true;
  }

  @Override
  protected boolean listsChecksumsOfParts() {
    return true;
  }

  @Override
  protected boolean knowsWhichUploadsAreGone() {
    return true;
  }

  @Override
  protected boolean keysMayLieBelowKeys() {
    return true;
  }

  @Override
  protected boolean completionMindsIfMatch() {
    return true;
  }

  @Override
  protected boolean namesInitiators() {
    return true;
  }
}
