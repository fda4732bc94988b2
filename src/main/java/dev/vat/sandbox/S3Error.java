package dev.vat.sandbox;

import java.util.Map;

/// A request refused, as S3 words it. Carries no stack trace: the client is at fault, not the code.
final class S3Error extends RuntimeException {
  final ErrorCode code;
  final Map<String, String> details;

  S3Error(ErrorCode code, String message, Map<String, String> details) {
    super(message, null, false, false);
    this.code = code;
    this.details = Map.copyOf(details);
  }

  /// What the answer carries beside the document.
  Map<String, String> headers() {
    return details.containsKey("ActualObjectSize")
        ? Map.of("Content-Range", "bytes */" + details.get("ActualObjectSize"))
        : Map.of();
  }

  /// The error document of S3.
  byte[] document(String resource, String requestId) {
    Xml xml = Xml.plain("Error").text("Code", code.code).text("Message", getMessage());
    details.forEach(xml::text);
    return xml.text("Resource", resource).text("RequestId", requestId).close("Error").bytes();
  }
}
