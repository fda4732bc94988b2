package dev.vat.sandbox;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/// Uploads in parts, but for their completion.
///
/// Source: Amazon S3 API Reference, CreateMultipartUpload, UploadPart, UploadPartCopy, ListParts,
/// AbortMultipartUpload, ListMultipartUploads.
final class MultipartHandler {
  private static final int MAX_PARTS = 10_000;

  private final ObjectFiles files;
  private final InstantSource clock;

  MultipartHandler(ObjectFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  static Upload upload(Bucket bucket, Call call) {
    return bucket.upload(call.param("uploadId").orElse(""), call.key);
  }

  Reply create(Call call) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    Optional<String> declared = call.header("x-amz-checksum-algorithm");
    ChecksumAlgorithm algorithm =
        declared.map(ChecksumAlgorithm::ofName).orElse(ChecksumAlgorithm.CRC64NVME);
    Checksum.Type type =
        call.header("x-amz-checksum-type")
            .map(Checksum.Type::of)
            .orElse(
                algorithm == ChecksumAlgorithm.CRC64NVME
                    ? Checksum.Type.FULL_OBJECT
                    : Checksum.Type.COMPOSITE);
    boolean possible =
        switch (type) {
          case COMPOSITE -> algorithm != ChecksumAlgorithm.CRC64NVME;
          case FULL_OBJECT -> algorithm.linear();
        };
    if (!possible) {
      throw ErrorCode.INVALID_REQUEST.error(
          "The " + type + " checksum type cannot be used with the " + algorithm + " algorithm.");
    }
    Instant now = clock.instant();
    String id =
        HexFormat.of().toHexDigits(now.toEpochMilli())
            + UUID.randomUUID().toString().replace("-", "");
    Upload upload =
        new Upload(
            id,
            call.key,
            now(),
            ObjectHeaders.kept(call),
            algorithm,
            type,
            declared.isPresent(),
            new ConcurrentSkipListMap<>());
    bucket.begin(upload);
    return Reply.xml(
        Xml.of("InitiateMultipartUploadResult")
            .text("Bucket", bucket.name)
            .text("Key", call.key)
            .text("UploadId", id)
            .close("InitiateMultipartUploadResult"),
        declared.isEmpty()
            ? Map.of()
            : Map.of(
                "x-amz-checksum-algorithm", algorithm.name(), "x-amz-checksum-type", type.name()));
  }

