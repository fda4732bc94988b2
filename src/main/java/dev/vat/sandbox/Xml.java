package dev.vat.sandbox;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Writes S3's answers. Control characters in keys leave as character references, as S3 writes
/// them: a parser would otherwise turn a carriage return into a line feed.
final class Xml {
  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  private Xml() {}

  static Xml plain(String root) {
    return new Xml().open(root);
  }

  /// A document in S3's name space.
  static Xml of(String root) {
    Xml xml = new Xml();
    xml.out.append('<').append(root).append(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    return xml;
  }

  Xml open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  Xml close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  Xml text(String name, Object value) {
    return open(name).characters(value.toString()).close(name);
  }

  Xml characters(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        default -> {
          if (c < ' ') {
            out.append("&#x").append(Integer.toHexString(c)).append(';');
          } else {
            out.append(c);
          }
        }
      }
    }
    return this;
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a document that a client sent; document types and entities are refused.
  ///
  /// @param root what the document must be
  static Element read(byte[] document, String root) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      reader.nextTag();
      Element element = element(reader, 0);
      if (!element.name().equals(root)) {
        throw ErrorCode.MALFORMED_XML.error("expected " + root + ", found " + element.name());
      }
      return element;
    } catch (XMLStreamException e) {
      throw ErrorCode.MALFORMED_XML.error();
    }
  }

  private static Element element(XMLStreamReader reader, int depth) throws XMLStreamException {
    if (depth > 8) {
      throw ErrorCode.MALFORMED_XML.error();
    }
    String name = reader.getLocalName();
    StringBuilder text = new StringBuilder();
    List<Element> children = new ArrayList<>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> children.add(element(reader, depth + 1));
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.ENTITY_REFERENCE -> throw ErrorCode.MALFORMED_XML.error();
        case XMLStreamConstants.END_ELEMENT -> {
          return new Element(name, text.toString(), children);
        }
        default -> {
          // Comments and processing instructions mean nothing to S3.
        }
      }
    }
  }

  /// One element of a document.
  record Element(String name, String text, List<Element> children) {
    List<Element> all(String child) {
      return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    Optional<String> value(String child) {
      return all(child).stream().findFirst().map(Element::text);
    }
  }
}
