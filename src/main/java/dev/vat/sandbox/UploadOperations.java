package dev.vat.sandbox;

import java.io.IOException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.DateGenerator;

/// Uploads in parts.
///
/// Source: Amazon S3 API Reference, CreateMultipartUpload, UploadPart, UploadPartCopy, ListParts,
/// CompleteMultipartUpload, AbortMultipartUpload, ListMultipartUploads.
final class UploadOperations {
  private static final int MAX_PARTS = 10_000;

  private final Store store;
  private final ObjectOperations objects;

  UploadOperations(Store store, ObjectOperations objects) {
    this.store = store;
    this.objects = objects;
  }

  /// Without a declared algorithm it is S3's default, CRC64NVME, and parts may come with any.
  void create(Call call, Body body, Answer answer) throws IOException {
    String declared = call.header("x-amz-checksum-algorithm");
    Checksum algorithm = declared.isEmpty() ? Checksum.CRC64NVME : Checksum.of(declared);
    boolean whole = algorithm == Checksum.CRC64NVME;
    String said = call.header("x-amz-checksum-type");
    String type = !said.isEmpty() ? said : whole ? Stored.FULL_OBJECT : Stored.COMPOSITE;
    boolean possible =
        type.equals(Stored.COMPOSITE)
            ? !whole
            : type.equals(Stored.FULL_OBJECT) && algorithm.linear();
    ErrorCode.INVALID_REQUEST.when(
        !possible, "The checksum type " + type + " cannot be used with " + algorithm + ".");
    String id =
        HexFormat.of().toHexDigits(call.now.toEpochMilli())
            + UUID.randomUUID().toString().replace("-", "");
    Map<String, String> facts = Tags.sentWith(call).in(ObjectOperations.kept(call));
    facts.putAll(Map.of("id", id, "path", call.path, "modified", call.now.toString()));
    facts.putAll(Map.of("algorithm", algorithm.name(), "type", type));
    store.put(new Stored("?" + id, facts, List.of()), none -> store.bucket(call.bucket));
    Lifecycle.of(store.bucket(call.bucket))
        .flatMap(l -> l.abort(call.key, call.now))
        .ifPresent(
            a ->
                answer
                    .set("x-amz-abort-date", DateGenerator.formatDate(a.at()))
                    .set("x-amz-abort-rule-id", UriText.encode(a.ruleId())));
    answer
        .set("x-amz-checksum-algorithm", algorithm)
        .set("x-amz-checksum-type", type)
        .send(
            new Xml("InitiateMultipartUploadResult")
                .text("Bucket", call.bucket)
                .text("Key", call.key)
                .text("UploadId", id));
  }

  /// The upload that a request is about.
  private Stored upload(Call call) {
    return store.upload(call.param("uploadId"), call.path);
  }

  private static int partNumber(Call call) {
    int number = call.number("partNumber", 0);
    ErrorCode.INVALID_ARGUMENT.when(
        number < 1 || number > MAX_PARTS, "A part number is from 1 to 10000.");
    return number;
  }

  void put(Call call, Body body, Answer answer) throws IOException {
    Stored upload = upload(call);
    int number = partNumber(call);
    Checksum algorithm = upload.algorithm();
    Checksum sent = body.sent().orElse(upload.composite() ? null : algorithm);
    ErrorCode.INVALID_REQUEST.when(
        sent != algorithm && algorithm != Checksum.CRC64NVME,
        "Checksum Type mismatch occurred, expected " + algorithm + ", actual " + sent);
    Part part = store.receive(number, call.now, algorithm, body::receive);
    add(upload, part);
    answer.set("ETag", part.etag()).set(algorithm.header, part.checksum()).send(200);
  }

  private void add(Stored upload, Part part) throws IOException {
    String id = upload.fact("id");
    String path = upload.fact("path");
    String name = "?%s/%05d".formatted(id, part.number());
    Stored added = new Stored(name, Map.of("id", id, "path", path), List.of(part));
    store.put(added, replaced -> store.upload(id, path));
  }

  void copy(Call call, Body body, Answer answer) throws IOException {
    Stored upload = upload(call);
    int number = partNumber(call);
    Stored source = objects.holdSource(call);
    try {
      ObjectOperations.checkSource(call, source);
      ThawOperations.checkReadable(call, source, ErrorCode.INVALID_OBJECT_STATE);
      String wanted = call.header("x-amz-copy-source-range");
      ByteRange range =
          ObjectOperations.range(wanted, source.size()).orElse(new ByteRange(0, source.size() - 1));
      ErrorCode.INVALID_ARGUMENT.when(
          !wanted.isEmpty() && !wanted.equals("bytes=" + range.first() + "-" + range.last()),
          "x-amz-copy-source-range must be bytes=first-last, inside the object.");
      Part part =
          objects.receive(
              source, range.first(), range.getLength(), number, call, upload.algorithm());
      add(upload, part);
      answer.send(
          new Xml("CopyPartResult")
              .text("ETag", part.etag())
              .text("LastModified", part.modified())
              .text(upload.algorithm().element, part.checksum()));
    } finally {
      store.release(source);
    }
  }

