package dev.vat.sandbox;

import java.util.Map;
import java.util.TreeMap;

/// An answer: status, headers, and a document or a range of an object.
///
/// @param document empty when there is none
/// @param content null when there is none; closed by whoever sends the answer
/// @param length of the content, also when it is not sent (to HEAD); -1 without content
record Reply(
    int status, Map<String, String> headers, byte[] document, ObjectReader content, long length) {
  static Reply empty(int status, Map<String, String> headers) {
    return new Reply(status, headers, new byte[0], null, -1);
  }

  static Reply empty(int status) {
    return empty(status, Map.of());
  }

  static Reply xml(Xml xml) {
    return xml(xml, Map.of());
  }

  static Reply xml(Xml xml, Map<String, String> headers) {
    return document(200, xml.bytes(), headers);
  }

  static Reply document(int status, byte[] bytes, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Content-Type", "application/xml");
    return new Reply(status, all, bytes, null, -1);
  }
}
