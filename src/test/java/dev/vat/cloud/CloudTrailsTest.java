package dev.vat.cloud;

import dev.vat.cloud.s3.CloudTrails;
import java.net.URI;
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
    return CloudTrails.open(MotoAccount.connection(endpoint));
  }

  @Override
  AuditTrails trails() {
    return at(server.endpoint());
  }
}
