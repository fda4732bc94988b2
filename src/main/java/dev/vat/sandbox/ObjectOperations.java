package dev.vat.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.DateGenerator;

/// The operations on single objects.
///
/// Source: Amazon S3 API Reference, PutObject, GetObject, HeadObject, CopyObject, DeleteObject.
final class ObjectOperations {
  private static final int USER_BYTES = 2048;
  private static final String USER = "x-amz-meta-";
  private static final Pattern KEPT =
      Pattern.compile(
          "cache-control|content-(disposition|encoding|language|type)|expires|x-amz-meta-.*");

  private final Store store;

  ObjectOperations(Store store) {
    this.store = store;
  }

  /// What a request wants kept and given back, the storage class included.
  static Map<String, String> kept(Call call) {
    Map<String, String> kept = new TreeMap<>();
    kept.put(Stored.HEADER + "content-type", "binary/octet-stream");
    int bytes = 0;
    for (String name : call.headerNames()) {
      String value = call.header(name);
      if (name.startsWith(USER)) {
        bytes += name.length() - USER.length() + value.getBytes(StandardCharsets.UTF_8).length;
      } else if (name.equals("content-encoding")) {
        // How the body came is not what it is.
        value = value.replaceAll("(^|,)\\s*aws-chunked\\s*(?=,|$)", "");
      }
      if (KEPT.matcher(name).matches() && !value.isEmpty()) {
        kept.put(Stored.HEADER + name, value);
      }
    }
    ErrorCode.METADATA_TOO_LARGE.when(bytes > USER_BYTES);
    return inClass(call, kept);
  }

  /// The same in the storage class that the request names; STANDARD, also the default, is kept as
  /// nothing.
  private static Map<String, String> inClass(Call call, Map<String, String> kept) {
    String wanted = call.header(Stored.STORAGE_CLASS);
    ErrorCode.INVALID_STORAGE_CLASS.when(!wanted.isEmpty() && StorageClass.named(wanted).isEmpty());
    kept.remove(Stored.HEADER + Stored.STORAGE_CLASS);
    if (!wanted.isEmpty() && !wanted.equals("STANDARD")) {
      kept.put(Stored.HEADER + Stored.STORAGE_CLASS, wanted);
    }
    return kept;
  }

  void put(Call call, Body body, Answer answer) throws IOException {
    Condition condition = Condition.onWrite(call);
    Map<String, String> kept = Tags.sentWith(call).in(kept(call));
    Checksum checksum = body.sent().orElse(Checksum.CRC64NVME);
    Part content = store.receive(1, call.now, checksum, body::receive);
    Stored object = Stored.object(call.path, kept, checksum, content);
    store.put(object, condition);
    answer.set("ETag", object.fact("etag"));
    setChecksum(answer, object, object.fact("checksum"));
    setExpiry(answer, object);
    answer.send(200);
  }

  private void setExpiry(Answer answer, Stored object) {
    Lifecycle.of(store.bucket(object.bucket()))
        .flatMap(l -> l.expiry(object))
        .ifPresent(e -> answer.set("x-amz-expiration", e.header()));
  }

  private static void setChecksum(Answer answer, Stored object, String value) {
    answer.set(object.algorithm().header, value).set("x-amz-checksum-type", object.fact("type"));
  }

  /// GET and HEAD.
  void get(Call call, Body body, Answer answer) throws IOException {
    Stored object = store.hold(call.path);
    try {
      object.headers().forEach((n, v) -> answer.set(n.substring(Stored.HEADER.length()), v));
      call.params.stream()
          .filter(p -> p.getKey().matches("response-(" + KEPT + ")"))
          .forEach(p -> answer.set(p.getKey().substring("response-".length()), p.getValue()));
      answer.set("ETag", object.fact("etag"));
      answer.set("Last-Modified", DateGenerator.formatDate(object.modified()));
      answer.set("Accept-Ranges", "bytes");
      setExpiry(answer, object);
      int tags = Tags.of(object).pairs().size();
      if (tags > 0) {
        answer.set("x-amz-tagging-count", tags);
      }
      Thaw.of(object, call.now).ifPresent(t -> answer.set("x-amz-restore", t.header(call.now)));
      if (!Condition.isNews(call, "", object)) {
        answer.send(304);
        return;
      }
      if (!call.method.equals("HEAD")) {
        ThawOperations.checkReadable(call, object, ErrorCode.INVALID_OBJECT_STATE);
      }
      boolean summed = call.header("x-amz-checksum-mode").equalsIgnoreCase("ENABLED");
      Optional<ByteRange> range =
          call.has("partNumber")
              ? part(call, answer, object, summed)
              : range(call.header("Range"), object.size());
      if (range.isEmpty() && summed) {
        setChecksum(answer, object, object.fact("checksum"));
      }
      send(call, answer, object, range);
    } finally {
      store.release(object);
    }
  }

