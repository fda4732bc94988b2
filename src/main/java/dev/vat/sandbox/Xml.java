package dev.vat.sandbox;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Writes S3's documents, and reads those of clients.
final class Xml {
  private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  private final String root;

  /// A document in S3's name space.
  Xml(String root) {
    this(root, " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"");
  }

  private Xml(String root, String space) {
    this.root = root;
    out.append("\n<").append(root).append(space).append('>');
  }

  /// The document of a refusal. S3 has it in no name space, and the AWS CLI finds the error's code
  /// only there.
  static Xml error() {
    return new Xml("Error", "");
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

  /// An element as a client sent it.
  Xml add(Element element) {
    open(element.name);
    if (element.children.isEmpty()) {
      text(element.text);
    }
    element.children.forEach(this::add);
    return close(element.name);
  }

  /// Ends the document.
  byte[] bytes() {
    return close(root).out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /// One element of a document that a client sent.
  record Element(String name, String text, List<Element> children) {
    /// The children of this name.
    List<Element> all(String child) {
      return children.stream().filter(c -> c.name.equals(child)).toList();
    }

    /// @throws S3Error when it has others than these
    void checkChildren(List<String> known) {
      children.forEach(c -> ErrorCode.MALFORMED_XML.when(!known.contains(c.name)));
    }

    /// The text of the first child of this name; empty when there is none.
    String value(String child) {
      List<Element> found = all(child);
      return found.isEmpty() ? "" : found.getFirst().text;
    }
  }

  /// Reads a document; document types, and with them entities, are refused.
  ///
  /// @param root what the document must be
  static Element read(byte[] document, String root) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      in.nextTag();
      Element element = element(in);
      ErrorCode.MALFORMED_XML.when(!element.name.equals(root));
      return element;
    } catch (XMLStreamException e) {
      throw ErrorCode.MALFORMED_XML.error();
    }
  }

  /// The JDK's parser refuses documents that are very deep.
  private static Element element(XMLStreamReader in) throws XMLStreamException {
    String name = in.getLocalName();
    StringBuilder text = new StringBuilder();
    List<Element> children = new ArrayList<>();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        children.add(element(in));
      } else if (in.isCharacters()) {
        text.append(in.getText());
      }
    }
    return new Element(name, text.toString(), children);
  }
}
