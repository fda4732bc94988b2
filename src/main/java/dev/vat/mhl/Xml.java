package dev.vat.mhl;

import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// How the XML of a history is read: as a stream, and believing nothing. It may come from anywhere,
/// so it defines no entities and reaches nothing outside itself.
final class Xml {
  /// The longest text that is read; a path has 1,024 bytes at most.
  private static final int LONGEST_TEXT = 64 * 1024;

  private Xml() {}

  static XMLStreamReader open(InputStream stream) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    return factory.createXMLStreamReader(stream);
  }

  /// The text of the element that the reader stands at; elements in it are passed over. Stands at
  /// its end afterwards.
  static String text(XMLStreamReader reader) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      int event = reader.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      } else if (reader.isCharacters() && depth == 1) {
        text.append(reader.getText());
        if (text.length() > LONGEST_TEXT) {
          throw new XMLStreamException("text of more than " + LONGEST_TEXT + " characters");
        }
      } else if (event == XMLStreamReader.ENTITY_REFERENCE) {
        throw new XMLStreamException("it uses an entity that it would have to define");
      }
    }
    return text.toString();
  }

  /// Passes over the element that the reader stands at.
  static void skip(XMLStreamReader reader) throws XMLStreamException {
    for (int depth = 1; depth > 0; ) {
      int event = reader.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamReader.END_ELEMENT) {
        depth--;
      }
    }
  }

  /// Reads an `xs:dateTime`. One without a zone is taken for UTC: nobody can tell.
  ///
  /// @return empty when there is none, or it is none
  static Optional<Instant> time(String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.strip(), OffsetDateTime::from, LocalDateTime::from);
      return Optional.of(
          parsed instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException noTime) {
      return Optional.empty();
    }
  }

  /// Writes an `xs:dateTime` in UTC with whole seconds, in the form that the reference tool writes.
  static String time(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME
        .format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC))
        .replace("Z", "+00:00");
  }
}
