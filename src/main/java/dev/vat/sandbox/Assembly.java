package dev.vat.sandbox;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes one object of the parts of an upload.
///
/// Source: Amazon S3 API Reference, CompleteMultipartUpload; User Guide, "Checking object
/// integrity".
final class Assembly {
  private static final long MIN_PART_BYTES = 5L * 1024 * 1024;

  private final Stored upload;
  private final Map<Integer, Part> stored;

  Assembly(Stored upload, List<Part> parts) {
    this.upload = upload;
    this.stored = parts.stream().collect(Collectors.toMap(Part::number, p -> p));
  }

  /// @param listed the parts that the client names
  /// @param call what it says of the whole
  /// @throws S3Error when something is not as the client says
  Stored of(List<Xml.Element> listed, Call call) {
    List<Part> parts = new ArrayList<>();
    for (Xml.Element element : listed) {
      Part part = part(element);
      ErrorCode.INVALID_PART_ORDER.when(
          !parts.isEmpty() && part.number() <= parts.getLast().number());
      parts.add(part);
    }
    ErrorCode.MALFORMED_XML.when(parts.isEmpty(), "You must specify at least one part");
    ErrorCode.ENTITY_TOO_SMALL.when(
        parts.stream().limit(parts.size() - 1L).anyMatch(p -> p.size() < MIN_PART_BYTES));
    ErrorCode.INVALID_REQUEST.when(
        upload.composite() && parts.getLast().number() != parts.size(),
        "With checksums of parts the part numbers must be consecutive and begin with 1.");
    Stored object = upload.completed(checksum(parts), etag(parts), parts);
    check(call, object);
    return object;
  }

  private Part part(Xml.Element element) {
    String number = element.value("PartNumber");
    ErrorCode.MALFORMED_XML.when(!number.matches("\\d{1,5}"), "A part has no number.");
    Part part = stored.get(Integer.parseInt(number));
    ErrorCode.INVALID_PART.when(
        part == null || !Condition.unquoted(element.value("ETag")).equals(part.md5()));
    String sum = element.value(upload.algorithm().element);
    ErrorCode.INVALID_REQUEST.when(
        sum.isEmpty() && upload.composite(), "The checksum is missing for part " + number + ".");
    ErrorCode.INVALID_PART.when(!sum.isEmpty() && !sum.equals(part.checksum()));
    return part;
  }

  private static String etag(List<Part> parts) {
    MessageDigest md5 = Checksum.digest("MD5");
    parts.forEach(p -> md5.update(HexFormat.of().parseHex(p.md5())));
    return "\"" + HexFormat.of().formatHex(md5.digest()) + "-" + parts.size() + "\"";
  }

  private String checksum(List<Part> parts) {
    if (upload.composite()) {
      MessageDigest sum = upload.algorithm().start();
      parts.forEach(p -> sum.update(raw(p)));
      return Base64.getEncoder().encodeToString(sum.digest()) + "-" + parts.size();
    }
    byte[] whole = raw(parts.getFirst());
    for (Part part : parts.subList(1, parts.size())) {
      whole = upload.algorithm().join(whole, raw(part), part.size());
    }
    return Base64.getEncoder().encodeToString(whole);
  }

  private static byte[] raw(Part part) {
    return Base64.getDecoder().decode(part.checksum());
  }

  private static void check(Call call, Stored object) {
    String type = call.header("x-amz-checksum-type");
    String size = call.header("x-amz-mp-object-size");
    ErrorCode.INVALID_REQUEST.when(
        !type.isEmpty() && !type.equals(object.fact("type"))
            || !size.isEmpty() && !size.equals(Long.toString(object.size())),
        "The object has " + object.size() + " bytes and a checksum " + object.fact("type"));
    for (Checksum checksum : Checksum.values()) {
      String said = call.header(checksum.header);
      ErrorCode.BAD_DIGEST.when(
          !said.isEmpty()
              && !(checksum == object.algorithm() && said.equals(object.fact("checksum"))),
          "The " + checksum + " you specified did not match the calculated checksum.");
    }
  }
}
