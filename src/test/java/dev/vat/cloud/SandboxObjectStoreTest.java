package dev.vat.cloud;

import static dev.vat.cloud.SampleBodies.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.s3.ImpatientStore;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

  @Test
  void an_expired_link_is_refused(@TempDir Path folder) throws Exception {
    AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(ahead.get());
    try (SandboxServer aging =
            SandboxServer.start(SandboxOptions.in(folder, clock).withBuckets(BUCKET));
        ObjectStore there = open(aging.endpoint(), BUCKET, SandboxOptions.SECRET_KEY)) {
      there.put("k", text("x"), PLAIN, Guard.absent());
      ReadLink link = there.readLink("k", PLAYED, Duration.ofHours(1));

      ahead.set(Duration.ofMinutes(59));
      assertThat(got(link.address()).statusCode()).isEqualTo(200);
      ahead.set(Duration.ofMinutes(61));
      assertThat(got(link.address()).statusCode()).isEqualTo(403);
      assertThat(got(link.address()).body()).asString().contains("Request has expired");
    }
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
  public void pass(Duration time) throws Exception {
    server.forward(time);
  }
}
