package dev.vat.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The operations on single objects.
///
/// Source: Amazon S3 API Reference, PutObject, GetObject, HeadObject, CopyObject, DeleteObject.
final class ObjectHandler {
  private final ObjectFiles files;
  private final InstantSource clock;

  ObjectHandler(ObjectFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  Reply put(Call call, RequestBody body) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    Conditions.OnWrite condition = Conditions.onWrite(call);
    Map<String, String> kept = ObjectHeaders.kept(call);
    ChecksumAlgorithm algorithm = body.sent().orElse(ChecksumAlgorithm.CRC64NVME);
    Part content =
        bucket.store(
            1,
            now(),
            algorithm,
            out -> body.receive(out, RequestBody.MAX_PUT_BYTES, EnumSet.of(algorithm)));
    StoredObject object = commit(bucket, call.key, content, algorithm, kept, condition);
    Map<String, String> headers = new TreeMap<>(Map.of("ETag", object.etag()));
    ObjectHeaders.putChecksum(headers, object.checksum());
    return Reply.empty(200, headers);
  }

  private StoredObject commit(
      Bucket bucket,
      String key,
      Part content,
      ChecksumAlgorithm algorithm,
      Map<String, String> kept,
      Conditions.OnWrite condition)
      throws IOException {
    Checksum checksum = new Checksum(algorithm, Checksum.Type.FULL_OBJECT, content.checksum());
    StoredObject object =
        new StoredObject(
            key,
            List.of(content),
            content.etag(),
            content.modified(),
            kept,
            checksum,
            "",
            new StoredObject.Lease());
    try {
      bucket.put(object, condition);
    } catch (S3Error | IOException e) {
      bucket.deleteData(object.parts());
      throw e;
    }
    return object;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /// GET and HEAD.
  Reply get(Call call) {
    Bucket bucket = files.bucket(call.bucket);
    while (true) {
      StoredObject object = bucket.object(call.key);
      Map<String, String> headers = ObjectHeaders.of(object, call);
      if (!Conditions.isNews(call, "", object)) {
        return Reply.empty(304, headers);
      }
      Optional<ByteRange> range = range(call, object, headers);
      long from = range.map(ByteRange::from).orElse(0L);
      long length = range.map(ByteRange::length).orElse(object.size());
      range.ifPresent(r -> headers.put("content-range", r.header()));
      int status = range.isPresent() ? 206 : 200;
      if (range.isEmpty() && ObjectHeaders.wantsChecksum(call)) {
        ObjectHeaders.putChecksum(headers, object.checksum());
      }
      if (call.method.equals("HEAD")) {
        return new Reply(status, headers, new byte[0], null, length);
      }
      Optional<ObjectReader> reader = bucket.read(object, from, length);
      if (reader.isPresent()) {
        return new Reply(status, headers, new byte[0], reader.get(), length);
      }
    }
  }

  private static Optional<ByteRange> range(
      Call call, StoredObject object, Map<String, String> headers) {
    Optional<String> header = call.header("Range");
    if (!call.has("partNumber")) {
      return header.flatMap(h -> ByteRange.of(h, object.size()));
    }
    if (header.isPresent()) {
      throw ErrorCode.INVALID_REQUEST.error("Range and partNumber cannot go together.");
    }
    int number = call.number("partNumber", 0);
    List<Part> parts = object.parts();
    if (number < 1 || number > parts.size()) {
      throw ErrorCode.INVALID_PART_NUMBER.error();
    }
    if (object.multipart()) {
      headers.put("x-amz-mp-parts-count", Integer.toString(parts.size()));
    }
    Part part = parts.get(number - 1);
    Checksum checksum = object.checksum();
    if (ObjectHeaders.wantsChecksum(call) && checksum.type() == Checksum.Type.COMPOSITE) {
      ObjectHeaders.putChecksum(
          headers, new Checksum(checksum.algorithm(), checksum.type(), part.checksum()));
    }
    long from = parts.subList(0, number - 1).stream().mapToLong(Part::size).sum();
    return object.size() == 0
        ? Optional.empty()
        : Optional.of(new ByteRange(from, part.size(), object.size()));
  }

  Reply delete(Call call) throws IOException {
    files.bucket(call.bucket).remove(call.key, Conditions.onDelete(call));
    return Reply.empty(204);
  }

  Reply copy(Call call) throws IOException {
    Bucket target = files.bucket(call.bucket);
    Conditions.OnWrite condition = Conditions.onWrite(call);
    try (CopySource source = CopySource.open(files, call)) {
      StoredObject original = source.object();
      boolean replace = replacesMetadata(call);
      boolean same = source.bucket() == target && original.key().equals(call.key);
      if (same && !replace && call.header(ObjectHeaders.STORAGE_CLASS).isEmpty()) {
        throw ErrorCode.INVALID_REQUEST.error(
            "A copy of an object to itself must change its metadata or its storage class.");
      }
      if (original.size() > RequestBody.MAX_PUT_BYTES) {
        throw ErrorCode.INVALID_REQUEST.error("More than 5 GiB must be copied in parts.");
      }
      Map<String, String> kept =
          replace ? ObjectHeaders.kept(call) : new TreeMap<>(original.headers());
      ObjectHeaders.putStorageClass(kept, call);
      ChecksumAlgorithm algorithm =
          call.header("x-amz-checksum-algorithm")
              .map(ChecksumAlgorithm::ofName)
              .orElse(original.checksum().algorithm());
      Part content = source.store(target, 1, now(), algorithm, Optional.empty());
      StoredObject copy = commit(target, call.key, content, algorithm, kept, condition);
      return Reply.xml(
          Xml.of("CopyObjectResult")
              .text("ETag", copy.etag())
              .text("LastModified", copy.modified())
              .text(algorithm.element, copy.checksum().value())
              .text("ChecksumType", copy.checksum().type())
              .close("CopyObjectResult"));
    }
  }

  private static boolean replacesMetadata(Call call) {
    return switch (call.header("x-amz-metadata-directive").orElse("COPY")) {
      case "COPY" -> false;
      case "REPLACE" -> true;
      default -> throw ErrorCode.INVALID_ARGUMENT.error("Unknown metadata directive.");
    };
  }
}
