package dev.vat.sandbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;

/// Answers every request: checks the signature, finds the operation, sends the answer.
final class S3Handler extends Handler.Abstract {
  private static final int SEND_BYTES = 256 * 1024;
  private static final long DRAINED_BYTES = 16L * 1024 * 1024;

  /// Parts of the API that the sandbox lacks; anything else unknown in a query S3 ignores too.
  private static final Set<String> UNKNOWN_PARAMS =
      Set.of(
          "abac",
          "accelerate",
          "acl",
          "analytics",
          "annotation",
          "attributes",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metadataConfiguration",
          "metadataTable",
          "metrics",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "renameObject",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "versionId",
          "versions",
          "website");

  /// Beginnings of headers that would change what an operation does.
  private static final List<String> UNKNOWN_HEADERS =
      List.of(
          "x-amz-bypass-governance",
          "x-amz-copy-source-server-side",
          "x-amz-grant-",
          "x-amz-if-match-",
          "x-amz-mfa",
          "x-amz-object-lock",
          "x-amz-server-side-encryption",
          "x-amz-tagging",
          "x-amz-website-redirect",
          "x-amz-write-offset");

  private static final Set<String> OWNERS_ACLS = Set.of("private", "bucket-owner-full-control");

  private final InstantSource clock;
  private final RequestSignature signature;
  private final ObjectFiles files;
  private final BucketHandler buckets;
  private final ObjectHandler objects;
  private final MultipartHandler multipart;
  private final Completion completion;

  S3Handler(SandboxOptions options, ObjectFiles files) {
    this.clock = options.clock();
    this.files = files;
    this.signature = new RequestSignature(options);
    this.buckets = new BucketHandler(files, clock);
    this.objects = new ObjectHandler(files, clock);
    this.multipart = new MultipartHandler(files, clock);
    this.completion = new Completion(files);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String id = UUID.randomUUID().toString();
    response.getHeaders().put("Date", ObjectHeaders.httpDate(clock.instant()));
    response.getHeaders().put("x-amz-request-id", id);
    try {
      Reply reply;
      try {
        Call call = new Call(request);
        reply = answer(call, new RequestBody(call, signature.verify(call)));
      } catch (S3Error e) {
        drain(request, response);
        byte[] document = e.document(request.getHttpURI().getPath(), id);
        reply = Reply.document(e.code.status, document, e.headers());
      }
      send(reply, request, response, callback);
    } catch (IOException | RuntimeException e) {
      fail(e, request, response, callback, id);
    }
    return true;
  }

  private Reply answer(Call call, RequestBody body) throws IOException {
    call.params.stream()
        .map(Call.Param::name)
        .filter(UNKNOWN_PARAMS::contains)
        .findFirst()
        .ifPresent(
            name -> {
              throw ErrorCode.NOT_IMPLEMENTED.error("The sandbox does not know ?" + name);
            });
    for (String name : call.headerNames()) {
      boolean acl = name.equals("x-amz-acl") && !OWNERS_ACLS.contains(call.header(name).orElse(""));
      if (acl || UNKNOWN_HEADERS.stream().anyMatch(name::startsWith)) {
        throw ErrorCode.NOT_IMPLEMENTED.error("The sandbox does not know the header " + name);
      }
    }
    if (call.bucket.isEmpty()) {
      if (!call.method.equals("GET")) {
        throw ErrorCode.METHOD_NOT_ALLOWED.error();
      }
      return buckets.listAll();
    }
    return call.key.isEmpty() ? onBucket(call, body) : onObject(call, body);
  }

  private Reply onBucket(Call call, RequestBody body) throws IOException {
    return switch (call.method) {
      case "PUT" -> call.has("versioning") ? unknown() : buckets.create(call, body);
      case "DELETE" -> buckets.delete(call);
      case "HEAD" -> buckets.head(call);
      case "POST" -> call.has("delete") ? buckets.deleteMany(call, body) : unknown();
      case "GET" -> {
        if (call.has("location")) {
          yield buckets.location(call);
        }
        if (call.has("versioning")) {
          yield buckets.versioning(call);
        }
        if (call.has("uploads")) {
          yield multipart.listUploads(call);
        }
        Listing listing = new Listing(files.bucket(call.bucket), call);
        yield call.param("list-type").filter("2"::equals).isPresent()
            ? listing.version2()
            : listing.version1();
      }
      default -> throw ErrorCode.METHOD_NOT_ALLOWED.error();
    };
  }

