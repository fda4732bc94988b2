package dev.vat.cloud;

import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3ObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// The same on an implementation that is not ours.
final class MotoAuditTrailsTest extends AuditTrailsContract {
  private static MotoAccount moto;

  @BeforeAll
  static void start() throws Exception {
    moto = MotoAccount.start();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @BeforeEach
  void reset() throws Exception {
    moto.reset();
  }

  @Override
  AuditTrails trails() throws Exception {
    S3Connection connection = MotoAccount.connection(moto.endpoint());
    try (ObjectStore store = S3ObjectStore.open(connection, "log")) {
      store.settings().create();
    }
    return CloudTrailsTest.at(moto.endpoint());
  }
}
