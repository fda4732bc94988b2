package dev.vat.cloud.s3;

import dev.vat.cloud.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Sends presigned requests with bodies, and reads their answers, with the JDK's HttpURLConnection
/// alone: the SDK's pipeline costs several times the processor time (docs/design.md).
///
/// What has to be known about HttpURLConnection: with a fixed length it does not send a body a
/// second time on its own; it keeps a connection for the next request only when the answer was read
/// to its end; its exceptions hold the URL, and so the signature, when `getInputStream` is asked
/// after an error, which is why the status is always asked first.
final class LeanTransport {
  /// Enough for any error that S3 words.
  private static final int ERROR_BYTES = 64 * 1024;

  private final Tuning tuning;

  LeanTransport(Tuning tuning) {
    this.tuning = tuning;
  }

  /// Lets the JDK keep as many idle connections to one server as transfers run side by side; its
  /// default of 5 closes the rest after each part. Read once by the JDK, so this is called before
  /// the first connection. A value that the user gave stays.
  static void keepConnections() {
    if (System.getProperty("http.maxConnections") == null) {
      System.setProperty("http.maxConnections", "64");
    }
  }

  /// What a successful answer says.
  ///
  /// @param etag may be null
  /// @param crc32 as in the header; may be null
  record Accepted(String etag, String crc32) {}

  /// A body on its way, over all the attempts of one call. Not for several threads.
  final class Sending {
    private final Body body;

    /// A server that refuses early closes the connection before it has read the body, and its
    /// answer is lost. So after a connection that broke while sending, the server is asked first
    /// (`Expect: 100-continue`). Not always, because it costs a round trip, and servers that do not
    /// know it stay silent.
    private boolean askFirst;

    private Sending(Body body) {
      this.body = body;
    }

    /// One attempt.
    ///
    /// @throws FaultException from the network or the server
    /// @throws IOException from the body: it cannot be read, or
    ///     [dev.vat.cloud.SourceChangedException]
    Accepted send(Presigned request) throws FaultException, IOException {
      HttpURLConnection connection = open(request);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.sizeBytes());
      if (askFirst) {
        connection.setRequestProperty("Expect", "100-continue");
      }
      boolean asked = askFirst;
      askFirst = false;
      CheckedOutput out = new CheckedOutput(output(connection, request, asked), body);
      try {
        body.writeTo(out);
        out.finish();
      } catch (IOException e) {
        connection.disconnect();
        if (out.broken() == null) {
          throw e;
        }
        askFirst = true;
        throw unanswered(out.broken());
      }
      requireSuccess(connection, request);
      drain(connection);
      return new Accepted(
          connection.getHeaderField("ETag"), connection.getHeaderField("x-amz-checksum-crc32"));
    }

    private OutputStream output(HttpURLConnection connection, Presigned request, boolean asked)
        throws FaultException {
      try {
        return connection.getOutputStream();
      } catch (ProtocolException e) {
        if (!asked) {
          throw unanswered(e);
        }
        // The JDK's way to say that the server answered something else than "continue".
        requireSuccess(connection, request);
        throw unanswered(e);
      } catch (IOException e) {
        throw unanswered(e);
      }
    }
  }

  Sending sending(Body body) {
    return new Sending(body);
  }

  /// Asks for content; the caller reads and closes, or disconnects.
  HttpURLConnection get(Presigned request) throws FaultException {
    HttpURLConnection connection = open(request);
    requireSuccess(connection, request);
    return connection;
  }

  /// The answer's body; only after its status is known to be good.
  static InputStream body(HttpURLConnection connection) throws FaultException {
    try {
      return connection.getInputStream();
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  private HttpURLConnection open(Presigned request) throws FaultException {
    try {
      HttpURLConnection connection = (HttpURLConnection) request.url().openConnection();
      connection.setRequestMethod(request.method());
      connection.setConnectTimeout((int) tuning.connectTimeout().toMillis());
      connection.setReadTimeout((int) tuning.readTimeout().toMillis());
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setRequestProperty("Accept", "*/*");
      connection.setRequestProperty("User-Agent", "vat");
      // Host and Content-Length are the JDK's own, from the same URL and body.
      request
          .headers()
          .forEach(
              (name, values) -> {
                if (!name.equalsIgnoreCase("host") && !name.equalsIgnoreCase("content-length")) {
                  connection.setRequestProperty(name, String.join(",", values));
                }
              });
      return connection;
    } catch (IOException e) {
      throw unanswered(e);
    }
  }

  private static void requireSuccess(HttpURLConnection connection, Presigned request)
      throws FaultException {
    int status;
    try {
      status = connection.getResponseCode();
    } catch (HttpRetryException e) {
      // The JDK wants to log in, which S3 knows nothing of.
      status = e.responseCode();
    } catch (IOException e) {
      connection.disconnect();
      throw unanswered(e);
    }
    if (status < 0) {
      connection.disconnect();
      throw unanswered(new ProtocolException("not an answer in HTTP"));
    }
    if (status / 100 != 2) {
      throw new FaultException(answered(status, connection, request.signed()), null);
    }
  }

  private static Fault answered(int status, HttpURLConnection connection, Instant signed) {
    Map<String, String> error = ErrorXml.read(errorBody(connection));
    return new Fault.Answered(
        status,
        error.getOrDefault("Code", ""),
        Optional.ofNullable(connection.getHeaderField("x-amz-bucket-region"))
            .or(() -> Optional.ofNullable(error.get("Region"))),
        Calls.httpDate(connection.getHeaderField("Date")),
        Optional.of(signed));
  }

  private static byte[] errorBody(HttpURLConnection connection) {
    try (InputStream in = connection.getErrorStream()) {
      return in == null ? new byte[0] : in.readNBytes(ERROR_BYTES);
    } catch (IOException _) {
      // The status is known, and that is what counts.
      connection.disconnect();
      return new byte[0];
    }
  }

  /// To its end, so that the connection serves the next part as well.
  private static void drain(HttpURLConnection connection) {
    try (InputStream in = connection.getInputStream()) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The answer's head was good, and that is what counts; only the connection is lost.
      connection.disconnect();
    }
  }

  private static FaultException unanswered(IOException e) {
    return new FaultException(new Fault.Unanswered(e), e);
  }
}