  private Reply onObject(Call call, RequestBody body) throws IOException {
    boolean copy = call.header("x-amz-copy-source").isPresent();
    boolean part = call.has("uploadId");
    return switch (call.method) {
      case "GET" -> part ? multipart.listParts(call) : objects.get(call);
      case "HEAD" -> objects.get(call);
      case "DELETE" -> part ? multipart.abort(call) : objects.delete(call);
      case "PUT" -> {
        if (part) {
          yield copy ? multipart.copy(call) : multipart.put(call, body);
        }
        yield copy ? objects.copy(call) : objects.put(call, body);
      }
      case "POST" -> {
        if (part) {
          yield completion.complete(call, body);
        }
        yield call.has("uploads") ? multipart.create(call) : unknown();
      }
      default -> throw ErrorCode.METHOD_NOT_ALLOWED.error();
    };
  }

  private static Reply unknown() {
    throw ErrorCode.NOT_IMPLEMENTED.error();
  }

  /// A refused body of a usual size is read to its end, so that the client can read the answer and
  /// go on with the connection. One that waits for leave to come needs no reading; a huge one costs
  /// its sender the connection.
  private static void drain(Request request, Response response) throws IOException {
    boolean waiting = request.getHeaders().contains("Expect");
    if (waiting || request.getLength() > DRAINED_BYTES) {
      response.getHeaders().put("Connection", "close");
    } else {
      Content.Source.asInputStream(request).skip(DRAINED_BYTES);
    }
  }

  private static void send(Reply reply, Request request, Response response, Callback callback)
      throws IOException {
    response.setStatus(reply.status());
    reply.headers().forEach(response.getHeaders()::put);
    boolean head = request.getMethod().equals("HEAD");
    boolean bodiless = reply.status() == 204 || reply.status() == 304;
    if (reply.content() != null) {
      response.getHeaders().put("Content-Length", reply.length());
      try (ObjectReader content = reply.content()) {
        sendContent(content, reply.length(), request, response);
      }
      callback.succeeded();
    } else {
      byte[] document = head || bodiless ? new byte[0] : reply.document();
      if (!bodiless) {
        response
            .getHeaders()
            .put("Content-Length", head ? Math.max(0, reply.length()) : document.length);
      }
      response.write(true, ByteBuffer.wrap(document), callback);
    }
  }

  private static void sendContent(
      ObjectReader content, long length, Request request, Response response) throws IOException {
    int size = (int) Math.clamp(length, 1, SEND_BYTES);
    RetainableByteBuffer.Mutable pooled =
        request.getComponents().getByteBufferPool().acquire(size, true);
    try {
      ByteBuffer buffer = pooled.getByteBuffer();
      long left = length;
      while (left > 0) {
        buffer.clear();
        left -= content.read(buffer);
        buffer.flip();
        try (Blocker.Callback sent = Blocker.callback()) {
          response.write(left == 0, buffer, sent);
          sent.block();
        }
      }
    } finally {
      pooled.release();
    }
  }

  /// A broken connection, or a fault of ours: said where the answer has not begun, else the
  /// connection ends early, which the client notices by the length.
  private static void fail(
      Exception fault, Request request, Response response, Callback callback, String id) {
    if (response.isCommitted()) {
      callback.failed(fault);
      return;
    }
    response.getHeaders().put("Connection", "close");
    S3Error error = new S3Error(ErrorCode.INTERNAL_ERROR, "The sandbox failed: " + fault, Map.of());
    byte[] document = error.document(request.getHttpURI().getPath(), id);
    response.setStatus(error.code.status);
    response.getHeaders().put("Content-Type", "application/xml");
    response.write(true, ByteBuffer.wrap(document), callback);
  }
}
