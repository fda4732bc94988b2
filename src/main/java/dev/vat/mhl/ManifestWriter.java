package dev.vat.mhl;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes one generation as a manifest: element order as the XSD wants it, no empty `<hashes/>` or
/// `<ignore/>`.
final class ManifestWriter {
  private final XMLStreamWriter xml;

  private ManifestWriter(XMLStreamWriter xml) {
    this.xml = xml;
  }

  /// @param folders hashes of the folder itself, first, and of those below; empty where they are
  ///     not known
  static void write(
      Generation generation, List<String> ignored, List<FolderHashes> folders, OutputStream stream)
      throws XMLStreamException {
    XMLStreamWriter xml =
        XMLOutputFactory.newDefaultFactory()
            .createXMLStreamWriter(stream, StandardCharsets.UTF_8.name());
    new ManifestWriter(xml).write(generation, ignored, folders);
    xml.flush();
    xml.close();
  }

  private void write(Generation generation, List<String> ignored, List<FolderHashes> folders)
      throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line(0);
    xml.writeStartElement("hashlist");
    xml.writeAttribute("version", ManifestReader.VERSION);
    xml.writeDefaultNamespace(ManifestReader.NAMESPACE);
    creator(generation);
    process(generation, ignored, folders);
    if (!generation.entries().isEmpty()) {
      start(1, "hashes");
      for (MhlEntry entry : generation.entries()) {
        entry(entry);
      }
      for (FolderHashes folder : folders) {
        if (!folder.path().isEmpty()) {
          start(2, "directoryhash");
          text(3, "path", folder.path());
          hashes(3, folder, generation);
          end(2);
        }
      }
      end(1);
    }
    end(0);
    xml.writeCharacters("\n");
    xml.writeEndDocument();
  }

  private void creator(Generation generation) throws XMLStreamException {
    Creator creator = generation.creator();
    start(1, "creatorinfo");
    text(2, "creationdate", Xml.time(generation.startedAt()));
    text(2, "hostname", creator.hostname());
    line(2);
    xml.writeStartElement("tool");
    xml.writeAttribute("version", creator.toolVersion());
    xml.writeCharacters(creator.tool());
    xml.writeEndElement();
    end(1);
  }

  private void process(Generation generation, List<String> ignored, List<FolderHashes> folders)
      throws XMLStreamException {
    start(1, "processinfo");
    text(2, "process", generation.process().text());
    if (!folders.isEmpty()) {
      start(2, "roothash");
      hashes(3, folders.getFirst(), generation);
      end(2);
    }
    if (!ignored.isEmpty()) {
      start(2, "ignore");
      for (String pattern : ignored) {
        text(3, "pattern", pattern);
      }
      end(2);
    }
    end(1);
  }

  private void hashes(int depth, FolderHashes folder, Generation generation)
      throws XMLStreamException {
    digests(depth, "content", folder.content().values(), generation);
    digests(depth, "structure", folder.structure().values(), generation);
  }

  private void digests(int depth, String element, Collection<Digest> digests, Generation generation)
      throws XMLStreamException {
    start(depth, element);
    for (Digest digest : digests) {
      line(depth + 1);
      xml.writeStartElement(digest.format().element());
      xml.writeAttribute("hashdate", Xml.time(generation.startedAt()));
      xml.writeCharacters(digest.text());
      xml.writeEndElement();
    }
    end(depth);
  }

  private void entry(MhlEntry entry) throws XMLStreamException {
    start(2, "hash");
    line(3);
    xml.writeStartElement("path");
    if (entry.sizeBytes().isPresent()) {
      xml.writeAttribute("size", Long.toString(entry.sizeBytes().getAsLong()));
    }
    if (entry.modifiedAt().isPresent()) {
      xml.writeAttribute("lastmodificationdate", Xml.time(entry.modifiedAt().get()));
    }
    xml.writeCharacters(entry.name().value());
    xml.writeEndElement();
    for (Stated stated : entry.hashes()) {
      line(3);
      xml.writeStartElement(stated.digest().format().element());
      xml.writeAttribute("action", stated.action().attribute());
      xml.writeAttribute("hashdate", Xml.time(stated.at()));
      xml.writeCharacters(stated.digest().text());
      xml.writeEndElement();
    }
    if (entry.previousName().isPresent()) {
      text(3, "previousPath", entry.previousName().get().value());
    }
    end(2);
  }

  private void text(int depth, String element, String text) throws XMLStreamException {
    line(depth);
    xml.writeStartElement(element);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private void start(int depth, String element) throws XMLStreamException {
    line(depth);
    xml.writeStartElement(element);
  }

  private void end(int depth) throws XMLStreamException {
    line(depth);
    xml.writeEndElement();
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
