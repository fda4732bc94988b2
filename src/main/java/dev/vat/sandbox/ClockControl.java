package dev.vat.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/// The sandbox's own call beside S3, at a path that no bucket can have: `GET /-/clock` tells the
/// time of what is stored, `POST /-/clock?forward=P180D` (a duration of ISO 8601) moves it ahead
/// and answers when everything that is due by then is done.
///
/// The server answers this computer only. A web page that is open on it is kept out too, for moving
/// the clock can expire objects: a browser names a foreign page as `Origin`, and a page that got
/// here by a name of its own has that name as `Host`.
final class ClockControl extends Handler.Abstract {
  /// Where it answers.
  static final String PATH = "/-/clock";

  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost");

  private final SandboxClock clock;
  private final PassingTime time;

  ClockControl(SandboxClock clock, PassingTime time) {
    this.clock = clock;
    this.time = time;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!request.getHttpURI().getPath().equals(PATH)) {
      return false;
    }
    try {
      if (request.getHeaders().contains(HttpHeader.ORIGIN)
          || !OWN_NAMES.contains(Request.getServerName(request))) {
        send(response, 403, "{\"error\":\"only programs on this computer may ask, by 127.0.0.1\"}");
      } else {
        answer(request, response);
      }
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      callback.failed(e);
    }
    return true;
  }

  private void answer(Request request, Response response) throws IOException {
    switch (request.getMethod()) {
      case "GET" -> tell(response);
      case "POST" -> {
        try {
          Fields asked = Request.extractQueryParameters(request);
          String by = asked.getValue("forward");
          time.forward(Duration.parse(by == null ? "" : by));
          tell(response);
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException wrong) {
          send(
              response,
              400,
              "{\"error\":\"forward is a duration of at most 200 years in all, such as P180D or"
                  + " PT12H; the clock does not go back\"}");
        }
      }
      default -> send(response, 405, "{\"error\":\"GET tells the time, POST moves it ahead\"}");
    }
  }

  private void tell(Response response) throws IOException {
    send(response, 200, "{\"now\":\"%s\",\"ahead\":\"%s\"}".formatted(time.now(), clock.ahead()));
  }

  private static void send(Response response, int status, String json) throws IOException {
    byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
  }
}
