package dev.vat.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/// S3Proxy, an S3 server that others wrote, in a process of its own: its 150 jars stay off our
/// class path. It keeps objects as files below a folder, checks signatures and digests, and stores
/// no checksums.
public final class S3ProxyServer implements AutoCloseable {
  public static final String ACCESS_KEY_ID = "s3proxy-user";
  public static final String SECRET = "s3proxy-secret";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final Path buckets;
  private final URI endpoint;

  private S3ProxyServer(Process process, Path buckets, URI endpoint) {
    this.process = process;
    this.buckets = buckets;
    this.endpoint = endpoint;
  }

  /// Starts a server and waits until it answers.
  ///
  /// @param folder empty, for its files and its log
  public static S3ProxyServer start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    Path buckets = Files.createDirectories(folder.resolve("buckets"));
    Path settings = folder.resolve("s3proxy.properties");
    try (OutputStream out = Files.newOutputStream(settings)) {
      settings(endpoint, buckets).store(out, null);
    }
    String java = ProcessHandle.current().info().command().orElseThrow();
    Process process =
        new ProcessBuilder(
                List.of(
                    java,
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx256m",
                    "-Dlogback.configurationFile=" + quiet(folder),
                    "-cp",
                    classPath(),
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3ProxyServer server = new S3ProxyServer(process, buckets, endpoint);
    try {
      server.awaitAnswer(port, folder.resolve("s3proxy.log"));
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  /// Without it the server writes more log than it stores content.
  private static Path quiet(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("logback.xml"), "<configuration><root level=\"WARN\"/></configuration>");
  }

  private static Properties settings(URI endpoint, Path buckets) {
    Properties settings = new Properties();
    settings.setProperty("s3proxy.endpoint", endpoint.toString());
    settings.setProperty("s3proxy.authorization", "aws-v4");
    settings.setProperty("s3proxy.identity", ACCESS_KEY_ID);
    settings.setProperty("s3proxy.credential", SECRET);
    // It knows neither x-amz-mp-object-size nor the checksum type.
    settings.setProperty("s3proxy.ignore-unknown-headers", "true");
    settings.setProperty("jclouds.provider", "filesystem-nio2");
    settings.setProperty("jclouds.identity", "none");
    settings.setProperty("jclouds.credential", "none");
    settings.setProperty("jclouds.filesystem.basedir", buckets.toString());
    return settings;
  }

  /// The file is written by the build and named by it.
  private static String classPath() throws IOException {
    String file = System.getProperty("vat.s3proxy.classpath", "target/s3proxy.classpath");
    return Files.readString(Path.of(file)).strip();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer(int port, Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(port)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        throw new IOException("S3Proxy did not start:\n" + Files.readString(log));
      }
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      socket.setSoTimeout(5000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes());
      InputStream in = socket.getInputStream();
      return in.read() == 'H';
    } catch (IOException _) {
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /// Makes a bucket: for this server a folder is one.
  public void createBucket(String name) throws IOException {
    Files.createDirectory(buckets.resolve(name));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("stopped while S3Proxy was ending", e);
    }
  }
}