  private void send(Call call, Answer answer, Stored object, Optional<ByteRange> range)
      throws IOException {
    long length = range.map(ByteRange::getLength).orElse(object.size());
    range.ifPresent(r -> answer.set("Content-Range", r.toHeaderValue(object.size())));
    answer.set("Content-Length", length);
    int status = range.isPresent() ? 206 : 200;
    if (call.method.equals("HEAD")) {
      answer.send(status);
      return;
    }
    try (OutputStream out = answer.content(status)) {
      store.send(object, range.map(ByteRange::first).orElse(0L), length, out);
    }
  }

  /// @return empty for the whole, which is also the answer to several ranges
  static Optional<ByteRange> range(String header, long size) {
    if (header.isEmpty()) {
      return Optional.empty();
    }
    List<ByteRange> ranges = ByteRange.parse(List.of(header), size);
    ErrorCode.INVALID_RANGE.when(ranges.isEmpty());
    return ranges.size() > 1 ? Optional.empty() : Optional.of(ranges.getFirst());
  }

  private static Optional<ByteRange> part(Call call, Answer answer, Stored object, boolean summed) {
    ErrorCode.INVALID_REQUEST.when(
        !call.header("Range").isEmpty(), "Range and partNumber cannot go together.");
    int number = call.number("partNumber", 0);
    List<Part> parts = object.parts();
    ErrorCode.INVALID_PART_NUMBER.when(number < 1 || number > parts.size());
    if (object.fact("etag").contains("-")) {
      answer.set("x-amz-mp-parts-count", parts.size());
    }
    if (summed && object.composite()) {
      setChecksum(answer, object, parts.get(number - 1).checksum());
    }
    long from = parts.subList(0, number - 1).stream().mapToLong(Part::size).sum();
    return object.size() == 0
        ? Optional.empty()
        : Optional.of(new ByteRange(from, from + parts.get(number - 1).size() - 1));
  }

  void delete(Call call, Body body, Answer answer) throws IOException {
    ErrorCode.NOT_IMPLEMENTED.when(
        !call.header("If-None-Match").isEmpty(), "A delete takes only If-Match.");
    store.remove(call.path, Condition.onMatch(call.header("If-Match")));
    answer.send(204);
  }

  /// Takes hold of what `x-amz-copy-source` names.
  Stored holdSource(Call call) throws IOException {
    String source = call.header("x-amz-copy-source");
    String path = UriText.decodePath(source.startsWith("/") ? source : "/" + source);
    int slash = path.indexOf('/', 1);
    ErrorCode.INVALID_ARGUMENT.when(
        source.contains("?") || slash < 0 || slash == path.length() - 1,
        "x-amz-copy-source must be bucket/key");
    store.bucket(path.substring(1, slash));
    return store.hold(path);
  }

  /// Checks the conditions on the source of a copy.
  static void checkSource(Call call, Stored source) {
    ErrorCode.PRECONDITION_FAILED.when(!Condition.isNews(call, "x-amz-copy-source-", source));
  }

  private static boolean replaces(Call call) {
    return switch (call.header("x-amz-metadata-directive")) {
      case "", "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw ErrorCode.INVALID_ARGUMENT.error("Unknown metadata directive.");
    };
  }

  void copy(Call call, Body body, Answer answer) throws IOException {
    Condition condition = Condition.onWrite(call);
    boolean replacing = replaces(call);
    Stored source = holdSource(call);
    try {
      checkSource(call, source);
      ThawOperations.checkReadable(call, source, ErrorCode.OBJECT_NOT_IN_ACTIVE_TIER);
      ErrorCode.INVALID_REQUEST.when(
          source.name().equals(call.path)
              && !replacing
              && call.header(Stored.STORAGE_CLASS).isEmpty(),
          "A copy of an object to itself must change its metadata or its storage class.");
      ErrorCode.INVALID_REQUEST.when(
          source.size() > Body.MAX_BYTES, "More than 5 GiB must be copied in parts.");
      String wanted = call.header("x-amz-checksum-algorithm");
      Checksum checksum = wanted.isEmpty() ? source.algorithm() : Checksum.of(wanted);
      Map<String, String> kept =
          Tags.ofCopy(call, source).in(replacing ? kept(call) : inClass(call, source.headers()));
      Part content = receive(source, 0, source.size(), 1, call, checksum);
      Stored copy = Stored.object(call.path, kept, checksum, content);
      store.put(copy, condition);
      answer.send(
          new Xml("CopyObjectResult")
              .text("ETag", copy.fact("etag"))
              .text("LastModified", copy.modified())
              .text(checksum.element, copy.fact("checksum"))
              .text("ChecksumType", copy.fact("type")));
    } finally {
      store.release(source);
    }
  }

  /// Stores a range of a held version as a new content.
  Part receive(Stored source, long from, long length, int number, Call call, Checksum checksum)
      throws IOException {
    return store.receive(
        number, call.now, checksum, content -> store.send(source, from, length, content));
  }
}
