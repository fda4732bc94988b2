package dev.vat.cloud.s3;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The body of an S3 error: `<Error><Code>..</Code>...</Error>`.
final class ErrorXml {
  private ErrorXml() {}

  /// @param body from outside: any bytes
  /// @return the simple elements by name, as far as the body could be read
  static Map<String, String> read(byte[] body) {
    Map<String, String> elements = new HashMap<>();
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(body));
      String open = "";
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> open = xml.getLocalName();
          case XMLStreamConstants.CHARACTERS -> elements.merge(open, xml.getText(), String::concat);
          case XMLStreamConstants.END_ELEMENT -> open = "";
          default -> {}
        }
      }
    } catch (XMLStreamException _) {
      // A proxy's HTML page, or nothing: the status has to do.
    }
    return elements;
  }
}
