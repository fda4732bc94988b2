package dev.vat.staging;

import dev.vat.cloud.S3ProxyServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// On S3Proxy, a server that does not tell the sizes of parts: they are guessed.
class OtherToolsOnS3ProxyTest extends OtherToolsContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private static S3ProxyServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws Exception {
    server = S3ProxyServer.start(folder);
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @Override
  OtherTool.Account account() {
    return new OtherTool.Account(
        server.endpoint(), S3ProxyServer.ACCESS_KEY_ID, S3ProxyServer.SECRET);
  }

  @Override
  String bucket() throws IOException {
    String name = "films-" + BUCKETS.incrementAndGet();
    server.createBucket(name);
    return name;
  }

  @Override
  boolean tellsSizesOfParts() {
    return false;
  }
}