  Reply put(Call call, RequestBody body) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    Upload upload = upload(bucket, call);
    int number = partNumber(call);
    Optional<ChecksumAlgorithm> sent = body.sent();
    boolean needed = upload.type() == Checksum.Type.COMPOSITE;
    if (upload.declared() && sent.map(a -> a != upload.algorithm()).orElse(needed)) {
      throw ErrorCode.INVALID_REQUEST.error(
          "Checksum Type mismatch occurred, expected checksum Type: "
              + upload.algorithm()
              + ", actual checksum Type: "
              + sent.map(Enum::name).orElse("null"));
    }
    Map<String, String> headers = new TreeMap<>();
    Part part =
        bucket.store(
            number,
            now(),
            upload.algorithm(),
            out -> {
              Digests digests =
                  body.receive(out, RequestBody.MAX_PUT_BYTES, EnumSet.of(upload.algorithm()));
              sent.ifPresent(a -> headers.put(a.header, digests.base64(a)));
              return digests;
            });
    add(bucket, upload, part);
    headers.put("ETag", part.etag());
    return Reply.empty(200, headers);
  }

  private static int partNumber(Call call) {
    int number = call.number("partNumber", 0);
    if (number < 1 || number > MAX_PARTS) {
      throw ErrorCode.INVALID_ARGUMENT.error(
          "Part number must be an integer between 1 and 10000, inclusive");
    }
    return number;
  }

  private static void add(Bucket bucket, Upload upload, Part part) throws IOException {
    try {
      bucket.add(upload, part);
    } catch (S3Error | IOException e) {
      bucket.deleteData(List.of(part));
      throw e;
    }
  }

  Reply copy(Call call) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    Upload upload = upload(bucket, call);
    int number = partNumber(call);
    try (CopySource source = CopySource.open(files, call)) {
      long size = source.object().size();
      Optional<String> wanted = call.header("x-amz-copy-source-range");
      Optional<ByteRange> range = wanted.flatMap(r -> ByteRange.of(r, size));
      if (wanted.isPresent()
          && range
              .map(
                  r ->
                      !wanted
                          .get()
                          .strip()
                          .equals("bytes=" + r.from() + "-" + (r.from() + r.length() - 1)))
              .orElse(true)) {
        throw ErrorCode.INVALID_ARGUMENT.error(
            "x-amz-copy-source-range must be bytes=first-last, inside the object.");
      }
      Part part = source.store(bucket, number, now(), upload.algorithm(), range);
      add(bucket, upload, part);
      Xml xml =
          Xml.of("CopyPartResult").text("ETag", part.etag()).text("LastModified", part.modified());
      if (upload.declared()) {
        xml.text(upload.algorithm().element, part.checksum());
      }
      return Reply.xml(xml.close("CopyPartResult"));
    }
  }

  Reply abort(Call call) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    bucket.abort(upload(bucket, call));
    return Reply.empty(204);
  }

  Reply listParts(Call call) {
    Bucket bucket = files.bucket(call.bucket);
    Upload upload = upload(bucket, call);
    int max = Math.min(Listing.MAX_KEYS, call.number("max-parts", Listing.MAX_KEYS));
    int marker = call.number("part-number-marker", 0);
    List<Part> found =
        upload.parts().tailMap(marker, false).values().stream().limit(max + 1L).toList();
    List<Part> page = found.subList(0, Math.min(max, found.size()));
    Xml xml =
        Xml.of("ListPartsResult")
            .text("Bucket", bucket.name)
            .text("Key", Listing.urlEncoded(call) ? UriText.encode(call.key, true) : call.key)
            .text("UploadId", upload.id());
    Listing.owner(Listing.owner(xml, "Initiator"), "Owner")
        .text("StorageClass", upload.storageClass())
        .text("PartNumberMarker", marker)
        .text("NextPartNumberMarker", page.isEmpty() ? 0 : page.getLast().number())
        .text("MaxParts", max)
        .text("IsTruncated", found.size() > max);
    if (upload.declared()) {
      xml.text("ChecksumAlgorithm", upload.algorithm()).text("ChecksumType", upload.type());
    }
    for (Part part : page) {
      xml.open("Part")
          .text("PartNumber", part.number())
          .text("LastModified", part.modified())
          .text("ETag", part.etag())
          .text("Size", part.size());
      if (upload.declared()) {
        xml.text(upload.algorithm().element, part.checksum());
      }
      xml.close("Part");
    }
    return Reply.xml(xml.close("ListPartsResult"));
  }

  Reply listUploads(Call call) {
    Bucket bucket = files.bucket(call.bucket);
    if (call.param("delimiter").filter(d -> !d.isEmpty()).isPresent()) {
      throw ErrorCode.NOT_IMPLEMENTED.error("Uploads are listed without a delimiter.");
    }
    boolean encoded = Listing.urlEncoded(call);
    String prefix = call.param("prefix").orElse("");
    String keyMarker = call.param("key-marker").orElse("");
    String idMarker = keyMarker.isEmpty() ? "" : call.param("upload-id-marker").orElse("");
    int max = Math.min(Listing.MAX_KEYS, call.number("max-uploads", Listing.MAX_KEYS));
    List<Upload> found =
        bucket.uploads().stream()
            .filter(u -> u.key().startsWith(prefix))
            .filter(u -> isAfter(u, keyMarker, idMarker))
            .sorted(Comparator.comparing(Upload::key, Bucket::byUtf8).thenComparing(Upload::id))
            .limit(max + 1L)
            .toList();
    List<Upload> page = found.subList(0, Math.min(max, found.size()));
    Xml xml =
        Xml.of("ListMultipartUploadsResult")
            .text("Bucket", bucket.name)
            .text("KeyMarker", encoded ? UriText.encode(keyMarker, true) : keyMarker)
            .text("UploadIdMarker", idMarker)
            .text("Prefix", encoded ? UriText.encode(prefix, true) : prefix)
            .text("MaxUploads", max)
            .text("IsTruncated", found.size() > max);
    if (encoded) {
      xml.text("EncodingType", "url");
    }
    if (found.size() > max && !page.isEmpty()) {
      String next = page.getLast().key();
      xml.text("NextKeyMarker", encoded ? UriText.encode(next, true) : next)
          .text("NextUploadIdMarker", page.getLast().id());
    }
    page.forEach(u -> entry(xml, u, encoded));
    return Reply.xml(xml.close("ListMultipartUploadsResult"));
  }

  private static boolean isAfter(Upload upload, String keyMarker, String idMarker) {
    int order = Bucket.byUtf8(upload.key(), keyMarker);
    return order > 0 || (order == 0 && !idMarker.isEmpty() && upload.id().compareTo(idMarker) > 0);
  }

  private static void entry(Xml xml, Upload upload, boolean encoded) {
    xml.open("Upload")
        .text("Key", encoded ? UriText.encode(upload.key(), true) : upload.key())
        .text("UploadId", upload.id());
    Listing.owner(Listing.owner(xml, "Initiator"), "Owner")
        .text("StorageClass", upload.storageClass())
        .text("Initiated", upload.initiated());
    if (upload.declared()) {
      xml.text("ChecksumAlgorithm", upload.algorithm()).text("ChecksumType", upload.type());
    }
    xml.close("Upload");
  }
}
