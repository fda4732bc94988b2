package dev.vat.sandbox;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.w3c.dom.Element;

/// Makes one object of the parts of an upload.
///
/// Source: Amazon S3 API Reference, CompleteMultipartUpload; User Guide, "Checking object
/// integrity".
final class Assembly {
  private static final long MIN_PART_BYTES = 5L * 1024 * 1024;

  private Assembly() {}

  /// @param listed the parts that the client names
  /// @param call what it says of the whole
  /// @throws S3Error when something is not as the client says
  static Version of(Version upload, List<Element> listed, Call call) {
    NavigableMap<Integer, Part> parts = new TreeMap<>();
    for (Element element : listed) {
      Part part = part(upload, element);
      if (!parts.isEmpty() && part.number() <= parts.lastKey()) {
        throw ErrorCode.INVALID_PART_ORDER.error();
      }
      parts.put(part.number(), part);
    }
    if (parts.isEmpty()) {
      throw ErrorCode.MALFORMED_XML.error("You must specify at least one part");
    }
    for (Part part : parts.headMap(parts.lastKey()).values()) {
      if (part.size() < MIN_PART_BYTES) {
        throw ErrorCode.ENTITY_TOO_SMALL.error();
      }
    }
    if (upload.composite() && parts.lastKey() != parts.size()) {
      throw ErrorCode.INVALID_REQUEST.error(
          "With checksums of parts the part numbers must be consecutive and begin with 1.");
    }
    List<Part> chosen = List.copyOf(parts.values());
    Version object = upload.completed(checksum(upload, chosen), etag(chosen), parts);
    check(call, object);
    return object;
  }

  private static Part part(Version upload, Element element) {
    String number = Xml.value(element, "PartNumber");
    if (!number.matches("\\d{1,5}")) {
      throw ErrorCode.MALFORMED_XML.error("A part has no number.");
    }
    Part part = upload.parts().get(Integer.parseInt(number));
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

  private static String checksum(Version upload, List<Part> parts) {
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

  private static void check(Call call, Version object) {
    String type = call.header("x-amz-checksum-type");
    String size = call.header("x-amz-mp-object-size");
    if (!type.isEmpty() && !type.equals(object.checksumType())
        || !size.isEmpty() && !size.equals(Long.toString(object.size()))) {
      throw ErrorCode.INVALID_REQUEST.error(
          "The object has " + object.size() + " bytes and a checksum " + object.checksumType());
    }
    for (Checksum checksum : Checksum.values()) {
      String said = call.header(checksum.header);
      if (!said.isEmpty() && !(checksum == object.algorithm() && said.equals(object.checksum()))) {
        throw ErrorCode.BAD_DIGEST.error(
            "The " + checksum + " you specified did not match the calculated checksum.");
      }
    }
  }
}
