package dev.vat.cloud;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vat.cloud.s3.S3Connection;
import dev.vat.cloud.s3.S3Keys;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// moto's server, a widely used imitation of AWS's services, where somebody installed it (`pip
/// install moto[server]`); elsewhere tests that want it say so and do not run.
public final class MotoAccount implements AutoCloseable {
  private static final long MOST_NANOS = 120_000_000_000L;

  private final Process process;
  private final URI endpoint;

  private MotoAccount(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  public static MotoAccount start() throws IOException {
    Optional<Path> program =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "moto_server"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "moto_server is not installed here");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process process =
        new ProcessBuilder(program.get().toString(), "-H", "127.0.0.1", "-p", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    MotoAccount moto = new MotoAccount(process, URI.create("http://127.0.0.1:" + port));
    long begun = System.nanoTime();
    while (!moto.answers()) {
      boolean starts = process.isAlive() && System.nanoTime() - begun < MOST_NANOS;
      if (!starts) {
        moto.close();
      }
      assumeTrue(starts, "moto_server does not start here");
      LockSupport.parkNanos(50_000_000);
    }
    return moto;
  }

  private boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) endpoint.resolve("/moto-api/").toURL().openConnection();
      connection.setConnectTimeout(10_000);
      connection.setReadTimeout(10_000);
      return connection.getResponseCode() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// To this one, or to another server that speaks like AWS and checks no signatures.
  static S3Connection connection(URI endpoint) {
    return new S3Connection(
        Optional.of(endpoint),
        Optional.of("us-east-1"),
        Optional.of(new S3Keys("AKIDEXAMPLE", "secret", Optional.empty())),
        Optional.empty());
  }

  public URI endpoint() {
    return endpoint;
  }

  /// An empty account again.
  public void reset() throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) endpoint.resolve("/moto-api/reset").toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.getResponseCode();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
