package dev.vat.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What `vat` needs of S3's replication: it keeps the document of `?replication` and gives it back,
/// and 404 where there is none, as the S3 API Reference says. The sandbox keeps no versions, and so
/// cannot copy them.
final class ReplicationServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

  private volatile boolean forgetsFilters;

  private ReplicationServer(HttpServer server) {
    this.server = server;
  }

  static ReplicationServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ReplicationServer server = new ReplicationServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// As moto 5.2 does.
  void forgetsFilters() {
    forgetsFilters = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    byte[] kept = documents.get(path);
    if (!"replication".equals(exchange.getRequestURI().getQuery())) {
      send(exchange, 501, error("NotImplemented"));
    } else if (exchange.getRequestMethod().equals("PUT")) {
      String text = new String(body, StandardCharsets.UTF_8);
      documents.put(
          path,
          forgetsFilters
              ? text.replaceAll("<Filter>.*</Filter>", "").getBytes(StandardCharsets.UTF_8)
              : body);
      send(exchange, 200, new byte[0]);
    } else if (kept == null) {
      send(exchange, 404, error("ReplicationConfigurationNotFoundError"));
    } else {
      send(exchange, 200, kept);
    }
  }

  private static byte[] error(String code) {
    return ("<Error><Code>" + code + "</Code><Message>no</Message></Error>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
