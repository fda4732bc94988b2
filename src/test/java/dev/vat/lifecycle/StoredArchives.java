package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.archive.TocFile;
import dev.vat.archive.WrittenArchive;
import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectStore;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// Archives in a bucket with what lies beside them, as `vat backup` leaves them.
public final class StoredArchives {
  private static final Instant SHOT = Instant.parse("2026-01-16T09:15:00Z");

  private StoredArchives() {}

  /// @param prefix of the archive place
  /// @param files names in the archive
  public static void put(
      ObjectStore store, String prefix, String repo, String project, Map<String, byte[]> files)
      throws IOException {
    ArchiveKeys keys = ArchiveKeys.computed(prefix, new ProjectId(project));
    Map<String, String> metadata = Map.of("repo", repo, "project-id", project);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WrittenArchive whole = write(files, out);
    put(store, keys.archive(), out.toByteArray(), metadata);
    CRC32 crc = new CRC32();
    crc.update(out.toByteArray());
    ByteArrayOutputStream toc = new ByteArrayOutputStream();
    new TocFile(
            project,
            repo,
            SHOT,
            new TocFile.Archive(out.size(), (int) crc.getValue(), whole.tocOffset()),
            whole.toc())
        .write(toc);
    put(store, keys.toc(), toc.toByteArray(), metadata);
    Map<String, byte[]> light = new TreeMap<>(files);
    light.keySet().removeIf(name -> name.endsWith(".mp4"));
    ByteArrayOutputStream beside = new ByteArrayOutputStream();
    write(light, beside);
    put(store, keys.light(), beside.toByteArray(), metadata);
  }

  private static WrittenArchive write(Map<String, byte[]> files, ByteArrayOutputStream out)
      throws IOException {
    List<ArchiveItem> items = new ArrayList<>();
    files.forEach(
        (name, content) ->
            items.add(new ArchiveItem.File(RelativeName.of(name), content.length, SHOT)));
    return new ArchiveWriter(1)
        .write(items, file -> new ByteArrayInputStream(files.get(file.name().value())), out);
  }

  private static void put(
      ObjectStore store, String key, byte[] content, Map<String, String> metadata)
      throws IOException {
    store.put(
        key, Body.of(content), new ObjectAttributes("application/gzip", metadata), Guard.absent());
  }
}
