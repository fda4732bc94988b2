package dev.vat.mhl;

import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads one manifest (`urn:ASC:MHL:v2.0`), one file at a time. For one manifest.
///
/// Takes what other tools write beyond the schema (elements it does not know, any order); what
/// cannot be used becomes a problem and leaves the rest.
final class ManifestReader {
  static final String NAMESPACE = "urn:ASC:MHL:v2.0";
  static final String VERSION = "2.0";

  private static final int MOST_PROBLEMS = 100;

  private final Consumer<MhlEntry> entries;
  private final List<String> ignored = new ArrayList<>();
  private final List<String> references = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private Instant createdAt;
  private String hostname = "";
  private String tool = "";
  private String toolVersion = "";
  private Optional<MhlProcess> process = Optional.empty();
  private boolean inReferences;

  /// @param entries gets each file's entry, in the manifest's order
  ManifestReader(Consumer<MhlEntry> entries) {
    this.entries = entries;
  }

  /// @throws XMLStreamException when it is no such manifest
  ManifestFacts read(InputStream stream) throws XMLStreamException {
    XMLStreamReader reader = Xml.open(stream);
    boolean begun = false;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (!begun) {
          top(reader);
          begun = true;
        } else {
          element(reader);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT
          && reader.getLocalName().equals("references")) {
        inReferences = false;
      }
    }
    if (createdAt == null || process.isEmpty()) {
      throw new XMLStreamException("it does not say when and how it was made");
    }
    return new ManifestFacts(
        createdAt, hostname, tool, toolVersion, process.get(), ignored, references, problems);
  }

  private static void top(XMLStreamReader reader) throws XMLStreamException {
    if (!reader.getLocalName().equals("hashlist") || !NAMESPACE.equals(reader.getNamespaceURI())) {
      throw new XMLStreamException("it is no hash list of ASC MHL 2.0");
    }
    String version = reader.getAttributeValue(null, "version");
    if (!VERSION.equals(version)) {
      throw new XMLStreamException("it is a hash list of version " + version + ", not " + VERSION);
    }
  }

  private void element(XMLStreamReader reader) throws XMLStreamException {
    switch (reader.getLocalName()) {
      case "creationdate" -> createdAt = Xml.time(Xml.text(reader)).orElse(createdAt);
      case "hostname" -> hostname = Xml.text(reader).strip();
      case "tool" -> {
        toolVersion = Optional.ofNullable(reader.getAttributeValue(null, "version")).orElse("");
        tool = Xml.text(reader).strip();
      }
      case "process" -> process = MhlProcess.of(Xml.text(reader).strip());
      case "pattern" -> ignored.add(Xml.text(reader));
      case "hash" -> hash(reader);
      case "references" -> inReferences = true;
      case "path" -> {
        if (inReferences) {
          references.add(Xml.text(reader));
        }
      }
      // The hashes of folders follow from those of the files. Metadata is anybody's.
      case "roothash", "directoryhash", "metadata" -> Xml.skip(reader);
      default -> {
        // A container, or what a later version adds.
      }
    }
  }

  private void hash(XMLStreamReader reader) throws XMLStreamException {
    String path = "";
    OptionalLong size = OptionalLong.empty();
    Optional<Instant> modifiedAt = Optional.empty();
    String previous = null;
    List<Stated> hashes = new ArrayList<>();
    Set<HashFormat> seen = EnumSet.noneOf(HashFormat.class);
    while (reader.nextTag() == XMLStreamConstants.START_ELEMENT) {
      String element = reader.getLocalName();
      Optional<HashFormat> format = HashFormat.of(element);
      if (format.isPresent()) {
        HashAction action =
            Optional.ofNullable(reader.getAttributeValue(null, "action"))
                .flatMap(HashAction::of)
                .orElse(HashAction.ORIGINAL);
        Instant at = Xml.time(reader.getAttributeValue(null, "hashdate")).orElse(createdAt);
        String text = Xml.text(reader);
        if (seen.add(format.get())) {
          digest(format.get(), text, path).ifPresent(d -> hashes.add(new Stated(d, action, at)));
        }
      } else if (element.equals("path")) {
        size = size(reader.getAttributeValue(null, "size"));
        modifiedAt = Xml.time(reader.getAttributeValue(null, "lastmodificationdate"));
        path = Xml.text(reader);
      } else if (element.equals("previousPath")) {
        previous = Xml.text(reader);
      } else {
        Xml.skip(reader);
      }
    }
    if (createdAt == null) {
      throw new XMLStreamException("files come before it says when it was made");
    }
    add(path, size, modifiedAt, hashes, previous);
  }

  private void add(
      String path,
      OptionalLong size,
      Optional<Instant> modifiedAt,
      List<Stated> hashes,
      String previous) {
    try {
      RelativeName name = RelativeName.of(path);
      Optional<RelativeName> before = Optional.ofNullable(previous).map(RelativeName::of);
      if (hashes.isEmpty()) {
        problem(name + " has no hash that can be used");
      } else {
        entries.accept(new MhlEntry(name, size, modifiedAt, hashes, before));
      }
    } catch (HostileNameException refused) {
      problem(refused.getMessage());
    }
  }

  private Optional<Digest> digest(HashFormat format, String text, String path) {
    try {
      return Optional.of(Digest.read(format, text));
    } catch (IllegalArgumentException malformed) {
      problem(path + ": its " + format.element() + " is none: " + text.strip());
      return Optional.empty();
    }
  }

  private static OptionalLong size(String text) {
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      long size = Long.parseLong(text.strip());
      return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    } catch (NumberFormatException noNumber) {
      return OptionalLong.empty();
    }
  }

  private void problem(String what) {
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(what);
    }
  }
}
