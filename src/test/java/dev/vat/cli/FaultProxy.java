package dev.vat.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A line to a real server that misbehaves by rule: each request goes to the server, or meets what
/// the rule says. One connection for each request, so that nothing depends on which are kept.
final class FaultProxy implements AutoCloseable {
  /// What happens to one request.
  interface Fault {
    void serve(Exchange exchange) throws IOException;
  }

  /// Chooses what happens to a request.
  interface Rule {
    Fault on(Request request);
  }

  /// A request whose head has come.
  ///
  /// @param number from 1 on since the rule was set
  /// @param target path and query
  /// @param occurrence from 1 on, among the requests of the same kind since the rule was set
  record Request(int number, String method, String target, int occurrence) {
    boolean isAbout(String part) {
      return target.contains(part);
    }

    /// What it asks of what; all files of the user's are alike.
    String kind() {
      return kind(method, target);
    }

    private static String kind(String method, String target) {
      String what =
          target.contains("list-type=") ? "list" : target.contains("metadata.json") ? "notes" : "";
      String call =
          target.contains("partNumber=")
              ? " part"
              : target.contains("uploadId=") ? " upload" : target.contains("uploads") ? " new" : "";
      return method + " " + (what.isEmpty() ? "file" : what) + call;
    }
  }

  static final Fault NONE = exchange -> exchange.reply(exchange.forward(exchange.body()));

  private final ServerSocket listener;
  private final URI server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private final Map<String, Integer> kinds = new ConcurrentHashMap<>();
  private volatile Rule rule = _ -> NONE;

  private FaultProxy(ServerSocket listener, URI server) {
    this.listener = listener;
    this.server = server;
  }

  static FaultProxy before(URI server) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    FaultProxy proxy = new FaultProxy(listener, server);
    proxy.threads.submit(proxy::accept);
    return proxy;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /// From here on; the count of requests begins anew.
  void rule(Rule other) {
    requests.clear();
    kinds.clear();
    count.set(0);
    rule = other;
  }

  /// What was asked since the rule was set.
  List<Request> requests() {
    return requests;
  }

  /// One of each kind; of those to the team's notes and of listings each one, because they come at
  /// different moments of a run.
  List<Request> moments() {
    return requests.stream()
        .filter(one -> one.occurrence() == 1 || !one.kind().contains("file"))
        .toList();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
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
      List<String> head = head(socket.getInputStream());
      if (!head.isEmpty()) {
        String[] words = head.getFirst().split(" ");
        int occurrence = kinds.merge(Request.kind(words[0], words[1]), 1, Integer::sum);
        Request request = new Request(count.incrementAndGet(), words[0], words[1], occurrence);
        requests.add(request);
        rule.on(request).serve(new Exchange(socket, head));
      }
    } catch (IOException _) {
      // The client went away: its own affair, the test looks at what it says.
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  /// Empty when the client only closed.
  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    return lines;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  /// One request on its way.
  final class Exchange {
    private final Socket client;
    private final List<String> head;

    private Exchange(Socket client, List<String> head) {
      this.client = client;
      this.head = head;
    }

    private String header(String name) {
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    private boolean isHead() {
      return head.getFirst().startsWith("HEAD ");
    }

    private int length() {
      String length = header("content-length");
      return length.isEmpty() ? 0 : Integer.parseInt(length);
    }

    byte[] body() throws IOException {
      if (!header("expect").isEmpty()) {
        reply("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
      }
      return client.getInputStream().readNBytes(length());
    }

    void readHalfOfTheBody() throws IOException {
      client.getInputStream().readNBytes(length() / 2);
    }

    /// The server's whole answer.
    byte[] forward(byte[] body) throws IOException {
      try (Socket upstream = new Socket(server.getHost(), server.getPort())) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        for (String line : head) {
          String lower = line.toLowerCase(Locale.ROOT);
          if (!lower.startsWith("connection:") && !lower.startsWith("expect:")) {
            request.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
          }
        }
        request.writeBytes("Connection: close\r\n\r\n".getBytes(ISO_8859_1));
        upstream.getOutputStream().write(request.toByteArray());
        upstream.getOutputStream().write(body);
        upstream.getOutputStream().flush();
        return upstream.getInputStream().readAllBytes();
      }
    }

    void reply(byte[] bytes) throws IOException {
      client.getOutputStream().write(bytes);
      client.getOutputStream().flush();
    }

    void reset() throws IOException {
      client.setSoLinger(true, 0);
      client.close();
    }

    /// Until the client gives up.
    void waitForTheClient() throws IOException {
      while (client.getInputStream().read() >= 0) {
        // What still comes is of no interest.
      }
    }
  }

  /// An error in S3's words; an answer to HEAD has no body.
  static Fault answer(int status, String code) {
    return exchange -> {
      exchange.body();
      String xml = "<Error><Code>" + code + "</Code><Message>m</Message></Error>";
      exchange.reply(
          ("HTTP/1.1 "
                  + status
                  + " Faulty\r\nConnection: close\r\nContent-Length: "
                  + xml.length()
                  + "\r\n\r\n"
                  + (exchange.isHead() ? "" : xml))
              .getBytes(UTF_8));
    };
  }

  static Fault resetBeforeTheBody() {
    return Exchange::reset;
  }

  static Fault resetInTheBody() {
    return exchange -> {
      exchange.readHalfOfTheBody();
      exchange.reset();
    };
  }

  /// The request is carried out, and nobody hears of it.
  static Fault loseTheAnswer() {
    return exchange -> {
      exchange.forward(exchange.body());
      exchange.reset();
    };
  }

  static Fault resetInTheAnswer() {
    return exchange -> {
      byte[] answer = exchange.forward(exchange.body());
      exchange.reply(half(answer));
      exchange.reset();
    };
  }

  /// Ends in order, too early.
  static Fault truncateTheAnswer() {
    return exchange -> exchange.reply(half(exchange.forward(exchange.body())));
  }

  static Fault flipABitOfTheAnswer() {
    return exchange -> {
      byte[] answer = exchange.forward(exchange.body());
      exchange.reply(flipped(answer, bodyOf(answer)));
    };
  }

  static Fault flipABitOfTheBody() {
    return exchange -> exchange.reply(exchange.forward(flipped(exchange.body(), 0)));
  }

  static Fault stall() {
    return exchange -> {
      exchange.body();
      exchange.waitForTheClient();
    };
  }

  /// Up to the middle of the body, or of the head where there is no body.
  private static byte[] half(byte[] answer) {
    int body = bodyOf(answer);
    int end = body < answer.length ? body + (answer.length - body) / 2 : answer.length / 2;
    return Arrays.copyOf(answer, end);
  }

  private static byte[] flipped(byte[] bytes, int from) {
    byte[] other = bytes.clone();
    if (from < other.length) {
      other[from + (other.length - from) / 2] ^= 1;
    }
    return other;
  }

  private static int bodyOf(byte[] answer) {
    int end = new String(answer, ISO_8859_1).indexOf("\r\n\r\n");
    return end < 0 ? answer.length : end + 4;
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
      throw new IllegalStateException("the proxy failed", failures.getFirst());
    }
  }
}
