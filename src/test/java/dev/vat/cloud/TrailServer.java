package dev.vat.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `vat` needs of AWS CloudTrail and STS, over HTTP: JSON and XML in the shapes of their API
/// References. A new trail logs management events, as AWS's do. It checks no signatures; the shapes
/// were compared with moto's by hand (2026-11-25).
final class TrailServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private static final class Trail {
    private final String bucket;
    private boolean logging;
    private ArrayNode selectors = JSON.createArrayNode();

    private Trail(String bucket) {
      this.bucket = bucket;
      ObjectNode usual = selectors.addObject();
      usual.put("ReadWriteType", "All").put("IncludeManagementEvents", true);
      usual.putArray("DataResources");
    }
  }

  private final HttpServer server;
  private final Map<String, Trail> trails = new TreeMap<>();

  private TrailServer(HttpServer server) {
    this.server = server;
  }

  static TrailServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TrailServer server = new TrailServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target == null) {
      send(exchange, 200, "text/xml", IDENTITY);
      return;
    }
    ObjectNode answer = JSON.createObjectNode();
    int status =
        result(target.substring(target.lastIndexOf('.') + 1), JSON.readTree(body), answer)
            ? 200
            : 400;
    send(exchange, status, "application/x-amz-json-1.1", answer.toString());
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static final String IDENTITY =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>\
      <Arn>arn:aws:iam::123456789012:user/david</Arn><UserId>AIDA</UserId><Account>123456789012</Account>\
      </GetCallerIdentityResult></GetCallerIdentityResponse>""";

  private boolean result(String action, JsonNode asked, ObjectNode answer) {
    String name = asked.path("Name").asString(asked.path("TrailName").asString(""));
    Trail trail = trails.get(name);
    if (action.equals("CreateTrail")) {
      if (trail != null) {
        answer.put("__type", "TrailAlreadyExistsException");
        return false;
      }
      trails.put(name, new Trail(asked.path("S3BucketName").asString("")));
      answer.put("Name", name);
      return true;
    }
    if (trail == null) {
      answer.put("__type", "TrailNotFoundException");
      return false;
    }
    switch (action) {
      case "GetTrail" ->
          answer.putObject("Trail").put("Name", name).put("S3BucketName", trail.bucket);
      case "GetTrailStatus" -> answer.put("IsLogging", trail.logging);
      case "GetEventSelectors" -> answer.set("EventSelectors", trail.selectors);
      case "PutEventSelectors" -> trail.selectors = (ArrayNode) asked.path("EventSelectors");
      case "StartLogging" -> trail.logging = true;
      default -> {
        answer.put("__type", "UnknownOperationException");
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