  /// Repeated after success, it answers the same again for as long as its object is there.
  void complete(Call call, Body body, Answer answer) throws IOException {
    Condition condition = Condition.onWrite(call);
    List<Xml.Element> listed = body.xmlBesideChecksum("CompleteMultipartUpload").all("Part");
    Stored object =
        store.complete(
            call.param("uploadId"),
            call.path,
            condition,
            upload -> new Assembly(upload, store.parts(upload.fact("id"))).of(listed, call));
    answer.send(
        new Xml("CompleteMultipartUploadResult")
            .text("Location", "http://" + call.header("Host") + UriText.encodePath(call.path))
            .text("Bucket", call.bucket)
            .text("Key", call.key)
            .text("ETag", object.fact("etag"))
            .text(object.algorithm().element, object.fact("checksum"))
            .text("ChecksumType", object.fact("type")));
  }

  void abort(Call call, Body body, Answer answer) throws IOException {
    store.abort(call.param("uploadId"), call.path);
    answer.send(204);
  }

  void listParts(Call call, Body body, Answer answer) throws IOException {
    Stored upload = upload(call);
    int max = call.pageSize("max-parts");
    int marker = call.number("part-number-marker", 0);
    List<Part> found =
        store.parts(upload.fact("id")).stream()
            .filter(p -> p.number() > marker)
            .limit(max + 1L)
            .toList();
    List<Part> page = found.subList(0, Math.min(max, found.size()));
    Xml xml =
        new Xml("ListPartsResult")
            .text("Bucket", call.bucket)
            .text("Key", call.written(call.key))
            .text("UploadId", upload.fact("id"))
            .text("StorageClass", upload.storageClass())
            .text("PartNumberMarker", marker)
            .text("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number())
            .text("MaxParts", max)
            .text("IsTruncated", found.size() > max)
            .text("ChecksumAlgorithm", upload.algorithm())
            .text("ChecksumType", upload.fact("type"));
    for (Part part : page) {
      xml.open("Part")
          .text("PartNumber", part.number())
          .text("LastModified", part.modified())
          .text("ETag", part.etag())
          .text("Size", part.size())
          .text(upload.algorithm().element, part.checksum())
          .close("Part");
    }
    answer.send(xml);
  }

  void list(Call call, Body body, Answer answer) throws IOException {
    String bucket = store.bucket(call.bucket).name();
    ErrorCode.NOT_IMPLEMENTED.when(
        !call.param("delimiter").isEmpty(), "Uploads are listed without a delimiter.");
    String prefix = call.param("prefix");
    String marker = call.param("key-marker");
    String idMarker = call.param("upload-id-marker");
    String after = bucket + marker + "\0" + (idMarker.isEmpty() ? "g" : idMarker);
    int max = call.pageSize("max-uploads");
    List<Stored> found =
        store
            .uploads(bucket + prefix)
            .sorted(Comparator.comparing(UploadOperations::place, Store.BY_UTF8))
            .filter(u -> Store.BY_UTF8.compare(place(u), after) > 0)
            .limit(max + 1L)
            .toList();
    boolean truncated = max > 0 && found.size() > max;
    List<Stored> page = found.subList(0, Math.min(max, found.size()));
    Xml xml =
        new Xml("ListMultipartUploadsResult")
            .text("Bucket", call.bucket)
            .text("KeyMarker", call.written(marker))
            .text("UploadIdMarker", idMarker)
            .text("Prefix", call.written(prefix))
            .text("EncodingType", call.has("encoding-type") ? "url" : null)
            .text("MaxUploads", max)
            .text("IsTruncated", truncated)
            .text("NextKeyMarker", truncated ? call.written(key(page.getLast())) : null)
            .text("NextUploadIdMarker", truncated ? page.getLast().fact("id") : null);
    page.forEach(upload -> entry(xml, call, upload));
    answer.send(xml);
  }

  private static void entry(Xml xml, Call call, Stored upload) {
    xml.open("Upload")
        .text("Key", call.written(key(upload)))
        .text("UploadId", upload.fact("id"))
        .open("Initiator")
        .text("ID", "sandbox")
        .close("Initiator")
        .text("StorageClass", upload.storageClass())
        .text("Initiated", upload.modified())
        .text("ChecksumAlgorithm", upload.algorithm())
        .text("ChecksumType", upload.fact("type"))
        .close("Upload");
  }

  private static String key(Stored upload) {
    return upload.fact("path").replaceFirst("^/[^/]*/", "");
  }

  /// Uploads are listed by key, then by when they began.
  private static String place(Stored upload) {
    return upload.fact("path") + "\0" + upload.fact("id");
  }
}
