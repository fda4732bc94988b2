package dev.vat.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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

  /// Parameters and headers that would change what an operation does and that the sandbox lacks;
  /// what else is unknown S3 ignores too.
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "\\?(abac|accelerate|acl|analytics|annotation|attributes|cors"
              + "|intelligent-tiering|inventory|legal-hold|logging"
              + "|metadata(Configuration|Table)|metrics|notification|object-lock"
              + "|ownershipControls|policyStatus"
              + "|renameObject|replication|requestPayment|retention|select|session"
              + "|torrent|versionId|versions|website|X-Amz-Security-Token)"
              + "|x-amz-(bypass-governance|copy-source-server-side|grant-|if-match-|mfa|object-lock"
              + "|security-token|server-side-encryption|website-redirect|write-offset).*");

  /// What an operation does with a call.
  private interface Operation {
    void run(Call call, Body body, Answer answer) throws IOException;
  }

  private final SandboxClock clock;
  private final PassingTime time;
  private final Store store;
  private final Map<String, Operation> operations;

  /// @param thawDelay what every thaw takes, in place of S3's own times
  S3Handler(SandboxClock clock, PassingTime time, Store store, Optional<Duration> thawDelay) {
    this.clock = clock;
    this.time = time;
    this.store = store;
    BucketOperations buckets = new BucketOperations(store);
    ObjectOperations objects = new ObjectOperations(store);
    UploadOperations uploads = new UploadOperations(store, objects);
    LifecycleOperations lifecycles = new LifecycleOperations(store);
    TagOperations tags = new TagOperations(store);
    BucketDocuments documents = new BucketDocuments(store);
    this.operations =
        Map.ofEntries(
            Map.entry("GET service", buckets::list),
            Map.entry("PUT bucket", buckets::create),
            Map.entry("HEAD bucket", buckets::head),
            Map.entry("DELETE bucket", buckets::delete),
            Map.entry("GET bucket location", buckets::location),
            Map.entry("GET bucket list-type", buckets::listObjects),
            Map.entry("POST bucket delete", buckets::deleteObjects),
            Map.entry("PUT bucket lifecycle", lifecycles::put),
            Map.entry("GET bucket lifecycle", lifecycles::get),
            Map.entry("DELETE bucket lifecycle", lifecycles::delete),
            Map.entry("PUT bucket publicAccessBlock", documents::putPublicAccess),
            Map.entry("GET bucket publicAccessBlock", documents::getPublicAccess),
            Map.entry("DELETE bucket publicAccessBlock", documents::deletePublicAccess),
            Map.entry("PUT bucket encryption", documents::putEncryption),
            Map.entry("GET bucket encryption", documents::getEncryption),
            Map.entry("DELETE bucket encryption", documents::deleteEncryption),
            Map.entry("PUT bucket policy", documents::putPolicy),
            Map.entry("GET bucket policy", documents::getPolicy),
            Map.entry("DELETE bucket policy", documents::deletePolicy),
            Map.entry("PUT object", objects::put),
            Map.entry("GET object", objects::get),
            Map.entry("HEAD object", objects::get),
            Map.entry("DELETE object", objects::delete),
            Map.entry("PUT object copy", objects::copy),
            Map.entry("POST object restore", new ThawOperations(store, thawDelay)::restore),
            Map.entry("GET object tagging", tags::get),
            Map.entry("PUT object tagging", tags::put),
            Map.entry("DELETE object tagging", tags::delete),
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
    Instant real = clock.real();
    Answer answer = new Answer(response, real);
    String path = request.getHttpURI().getPath();
    try {
      try {
        Call call = new Call(request, time.now(), real);
        Body body = new Body(call, Signature.verified(call));
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
    String unknown =
        Stream.concat(call.params.stream().map(p -> "?" + p.getKey()), call.headerNames().stream())
            .filter(UNKNOWN.asMatchPredicate())
            .findFirst()
            .orElse("");
    ErrorCode.NOT_IMPLEMENTED.when(!unknown.isEmpty(), "The sandbox lacks " + unknown);
    String name = call.operation();
    ErrorCode.NOT_IMPLEMENTED.when(!operations.containsKey(name), "The sandbox cannot do " + name);
    if (!name.equals("GET service") && !name.equals("PUT bucket")) {
      store.bucket(call.bucket);
    }
    return operations.get(name);
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
