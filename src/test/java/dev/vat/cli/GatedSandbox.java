package dev.vat.cli;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.sandbox.SandboxServer;
import java.io.IOException;
import java.nio.file.Path;

/// A sandbox, looked at in one bucket, behind a gate that can kill who talks to it.
///
/// @param store the bucket as the test looks at it, past the gate
record GatedSandbox(SandboxServer server, RequestGate gate, ObjectStore store)
    implements AutoCloseable {
  static final String BUCKET = ArchivingComputer.BUCKET;

  /// @param more buckets that the server has besides
  static GatedSandbox in(Path folder, String... more) throws IOException {
    SandboxServer server = ArchivingComputer.serve(folder, more);
    return new GatedSandbox(
        server, RequestGate.before(server.endpoint()), RealTeam.store(server.endpoint(), BUCKET));
  }

  /// An archive that was there before, past the gate.
  void keeps(String key, byte[] archive, ObjectAttributes attributes) throws IOException {
    store.put(key, Body.of(archive), attributes, Guard.absent());
  }

  @Override
  public void close() throws IOException {
    store.close();
    gate.close();
    server.close();
  }
}
