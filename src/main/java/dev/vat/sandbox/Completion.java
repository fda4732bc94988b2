package dev.vat.sandbox;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes one object of the parts of an upload.
///
/// Source: Amazon S3 API Reference, CompleteMultipartUpload; User Guide, "Checking object
/// integrity".
final class Completion {
  private static final long MIN_PART_BYTES = 5L * 1024 * 1024;

  private final ObjectFiles files;

  Completion(ObjectFiles files) {
    this.files = files;
  }

  /// Repeated after success, it answers the same again for as long as its object is there.
  Reply complete(Call call, RequestBody body) throws IOException {
    Bucket bucket = files.bucket(call.bucket);
    Conditions.OnWrite condition = Conditions.onWrite(call);
    List<Xml.Element> listed = body.xmlBesideChecksum("CompleteMultipartUpload").all("Part");
    String id = call.param("uploadId").orElse("");
    Optional<StoredObject> done = done(bucket, call.key, id);
    if (done.isPresent()) {
      return reply(bucket, done.get(), call);
    }
    Upload upload = bucket.upload(id, call.key);
    synchronized (upload) {
      done = done(bucket, call.key, id);
      if (done.isPresent()) {
        return reply(bucket, done.get(), call);
      }
      List<Part> parts = chosen(upload, listed);
      StoredObject object =
          new StoredObject(
              upload.key(),
              parts,
              etag(parts),
              upload.initiated(),
              upload.headers(),
              new Checksum(upload.algorithm(), upload.type(), checksum(upload, parts)),
              upload.id(),
              new StoredObject.Lease());
      check(call, object);
      bucket.complete(upload, object, condition);
      return reply(bucket, object, call);
    }
  }

  private static Optional<StoredObject> done(Bucket bucket, String key, String id) {
    return Optional.ofNullable(bucket.objects().get(key))
        .filter(o -> o.multipart() && o.uploadId().equals(id));
  }

  private static List<Part> chosen(Upload upload, List<Xml.Element> listed) {
    if (listed.isEmpty()) {
      throw ErrorCode.MALFORMED_XML.error("You must specify at least one part");
    }
    List<Part> parts = new ArrayList<>();
    for (Xml.Element element : listed) {
      String text = element.value("PartNumber").map(String::strip).orElse("");
      if (!text.matches("\\d{1,5}")) {
        throw ErrorCode.MALFORMED_XML.error("A part has no number.");
      }
      int number = Integer.parseInt(text);
      if (!parts.isEmpty() && number <= parts.getLast().number()) {
        throw ErrorCode.INVALID_PART_ORDER.error();
      }
      Part part = upload.parts().get(number);
      checkPart(upload, element, number, part);
      parts.add(part);
    }
    for (Part part : parts.subList(0, parts.size() - 1)) {
      if (part.size() < MIN_PART_BYTES) {
        throw ErrorCode.ENTITY_TOO_SMALL.error(
            Map.of(
                "ProposedSize", Long.toString(part.size()),
                "MinSizeAllowed", Long.toString(MIN_PART_BYTES),
                "PartNumber", Integer.toString(part.number()),
                "ETag", part.md5()));
      }
    }
    if (upload.type() == Checksum.Type.COMPOSITE && parts.getLast().number() != parts.size()) {
      throw ErrorCode.INTERNAL_ERROR.error(
          "With part-level checksums the part numbers must be consecutive and begin with 1.");
    }
    return parts;
  }

  private static void checkPart(Upload upload, Xml.Element element, int number, Part part) {
    String etag = element.value("ETag").map(e -> Conditions.unquoted(e).strip()).orElse("");
    if (part == null || !etag.equals(part.md5())) {
      throw ErrorCode.INVALID_PART.error(
          Map.of("UploadId", upload.id(), "PartNumber", Integer.toString(number), "ETag", etag));
    }
    Optional<String> sum = element.value(upload.algorithm().element).map(String::strip);
    if (sum.isPresent() && !sum.get().equals(part.checksum())) {
      throw ErrorCode.INVALID_PART.error(
          Map.of("UploadId", upload.id(), "PartNumber", Integer.toString(number)));
    }
    if (sum.isEmpty() && upload.type() == Checksum.Type.COMPOSITE) {
      throw ErrorCode.INVALID_REQUEST.error(
          "The upload was created using a "
              + upload.algorithm()
              + " checksum. The complete request must include the checksum for each part. It was"
              + " missing for part "
              + number
              + " in the request.");
    }
  }

  private static String etag(List<Part> parts) {
    MessageDigest md5 = Digests.of("MD5");
    parts.forEach(p -> md5.update(HexFormat.of().parseHex(p.md5())));
    return "\"" + HexFormat.of().formatHex(md5.digest()) + "-" + parts.size() + "\"";
  }

  private static String checksum(Upload upload, List<Part> parts) {
    ChecksumAlgorithm algorithm = upload.algorithm();
    return switch (upload.type()) {
      case COMPOSITE -> {
        ChecksumAlgorithm.Running sum = algorithm.start();
        parts.forEach(p -> sum.update(raw(p), 0, raw(p).length));
        yield Base64.getEncoder().encodeToString(sum.value()) + "-" + parts.size();
      }
      case FULL_OBJECT -> {
        byte[] whole = raw(parts.getFirst());
        for (Part part : parts.subList(1, parts.size())) {
          whole = algorithm.join(whole, raw(part), part.size());
        }
        yield Base64.getEncoder().encodeToString(whole);
      }
    };
  }

  private static byte[] raw(Part part) {
    return Base64.getDecoder().decode(part.checksum());
  }

  /// Compares the whole with what the request says about it.
  private static void check(Call call, StoredObject object) {
    Checksum checksum = object.checksum();
    call.header("x-amz-checksum-type")
        .map(Checksum.Type::of)
        .filter(t -> t != checksum.type())
        .ifPresent(
            t -> {
              throw ErrorCode.INVALID_REQUEST.error(
                  "The upload was created with the checksum type " + checksum.type() + ".");
            });
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String said = call.header(algorithm.header).orElse(checksum.value());
      boolean other =
          call.header(algorithm.header).isPresent() && algorithm != checksum.algorithm();
      if (other || !said.equals(checksum.value())) {
        throw ErrorCode.BAD_DIGEST.error(
            "The " + algorithm + " you specified did not match the calculated checksum.");
      }
    }
    call.header("x-amz-mp-object-size")
        .filter(s -> !s.equals(Long.toString(object.size())))
        .ifPresent(
            s -> {
              throw ErrorCode.INVALID_REQUEST.error(
                  "The object has " + object.size() + " bytes, not the " + s + " you specified.");
            });
  }

  private static Reply reply(Bucket bucket, StoredObject object, Call call) {
    return Reply.xml(
        Xml.of("CompleteMultipartUploadResult")
            .text(
                "Location",
                "http://" + call.header("Host").orElse("") + UriText.encode(call.path, true))
            .text("Bucket", bucket.name)
            .text("Key", object.key())
            .text("ETag", object.etag())
            .text(object.checksum().algorithm().element, object.checksum().value())
            .text("ChecksumType", object.checksum().type())
            .close("CompleteMultipartUploadResult"));
  }
}
