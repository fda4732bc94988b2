package dev.vat.staging;

import dev.vat.sandbox.SandboxOptions;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// On our own sandbox, which tells what S3 tells.
class OtherToolsOnSandboxTest extends OtherToolsContract {
  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final String[] NAMES = {"films-1", "films-2", "films-3", "films-4", "films-5"};

  private static SandboxServer server;

  @BeforeAll
  static void startServer(@TempDir Path folder) throws IOException {
    server =
        SandboxServer.start(SandboxOptions.in(folder, InstantSource.system()).withBuckets(NAMES));
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @Override
  OtherTool.Account account() {
    return new OtherTool.Account(
        server.endpoint(), SandboxOptions.ACCESS_KEY, SandboxOptions.SECRET_KEY);
  }

  @Override
  String bucket() {
    return NAMES[BUCKETS.getAndIncrement()];
  }

  @Override
  boolean tellsSizesOfParts() {
    return true;
  }
}
