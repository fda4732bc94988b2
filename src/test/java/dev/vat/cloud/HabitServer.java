package dev.vat.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/// A server with the habits of S3-compatible ones, in front of a real one: it ignores or refuses
/// conditions and checksums, and makes up ETags. It signs what it passes on anew, because a header
/// that is left out breaks a signature.
public final class HabitServer implements AutoCloseable {
  /// What is done with a request before it is passed on.
  public interface Act {
    void run() throws IOException;
  }

  private record Before(Predicate<String> request, Act act) {}

  private static final Pattern PARTS_ETAG = Pattern.compile("[0-9a-f]{32}-[0-9]+");

  private static final Set<String> ITS_OWN =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "host",
          "transfer-encoding",
          "x-amz-content-sha256",
          "x-amz-date");

  private final HttpServer front;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient back =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI real;
  private final AwsCredentialsIdentity identity;
  private final Set<Condition> ignored = EnumSet.noneOf(Condition.class);
  private final Set<Condition> refused = EnumSet.noneOf(Condition.class);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicReference<Before> before = new AtomicReference<>();
  private final Map<String, String> madeUp = new ConcurrentHashMap<>();
  private final List<String> md5s = new CopyOnWriteArrayList<>();
  private boolean damage;
  private int checksumRefusal;
  private boolean randomEtags;

  private HabitServer(HttpServer front, URI real, AwsCredentialsIdentity identity) {
    this.front = front;
    this.real = real;
    this.identity = identity;
  }

  /// @param real passes on what habits leave of a request
  public static HabitServer before(URI real, String accessKey, String secret) throws IOException {
    HttpServer front =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    HabitServer server =
        new HabitServer(front, real, AwsCredentialsIdentity.create(accessKey, secret));
    front.setExecutor(server.threads);
    front.createContext("/", server::serve);
    front.start();
    return server;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
  }

  /// Writes all the same, whatever these conditions say; only these.
  public HabitServer ignoring(Set<Condition> conditions) {
    ignored.clear();
    ignored.addAll(conditions);
    return this;
  }

  /// Answers 501 to these conditions; only these.
  public HabitServer refusing(Set<Condition> conditions) {
    refused.clear();
    refused.addAll(conditions);
    return this;
  }

  /// Takes no checksum header, and keeps no checksums.
  ///
  /// @param status of its refusal
  public HabitServer refusingChecksums(int status) {
    checksumRefusal = status;
    return this;
  }

  /// The ETag of an object made of parts is a random one.
  public HabitServer makingUpEtags() {
    randomEtags = true;
    return this;
  }

  /// Changes the first byte of what is sent to it.
  public HabitServer damagingBodies() {
    damage = true;
    return this;
  }

  /// Each `Content-MD5` that was passed on.
  public List<String> md5s() {
    return List.copyOf(md5s);
  }

  /// What came in, as `PUT /bucket/key?query`, since it was last forgotten.
  public List<String> requests() {
    return List.copyOf(requests);
  }

  public void forgetRequests() {
    requests.clear();
  }

  /// Does something once, right before the first request of that kind is passed on.
  public void beforeNext(Predicate<String> request, Act act) {
    before.set(new Before(request, act));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      requests.add(line);
      Before waiting = before.get();
      if (waiting != null && waiting.request().test(line) && before.compareAndSet(waiting, null)) {
        waiting.act().run();
      }
      Headers headers = exchange.getRequestHeaders();
      Optional<Condition> condition = conditionOf(exchange);
      if (condition.filter(refused::contains).isPresent()) {
        error(exchange, 501, "NotImplemented");
      } else if (checksumRefusal != 0 && namesChecksum(headers)) {
        error(
            exchange,
            checksumRefusal,
            checksumRefusal == 501 ? "NotImplemented" : "InvalidArgument");
      } else {
        md5s.addAll(headers.getOrDefault("Content-MD5", List.of()));
        if (damage && body.length > 0) {
          body[0]++;
        }
        boolean ignore = condition.filter(ignored::contains).isPresent();
        answer(exchange, passedOn(exchange, body, ignore));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Optional<Condition> conditionOf(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    boolean absent = headers.containsKey("If-None-Match");
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    boolean parts = query.contains("uploadId=");
    if (!absent && !headers.containsKey("If-Match")) {
      return Optional.empty();
    }
    return switch (exchange.getRequestMethod()) {
      case "PUT" ->
          Optional.of(
              headers.containsKey("x-amz-copy-source")
                  ? Condition.COPY_IF_ABSENT
                  : absent ? Condition.PUT_IF_ABSENT : Condition.PUT_IF_UNCHANGED);
      case "POST" ->
          parts
              ? Optional.of(absent ? Condition.COMPLETE_IF_ABSENT : Condition.COMPLETE_IF_UNCHANGED)
              : Optional.empty();
      case "DELETE" -> Optional.of(Condition.DELETE_IF_UNCHANGED);
      default -> Optional.empty();
    };
  }

  private static boolean namesChecksum(Headers headers) {
    return headers.keySet().stream()
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(
            name ->
                name.startsWith("x-amz-checksum-") && !name.equals("x-amz-checksum-mode")
                    || name.equals("x-amz-mp-object-size")
                    || name.equals("x-amz-sdk-checksum-algorithm"));
  }

  private HttpResponse<byte[]> passedOn(HttpExchange exchange, byte[] body, boolean ignore)
      throws IOException, InterruptedException {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .uri(real.resolve(exchange.getRequestURI().toString()))
            .method(SdkHttpMethod.fromValue(exchange.getRequestMethod()));
    List.copyOf(request.rawQueryParameters().keySet()).stream()
        .filter(name -> name.startsWith("X-Amz-"))
        .forEach(request::removeQueryParameter);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              boolean condition = lower.equals("if-match") || lower.equals("if-none-match");
              if (!ITS_OWN.contains(lower) && !(ignore && condition)) {
                request.putHeader(name, values.stream().map(this::really).toList());
              }
            });
    byte[] content =
        really(new String(body, UTF_8)).equals(new String(body, UTF_8))
            ? body
            : really(new String(body, UTF_8)).getBytes(UTF_8);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                s ->
                    s.identity(identity)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(content))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
            .request();
    HttpRequest.Builder out =
        HttpRequest.newBuilder(signed.getUri())
            .method(
                signed.method().name(),
                content.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(content));
    signed
        .headers()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                values.forEach(value -> out.header(name, value));
              }
            });
    return back.send(out.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private void answer(HttpExchange exchange, HttpResponse<byte[]> from) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    boolean completion =
        exchange.getRequestMethod().equals("POST")
            && String.valueOf(exchange.getRequestURI().getRawQuery()).contains("uploadId=");
    boolean xml = from.headers().firstValue("content-type").orElse("").contains("xml");
    byte[] body = from.body();
    if (xml && randomEtags) {
      String text = new String(body, UTF_8);
      if (completion && from.statusCode() == 200) {
        makeUp(text);
      }
      body = seemingly(text).getBytes(UTF_8);
    }
    Headers headers = exchange.getResponseHeaders();
    from.headers()
        .map()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              boolean sum = checksumRefusal != 0 && lower.startsWith("x-amz-checksum");
              boolean length = lower.equals("content-length") && !head;
              if (!sum && !length && !ITS_OWN.contains(lower)
                  || head && lower.equals("content-length")) {
                headers.put(name, values.stream().map(this::seemingly).toList());
              }
            });
    boolean none = head || body.length == 0;
    exchange.sendResponseHeaders(from.statusCode(), none ? -1 : body.length);
    if (!none) {
      exchange.getResponseBody().write(body);
    }
  }

  private void makeUp(String completed) {
    Matcher etag = PARTS_ETAG.matcher(completed);
    if (etag.find()) {
      madeUp.computeIfAbsent(
          etag.group(), _ -> UUID.randomUUID().toString().replace("-", "") + "-1");
    }
  }

  private String seemingly(String text) {
    String seen = text;
    for (Map.Entry<String, String> each : madeUp.entrySet()) {
      seen = seen.replace(each.getKey(), each.getValue());
    }
    return seen;
  }

  private String really(String text) {
    String meant = text;
    for (Map.Entry<String, String> each : madeUp.entrySet()) {
      meant = meant.replace(each.getValue(), each.getKey());
    }
    return meant;
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    byte[] body =
        ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>m</Message></Error>")
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
    back.close();
  }
}
