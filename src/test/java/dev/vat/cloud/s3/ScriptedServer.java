package dev.vat.cloud.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A server on a bare socket that misbehaves by script: the first request gets the first behaviour,
/// and so on; when the script is over, the last one again.
final class ScriptedServer implements AutoCloseable {
  /// What happens to one request.
  interface Behaviour {
    void serve(Exchange exchange) throws IOException;
  }

  /// What a client asked.
  record Request(String method, String target, Map<String, String> headers) {
    /// @param name in lower case
    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Behaviour> script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private ScriptedServer(ServerSocket listener, List<Behaviour> script) {
    this.listener = listener;
    this.script = new ConcurrentLinkedQueue<>(script);
  }

  static ScriptedServer of(Behaviour... script) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    ScriptedServer server = new ScriptedServer(listener, List.of(script));
    server.threads.submit(server::accept);
    return server;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// All requests whose head arrived, in order.
  List<Request> requests() {
    return requests;
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        threads.submit(() -> serve(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          failures.add(e);
        }
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      Exchange exchange = new Exchange(socket);
      while (!exchange.over) {
        Optional<Request> request = readHead(in);
        if (request.isEmpty()) {
          return;
        }
        requests.add(request.get());
        exchange.request = request.get();
        Behaviour next = script.size() > 1 ? script.poll() : script.peek();
        next.serve(exchange);
      }
    } catch (IOException _) {
      // The client went away: its own affair, the test looks at what it says.
    }
  }

  private static Optional<Request> readHead(InputStream in) throws IOException {
    String first = readLine(in);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    String[] words = first.split(" ");
    return Optional.of(new Request(words[0], words[1], headers));
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /// One connection of a client.
  static final class Exchange {
    private final Socket socket;
    private Request request;
    private boolean over;

    private Exchange(Socket socket) {
      this.socket = socket;
    }

    Request request() {
      return request;
    }

    /// Reads the whole body, after "continue" where the client waits for it.
    byte[] body() throws IOException {
      if (request.header("expect").isPresent()) {
        send("HTTP/1.1 100 Continue\r\n\r\n");
      }
      int length = request.header("content-length").map(Integer::parseInt).orElse(0);
      return socket.getInputStream().readNBytes(length);
    }

    void read(int bytes) throws IOException {
      socket.getInputStream().readNBytes(bytes);
    }

    void send(String raw) throws IOException {
      socket.getOutputStream().write(raw.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /// Closes in order.
    void end() throws IOException {
      over = true;
      socket.shutdownOutput();
    }

    /// Closes with a reset.
    void reset() throws IOException {
      over = true;
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  /// Takes the body, answers, closes.
  static Behaviour answer(int status, Map<String, String> headers, String body) {
    return exchange -> {
      exchange.body();
      exchange.send(head(status, headers, body.getBytes(UTF_8).length, false));
      if (!exchange.request().method().equals("HEAD")) {
        exchange.send(new String(body.getBytes(UTF_8), ISO_8859_1));
      }
      exchange.end();
    };
  }

  /// Takes the body, answers, and keeps the connection.
  static Behaviour answerAndKeep(int status, Map<String, String> headers, String body) {
    return exchange -> {
      exchange.body();
      exchange.send(head(status, headers, body.length(), true) + body);
    };
  }

  static String head(int status, Map<String, String> headers, long length, boolean keep) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    head.append("Content-Length: " + length + "\r\n");
    return head.append(keep ? "\r\n" : "Connection: close\r\n\r\n").toString();
  }

  static Behaviour ok(String etag) {
    return answer(200, Map.of("ETag", '"' + etag + '"'), "");
  }

  /// An error in S3's words.
  static Behaviour error(int status, String code) {
    return error(status, code, Map.of());
  }

  static Behaviour error(int status, String code, Map<String, String> headers) {
    return answer(
        status,
        headers,
        "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>");
  }

  /// Takes everything and closes without a word.
  static Behaviour takeAndCut() {
    return exchange -> {
      exchange.body();
      exchange.reset();
    };
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("the scripted server failed", failures.getFirst());
    }
  }
}
