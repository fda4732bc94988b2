package dev.vat.mhl;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// The chain file: which manifests there are, and the checksum of each, so that a manifest that was
/// altered or is missing is noticed.
///
/// @param links numbered from 1 without gaps
record Chain(List<Link> links) {
  static final String NAMESPACE = "urn:ASC:MHL:DIRECTORY:v2.0";

  /// @param fileName of the manifest, in the same folder
  /// @param c4 of the manifest's bytes
  record Link(int number, String fileName, Digest c4) {}

  Chain {
    links = List.copyOf(links);
  }

  /// @return empty when there is no chain file
  /// @throws MhlException.Unreadable when it is none, or its numbers do not run from 1
  static Optional<Chain> read(Path root) throws IOException {
    Path file = MhlLayout.folder(root).resolve(MhlLayout.CHAIN);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(new Chain(links(Xml.open(stream))));
    } catch (XMLStreamException | IllegalArgumentException malformed) {
      throw new MhlException.Unreadable(
          root, MhlLayout.CHAIN + ": " + firstLine(malformed), malformed);
    }
  }

  private static List<Link> links(XMLStreamReader reader) throws XMLStreamException {
    reader.nextTag();
    if (!reader.getLocalName().equals("ascmhldirectory")
        || !NAMESPACE.equals(reader.getNamespaceURI())) {
      throw new XMLStreamException("it is no chain file of ASC MHL 2.0");
    }
    List<Link> links = new ArrayList<>();
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      links.add(link(reader));
      if (links.getLast().number != links.size()) {
        throw new XMLStreamException(
            "number " + links.getLast().number + " stands where " + links.size() + " should be");
      }
    }
    return links;
  }

  private static Link link(XMLStreamReader reader) throws XMLStreamException {
    String number = reader.getAttributeValue(null, "sequencenr");
    String path = "";
    Digest c4 = null;
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      switch (reader.getLocalName()) {
        case "path" -> path = Xml.text(reader);
        case "c4" -> c4 = Digest.read(HashFormat.C4, Xml.text(reader));
        default -> Xml.skip(reader);
      }
    }
    if (number == null || c4 == null || MhlLayout.number(path).isEmpty() || !isPlain(path)) {
      throw new XMLStreamException("an entry is incomplete: " + path);
    }
    return new Link(Integer.parseInt(number.strip()), path, c4);
  }

  private static boolean isPlain(String fileName) {
    return fileName.indexOf('/') < 0 && fileName.indexOf('\\') < 0 && fileName.indexOf('\0') < 0;
  }

  void write(OutputStream stream) throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newDefaultFactory()
            .createXMLStreamWriter(stream, StandardCharsets.UTF_8.name());
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("ascmhldirectory");
    xml.writeDefaultNamespace(NAMESPACE);
    for (Link link : links) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("hashlist");
      xml.writeAttribute("sequencenr", Integer.toString(link.number));
      element(xml, "path", link.fileName);
      element(xml, "c4", link.c4.text());
      xml.writeCharacters("\n  ");
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
    xml.flush();
    xml.close();
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeCharacters("\n    ");
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  static String firstLine(Exception fault) {
    String message = String.valueOf(fault.getMessage());
    return message.lines().findFirst().orElse(message);
  }
}
