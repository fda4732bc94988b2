package dev.vat.sandbox;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Writes S3's documents, and reads those of clients.
final class Xml {
  private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  private final String root;

  /// A document in S3's name space.
  Xml(String root) {
    this.root = root;
    out.append("\n<").append(root).append(" xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
  }

  Xml open(String name) {
    out.append('<').append(name).append('>');
    return this;
  }

  Xml close(String name) {
    out.append("</").append(name).append('>');
    return this;
  }

  /// @param value null leaves the element out
  Xml text(String name, Object value) {
    return value == null ? this : open(name).text(value.toString()).close(name);
  }

  /// Control characters leave as references, as S3 writes them: a parser would otherwise turn a
  /// carriage return into a line feed.
  Xml text(String value) {
    for (char c : value.toCharArray()) {
      if (c < ' ' || "<>&\"".indexOf(c) >= 0) {
        out.append("&#x").append(Integer.toHexString(c)).append(';');
      } else {
        out.append(c);
      }
    }
    return this;
  }

  /// Ends the document.
  byte[] bytes() {
    return close(root).out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a document that a client sent; document types, and with them entities, are refused.
  ///
  /// @param root what the document must be
  static Element read(byte[] document, String root) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      Element element = builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
      if (element.getTagName().equals(root)) {
        return element;
      }
      throw ErrorCode.MALFORMED_XML.error("Expected a document " + root + ".");
    } catch (SAXException e) {
      throw ErrorCode.MALFORMED_XML.error();
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own parser can refuse document types", e);
    }
  }

  /// The children of this name.
  static List<Element> all(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .mapToObj(nodes::item)
        .filter(n -> n instanceof Element e && e.getTagName().equals(name))
        .map(Element.class::cast)
        .toList();
  }

  /// The text of the first child of this name; empty when there is none.
  static String value(Element parent, String name) {
    List<Element> found = all(parent, name);
    return found.isEmpty() ? "" : found.getFirst().getTextContent();
  }
}
