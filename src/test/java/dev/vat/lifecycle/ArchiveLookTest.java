package dev.vat.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vat.cloud.Body;
import dev.vat.cloud.Guard;
import dev.vat.cloud.MemoryObjectStore;
import dev.vat.cloud.ObjectAttributes;
import dev.vat.cloud.StorageClass;
import dev.vat.project.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What lies beside an archive may be anything, and hinders no look at the other ones.
final class ArchiveLookTest {
  private static final String KEY = "p/b00-b49/b40-old";

  private final MemoryObjectStore store =
      new MemoryObjectStore(InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z")));

  private void put(String ending, String content, String storageClass) throws Exception {
    store.put(
        KEY + ending,
        Body.of(content.getBytes(StandardCharsets.UTF_8)),
        new ObjectAttributes(
            "application/octet-stream", Map.of(), new StorageClass(storageClass), Map.of()),
        Guard.absent());
  }

  @Test
  void a_table_of_contents_that_a_rule_has_frozen_or_that_is_none_tells_nothing() throws Exception {
    for (String storageClass : new String[] {"DEEP_ARCHIVE", "STANDARD"}) {
      put(".tar.gz", "archive", "DEEP_ARCHIVE");
      put(".toc.json", "no table", storageClass);
      ArchiveListing.Found found =
          ArchiveListing.of(store, "p/").of(new ProjectId("b40-old")).getFirst();

      assertThat(new ArchiveLook(store).saidBeside(found)).as(storageClass).isEmpty();

      for (String ending : new String[] {".tar.gz", ".toc.json"}) {
        store.remove(KEY + ending, store.head(KEY + ending).orElseThrow().summary().etag());
      }
    }
  }
}
