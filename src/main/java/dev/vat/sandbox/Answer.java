package dev.vat.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;

/// What one request is answered. Each call has exactly one of the methods that send.
final class Answer {
  private final Response response;
  private final Instant now;

  Answer(Response response, Instant now) {
    this.response = response;
    this.now = now;
  }

  Answer set(String header, Object value) {
    response.getHeaders().put(header, value.toString());
    return this;
  }

  private void begin(int status) {
    response.setStatus(status);
    set("Date", DateGenerator.formatDate(now));
    set("x-amz-request-id", UUID.randomUUID());
  }

  /// Sends the headers alone.
  void send(int status) throws IOException {
    begin(status);
    Content.Sink.write(response, true, BufferUtil.EMPTY_BUFFER);
  }

  /// Sends a document.
  void send(int status, Xml document) throws IOException {
    byte[] bytes = document.bytes();
    set("Content-Type", "application/xml").set("Content-Length", bytes.length).begin(status);
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
  }

  void send(Xml document) throws IOException {
    send(200, document);
  }

  /// Sends a document in JSON.
  void sendJson(String document) throws IOException {
    byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
    set("Content-Type", "application/json").set("Content-Length", bytes.length).begin(200);
    Content.Sink.write(response, true, ByteBuffer.wrap(bytes));
  }

  /// Sends the headers; the content is the caller's to write, and to close when it is whole.
  OutputStream content(int status) {
    begin(status);
    return Content.Sink.asOutputStream(response);
  }

  /// Sends S3's error document, in place of what was set before.
  ///
  /// @param lasting whether the connection can go on
  void refuse(S3Error error, String resource, boolean lasting) throws IOException {
    response.reset();
    if (!lasting) {
      set("Connection", "close");
    }
    Xml xml = Xml.error().text("Code", error.code.code).text("Message", error.getMessage());
    error.details.forEach(xml::text);
    send(error.code.status, xml.text("Resource", resource));
  }
}
