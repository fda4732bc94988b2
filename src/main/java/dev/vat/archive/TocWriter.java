package dev.vat.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Writes tables of contents as the eStargz specification has them (`docs/estargz.md` of
/// containerd/stargz-snapshotter, "TOC and TOCEntries"), and `writer` beside its members.
final class TocWriter {
  static final int VERSION = 1;

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private TocWriter() {}

  /// What stands before the table's own members.
  interface Beside {
    void write(JsonGenerator json);
  }

  static void write(Toc toc, OutputStream out) throws IOException {
    write(toc, out, _ -> {});
  }

  static void write(Toc toc, OutputStream out, Beside beside) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      beside.write(json);
      json.writeNumberProperty("version", VERSION);
      json.writeStringProperty("writer", toc.writer());
      json.writeArrayPropertyStart("entries");
      for (TocEntry entry : toc.entries()) {
        switch (entry) {
          case TocEntry.Folder folder -> folder(json, folder);
          case TocEntry.File file -> file(json, file);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (JacksonIOException fault) {
      throw fault.getCause();
    } catch (JacksonException fault) {
      throw new IOException("the table of contents could not be written", fault);
    }
  }

  private static void folder(JsonGenerator json, TocEntry.Folder folder) {
    json.writeStartObject();
    json.writeStringProperty("name", folder.name().value() + "/");
    json.writeStringProperty("type", "dir");
    facts(json, folder, TarHeaders.FOLDER_MODE);
    json.writeEndObject();
  }

  private static void file(JsonGenerator json, TocEntry.File file) {
    List<TocEntry.Chunk> chunks = file.chunks();
    json.writeStartObject();
    json.writeStringProperty("name", file.name().value());
    json.writeStringProperty("type", "reg");
    if (file.sizeBytes() > 0) {
      json.writeNumberProperty("size", file.sizeBytes());
    }
    facts(json, file, TarHeaders.FILE_MODE);
    json.writeStringProperty("digest", file.digest().toString());
    if (!chunks.isEmpty()) {
      chunk(json, chunks.getFirst(), 0, chunks.size() == 1);
    }
    json.writeEndObject();
    long contentOffset = 0;
    for (int i = 1; i < chunks.size(); i++) {
      contentOffset += chunks.get(i - 1).sizeBytes();
      json.writeStartObject();
      json.writeStringProperty("name", file.name().value());
      json.writeStringProperty("type", "chunk");
      chunk(json, chunks.get(i), contentOffset, i == chunks.size() - 1);
      json.writeEndObject();
    }
  }

  private static void facts(JsonGenerator json, TocEntry entry, int mode) {
    json.writeStringProperty("modtime", entry.modifiedAt().toString());
    json.writeNumberProperty("mode", mode);
    json.writeNumberProperty("uid", 0);
    json.writeNumberProperty("gid", 0);
  }

  /// A size of 0 means up to the end of the file.
  private static void chunk(
      JsonGenerator json, TocEntry.Chunk chunk, long contentOffset, boolean last) {
    json.writeNumberProperty("offset", chunk.offset());
    if (contentOffset > 0) {
      json.writeNumberProperty("chunkOffset", contentOffset);
    }
    if (!last || contentOffset > 0) {
      json.writeNumberProperty("chunkSize", last ? 0 : chunk.sizeBytes());
    }
    json.writeStringProperty("chunkDigest", chunk.digest().toString());
  }
}
