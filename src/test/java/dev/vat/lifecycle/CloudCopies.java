package dev.vat.lifecycle;

import dev.vat.archive.ArchiveItem;
import dev.vat.archive.ArchiveWriter;
import dev.vat.archive.TocFile;
import dev.vat.archive.WrittenArchive;
import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.LifecycleRule;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.ObjectFacts;
import dev.vat.cloud.RuleFilter;
import dev.vat.cloud.RuleMoment;
import dev.vat.progress.Progress;
import dev.vat.project.ProjectId;
import dev.vat.project.RelativeName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// A project's archive in a bucket, and what can go wrong with it.
final class CloudCopies {
  private final MemoryObjectStore store;
  private final InstantSource clock;
  private final ArchiveKeys keys;

  CloudCopies(ProjectId project, InstantSource clock) {
    this.store = new MemoryObjectStore(clock);
    this.clock = clock;
    this.keys = ArchiveKeys.computed("p/", project);
  }

  /// Stores an archive of these contents and proves it.
  ///
  /// @param files names in the archive
  CloudProof.Answer store(Map<String, String> files) throws IOException {
    List<ArchiveItem> items = new ArrayList<>();
    files.forEach(
        (name, content) ->
            items.add(
                new ArchiveItem.File(
                    RelativeName.of(name),
                    content.length(),
                    Instant.parse("2026-01-16T09:15:00Z"))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WrittenArchive written =
        new ArchiveWriter(1)
            .write(
                items,
                file -> new ByteArrayInputStream(bytes(files.get(file.name().value()))),
                out);
    put(out.toByteArray());
    CRC32 crc = new CRC32();
    crc.update(out.toByteArray());
    TocFile toc =
        new TocFile(
            keys.project().value(),
            "v-appydave",
            clock.instant(),
            new TocFile.Archive(out.size(), (int) crc.getValue(), written.tocOffset()),
            written.toc());
    return prove(toc);
  }

  /// With a table of contents that may not be of what is there.
  CloudProof.Answer prove(TocFile toc) throws IOException {
    ObjectFacts facts = store.head(keys.archive()).orElseThrow();
    return CloudProof.of(
        store,
        new StoredArchive(
            keys,
            facts,
            ArchiveFacts.of(facts.metadata()),
            Optional.of(toc),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        false,
        clock,
        Progress.none());
  }

  private void put(byte[] bytes) throws IOException {
    Guard guard =
        store
            .head(keys.archive())
            .<Guard>map(there -> Guard.unchanged(there.summary().etag()))
            .orElse(Guard.absent());
    store.put(
        keys.archive(),
        Body.of(bytes),
        new ObjectAttributes("application/gzip", Map.of("repo", "v", "project-id", "x")),
        guard);
  }

  private static byte[] bytes(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  /// Somebody removes it.
  void remove() throws IOException {
    Optional<ObjectFacts> there = store.head(keys.archive());
    if (there.isPresent()) {
      store.remove(keys.archive(), there.get().summary().etag());
    }
  }

  /// Somebody puts something else under its key.
  void replace() throws IOException {
    put(bytes("something else"));
  }

  /// A rule is going to remove it.
  void expire() throws IOException {
    LifecycleRule rule = LifecycleRule.of("tidy", RuleFilter.ofPrefix("p/"));
    store
        .settings()
        .merge(
            store.settings().lifecycle(),
            List.of(
                new LifecycleRule(
                    rule.id(),
                    true,
                    rule.filter(),
                    List.of(),
                    Optional.of(new RuleMoment.After(1)),
                    rule.noncurrent(),
                    false,
                    rule.abortDays())));
  }

  /// Whether what is there now, for good, has a file of that content.
  boolean has(String content) throws IOException {
    Optional<ObjectFacts> there = store.head(keys.archive());
    if (there.isEmpty()
        || there.get().summary().sizeBytes() == "something else".length()
        || store.settings().lifecycle().expires(keys.archive(), Map.of(), 1).isPresent()) {
      return false;
    }
    return new UnpackedArchive(new ObjectRange(store, there.get().summary()))
        .files().values().stream()
            .anyMatch(bytes -> new String(bytes, StandardCharsets.UTF_8).equals(content));
  }
}
