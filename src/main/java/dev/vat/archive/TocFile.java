package dev.vat.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// What lies beside an archive object as `<id>.toc.json`: its table of contents once more, and
/// which archive it is of. It is read when the archive itself is frozen, or far away.
///
/// The table's own members are those of the format of the archive ([Toc]), so that whoever reads
/// those reads this.
///
/// @param project the project's id
/// @param repo the repository's name in keys
/// @param madeAt when the archive was made, by the clock of whoever made it
public record TocFile(String project, String repo, Instant madeAt, Archive archive, Toc toc) {
  /// The format's name and version.
  public static final String SCHEMA = "vat.toc/1";

  private static final String NO_TOC = "it is no table of contents of an archive";

  /// Which archive a table is of.
  ///
  /// @param sizeBytes of the whole archive
  /// @param crc32 of the whole archive
  /// @param tocOffset where its own table of contents begins
  public record Archive(long sizeBytes, int crc32, long tocOffset) {
    public Archive {
      if (sizeBytes <= 0 || tocOffset < 0 || tocOffset >= sizeBytes) {
        throw new IllegalArgumentException("no archive: " + sizeBytes + ", " + tocOffset);
      }
    }
  }

  /// Writes it, the same bytes for the same facts. The stream stays open.
  public void write(OutputStream out) throws IOException {
    TocWriter.write(toc, out, this::writeFacts);
  }

  private void writeFacts(JsonGenerator json) {
    json.writeStringProperty("schema", SCHEMA);
    json.writeStringProperty("project_id", project);
    json.writeStringProperty("repo", repo);
    json.writeStringProperty("made_at", madeAt.toString());
    json.writeObjectPropertyStart("archive");
    json.writeNumberProperty("size_bytes", archive.sizeBytes);
    json.writeStringProperty("crc32", HexFormat.of().toHexDigits(archive.crc32));
    json.writeNumberProperty("toc_offset", archive.tocOffset);
    json.writeEndObject();
  }

  /// Reads one, which may be anybody's. The stream stays open.
  ///
  /// @throws ArchiveException.Refused when it says what no archive of ours may hold, or too much,
  ///     or is of a version that this vat does not know
  /// @throws ArchiveException.Damaged when it is not such a file
  public static TocFile read(InputStream in, ReadLimits limits) throws IOException {
    Facts facts = new Facts();
    Toc toc = TocReader.read(in, limits, facts);
    return facts.of(toc);
  }

  /// The members beside the table, as they come.
  private static final class Facts implements TocReader.Beside {
    private String schema = "";
    private String project;
    private String repo = "";
    private String madeAt = "";
    private long sizeBytes = -1;
    private String crc32 = "";
    private long tocOffset = -1;

    @Override
    public void member(String name, JsonParser json) throws IOException {
      switch (name) {
        case "schema" -> schema = text(json);
        case "project_id" -> project = text(json);
        case "repo" -> repo = text(json);
        case "made_at" -> madeAt = text(json);
        case "archive" -> archive(json);
        default -> json.skipChildren();
      }
    }

    private void archive(JsonParser json) throws IOException {
      expect(json, JsonToken.START_OBJECT);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        expect(json, JsonToken.PROPERTY_NAME);
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "size_bytes" -> sizeBytes = number(json);
          case "crc32" -> crc32 = text(json);
          case "toc_offset" -> tocOffset = number(json);
          default -> json.skipChildren();
        }
      }
    }

    private TocFile of(Toc toc) throws ArchiveException {
      if (!schema.equals(SCHEMA)) {
        throw schema.startsWith("vat.toc/")
            ? new ArchiveException.Refused(
                "it is a table of contents of a later version of vat (" + schema + ")")
            : new ArchiveException.Damaged(NO_TOC);
      }
      if (project == null || !crc32.matches("[0-9a-f]{8}")) {
        throw new ArchiveException.Damaged(NO_TOC);
      }
      try {
        return new TocFile(
            project,
            repo,
            Instant.parse(madeAt),
            new Archive(sizeBytes, HexFormat.fromHexDigits(crc32), tocOffset),
            toc);
      } catch (IllegalArgumentException | DateTimeException wrong) {
        throw new ArchiveException.Damaged(NO_TOC, wrong);
      }
    }

    private static String text(JsonParser json) throws ArchiveException {
      expect(json, JsonToken.VALUE_STRING);
      return json.getString();
    }

    private static long number(JsonParser json) throws ArchiveException {
      expect(json, JsonToken.VALUE_NUMBER_INT);
      return json.getLongValue();
    }

    private static void expect(JsonParser json, JsonToken expected) throws ArchiveException {
      if (json.currentToken() != expected) {
        throw new ArchiveException.Damaged(NO_TOC);
      }
    }
  }
}
