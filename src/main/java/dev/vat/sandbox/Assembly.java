package dev.vat.sandbox;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

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
  Stored of(List<Element> listed, Call call) {
    List<Part> parts = new ArrayList<>();
    for (Element element : listed) {
      Part part = part(element);
      if (!parts.isEmpty() && part.number() <= parts.getLast().number()) {
        throw ErrorCode.INVALID_PART_ORDER.error();
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      throw ErrorCode.MALFORMED_XML.error("You must specify at least one part");
    }
    if (parts.stream().limit(parts.size() - 1L).anyMatch(p -> p.size() < MIN_PART_BYTES)) {
      throw ErrorCode.ENTITY_TOO_SMALL.error();
    }
    if (upload.composite() && parts.getLast().number() != parts.size()) {
      throw ErrorCode.INVALID_REQUEST.error(
          "With checksums of parts the part numbers must be consecutive and begin with 1.");
    }
    Stored object = upload.completed(checksum(parts), etag(parts), parts);
    check(call, object);
    return object;
  }

  private Part part(Element element) {
    String number = Xml.value(element, "PartNumber");
    if (!number.matches("\\d{1,5}")) {
      throw ErrorCode.MALFORMED_XML.error("A part has no number.");
    }
    Part part = stored.get(Integer.parseInt(number));
    if (part == null || !Condition.unquoted(Xml.value(element, "ETag")).equals(part.md5())) {
      throw ErrorCode.INVALID_PART.error();
    }
    String sum = Xml.value(element, upload.algorithm().element);
    if (sum.isEmpty() && upload.composite()) {
      throw ErrorCode.INVALID_REQUEST.error("The checksum is missing for part " + number + ".");
    }
    if (!sum.isEmpty() && !sum.equals(part.checksum())) {
      throw ErrorCode.INVALID_PART.error();
    }
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
    if (!type.isEmpty() && !type.equals(object.fact("type"))
        || !size.isEmpty() && !size.equals(Long.toString(object.size()))) {
      throw ErrorCode.INVALID_REQUEST.error(
          "The object has " + object.size() + " bytes and a checksum " + object.fact("type"));
    }
    for (Checksum checksum : Checksum.values()) {
      String said = call.header(checksum.header);
      if (!said.isEmpty()
          && !(checksum == object.algorithm() && said.equals(object.fact("checksum")))) {
        throw ErrorCode.BAD_DIGEST.error(
            "The " + checksum + " you specified did not match the calculated checksum.");
      }
    }
  }
}
