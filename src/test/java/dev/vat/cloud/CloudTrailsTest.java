package dev.vat.cloud;

import dev.vat.cloud.s3.CloudTrails;
import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The real client, over HTTP.
final class CloudTrailsTest extends AuditTrailsContract {
  private TrailServer server;

  @BeforeEach
  void start() throws Exception {
    server = TrailServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static AuditTrails at(URI endpoint) {
    return CloudTrails.open(
        new S3Connection(
            Optional.of(endpoint),
            Optional.of("us-east-1"),
            Optional.of(new S3Keys("AKIDEXAMPLE", "secret", Optional.empty())),
            Optional.empty()));
  }

  @Override
  AuditTrails trails() {
    return at(server.endpoint());
  }
}
