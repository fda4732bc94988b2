package dev.vat.archive;

import dev.vat.project.HostileNameException;
import dev.vat.project.RelativeName;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Reads tables of contents of eStargz archives, whoever wrote them, as a stream. What it does not
/// know is skipped, except for what would change the meaning of what it knows.
final class TocReader {
  private static final String NO_TABLE = "its table of contents cannot be read";

  /// What stands beside the table's own members.
  interface Beside {
    /// @param json at the member's value; behind it when this returns
    void member(String name, JsonParser json) throws IOException;
  }

  private final JsonParser json;
  private final TocBuilder toc;
  private final Beside beside;
  private String writer = "";
  private long version = -1;

  private TocReader(JsonParser json, ReadLimits limits, Beside beside) {
    this.json = json;
    this.toc = new TocBuilder(limits);
    this.beside = beside;
  }

  static Toc read(InputStream in, ReadLimits limits) throws IOException {
    return read(in, limits, (_, json) -> json.skipChildren());
  }

  static Toc read(InputStream in, ReadLimits limits, Beside beside) throws IOException {
    JsonFactory factory =
        JsonFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(limits.tocBytes())
                    .maxNestingDepth(20)
                    .maxStringLength(64 * 1024)
                    .maxNameLength(1024)
                    .build())
            .build();
    try (JsonParser json = factory.createParser(ObjectReadContext.empty(), in)) {
      return new TocReader(json, limits, beside).document();
    } catch (JacksonIOException fault) {
      throw fault.getCause() instanceof CharConversionException noText
          ? new ArchiveException.Damaged(NO_TABLE, noText)
          : fault.getCause();
    } catch (JacksonException fault) {
      throw new ArchiveException.Damaged(NO_TABLE, fault);
    }
  }

  private Toc document() throws IOException {
    expect(json.nextToken(), JsonToken.START_OBJECT);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(json.currentToken(), JsonToken.PROPERTY_NAME);
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "version" -> version = number();
        case "writer" -> writer = text();
        case "entries" -> entries();
        default -> beside.member(member, json);
      }
    }
    if (version != TocWriter.VERSION) {
      throw new ArchiveException.Refused(
          "its table of contents has version " + version + ", and this vat reads version 1");
    }
    return toc.finish(writer);
  }

  private void entries() throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(json.currentToken(), JsonToken.START_ARRAY);
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.START_OBJECT);
      toc.add(entry());
    }
  }

  private RawEntry entry() throws IOException {
    RawEntry entry = new RawEntry();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(json.currentToken(), JsonToken.PROPERTY_NAME);
      String member = json.currentName();
      json.nextToken();
      switch (member) {
        case "name" -> entry.name = text();
        case "type" -> entry.type = text();
        case "size" -> entry.size = number();
        case "modtime" -> entry.modifiedAt = time(text());
        case "offset" -> entry.offset = number();
        case "innerOffset" -> entry.innerOffset = number();
        case "chunkOffset" -> entry.chunkOffset = number();
        case "chunkSize" -> entry.chunkSize = number();
        case "digest" -> entry.digest = digest();
        case "chunkDigest" -> entry.chunkDigest = digest();
        default -> json.skipChildren();
      }
    }
    return entry;
  }

  /// One object of `entries`, as it is written.
  static final class RawEntry {
    String name = "";
    String type = "";
    long size;
    Instant modifiedAt = Instant.EPOCH;
    long offset;
    long innerOffset;
    long chunkOffset;
    long chunkSize;
    Sha256 digest;
    Sha256 chunkDigest;

    /// @throws ArchiveException.Refused when nothing may be unpacked under it
    RelativeName safeName() throws ArchiveException.Refused {
      String plain = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
      try {
        return RelativeName.of(plain);
      } catch (HostileNameException hostile) {
        throw new ArchiveException.Refused(hostile.getMessage(), hostile);
      }
    }
  }

  private long number() throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT);
    long number = json.getLongValue();
    if (number < 0) {
      throw new ArchiveException.Damaged(NO_TABLE + ": a negative number");
    }
    return number;
  }

  private String text() throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING);
    return json.getString();
  }

  private Sha256 digest() throws IOException {
    String text = text();
    try {
      return Sha256.parse(text);
    } catch (IllegalArgumentException fault) {
      throw new ArchiveException.Refused(
          "its table of contents has digests that are no SHA-256", fault);
    }
  }

  private static Instant time(String text) throws IOException {
    try {
      return text.isEmpty() ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException fault) {
      throw new ArchiveException.Damaged(NO_TABLE + ": a time that is none", fault);
    }
  }

  private static void expect(JsonToken found, JsonToken expected) throws IOException {
    if (found != expected) {
      throw new ArchiveException.Damaged(NO_TABLE + ": it is not of the form of one");
    }
  }
}
