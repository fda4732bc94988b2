package dev.vat.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Answers every request: checks the signature, finds the operation, lets it answer.
final class S3Handler extends Handler.Abstract {
  private static final long DRAINED_BYTES = 16L * 1024 * 1024;

  /// Parts of the API that the sandbox lacks; anything else unknown in a query S3 ignores too.
  private static final Pattern UNKNOWN_PARAMS =
      Pattern.compile(
          "abac|accelerate|acl|analytics|annotation|attributes|cors|encryption|intelligent-tiering"
              + "|inventory|legal-hold|lifecycle|logging|metadata(Configuration|Table)|metrics"
              + "|notification|object-lock|ownershipControls|policy(Status)?|publicAccessBlock"
              + "|renameObject|replication|requestPayment|restore|retention|select|session|tagging"
              + "|torrent|versionId|versions|website|X-Amz-Security-Token");

  /// Beginnings of headers that would change what an operation does.
  private static final Pattern UNKNOWN_HEADERS =
      Pattern.compile(
          "x-amz-(bypass-governance|copy-source-server-side|grant-|if-match-|mfa|object-lock"
              + "|security-token|server-side-encryption|tagging|website-redirect|write-offset).*");

  /// What an operation does with a call.
  private interface Operation {
    void run(Call call, Body body, Answer answer) throws IOException;
  }

  private final SandboxOptions options;
  private final Map<String, Operation> operations;

  S3Handler(SandboxOptions options, Store store) {
    this.options = options;
    BucketOperations buckets = new BucketOperations(store);
    ObjectOperations objects = new ObjectOperations(store);
    UploadOperations uploads = new UploadOperations(store, objects);
    this.operations =
        Map.ofEntries(
            Map.entry("GET service", buckets::list),
            Map.entry("PUT bucket", buckets::create),
            Map.entry("HEAD bucket", buckets::head),
            Map.entry("DELETE bucket", buckets::delete),
            Map.entry("GET bucket location", buckets::location),
            Map.entry("GET bucket list-type", buckets::listObjects),
            Map.entry("POST bucket delete", buckets::deleteObjects),
            Map.entry("PUT object", objects::put),
            Map.entry("GET object", objects::get),
            Map.entry("HEAD object", objects::get),
            Map.entry("DELETE object", objects::delete),
            Map.entry("PUT object copy", objects::copy),
            Map.entry("GET bucket uploads", uploads::list),
            Map.entry("POST object uploads", uploads::create),
            Map.entry("PUT object uploadId", uploads::put),
            Map.entry("PUT object uploadId copy", uploads::copy),
            Map.entry("GET object uploadId", uploads::listParts),
            Map.entry("POST object uploadId", uploads::complete),
            Map.entry("DELETE object uploadId", uploads::abort));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Instant now = options.clock().instant();
    Answer answer = new Answer(response, now);
    String path = request.getHttpURI().getPath();
    try {
      try {
        Call call = new Call(request, now);
        Body body = new Body(call, Signature.verified(call, options));
        operation(call).run(call, body, answer);
      } catch (S3Error e) {
        answer.refuse(e, path, drained(request));
      } catch (IOException | RuntimeException e) {
        if (response.isCommitted()) {
          throw e;
        }
        S3Error fault = ErrorCode.INTERNAL_ERROR.error("The sandbox failed: " + e);
        answer.refuse(fault, path, false);
      }
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      // The connection ends early, which the client notices by the length.
      callback.failed(e);
    }
    return true;
  }

  private Operation operation(Call call) {
    Stream<String> params = call.params.stream().map(Map.Entry::getKey);
    Stream<String> headers = call.headerNames().stream();
    Stream.concat(
            params.filter(UNKNOWN_PARAMS.asMatchPredicate()),
            headers.filter(UNKNOWN_HEADERS.asMatchPredicate()))
        .findFirst()
        .ifPresent(
            name -> {
              throw ErrorCode.NOT_IMPLEMENTED.error("The sandbox does not know " + name);
            });
    Operation operation = operations.get(call.operation());
    if (operation == null) {
      throw ErrorCode.NOT_IMPLEMENTED.error("The sandbox cannot do " + call.operation());
    }
    return operation;
  }

  /// A refused body of a usual size is read to its end, so that the client can read the answer and
  /// go on with the connection. One that waits for leave to come needs no reading; a huge one costs
  /// its sender the connection.
  private static boolean drained(Request request) throws IOException {
    if (request.getHeaders().contains("Expect") || request.getLength() > DRAINED_BYTES) {
      return false;
    }
    Content.Source.asInputStream(request).skip(DRAINED_BYTES);
    return true;
  }
}
