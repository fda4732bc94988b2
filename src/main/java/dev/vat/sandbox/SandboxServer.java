package dev.vat.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// An S3 server for demos, tests and trying out: serves a folder on 127.0.0.1, buckets in the path.
///
/// Writes are atomic, and killing the process loses nothing that was answered. After a power cut
/// everything there is is whole, but the newest names may be missing: folders are not flushed, for
/// speed. One server uses a folder at a time.
public final class SandboxServer implements AutoCloseable {
  private static final int MAX_REQUESTS = 256;
  private static final int HEADER_BYTES = 32 * 1024;
  private static final int INPUT_BYTES = 64 * 1024;

  private final Server server;
  private final ServerConnector connector;
  private final Store store;
  private final SandboxClock clock;
  private final PassingTime time;

  private SandboxServer(
      Server server, ServerConnector connector, Store store, SandboxClock clock, PassingTime time) {
    this.server = server;
    this.clock = clock;
    this.time = time;
    this.connector = connector;
    this.store = store;
  }

  /// Starts serving. After a failure nothing is left running.
  ///
  /// @throws IOException when the folder or the port cannot be used; the message says what to do
  public static SandboxServer start(SandboxOptions options) throws IOException {
    SandboxClock clock = SandboxClock.in(options.dir(), options.clock());
    Store store = Store.open(options.dir());
    Server server = new Server(threads());
    try {
      PassingTime time = new PassingTime(clock, store);
      for (String bucket : options.buckets()) {
        if (store.under("/" + bucket + "/").findAny().isEmpty()) {
          store.put(Stored.bucket(bucket, clock.now(), ""), Condition.onMatch(""));
        }
      }
      ServerConnector connector = connector(server, options.port());
      server.setHandler(
          new Handler.Sequence(
              new ClockControl(clock, time),
              new S3Handler(clock, time, store, options.thawDelay())));
      server.setErrorHandler(
          (request, response, callback) -> {
            // Only what Jetty itself refuses comes here: requests that are no HTTP.
            response.write(true, ByteBuffer.allocate(0), callback);
            return true;
          });
      server.start();
      return new SandboxServer(server, connector, store, clock, time);
    } catch (Exception e) {
      try (store) {
        server.stop();
      } catch (Exception closing) {
        e.addSuppressed(closing);
      }
      throw new IOException(
          "The sandbox cannot serve on port "
              + options.port()
              + " of 127.0.0.1: "
              + e.getMessage()
              + ". Stop what uses the port, or choose another; 0 takes a free one.",
          e);
    }
  }

  private static QueuedThreadPool threads() {
    VirtualThreadPool virtual = new VirtualThreadPool(MAX_REQUESTS);
    virtual.setName("sandbox");
    // Jetty's own queue asks the JVM's management beans for its layout: half of a start's time.
    QueuedThreadPool threads = new QueuedThreadPool(8, 1, 60_000, new LinkedBlockingQueue<>());
    threads.setName("sandbox-net");
    threads.setReservedThreads(0);
    threads.setDaemon(true);
    threads.setVirtualThreadsExecutor(virtual);
    return threads;
  }

  private static ServerConnector connector(Server server, int port) {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(UriCompliance.UNSAFE);
    // Otherwise Jetty replaces well-known values by its own spelling, and signatures fail.
    http.setHeaderCacheCaseSensitive(true);
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
    HttpConnectionFactory factory = new HttpConnectionFactory(http);
    factory.setInputBufferSize(INPUT_BYTES);
    ServerConnector connector = new ServerConnector(server, 1, 1, factory);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    return connector;
  }

  /// Where it answers, with the port that it has: `http://127.0.0.1:PORT`.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  /// Where its own call for the clock answers: `GET` tells the time of what is stored, `POST` with
  /// `?forward=P180D` moves it ahead.
  public URI clockAddress() {
    return endpoint().resolve(ClockControl.PATH);
  }

  /// The time of what is stored, in whole seconds.
  public Instant now() {
    return clock.now();
  }

  /// How far that time is ahead of the real one.
  public Duration ahead() {
    return clock.ahead();
  }

  /// Moves the time of what is stored ahead: thaws end, thawed copies expire, and the life cycle
  /// rules of every midnight UTC that passes are applied when this returns. It is kept over
  /// restarts.
  ///
  /// @throws IllegalArgumentException when that is backward, or more than 200 years in all
  public void forward(Duration by) throws IOException {
    time.forward(by);
  }

  /// Stops serving and gives the folder free. Requests under way are cut off; what was answered is
  /// kept.
  @Override
  public void close() throws IOException {
    try (store) {
      server.stop();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("The sandbox did not stop as it should: " + e.getMessage(), e);
    }
  }
}
